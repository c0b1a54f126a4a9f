"""Which regions and zones are dark, and since when. The gateway refuses calls to a dark region;
here it decides what the services do by themselves."""

import re
import time
from typing import Callable

# Zone and whether it is dark now.
ZoneCallback = Callable[[str, bool], None]

_regions: dict[str, float] = {}
_zones: dict[str, float] = {}
_callbacks: list[ZoneCallback] = []


def is_region_dark(region: str) -> bool:
    return region in _regions


def region_dark_since(region: str) -> float | None:
    """Seconds since the epoch; None while there is light."""
    return _regions.get(region)


def is_zone_dark(zone: str) -> bool:
    """True also while the zone's whole region is dark."""
    return zone in _zones or re.sub(r"[a-z]$", "", zone) in _regions


def zone_dark_since(zone: str) -> float | None:
    """Seconds since the epoch; None while there is light."""
    return _zones.get(zone) or _regions.get(re.sub(r"[a-z]$", "", zone))


def on_zone_change(callback: ZoneCallback) -> None:
    """Called when a zone goes dark or light by itself, not with its region."""
    _callbacks.append(callback)


def set_dark(regions: list[str], zones: list[str]) -> None:
    """These, and no others, are dark from now on; what was dark already is so since then."""
    now = time.time()
    for known, wanted in ((_regions, regions), (_zones, zones)):
        before = set(known)
        for name in before - set(wanted):
            known.pop(name)
        for name in wanted:
            known.setdefault(name, now)
        if known is _zones:
            for zone in sorted(before ^ set(wanted)):
                for callback in _callbacks:
                    callback(zone, zone in _zones)


def listed() -> dict:
    return {"regions": sorted(_regions), "zones": sorted(_zones)}


def get_state() -> dict:
    return {"regions": dict(_regions), "zones": dict(_zones)}


def load_persisted_state(state: dict) -> None:
    _regions.update(state["regions"])
    _zones.update(state["zones"])


def reset() -> None:
    set_dark([], [])
