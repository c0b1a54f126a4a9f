"""Two readings of one environment, made by two engines, without what is made up; and where they differ."""

import json
import re
from dataclasses import dataclass
from typing import Any, Iterator

from .reader import Resource

# When, by whom, and what AWS counts or makes up by itself.
_VOLATILE = re.compile(
    r"(?i)(.*time|.*date|.*created|.*createdat|.*modifiedat|creation.*|lastmodified|owner|ownerid|"
    r"requestid|requesterid|locktoken|capacity|availableipaddresscount|state.*transition.*|"
    r"stateupdatedtimestamp|statereason.*|statevalue|publicip|privateip|publicipv4pool|"
    r"certificateauthority|callerreference|reservationid|currentversion|versionid|"
    r"platformversion|resourceusage|ipv4addresses|hostedzoneid|canonicalhostedzoneid)$")
_MADE_UP_TAG = re.compile(r"aws:|AWS:")


@dataclass
class Difference:
    resource: str
    path: str
    cdk: Any
    terraform: Any


def normalised(resources: list[Resource], name: str) -> dict[str, Any]:
    """By type and key, with ids as what they stand for and the environment's name as `ENV`."""
    ids = sorted(((i, f"<{r.type} {r.key}>") for r in resources for i in r.ids if i),
                 key=lambda pair: -len(pair[0]))
    pattern = re.compile("|".join(re.escape(i) for i, _ in ids)) if ids else None
    by_id = dict(ids)

    def text(value: str) -> str:
        if pattern:
            value = pattern.sub(lambda found: by_id[found[0]], value)
        return value.replace(name, "ENV")

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) == {"Effect", "Action"} | (set(value) - {"Effect", "Action"}) and (
                    "Effect" in value and "Action" in value):
                value = _statement(value)
            return {text(k): _tags(walk, v) if k in ("Tags", "tags", "TagSet") else walk(v)
                    for k, v in value.items()
                    if v not in (None, [], {}, "") and not _VOLATILE.match(k)}
        if isinstance(value, (list, tuple, set)):
            return sorted((walk(v) for v in value), key=lambda v: json.dumps(
                v, sort_keys=True, default=str))
        return text(value) if isinstance(value, str) else value

    found: dict[str, Any] = {}
    for resource in resources:
        key = f"{resource.type} {resource.key}".replace(name, "ENV")
        while key in found:
            key += "'"
        found[key] = walk(resource.properties)
    return found


def _tags(walk, tags) -> Any:
    if isinstance(tags, list):
        tags = {t["Key"]: t["Value"] for t in tags}
    return {k: walk(v) for k, v in sorted(tags.items())
            if not _MADE_UP_TAG.match(k) and k != "slipway:environment-id"
            } if isinstance(tags, dict) else walk(tags)


def _statement(statement: dict) -> dict:
    """One action or resource is a list of one; the name of a statement says nothing."""
    return {k: v if k in ("Effect", "Condition", "Principal") or isinstance(v, list) else [v]
            for k, v in statement.items() if k != "Sid"}


def differences(cdk: dict[str, Any], terraform: dict[str, Any]) -> list[Difference]:
    return [each for key in sorted(cdk.keys() | terraform.keys())
            for each in _between(key, "", cdk.get(key), terraform.get(key))]


def _between(resource: str, path: str, one: Any, other: Any) -> Iterator[Difference]:
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from _between(resource, f"{path}.{key}".lstrip("."), one.get(key),
                                other.get(key))
        return
    if isinstance(one, list) and isinstance(other, list):
        left = [v for v in one if v not in other]
        right = [v for v in other if v not in one]
        if len(left) == len(right) == 1:
            yield from _between(resource, f"{path}[]", left[0], right[0])
            return
        yield Difference(resource, f"{path}[]", left or None, right or None)
        return
    yield Difference(resource, path, one, other)
