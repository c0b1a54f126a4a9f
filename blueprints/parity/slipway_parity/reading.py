"""What every reading needs: a resource as AWS describes it, and how the environment's own are told."""

import json
from dataclasses import dataclass, field
from typing import Any, Callable
from urllib.parse import unquote

from botocore.exceptions import ClientError

ENVIRONMENT_TAG = "slipway:environment-id"


@dataclass
class Resource:
    type: str
    """What tells it from others of its type and is not made up by AWS or the engine."""
    key: str
    properties: dict
    """Everything by which others name it: ids, ARNs, names that are made up."""
    ids: list[str] = field(default_factory=list)


class Reading:
    """Of one environment, in its region."""

    def __init__(self, client: Callable[[str], Any], name: str, environment_id: str):
        self._client, self.name, self.environment_id = client, name, environment_id

    def _mine(self, tags) -> bool:
        return tags_of(tags).get(ENVIRONMENT_TAG) == self.environment_id


def tags_of(tags) -> dict[str, str]:
    if isinstance(tags, dict):
        return tags
    return {t.get("Key", t.get("TagKey")): t.get("Value", t.get("TagValue")) for t in tags or []}


def name_of(record: dict) -> str:
    return tags_of(record.get("Tags")).get("Name", "")


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def document(value) -> dict:
    return json.loads(unquote(value)) if isinstance(value, str) else value


def or_none(call, code: str, **request):
    try:
        return call(**request)
    except ClientError as error:
        if error.response["Error"]["Code"] == code:
            return None
        raise
