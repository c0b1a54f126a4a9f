"""Refusals: their shape, code and status."""

import json
from pathlib import Path
from xml.etree.ElementTree import ParseError

from botocore.model import OperationModel

from . import documents, xml
from .finding import Problems
from .record import Call

# Codes that AWS documents outside its models, with the page of each; see the file.
_DOCUMENTED = json.loads((Path(__file__).parent / "documented_errors.json").read_text())


def check(operation: OperationModel, call: Call, problems: Problems) -> None:
    if call.method == "HEAD":
        return
    code = _code(operation, call, problems)
    if code is None:
        return
    declared = _declared(operation)
    if code in declared:
        status = declared[code]
        if status is not None and status != call.status:
            problems.add(code, "wrong status", f"{call.status}; the model says {status}")
        return
    service = operation.service_model.service_name
    known = [group for group in _DOCUMENTED
             if group["service"] in (service, "*") and code in group["codes"]]
    if not known:
        problems.add(code, "undeclared error",
                     f"{operation.name} declares {', '.join(declared) or 'none'}; AWS documents "
                     f"no {code} for {service} that documented_errors.json names")
        return
    statuses = [group["codes"][code] for group in known]
    if not any(status is None or call.status == status for status in statuses):
        problems.add(code, "wrong status", f"{call.status}; documented is {statuses[0]}")


def _declared(operation: OperationModel) -> dict[str, int | None]:
    """Status by code; None where the model says none."""
    found = {}
    for shape in operation.error_shapes:
        error = shape.metadata.get("error") or {}
        found[error.get("code") or shape.name] = error.get("httpStatusCode")
    return found


def _code(operation: OperationModel, call: Call, problems: Problems) -> str | None:
    try:
        code = _read_code(operation, call)
    except (ParseError, ValueError) as error:
        problems.add("", "unparsable", f"status {call.status}: {error}")
        return None
    if not code:
        problems.add("", "unparsable",
                     f"status {call.status} without a code: {call.response_body!r:.120}")
    return code or None


def _read_code(operation: OperationModel, call: Call) -> str | None:
    body, headers = call.response_body or b"", call.response_headers
    if call.protocol in ("query", "ec2", "rest-xml"):
        return _xml_code(operation, call.protocol, body)
    if call.protocol == "cbor":
        code = documents.read_cbor(body).get("__type")
    else:
        document = documents.read_json(body)
        code = headers.get("x-amzn-errortype") or document.get("__type") or document.get("code")
    return code and code.partition(":")[0].rpartition("#")[2]


def _xml_code(operation: OperationModel, protocol: str, body: bytes) -> str | None:
    root = xml.parse(body)
    names = [xml.tag(element) for element in root]
    is_s3 = operation.service_model.service_name == "s3"
    wanted = ("Error" if is_s3 else
              "Response" if protocol == "ec2" else "ErrorResponse")
    if xml.tag(root) != wanted:
        raise ValueError(f"the document is a {xml.tag(root)}, not a {wanted}")
    error = root if is_s3 else root.find("./{*}Errors/{*}Error") if protocol == "ec2" else (
        root.find("./{*}Error"))
    if error is None:
        raise ValueError(f"{wanted} has {', '.join(names)} and no error")
    return error.findtext("./{*}Code")
