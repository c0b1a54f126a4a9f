"""How far replicas are behind, in seconds, by kind; metrics and copies follow it."""

import time

from . import darkness

# Within the usual: asynchronous PostgreSQL over regions about a second, Aurora's storage well
# below one, a global datastore below one, small S3 objects some seconds.
_USUAL_SECONDS = {"rds": 1.0, "aurora": 0.2, "elasticache": 0.5, "s3": 1.0}
_REMEMBERED_CHANGES = 1000
_MOST_SECONDS = 365 * 86400

# [time, kind, seconds or None for the usual], oldest first.
_changes: list[list] = []


def seconds(kind: str, source_region: str | None = None, at: float | None = None) -> float:
    """How far behind a replica is, or was. While the region it copies from is dark it gets
    nothing, so it falls behind as time goes by."""
    moment = time.time() if at is None else at
    value = next((c[2] for c in reversed(_changes) if c[1] == kind and c[0] <= moment), None)
    dark_since = darkness.region_dark_since(source_region, at) if source_region else None
    growth = moment - dark_since if dark_since is not None else 0.0
    return (_USUAL_SECONDS[kind] if value is None else value) + growth


def set_seconds(kind: str, value: float | None) -> None:
    """None is the usual again."""
    if kind not in _USUAL_SECONDS:
        raise ValueError(f"{kind} is none of {', '.join(_USUAL_SECONDS)}")
    if value is not None and not 0 <= float(value) <= _MOST_SECONDS:
        raise ValueError(f"seconds is not from 0 to {_MOST_SECONDS}, a year")
    _changes.append([time.time(), kind, None if value is None else float(value)])
    del _changes[:-_REMEMBERED_CHANGES]


def listed() -> dict[str, float]:
    return {kind: seconds(kind) for kind in _USUAL_SECONDS}


def get_state() -> list[list]:
    return list(_changes)


def load_persisted_state(state: list[list]) -> None:
    _changes[:] = state


def reset() -> None:
    _changes.clear()
