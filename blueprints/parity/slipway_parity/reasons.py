"""Why the two engines' environments differ: a pattern of resource and path, and the reason."""

import re
from typing import NamedTuple


class Reason(NamedTuple):
    resource: re.Pattern
    path: re.Pattern
    why: str


def _of(resource: str, path: str, why: str) -> Reason:
    return Reason(re.compile(resource), re.compile(path), why)


REASONS: list[Reason] = []


def reason_for(resource: str, path: str) -> str | None:
    for each in REASONS:
        if each.resource.fullmatch(resource) and each.path.fullmatch(path):
            return each.why
    return None
