"""LookupEvents, as the service model has it.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
"""

import json

from ministack.services import cloudtrail

from . import events

_MOST = 50
_FIELDS = {"EventId", "EventName", "Username", "EventSource", "AccessKeyId", "ReadOnly"}


def install() -> None:
    cloudtrail._DISPATCH["LookupEvents"] = _lookup


def _refused(code: str, message: str, status: int = 400) -> tuple:
    return status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(
        {"__type": code, "message": message}).encode()


def _lookup(body: dict) -> tuple:
    attributes = body.get("LookupAttributes") or []
    if len(attributes) > 1:
        return _refused("InvalidLookupAttributesException",
                        "You can only specify one lookup attribute.")
    most = body.get("MaxResults", _MOST)
    if not isinstance(most, int) or not 1 <= most <= _MOST:
        return _refused("InvalidMaxResultsException", "MaxResults must be between 1 and 50.")
    start, end = body.get("StartTime"), body.get("EndTime")
    if start is not None and end is not None and start > end:
        return _refused("InvalidTimeRangeException", "The start time is after the end time.")
    key = attributes[0]["AttributeKey"] if attributes else None
    value = attributes[0]["AttributeValue"] if attributes else None
    if key == "ReadOnly" and value == "true":
        return _refused("UnsupportedOperationException",
                        "Events of calls that only read are not emulated.")
    found = [e for e in events.of_here() if _fits(e, key, value)
             and (start is None or e["EventTime"] >= int(float(start)))
             and (end is None or e["EventTime"] <= float(end))]
    token = body.get("NextToken")
    ids = [e["EventId"] for e in found]
    if token is not None and token not in ids:
        return _refused("InvalidNextTokenException", "The next token is not valid.")
    begin = ids.index(token) + 1 if token is not None else 0
    page = found[begin:begin + most]
    more = {"NextToken": page[-1]["EventId"]} if len(found) > begin + most else {}
    return 200, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(
        {"Events": page, **more}).encode()


def _fits(event: dict, key: str | None, value: str | None) -> bool:
    if key is None:
        return True
    if key in ("ResourceName", "ResourceType"):
        return any(resource[key] == value for resource in event["Resources"])
    return key in _FIELDS and event.get(key) == value
