"""A recorded request as the values that its operation's model names."""

from urllib.parse import unquote

from botocore.model import OperationModel, Shape

from . import documents, forms, scalars, services, xml
from .finding import Problems
from .record import Call


def decode(operation: OperationModel, call: Call, problems: Problems) -> dict:
    shape, body = operation.input_shape, call.request_body
    if call.protocol in ("query", "ec2"):
        return forms.decode(shape, call.form(), problems, call.protocol == "ec2")
    if shape is None:
        return {}
    if call.protocol == "json":
        return _document(shape, documents.read_json(body or b""), problems, "unixTimestamp")
    if call.protocol == "cbor":
        return _document(shape, documents.read_cbor(body or b""), problems, None)
    decoded = _outside_of_body(operation, shape, call, problems)
    decoded.update(_rest_body(shape, call, problems))
    return decoded


def _document(shape: Shape, value, problems: Problems, timestamp_format: str | None) -> dict:
    return documents.decode(shape, value, "", problems, timestamp_format) or {}


def _outside_of_body(operation: OperationModel, shape, call: Call, problems: Problems) -> dict:
    labels = services.labels(operation, call.path)
    query: dict[str, list[str]] = {}
    for key, text in call.query:
        query.setdefault(key, []).append(text)
    decoded, asked = {}, set()
    for name, member in shape.members.items():
        located = member.serialization.get("location")
        key = member.serialization.get("name", name)
        if located == "uri" and services._group(key) in labels:
            text = unquote(labels[services._group(key)])
            decoded[name] = _scalar(member, text, name, problems, "iso8601")
        elif located == "querystring":
            asked.add(key)
            if member.type_name == "map":
                asked.update(query)
            elif key in query and member.type_name == "list":
                decoded[name] = [_scalar(member.member, text, f"{name}[]", problems, "iso8601")
                                 for text in query[key]]
            elif key in query:
                decoded[name] = _scalar(member, query[key][0], name, problems, "iso8601")
        elif located == "header" and key.lower() in call.request_headers:
            decoded[name] = _header(member, call.request_headers[key.lower()], name, problems)
    _unknown_query(operation, call, set(query) - asked, problems)
    return decoded


def _unknown_query(operation, call: Call, keys: set[str], problems: Problems) -> None:
    fixed = {part.partition("=")[0]
             for part in operation.http["requestUri"].partition("?")[2].split("&")}
    for key in sorted(keys - fixed):
        # "x-id" names the operation for a reader; presigned requests carry their signature here.
        if key != "x-id" and not key.startswith(("X-Amz-", "x-amz-")):
            problems.add(key, "unknown member", f"{operation.name} takes no {key} in its query")


def _header(member: Shape, text: str, name: str, problems: Problems):
    if member.type_name == "list":
        return [_scalar(member.member, part.strip(), f"{name}[]", problems, "rfc822")
                for part in text.split(",")]
    if member.serialization.get("jsonvalue"):
        return text
    return _scalar(member, text, name, problems, "rfc822")


def _scalar(member: Shape, text: str, path: str, problems: Problems, timestamp_format: str):
    try:
        return scalars.from_text(member, text, timestamp_format)
    except ValueError as error:
        problems.add(path, "wrong type", str(error))
        return None


def _rest_body(shape, call: Call, problems: Problems) -> dict:
    body = call.request_body
    payload = shape.serialization.get("payload")
    if payload is not None:
        member = shape.members[payload]
        if member.type_name not in ("structure", "list", "map"):
            # Streamed, or bytes as they are: nothing to read. That it was there is enough.
            return {payload: b"" if member.type_name == "blob" else (body or b"").decode()}
        if not body:
            return {}
        if call.protocol == "rest-xml":
            return {payload: xml.decode(member, xml.parse(body), payload, problems)}
        return {payload: documents.decode(member, documents.read_json(body), payload, problems,
                                          "unixTimestamp")}
    in_body = [m for m in shape.members.values() if m.serialization.get("location") is None]
    if not body or not in_body:
        return {}
    if call.protocol == "rest-xml":
        return xml.decode(shape, xml.parse(body), "", problems) or {}
    return _document(shape, documents.read_json(body), problems, "unixTimestamp")
