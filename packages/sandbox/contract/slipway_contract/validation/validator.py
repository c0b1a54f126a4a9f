"""One recorded call against its model."""

import struct
from xml.etree.ElementTree import ParseError

from botocore.model import OperationModel
from botocore.parsers import ResponseParserError

from . import constraints, errors, requests, responses, services
from .finding import Finding, Problems
from .record import Call

_UNREADABLE = (ParseError, ValueError, ResponseParserError, struct.error)
_XML = ("query", "ec2", "rest-xml")
# Statuses beside the model's that mean success or a known answer without a body.
_ALSO_FINE = {"GetObject": {206}}
_WITHOUT_CODE = {304, 412}


def validate(call: Call) -> list[Finding]:
    operation = services.find(call)
    if operation is None:
        return _unknown(call)
    name = operation.service_model.service_name
    where = f"{call.at} {call.method} {call.url:.120} → {call.status}"

    def findings(side: str, problems: Problems) -> list[Finding]:
        return [Finding(name, operation.name, side, path, kind, detail, where)
                for path, kind, detail in problems.found]

    found = []
    # What AWS refuses by its model must be refused here; a refused request has had its answer.
    if 200 <= call.status < 300:
        found += findings("request", _request(operation, call))
    if call.status:
        found += findings("response", _response(operation, call))
    return found


def _unknown(call: Call) -> list[Finding]:
    """An operation that AWS has not is a finding only when it was not refused."""
    if call.status == 0 or call.status >= 400:
        return []
    return [Finding(call.service, call.operation, "request", "", "unknown operation",
                    f"no model of AWS has it, answered {call.status}",
                    f"{call.at} {call.method} {call.url:.120}")]


def _request(operation: OperationModel, call: Call) -> Problems:
    problems = Problems()
    if call.request_body is None and call.protocol not in ("rest-json", "rest-xml"):
        return problems
    try:
        values = requests.decode(operation, call, problems)
    except _UNREADABLE as error:
        problems.add("", "unparsable", str(error))
        return problems
    if operation.input_shape is not None:
        constraints.check(operation.input_shape, values, "", problems)
    return problems


def _response(operation: OperationModel, call: Call) -> Problems:
    problems = Problems()
    if call.status >= 300 and call.response_body is None:
        # Its reader left before it had all.
        return problems
    if call.status >= 300:
        if call.status not in _WITHOUT_CODE or call.response_body:
            errors.check(operation, call, problems)
        return problems
    _check_status(operation, call, problems)
    if call.response_body is None:
        return problems
    try:
        values = responses.decode(operation, call, problems)
    except _UNREADABLE as error:
        problems.add("", "unparsable", f"{error}: {call.response_body!r:.200}")
        return problems
    if values is not None:
        constraints.check(operation.output_shape, values, "", problems,
                          tolerant=call.protocol in _XML, answer=True)
    return problems


def _check_status(operation: OperationModel, call: Call, problems: Problems) -> None:
    wanted = operation.http.get("responseCode", 200)
    if call.status != wanted and call.status not in _ALSO_FINE.get(operation.name, ()):
        shape = operation.output_shape
        tells = shape is not None and any(
            member.serialization.get("location") == "statusCode"
            for member in shape.members.values())
        if not tells:
            problems.add("", "wrong status", f"{call.status}; the model says {wanted}")
