"""When an alarm is what. Pure.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

import operator
from typing import Callable, Sequence

OK, ALARM, INSUFFICIENT = "OK", "ALARM", "INSUFFICIENT_DATA"
# CloudWatch looks at some periods more than it evaluates, in case the latest have no data yet.
MORE_PERIODS = 2

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}


def breaches(comparison: str, value: float, threshold: float) -> bool:
    """Raises ``KeyError`` for a comparison with a band, which needs anomaly detection."""
    return _COMPARISONS[comparison](value, threshold)


def state_of(points: Sequence[bool | None], periods: int, needed: int, missing: str,
             current: str) -> str:
    """The state after a look at ``points``: oldest first, ``periods`` + ``MORE_PERIODS`` of them,
    whether each breaches, None where there is no data. ``needed`` breaches of ``periods`` make an
    alarm. ``missing``: breaching, notBreaching, ignore or missing."""
    there = [point for point in points if point is not None][-periods:]
    lacking = periods - len(there)
    breaching = sum(there) + (lacking if missing == "breaching" else 0)
    if breaching >= needed:
        return ALARM
    if missing in ("breaching", "notBreaching") or lacking == 0:
        return OK
    if not there:
        return INSUFFICIENT if missing == "missing" else current
    if not all(there):
        return OK
    if missing == "missing" and _oldest_age(points) >= needed:
        return ALARM
    return current


def _oldest_age(points: Sequence[bool | None]) -> int:
    """How many periods ago the oldest point with data is; the latest period is 1."""
    return max(len(points) - index for index, point in enumerate(points) if point is not None)
