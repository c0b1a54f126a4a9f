"""A recorded answer as the values that its operation's model names."""

from botocore.model import OperationModel, Shape

from . import documents, scalars, xml
from .finding import Problems
from .record import Call

_XML_REQUEST_IDS = frozenset({"requestId", "RequestId", "ResponseMetadata"})


def decode(operation: OperationModel, call: Call, problems: Problems) -> dict | None:
    """None when there is nothing to hold against the model."""
    shape, body = operation.output_shape, call.response_body
    if call.protocol in ("query", "ec2"):
        return _action(operation, shape, body or b"", problems, call.protocol)
    if shape is None:
        return None
    if call.protocol == "json":
        return documents.decode(shape, documents.read_json(body or b""), "", problems,
                                "unixTimestamp")
    if call.protocol == "cbor":
        return documents.decode(shape, documents.read_cbor(body or b""), "", problems, None)
    decoded = _headers(shape, call, problems)
    decoded.update(_rest_body(operation, shape, call, problems))
    return decoded


def _action(operation, shape, body: bytes, problems: Problems, protocol: str) -> dict | None:
    root = xml.parse(body)
    if xml.tag(root) != f"{operation.name}Response":
        problems.add("", "unparsable", f"the document is a {xml.tag(root)}")
        return None
    if shape is None:
        return None
    wrapper = shape.serialization.get("resultWrapper") if protocol == "query" else None
    if wrapper:
        results = [child for child in root if xml.tag(child) == wrapper]
        if len(results) != 1:
            problems.add("", "unparsable", f"there is no {wrapper}")
            return None
        root = results[0]
    return xml.decode(shape, root, "", problems, frozenset() if wrapper else _XML_REQUEST_IDS)


def _headers(shape, call: Call, problems: Problems) -> dict:
    decoded = {}
    for name, member in shape.members.items():
        located = member.serialization.get("location")
        key = member.serialization.get("name", name).lower()
        if located == "statusCode":
            decoded[name] = call.status
        elif located == "headers":
            decoded[name] = {header.removeprefix(key): text for header, text
                             in call.response_headers.items() if header.startswith(key)}
        elif located == "header" and key in call.response_headers:
            text = call.response_headers[key]
            if member.type_name == "list":
                decoded[name] = text.split(",")
                continue
            try:
                decoded[name] = scalars.from_text(member, text, "rfc822")
            except ValueError as error:
                problems.add(name, "wrong type", str(error))
    return decoded


def _rest_body(operation: OperationModel, shape, call: Call, problems: Problems) -> dict:
    body = call.response_body
    payload = shape.serialization.get("payload")
    in_body = [m for m in shape.members.values() if m.serialization.get("location") is None]
    if operation.name == "GetBucketLocation":
        # Its root is the value itself; in us-east-1 that is empty.
        text = xml.parse(body or b"").text
        return {"LocationConstraint": text} if text else {}
    if payload is not None:
        member = shape.members[payload]
        if member.type_name not in ("structure", "list", "map"):
            return {}
        return {payload: _parsed(member, body, payload, call, problems)} if body else {}
    if call.method == "HEAD" or not in_body:
        return {}
    if not body:
        return {}
    return _parsed(shape, body, "", call, problems) or {}


def _parsed(shape: Shape, body: bytes, path: str, call: Call, problems: Problems):
    if call.protocol == "rest-xml":
        return xml.decode(shape, xml.parse(body), path, problems)
    return documents.decode(shape, documents.read_json(body), path, problems, "unixTimestamp")
