"""One snapshot of everything in one file, written beside it and renamed over it.

All services are read in one turn of the event loop, so that a stack and the resources it made
always agree; a kill at any moment leaves the last whole snapshot.
"""

import asyncio
import json
import logging
import os
import threading
import time
from pathlib import Path

from ministack import app
from ministack.core import persistence as ministack_persistence

from . import access_analyzer, agenda, cost_tags, darkness, lag, pauses
from .quotas import limits
from .scaling import store as scaling
from .trail import events as trail_events

logger = logging.getLogger("slipway.persistence")

FORMAT = 1
_FILE = "state.json"
_ATTEMPTS = 5

# Modules of ours with a state, by the name it has in the file; each has, as ministack's services
# have, get_state(), load_persisted_state(state) and reset().
_OWN = {"slipway_access_analyzer": access_analyzer, "slipway_agenda": agenda,
        "slipway_cost_tags": cost_tags, "slipway_darkness": darkness, "slipway_lag": lag,
        "slipway_pauses": pauses, "slipway_quotas": limits, "slipway_scaling": scaling,
        "slipway_trail": trail_events}


def reset_own() -> None:
    for module in _OWN.values():
        module.reset()


def _private(path: str, flags: int) -> int:
    """The state has passwords in it."""
    return os.open(path, flags, 0o600)


class Snapshots:
    def __init__(self, folder: Path):
        self._path = folder / _FILE
        self._changed = False
        # How often something was changed by a call.
        self.changes = 0
        self._taken = 0
        self._written = 0
        self._writing = threading.Lock()

    def mark_changed(self) -> None:
        self._changed = True
        self.changes += 1

    @property
    def saves(self) -> dict[str, int]:
        """How many were begun, and the latest of them that is on disk."""
        return {"begun": self._taken, "done": self._written}

    async def save(self, force: bool = False) -> None:
        """Writes what is there now, if anything changed since the last time."""
        if not (self._changed or force):
            return
        self._changed = False
        for attempt in range(1, _ATTEMPTS + 1):
            self._taken += 1
            try:
                await asyncio.to_thread(self._write, self._taken, self._states())
                return
            except RuntimeError:
                # Some requests run in threads of their own and changed a store while it was read.
                if attempt == _ATTEMPTS:
                    raise

    async def save_every(self, seconds: float, busy) -> None:
        """Saves for ever; while ``busy()`` says that work goes on, each time."""
        took = 0.0
        while True:
            # A large state is saved less often, so that saving it takes at most a tenth of the time.
            await asyncio.sleep(max(seconds, 0.2, 9 * took))
            began = time.monotonic()
            try:
                await self.save(force=busy())
                took = time.monotonic() - began
            except Exception:
                self._changed = True
                logger.exception("The state could not be saved to %s; trying again", self._path)

    def load(self) -> None:
        if not self._path.exists():
            return
        try:
            stored = json.loads(self._path.read_text(),
                                object_hook=ministack_persistence._json_object_hook)
            if not isinstance(stored, dict):
                raise ValueError("it is not an object")
        except ValueError as error:
            raise SystemExit(f"{self._path} cannot be read ({error}). Mend it, or move it away to "
                             "start with an empty AWS.")
        if stored.get("format") != FORMAT:
            raise SystemExit(f"{self._path} has format {stored.get('format')}, this emulator "
                             f"reads {FORMAT}. Move it away to start empty.")
        for key, module in app._state_map.items():
            if stored["services"].get(key):
                app._get_module(module).load_persisted_state(stored["services"][key])
        for key, module in _OWN.items():
            if stored["services"].get(key):
                module.load_persisted_state(stored["services"][key])

    def _states(self) -> dict:
        with agenda.lock:
            states = {key: get_state() for key, get_state
                      in app._build_persistence_save_dict().items()}
            states.update((key, module.get_state()) for key, module in _OWN.items())
        return {key: state for key, state in states.items() if state is not None}

    def _write(self, number: int, services: dict) -> None:
        text = json.dumps({"format": FORMAT, "services": services},
                          default=ministack_persistence._json_default)
        with self._writing:
            if number < self._written:
                return
            beside = self._path.with_suffix(".tmp")
            with open(beside, "w", opener=_private) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self._path)
            self._written = number
