"""Failures on demand: the next creations of a type fail with the reason asked."""

from dataclasses import dataclass


@dataclass
class Fault:
    type: str
    message: str
    times: int


class Faults:
    def __init__(self) -> None:
        self._armed: list[Fault] = []

    def arm(self, fault: Fault) -> None:
        self._armed.append(fault)

    def clear(self) -> None:
        self._armed.clear()

    def listed(self) -> list[dict]:
        return [vars(fault) for fault in self._armed]

    def take(self, resource_type: str) -> str | None:
        """The reason the creation fails, or None; a fault is spent when its times are over."""
        for fault in self._armed:
            if fault.type == resource_type:
                fault.times -= 1
                if fault.times <= 0:
                    self._armed.remove(fault)
                return fault.message
        return None


faults = Faults()
