"""Cost Explorer's cost allocation tags: those on resources of the account, and which of them are active.

https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html
"""

import json
from datetime import datetime, timezone

from ministack import app
from ministack.core import router
from ministack.core.responses import AccountScopedDict, get_region, set_request_region
from ministack.services import ec2, tagging

_SERVICE = "ce"
_KIND = {"Content-Type": "application/x-amz-json-1.1"}
_MOST = 100

# The date of the last change, by the key of a tag that is active.
_active = AccountScopedDict()


def install() -> None:
    router.SERVICE_PATTERNS[_SERVICE] = {"target_prefixes": ["AWSInsightsIndexService"]}
    app.SERVICE_HANDLERS[_SERVICE] = _handle


async def _handle(method, path, headers, body, query_params):
    name = headers.get("x-amz-target", "").partition(".")[2]
    operation = _OPERATIONS.get(name)
    if operation is None:
        return _refused("NotImplementedException", f"{name} is not emulated.", 501)
    return operation(json.loads(body or b"{}"))


def _refused(code: str, message: str, status: int = 400) -> tuple:
    return status, dict(_KIND), json.dumps({"__type": code, "message": message}).encode()


def _used() -> set[str]:
    """Keys of all resources of the account. AWS takes up to a day to see one; here it is at once."""
    here, keys = get_region(), set()
    try:
        for region, _ in ec2._AWS_REGIONS:
            set_request_region(region)
            keys.update(tag["Key"] for collect in dict.fromkeys(tagging._COLLECTORS.values())
                        for _, tags in collect() for tag in tags)
    finally:
        set_request_region(here)
    return {key for key in keys if not key.startswith("aws:")}


def _told(key: str) -> dict:
    since = _active.get(key)
    return {"TagKey": key, "Type": "UserDefined", "Status": "Active" if since else "Inactive",
            **({"LastUpdatedDate": since} if since else {})}


def _list(body: dict) -> tuple:
    found = [_told(key) for key in sorted(_used() | set(_active))
             if body.get("TagKeys") is None or key in body["TagKeys"]]
    found = [tag for tag in found if body.get("Status") in (None, tag["Status"])
             and body.get("Type") in (None, tag["Type"])]
    start, size = body.get("NextToken", "0"), body.get("MaxResults", _MOST)
    if not start.isdecimal() or int(start) > len(found):
        return _refused("InvalidNextTokenException", "The next token is not valid.")
    end = int(start) + size
    more = {"NextToken": str(end)} if end < len(found) else {}
    return 200, dict(_KIND), json.dumps(
        {"CostAllocationTags": found[int(start):end], **more}).encode()


def _update(body: dict) -> tuple:
    entries = body["CostAllocationTagsStatus"]
    if len(entries) > 20:
        return _refused("LimitExceededException", "At most 20 tags are updated at once.")
    known, errors = _used() | set(_active), []
    for entry in entries:
        key = entry["TagKey"]
        if key not in known:
            errors.append({"TagKey": key, "Code": "TagKeysNotFoundException",
                           "Message": "Tag keys not found."})
        elif entry["Status"] == "Inactive":
            _active.pop(key, None)
        elif key not in _active:
            _active[key] = f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
    return 200, dict(_KIND), json.dumps({"Errors": errors}).encode()


_OPERATIONS = {"ListCostAllocationTags": _list, "UpdateCostAllocationTagsStatus": _update}


def get_state() -> list[list]:
    return [[*key, since] for key, since in _active._data.items()]


def load_persisted_state(state: list[list]) -> None:
    _active._data.clear()
    _active._data.update({(account, key): since for account, key, since in state})


def reset() -> None:
    _active._data.clear()
