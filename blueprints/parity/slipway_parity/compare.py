"""Two readings of one environment, made by two engines, without what is made up; and where they differ."""

import json
import re
from dataclasses import dataclass
from typing import Any, Iterator

from .reading import Resource

# When, by whom, and what AWS counts or makes up by itself.
_VOLATILE = re.compile(
    r"(?i)(.*time|.*timestamp|associatedat|validtill|responsemetadata|privateipaddress|.*date|"
    r".*created|.*createdat|.*modifiedat|creation.*|lastmodified|owner|ownerid|requestid|"
    r"requesterid|locktoken|capacity|availableipaddresscount|state.*transition.*|statereason.*|"
    r"statevalue|publicip|privateip|publicipv4pool|certificateauthority|callerreference|"
    r"reservationid|currentversion|versionid|platformversion|resourceusage|ipv4addresses|"
    r"hostedzoneid|canonicalhostedzoneid)$")
_MADE_UP_TAG = re.compile(r"aws:|AWS:")
# Ids of what nobody names: associations, network interfaces, groups of nodes.
_MADE_UP = re.compile(
    r"\b(?:eipassoc|eni|rtbassoc|vpc-cidr-assoc|aclassoc|sgr)-[0-9a-f]{8,17}\b"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SECRET_SUFFIX = re.compile(r"(:secret:.+)-[A-Za-z0-9]{6}$")
_TAGS = frozenset({"Tags", "tags", "TagSet", "TagList"})
# Fields that hold a name that one engine chooses and the other leaves to AWS.
_NAMES = frozenset({"DBSubnetGroupName", "CacheSubnetGroupName", "DBSubnetGroup",
                    "DBParameterGroupName", "DBClusterParameterGroup", "CacheParameterGroupName"})


@dataclass
class Difference:
    resource: str
    path: str
    cdk: Any
    terraform: Any


def normalised(resources: list[Resource], name: str) -> dict[str, Any]:
    """By type and key, with ids as what they stand for and the environment's name as `ENV`."""
    by_id = {i: f"<{r.type} {r.key}>".replace(name, "ENV") for r in resources for i in r.ids if i}
    # A name that says what it is may be another's too: it stands for its resource in its own
    # fields only.
    spoken = {i for i in by_id if i.startswith(name) and "." not in i
              and not re.search(r"\d{8}|-[A-Za-z0-9]{12,}$", i)}
    groups = {i: f"<{r.type} {r.key}>".replace(name, "ENV") for r in resources
              if r.type.endswith("Group") for i in r.ids if i in spoken}
    pattern = re.compile("|".join(re.escape(i) for i in sorted(
        by_id.keys() - spoken, key=len, reverse=True)) or r"(?!)")

    def text(value: str) -> str:
        value = pattern.sub(lambda found: by_id[found[0]], value)
        value = _SECRET_SUFFIX.sub(r"\1-<made up>", _MADE_UP.sub("<made up>", value))
        return value.replace(name, "ENV")

    def member(key: str, value: Any) -> Any:
        if key in _NAMES and isinstance(value, str) and value in groups:
            return groups[value]
        return _tags(walk, value) if key in _TAGS else walk(value)

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            if "Effect" in value and "Action" in value:
                value = _statement(value)
            told = {text(k): member(k, v) for k, v in value.items() if not _VOLATILE.match(k)}
            return {k: v for k, v in told.items() if v not in (None, [], {}, "")}
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
    """One action is a list of one, everybody is everybody, numbers are text; its name says nothing."""
    return {
        k: {"AWS": "*"} if k == "Principal" and v == "*" else
        _as_text(v) if k == "Condition" else
        v if k in ("Effect", "Principal") or isinstance(v, list) else [v]
        for k, v in statement.items() if k != "Sid"}


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _as_text(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_as_text(v) for v in value] if len(value) != 1 else _as_text(value[0])
    return str(value).lower() if isinstance(value, bool) else str(value)


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
