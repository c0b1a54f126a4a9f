"""Validates a folder of recorded calls; findings beyond the known deviations are a failure."""

import json
from collections import Counter
from pathlib import Path

from .finding import Finding
from .record import read
from .validator import validate

# Each: key of the finding, the reason, and the stage of script/test in which it occurs.
DEVIATIONS = Path(__file__).parent / "deviations.json"


def deviations() -> dict[str, dict]:
    return {entry["key"]: entry for entry in json.loads(DEVIATIONS.read_text())}


def report(folder: Path, stage: str, complete: bool) -> bool:
    """Prints what is wrong; true when nothing is. ``complete``: the folder holds a whole run of the
    stage, so a deviation of it that does not occur is itself wrong."""
    known = deviations()
    calls, seen, fresh = 0, set(), {}
    operations: Counter = Counter()
    for call in read(folder):
        calls += 1
        operations[f"{call.service} {call.operation}"] += 1
        for finding in validate(call):
            seen.add(finding.key)
            if finding.key not in known:
                fresh.setdefault(finding.key, []).append(finding)
    for findings in fresh.values():
        _tell(findings)
    gone = [key for key, entry in known.items()
            if complete and entry["stage"] == stage and key not in seen]
    for key in gone:
        print(f"\n{key}\n  does not occur any more: take it out of {DEVIATIONS.name}")
    print(f"\nModels: {calls} calls of {len(operations)} operations validated, "
          f"{len(fresh)} kinds of violation, {len(seen & set(known))} known deviations")
    if calls == 0:
        print("Nothing was recorded: the gateway's record is missing.")
    return calls > 0 and not fresh and not gone


def _tell(findings: list[Finding]) -> None:
    first = findings[0]
    print(f"\n{first.key}   ({len(findings)}×)\n  {first.detail}\n  {first.call}")
    print("  Mend the emulator to answer as the model says (packages/sandbox/emulator), or give "
          f"the key with its reason in {DEVIATIONS.name}.")
