"""Metrics of what the emulator holds, in its CloudWatch: a point a minute, worked out when asked.

A provider yields the series of the account and region asked. A series is a function of time, so
nothing is stored and nothing is lost; it has no point while its function says None.
"""

import hashlib
import json
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import lru_cache
from typing import Callable
from urllib.parse import parse_qs

from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region
from ministack.services import cloudwatch

from . import agenda

Value = Callable[[float], float | None]
Provider = Callable[[], Iterator["Series"]]

_MINUTE = 60
# A point tells of its minute as it ended.
_END_OF_MINUTE = _MINUTE - 0.001
# What is looked at when no time is asked for, as by an alarm.
_RECENT_SECONDS = 6 * 3600
_LONGEST_SECONDS = 14 * 86400

_window: ContextVar[tuple[float, float] | None] = ContextVar("window", default=None)
_providers: list[Provider] = []


class Series(Sequence):
    """Points of one metric since ``since``, for the time that is asked about."""

    def __init__(self, namespace: str, name: str, dimensions: dict[str, str], unit: str,
                 since: float, value: Value):
        self.key = (namespace, name, cloudwatch._dims_key(dimensions))
        self._dimensions, self._unit, self._since = dimensions, unit, since
        self._value = value

    def _minutes(self) -> range:
        now = time.time()
        start, end = _window.get() or (now - _RECENT_SECONDS, now)
        start = max(start, self._since, now - _LONGEST_SECONDS)
        return range(int(start // _MINUTE) * _MINUTE, int(min(end, now)) + 1, _MINUTE)

    def __len__(self) -> int:
        return max(1, len(self._minutes()))

    def __getitem__(self, index: int) -> dict:
        return self._point(time.time() if index == 0 else self._minutes()[index], 0.0)

    def __iter__(self) -> Iterator[dict]:
        now = time.time()
        for minute in self._minutes():
            value = self._value(min(minute + _END_OF_MINUTE, now))
            if value is not None:
                yield self._point(minute, value)

    def _point(self, at: float, value: float) -> dict:
        return {"Timestamp": at, "Value": float(value), "Unit": self._unit,
                "Dimensions": self._dimensions}


class _Metrics(AccountRegionScopedDict):
    """What was put, and what the providers say."""

    def stored(self) -> list:
        return super().items()

    def items(self) -> list:
        return self.stored() + _provided(get_account_id(), get_region(), agenda.changes,
                                         int(time.monotonic()))


@lru_cache(maxsize=32)
def _provided(account: str, region: str, changes: int, second: int) -> list:
    """Alarms ask for all of it every few seconds; it is the same until something happens."""
    return [(series.key, series) for provider in _providers for series in provider()]


@contextmanager
def looking(start: float, end: float) -> Iterator[None]:
    """The time that is asked about, in seconds since 1970: within it series have their points."""
    token = _window.set((start, end))
    try:
        yield
    finally:
        _window.reset(token)


def provide(provider: Provider) -> None:
    _providers.append(provider)


def day(at: float) -> float:
    """From 0 at night to 1 in the afternoon."""
    return 0.5 - 0.5 * math.cos(2 * math.pi * (at / 86400 - 3 / 24))


def noise(key: str, at: float) -> float:
    """From 0 to 1; the same for the same key and minute."""
    digest = hashlib.blake2b(f"{key} {int(at // _MINUTE)}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2 ** 32


def _evict() -> None:
    oldest = time.time() - cloudwatch.TWO_WEEKS_SECONDS
    for key, points in cloudwatch._metrics.stored():
        kept = [p for p in points if p["Timestamp"] >= oldest]
        if not kept:
            del cloudwatch._metrics[key]
        elif len(kept) < len(points):
            cloudwatch._metrics[key] = kept


def _requests(original):
    async def handle(method, path, headers, body, query_params):
        asked = _asked(headers, body or b"")
        with looking(*asked) if asked else nullcontext():
            return await original(method, path, headers, body, query_params)
    return handle


def _asked(headers: dict, body: bytes) -> tuple[float, float] | None:
    kind = headers.get("content-type", "")
    if "cbor" in kind:
        import cbor2
        request = cbor2.loads(body) if body else {}
    elif "json" in kind:
        request = json.loads(body or b"{}")
    else:
        request = {n: v[0] for n, v in parse_qs(body.decode("utf-8", "replace")).items()}
    start = cloudwatch._parse_ts(request.get("StartTime"))
    end = cloudwatch._parse_ts(request.get("EndTime"))
    return (start, end) if start is not None and end is not None else None


def install() -> None:
    cloudwatch._metrics = _Metrics()
    cloudwatch._evict_old_metrics = _evict
    cloudwatch.handle_request = _requests(cloudwatch.handle_request)
