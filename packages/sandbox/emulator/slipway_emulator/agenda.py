"""What a service does by itself after it has answered: the work that is due later.

An entry names a function marked ``task`` and its arguments, so it is kept with the state. What a
kill caught goes on at the next start; what fell due meanwhile is done then, in its order.
"""

import asyncio
import bisect
import logging
import threading
import time
from typing import Callable, NamedTuple

from ministack.core.responses import get_account_id, get_region, request_scope

logger = logging.getLogger("slipway.agenda")

# Held by whoever reads or changes what tasks change.
lock = threading.RLock()

_POLL_SECONDS = 0.05
_tasks: dict[str, Callable] = {}
_entries: list[dict] = []
_changed = False
# How often work was planned or done.
changes = 0


class NotYet(NamedTuple):
    """What a task returns that could not begin: it is due again after so many seconds. Nothing has
    changed by that, so there is nothing to save or to tell."""

    seconds: float


def task(function: Callable) -> Callable:
    """Marks a function that can be due later. It finds its records by lasting ids among its
    arguments, and does nothing if they are gone."""
    _tasks[_name(function)] = function
    return function


def later(seconds: float, function: Callable, **arguments) -> None:
    """The task is due in the account and region of this request, after what is due before it."""
    global _changed, changes
    entry = {"at": time.time() + seconds, "account": get_account_id(), "region": get_region(),
             "task": _name(function), "arguments": arguments}
    with lock:
        bisect.insort(_entries, entry, key=lambda e: e["at"])
        _changed, changes = True, changes + 1


def run_due() -> None:
    """Does what is due, and what becomes due by that."""
    global _changed, changes
    with lock:
        while _entries and _entries[0]["at"] <= time.time():
            entry = _entries.pop(0)
            done = None
            with request_scope(entry["account"], entry["region"]):
                try:
                    done = _tasks[entry["task"]](**entry["arguments"])
                except Exception:
                    logger.exception("%s of %s", entry["task"], entry["arguments"])
            if isinstance(done, NotYet):
                entry = {**entry, "at": time.time() + done.seconds}
                bisect.insort(_entries, entry, key=lambda e: e["at"])
            else:
                _changed, changes = True, changes + 1


def hasten(seconds: float) -> None:
    """What is due later is due so much sooner, as if the time had passed."""
    global _changed, changes
    with lock:
        for entry in _entries:
            entry["at"] -= seconds
        _changed, changes = True, changes + 1


async def run_for_ever() -> None:
    while True:
        await asyncio.sleep(_POLL_SECONDS)
        run_due()


def unsaved() -> bool:
    """True when work was planned or done since the last question."""
    global _changed
    changed, _changed = _changed, False
    return changed


def get_state() -> list[dict]:
    return list(_entries)


def load_persisted_state(entries: list[dict]) -> None:
    _entries[:] = entries


def reset() -> None:
    _entries.clear()


def _name(function: Callable) -> str:
    return f"{function.__module__.rpartition('slipway_emulator.')[2]}.{function.__name__}"
