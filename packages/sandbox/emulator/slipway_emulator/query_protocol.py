"""AWS's query protocol by botocore's service models: a request becomes a dict, a dict an answer.

An operation gets the members of its input and returns those of its output. What its output's
shape does not name is left out, so an answer is never more than AWS's own.
"""

import base64
import re
import uuid
from datetime import datetime, timezone
from functools import lru_cache, wraps
from typing import Any, Callable
from xml.sax.saxutils import escape

import botocore.loaders
from botocore.model import ServiceModel, Shape

from . import agenda
from .errors import ResourceError

Operation = Callable[[dict], dict]
Response = tuple[int, dict, bytes]
_MOST_RECORDS = 100
_XML = {"Content-Type": "text/xml"}


@lru_cache(maxsize=None)
def _model(service: str) -> ServiceModel:
    return ServiceModel(botocore.loaders.Loader().load_service_model(service, "service-2"))


def takes(*names: str) -> Callable[[Operation], Operation]:
    """The members that the operation heeds; any other is refused, not passed over."""
    def mark(operation: Operation) -> Operation:
        @wraps(operation)
        def checked(request: dict) -> dict:
            others = sorted(set(request).difference(names))
            if others:
                raise ResourceError("", "NotImplemented", f"{', '.join(others)}: not emulated.", 501)
            return operation(request)
        return checked
    return mark


def answer(service: str, name: str, operation: Operation, params: dict) -> Response:
    """``params`` is the form as parsed: names to lists of values."""
    model = _model(service).operation_model(name)
    with agenda.lock:
        agenda.run_due()
        try:
            request = _read(model.input_shape, params, "") or {}
            for member in model.input_shape.required_members:
                if member not in request:
                    raise ResourceError(service, "MissingParameter",
                                        f"The request must contain the parameter {member}")
            output = _page(service, model, request, operation(request))
            return 200, dict(_XML), _document(model, output)
        except ResourceError as error:
            return error.status, dict(_XML), _error(model, error)


def members(service: str, name: str) -> set[str]:
    """What the operation's request may have."""
    return set(_model(service).operation_model(name).input_shape.members)


def coerced(service: str, name: str, properties: dict) -> dict:
    """Of a template's properties, what the operation takes, in the types it takes."""
    return _coerced(_model(service).operation_model(name).input_shape, properties)


def _coerced(shape: Shape, value: Any) -> Any:
    if shape.type_name == "structure":
        return {n: _coerced(member, value[n]) for n, member in shape.members.items()
                if value.get(n) is not None}
    if shape.type_name == "list":
        return [_coerced(shape.member, v) for v in value]
    return _CASTS.get(shape.type_name, str)(str(value))


def _page(service: str, model, request: dict, output: dict) -> dict:
    """One page of the one list of a describing operation."""
    if "Marker" not in model.input_shape.members:
        return output
    size = request.get("MaxRecords", _MOST_RECORDS)
    if not 20 <= size <= 100:
        raise ResourceError(service, "InvalidParameterValue",
                            f"Invalid value {size} for MaxRecords. Must be between 20 and 100")
    try:
        start = int(base64.b64decode(request.get("Marker", "") or "MA==", validate=True))
    except ValueError:
        raise ResourceError(service, "InvalidParameterValue", "Invalid value for Marker")
    name, records = next((n, v) for n, v in output.items() if isinstance(v, list))
    page = {**output, name: records[start:start + size]}
    if start + size < len(records):
        page["Marker"] = base64.b64encode(str(start + size).encode()).decode()
    return page


def _read(shape: Shape, params: dict, prefix: str) -> Any:
    """None if the request has nothing of it."""
    if shape.type_name == "structure":
        found = {}
        for name, member in shape.members.items():
            key = member.serialization.get("name", name)
            value = _read(member, params, f"{prefix}.{key}" if prefix else key)
            if value is not None:
                found[name] = value
        return found or None
    if shape.type_name == "list":
        return _read_list(shape, params, prefix)
    text = params.get(prefix, [None])[0]
    if text is None:
        return None
    try:
        return _CASTS.get(shape.type_name, str)(text)
    except ValueError:
        raise ResourceError("", "MalformedInput", f"{text} is no {shape.type_name}: {prefix}")


def _read_list(shape: Shape, params: dict, prefix: str) -> list | None:
    for member_name in dict.fromkeys((shape.member.serialization.get("name", "member"), "member")):
        start = f"{prefix}.{member_name}."
        numbers = sorted({int(found.group(1)) for key in params if key.startswith(start)
                          and (found := re.match(r"(\d+)(?:\.|$)", key[len(start):]))})
        if numbers:
            return [_read(shape.member, params, f"{start}{n}") for n in numbers]
    return [] if prefix in params else None


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError
    return text.lower() == "true"


def _instant(text: str) -> float:
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).timestamp()


_CASTS = {"boolean": _boolean, "integer": int, "long": int, "double": float, "float": float,
          "timestamp": _instant}


def _document(model, output: dict) -> bytes:
    inner = _members(model.output_shape, output) if model.output_shape else ""
    wrapper = model.output_shape.serialization.get("resultWrapper") if model.output_shape else None
    if wrapper:
        inner = f"<{wrapper}>{inner}</{wrapper}>"
    return (f'<{model.name}Response xmlns="{_namespace(model)}">{inner}<ResponseMetadata>'
            f"<RequestId>{uuid.uuid4()}</RequestId></ResponseMetadata></{model.name}Response>"
            ).encode()


def _error(model, error: ResourceError) -> bytes:
    kind = "Sender" if error.status < 500 else "Receiver"
    return (f'<ErrorResponse xmlns="{_namespace(model)}"><Error><Type>{kind}</Type>'
            f"<Code>{error.code}</Code><Message>{escape(error.message)}</Message></Error>"
            f"<RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>").encode()


def _namespace(model) -> str:
    return model.service_model.metadata["xmlNamespace"]


def _members(shape: Shape, record: dict) -> str:
    return "".join(_element(member, record[name], member.serialization.get("name", name))
                   for name, member in shape.members.items() if record.get(name) is not None)


def _element(shape: Shape, value: Any, tag: str) -> str:
    if shape.type_name == "structure":
        return f"<{tag}>{_members(shape, value)}</{tag}>"
    if shape.type_name == "list":
        name = shape.member.serialization.get("name", "member")
        return f"<{tag}>{''.join(_element(shape.member, v, name) for v in value)}</{tag}>"
    return f"<{tag}>{_text(shape, value)}</{tag}>"


def _text(shape: Shape, value: Any) -> str:
    if shape.type_name == "boolean":
        return "true" if value else "false"
    if shape.type_name == "timestamp" and isinstance(value, (int, float)):
        return f"{datetime.fromtimestamp(value, timezone.utc):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    return escape(str(value))
