"""Replication of buckets that stands still because somebody paused it."""

_paused: list[dict] = []


def is_paused(bucket: str, region: str | None) -> bool:
    """``region`` is the one of the bucket that is copied to."""
    return {"bucket": bucket, "region": region} in _paused


def set_paused(paused: list[dict]) -> None:
    """These, each a ``bucket`` and a ``region``, and no others."""
    _paused[:] = [{"bucket": p["bucket"], "region": p["region"]} for p in paused]


def listed() -> list[dict]:
    return list(_paused)


def get_state() -> list[dict]:
    return listed()


def load_persisted_state(state: list[dict]) -> None:
    set_paused(state)


def reset() -> None:
    _paused.clear()
