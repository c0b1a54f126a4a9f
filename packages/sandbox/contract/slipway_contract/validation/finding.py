"""What a call does that its service's model does not allow."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """``side`` is request or response; ``path`` names the member, without list indices."""

    service: str
    operation: str
    side: str
    path: str
    kind: str
    detail: str = field(compare=False)
    call: str = field(compare=False, default="")

    @property
    def key(self) -> str:
        return f"{self.service} {self.operation} {self.side} {self.path or '-'} {self.kind}"


class Problems:
    """Collects what is wrong with one side of one call."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def add(self, path: str, kind: str, detail: str) -> None:
        self.found.append((re.sub(r"\[\d+\]", "[]", path).lstrip("."), kind, detail))
