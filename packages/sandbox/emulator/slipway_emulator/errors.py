"""Failures in the words of CloudFormation's resource handlers and of the services behind them."""

import re
import uuid


class ResourceError(ValueError):
    """A service refused: ``code`` and ``message`` are AWS's; as text, what a stack event says."""

    def __init__(self, service: str, code: str, message: str, status: int = 400):
        self.service, self.code, self.message, self.status = service, code, message, status
        super().__init__(
            f'Resource handler returned message: "{message} (Service: {service}, '
            f'Status Code: {status}, Request ID: {uuid.uuid4()})" '
            f"(RequestToken: {uuid.uuid4()}, HandlerErrorCode: {_handler_code(code, status)})")


def not_found(service: str, code: str, message: str) -> ResourceError:
    return ResourceError(service, code, message, 404 if service == "Eks" else 400)


def from_response(service: str, response: tuple) -> None:
    """Raises what an in-process call to a service answered, if that was an error."""
    status, _, body = response
    if status < 400:
        return
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    code = _first(text, r"<Code>(.*?)</Code>", r'"__type":\s*"(?:[^"]*#)?([^"]+)"',
                  r'"code":\s*"([^"]+)"')
    message = _first(text, r"<Message>(.*?)</Message>", r'"[mM]essage":\s*"((?:[^"\\]|\\.)*)"')
    raise ResourceError(service, code or "InternalFailure", message or text, status)


def _first(text: str, *patterns: str) -> str:
    for pattern in patterns:
        found = re.search(pattern, text, re.S)
        if found:
            return found.group(1)
    return ""


def _handler_code(code: str, status: int) -> str:
    if "AlreadyExists" in code or "Duplicate" in code or "InUse" in code:
        return "AlreadyExists"
    if "NotFound" in code or "NoSuch" in code or status == 404:
        return "NotFound"
    return "InvalidRequest"
