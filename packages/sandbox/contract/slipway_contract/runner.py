"""Runs behaviours: classes at the same time, those that change the world for others alone."""

import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import marking
from .settings import settings

ROOT = Path(__file__).parent.parent


def load(services: list[str]) -> list[unittest.TestCase]:
    """All behaviours, or those of the services named."""
    suite = unittest.TestLoader().discover(
        str(ROOT / "behaviours"), pattern="test_*.py", top_level_dir=str(ROOT))
    tests = sorted(_flat(suite), key=lambda test: test.id())
    known = sorted({marking.service(test) for test in tests})
    unknown = sorted(set(services) - set(known))
    if unknown:
        raise SystemExit(f"There are no behaviours of {', '.join(unknown)}; "
                         f"there are those of {', '.join(known)}.")
    return [test for test in tests if not services or marking.service(test) in services]


def _flat(suite) -> list[unittest.TestCase]:
    if isinstance(suite, unittest.TestCase):
        return [suite]
    return [test for part in suite for test in _flat(part)]


class _Result(unittest.TestResult):
    """Tells each behaviour as it ends, whatever runs beside it."""

    _telling = threading.Lock()

    def startTest(self, test):
        super().startTest(test)
        self._began = time.monotonic()

    def stopTest(self, test):
        super().stopTest(test)
        self._tell("ok" if test not in self._troubled() else "FAILED", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell(f"skipped: {reason}", test)

    def _troubled(self) -> set:
        return {t for t, _ in self.failures + self.errors} | {t for t, _ in self.skipped}

    def _tell(self, outcome: str, test) -> None:
        if outcome == "FAILED" and test in {t for t, _ in self.skipped}:
            return
        took = time.monotonic() - getattr(self, "_began", time.monotonic())
        with self._telling:
            print(f"{took:6.1f} s  {outcome:7} {marking.service(test)}: "
                  f"{marking.sentence(test)}", flush=True)


def run(services: list[str], jobs: int) -> bool:
    """True when every behaviour holds. The last lines are unittest's."""
    tests = load(services)
    wrong = list(marking.problems(tests))
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return False
    print(f"Against {settings.endpoint or 'AWS'}, {settings.region} and "
          f"{settings.second_region}; names of this run contain {settings.run}.", flush=True)
    began = time.monotonic()
    together, alone = {}, {}
    for test in tests:
        groups = alone if marking.of(test).alone else together
        groups.setdefault(type(test), unittest.TestSuite()).addTest(test)
    with ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(_run, together.values()))
    results += [_run(suite) for suite in alone.values()]
    return _sum_up(results, time.monotonic() - began)


def _run(suite: unittest.TestSuite) -> _Result:
    result = _Result()
    suite.run(result)
    return result


def _sum_up(results: list[_Result], seconds: float) -> bool:
    for kind in ("errors", "failures"):
        for result in results:
            for test, text in getattr(result, kind):
                print(f"\n{'=' * 70}\n{kind[:-1].upper()}: {test.id()}\n{text}")
    counts = {kind: sum(len(getattr(result, kind)) for result in results)
              for kind in ("failures", "errors", "skipped")}
    print(f"\nRan {sum(result.testsRun for result in results)} tests in {seconds:.3f}s\n")
    told = ", ".join(f"{kind}={count}" for kind, count in counts.items() if count)
    ok = not counts["failures"] and not counts["errors"]
    print(f"{'OK' if ok else 'FAILED'}{f' ({told})' if told else ''}")
    return ok
