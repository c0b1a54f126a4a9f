"""IAM Access Analyzer, of which ministack has nothing: analyzers of external access, one an account and region.

It finds nothing here; that it is there, or refused as a second one, is what an environment sees.
https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_Operations.html
"""

import json
import re
from datetime import datetime, timezone
from urllib.parse import unquote

from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region

from . import agenda
from .errors import ResourceError
from .resources.handler import physical_name, register, tag_map

SERVICE = "access-analyzer"
_TYPE, _EXTERNAL = "AWS::AccessAnalyzer::Analyzer", "ACCOUNT"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,254}")

_analyzers = AccountRegionScopedDict()


def get_state() -> list:
    return [[*key, value] for key, value in _analyzers._data.items()]


def load_persisted_state(state: list) -> None:
    _analyzers._data = {tuple(key): value for *key, value in state}


def reset() -> None:
    _analyzers._data.clear()


def _refuse(code: str, message: str, status: int):
    raise ResourceError("AccessAnalyzer", code, message, status)


def _found(name: str) -> dict:
    return _analyzers.get(name) or _refuse(
        "ResourceNotFoundException", f"The specified analyzer cannot be found: {name}", 404)


def _by_arn(arn: str) -> dict:
    return next((a for a in _analyzers.values() if a["arn"] == arn), None) or _refuse(
        "ResourceNotFoundException", f"The specified resource cannot be found: {arn}", 404)


def _create(request: dict) -> dict:
    name, kind = request.get("analyzerName", ""), request.get("type")
    others = sorted(set(request) - {"analyzerName", "type", "tags", "clientToken", "archiveRules"})
    if not _NAME.fullmatch(name):
        _refuse("ValidationException", f"The name {name} is not valid.", 400)
    if kind != _EXTERNAL or others or request.get("archiveRules"):
        _refuse("NotImplementedException",
                "Only analyzers of external access, without rules, are emulated.", 501)
    if name in _analyzers:
        _refuse("ConflictException", f"An analyzer named {name} exists already.", 409)
    if _analyzers:
        _refuse("ServiceQuotaExceededException",
                "Maximum number of ACCOUNT analyzers for the account is 1.", 402)
    _analyzers[name] = {
        "arn": f"arn:aws:access-analyzer:{get_region()}:{get_account_id()}:analyzer/{name}",
        "name": name, "type": kind, "status": "ACTIVE", "tags": dict(request.get("tags") or {}),
        "createdAt": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {"arn": _analyzers[name]["arn"]}


def _delete(name: str) -> dict:
    _found(name)
    _analyzers.pop(name)
    return {}


def _tag(arn: str, request: dict) -> dict:
    _by_arn(arn)["tags"].update(request.get("tags") or {})
    return {}


def _untag(arn: str, keys: list[str]) -> dict:
    tags = _by_arn(arn)["tags"]
    for key in keys:
        tags.pop(key, None)
    return {}


def _answer(method: str, path: str, request: dict, query: dict) -> dict:
    head, _, rest = unquote(path).lstrip("/").partition("/")
    operations = {
        ("PUT", "analyzer", False): lambda: _create(request),
        ("GET", "analyzer", False): lambda: {"analyzers": [
            a for a in _analyzers.values() if a["type"] == query.get("type", [a["type"]])[0]]},
        ("GET", "analyzer", True): lambda: {"analyzer": _found(rest)},
        ("DELETE", "analyzer", True): lambda: _delete(rest),
        ("GET", "tags", True): lambda: {"tags": _by_arn(rest)["tags"]},
        ("POST", "tags", True): lambda: _tag(rest, request),
        ("DELETE", "tags", True): lambda: _untag(rest, query.get("tagKeys", [])),
    }
    work = operations.get((method, head, bool(rest)))
    return work() if work else _refuse("NotImplementedException",
                                       f"{method} {path} is not emulated.", 501)


async def _handle(method, path, headers, body, query_params):
    with agenda.lock:
        try:
            status, told = 200, _answer(method, path, json.loads(body or b"{}"), query_params)
        except ResourceError as error:
            headers = {"Content-Type": "application/json", "x-amzn-ErrorType": error.code}
            return error.status, headers, json.dumps({
                "message": error.message, "resourceId": path, "resourceType": "analyzer",
                "reason": "other"}).encode()
    return status, {"Content-Type": "application/json"}, json.dumps(told).encode()


def _make(logical_id, properties, stack_name):
    name = properties.get("AnalyzerName") or physical_name(stack_name, logical_id, max_len=255)
    arn = _create({"analyzerName": name, "type": properties["Type"], "tags": tag_map(properties),
                   **({"archiveRules": properties["ArchiveRules"]}
                      if properties.get("ArchiveRules") else {})})["arn"]
    return arn, {"Arn": arn}


def _change(physical_id, old, new, stack_name, logical_id=None):
    _by_arn(physical_id)["tags"] = tag_map(new)
    return physical_id, {"Arn": physical_id}


def _unmake(physical_id, properties):
    _analyzers.pop(physical_id.rpartition("/")[2], None)


def install() -> None:
    from ministack import app
    from ministack.core import router
    router.SERVICE_PATTERNS[SERVICE] = {}
    app.SERVICE_HANDLERS[SERVICE] = _handle
    register(_TYPE, _make, _unmake, _change)
