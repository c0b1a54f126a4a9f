"""Which regions and zones are dark, and were. The gateway refuses calls to a dark region; here it
decides what the services do by themselves."""

import asyncio
import logging
import re
import time
from typing import Callable

logger = logging.getLogger("slipway.darkness")

# Zone and whether it is dark now.
ZoneCallback = Callable[[str, bool], None]

_REMEMBERED_SECONDS = 14 * 86400
_TELL_AGAIN_SECONDS = 2.0

_regions: dict[str, float] = {}
_zones: dict[str, float] = {}
# [name, from, to] of regions and zones that are light again.
_past: list[list] = []
_callbacks: list[ZoneCallback] = []


def is_region_dark(region: str, at: float | None = None) -> bool:
    return region_dark_since(region, at) is not None


def region_dark_since(region: str, at: float | None = None) -> float | None:
    """Seconds since the epoch; None if there was light at that time, by default now."""
    return _dark_since(_regions, region, at)


def is_zone_dark(zone: str, at: float | None = None) -> bool:
    """True also while the zone's whole region is dark."""
    return zone_dark_since(zone, at) is not None


def zone_dark_since(zone: str, at: float | None = None) -> float | None:
    """Seconds since the epoch; None if there was light at that time, by default now."""
    since = _dark_since(_zones, zone, at)
    return since if since is not None else region_dark_since(re.sub(r"[a-z]$", "", zone), at)


def _dark_since(dark: dict[str, float], name: str, at: float | None) -> float | None:
    since = dark.get(name)
    if at is None or (since is not None and since <= at):
        return since
    return next((start for known, start, end in _past if known == name and start <= at < end), None)


def on_zone_change(callback: ZoneCallback) -> None:
    """Called when a zone goes dark or light by itself, not with its region; and again and again
    while it is dark, for what was busy with something else."""
    _callbacks.append(callback)


async def watch_for_ever() -> None:
    while True:
        await asyncio.sleep(_TELL_AGAIN_SECONDS)
        for zone in sorted(_zones):
            try:
                _tell(zone)
            except Exception:
                logger.exception("Not all was told that %s is dark", zone)


def _tell(zone: str) -> None:
    for callback in _callbacks:
        callback(zone, zone in _zones)


def set_dark(regions: list[str], zones: list[str]) -> None:
    """These, and no others, are dark from now on; what was dark already is so since then."""
    now = time.time()
    _past[:] = [p for p in _past if p[2] > now - _REMEMBERED_SECONDS]
    changed = set(_zones) ^ set(zones)
    for known, wanted in ((_regions, regions), (_zones, zones)):
        for name in set(known) - set(wanted):
            _past.append([name, known.pop(name), now])
        for name in wanted:
            known.setdefault(name, now)
    for zone in sorted(changed):
        _tell(zone)


def listed() -> dict:
    return {"regions": sorted(_regions), "zones": sorted(_zones)}


def get_state() -> dict:
    return {"regions": dict(_regions), "zones": dict(_zones), "past": list(_past)}


def load_persisted_state(state: dict) -> None:
    _regions.update(state["regions"])
    _zones.update(state["zones"])
    _past[:] = state.get("past", [])


def reset() -> None:
    set_dark([], [])
    _past.clear()
