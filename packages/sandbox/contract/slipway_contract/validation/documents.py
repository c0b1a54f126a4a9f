"""Bodies that have types of their own: JSON and CBOR."""

import json

from botocore.model import Shape
from botocore.parsers import RpcV2CBORParser

from . import scalars
from .finding import Problems


def read_json(body: bytes):
    return json.loads(body) if body.strip() else {}


def read_cbor(body: bytes):
    if not body:
        return {}
    parser = RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body))


def decode(shape: Shape, value, path: str, problems: Problems, timestamp_format: str | None):
    """The value with leaves as Python's types; without ``timestamp_format`` they are already."""
    if shape.metadata.get("document"):
        return value
    kind = shape.type_name
    wanted = {"structure": dict, "map": dict, "list": list}.get(kind)
    if wanted is None:
        try:
            if timestamp_format is None:
                return scalars.from_native(shape, value)
            return scalars.from_json(shape, value, timestamp_format)
        except ValueError as error:
            problems.add(path, "wrong type", str(error))
            return None
    if not isinstance(value, wanted):
        problems.add(path, "wrong type", f"{value!r:.80} is no {kind}")
        return None
    if kind == "list":
        return [decode(shape.member, item, f"{path}[{index}]", problems, timestamp_format)
                for index, item in enumerate(value) if item is not None]
    if kind == "map":
        return {key: decode(shape.value, item, f"{path}[]", problems, timestamp_format)
                for key, item in value.items() if item is not None}
    return _structure(shape, value, path, problems, timestamp_format)


def _structure(shape, value: dict, path: str, problems: Problems, timestamp_format) -> dict:
    names = {member.serialization.get("name", name): name
             for name, member in shape.members.items()
             if member.serialization.get("location") is None}
    decoded = {}
    for key, item in value.items():
        if key == "__type":
            continue
        name = names.get(key)
        if name is None:
            problems.add(f"{path}.{key}", "unknown member", f"{shape.name} has no {key}")
        elif item is not None:
            decoded[name] = decode(shape.members[name], item, f"{path}.{name}", problems,
                                   timestamp_format)
    return decoded
