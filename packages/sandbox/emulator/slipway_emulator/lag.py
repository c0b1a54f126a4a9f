"""How far replicas are behind, in seconds, by kind; metrics and copies follow it."""

import time

from . import darkness

# Within the usual: asynchronous PostgreSQL over regions about a second, Aurora's storage well
# below one, a global datastore below one, small S3 objects some seconds.
_USUAL_SECONDS = {"rds": 1.0, "aurora": 0.2, "elasticache": 0.5, "s3": 1.0}

_seconds: dict[str, float] = {}


def seconds(kind: str, source_region: str | None = None) -> float:
    """How far behind a replica is now. While the region it copies from is dark it gets nothing,
    so it falls behind as time goes by."""
    dark_since = darkness.region_dark_since(source_region) if source_region else None
    growth = time.time() - dark_since if dark_since is not None else 0.0
    return _seconds.get(kind, _USUAL_SECONDS[kind]) + growth


def set_seconds(kind: str, value: float | None) -> None:
    """None is the usual again."""
    if kind not in _USUAL_SECONDS:
        raise ValueError(f"{kind} is none of {', '.join(_USUAL_SECONDS)}")
    if value is None:
        _seconds.pop(kind, None)
    elif value < 0:
        raise ValueError("seconds is less than 0")
    else:
        _seconds[kind] = float(value)


def listed() -> dict[str, float]:
    return {kind: seconds(kind) for kind in _USUAL_SECONDS}


def get_state() -> dict[str, float]:
    return dict(_seconds)


def load_persisted_state(state: dict[str, float]) -> None:
    _seconds.update(state)


def reset() -> None:
    _seconds.clear()
