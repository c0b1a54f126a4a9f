"""A behaviour: a test with one sentence and the page of AWS's documentation that it follows."""

import inspect
import unittest
from dataclasses import dataclass
from typing import Callable, Iterator
from urllib.parse import urlparse

_DOCUMENTATION = "docs.aws.amazon.com"


@dataclass(frozen=True)
class Behaviour:
    """``cost`` says in words what a run in a real account costs, None if nothing to speak of.
    ``sandbox_only``: needs what only the sandbox has, such as faults. ``alone``: changes the world
    for others, so nothing else runs meanwhile."""

    page: str
    cost: str | None = None
    sandbox_only: bool = False
    alone: bool = False


def behaviour(page: str, *, cost: str | None = None, sandbox_only: bool = False,
              alone: bool = False) -> Callable:
    """Marks a test; its docstring is the sentence."""
    def mark(test: Callable) -> Callable:
        test.behaviour = Behaviour(page, cost, sandbox_only, alone)
        return test

    return mark


def of(test: unittest.TestCase) -> Behaviour | None:
    return getattr(getattr(test, test._testMethodName), "behaviour", None)


def sentence(test: unittest.TestCase) -> str:
    text = inspect.getdoc(getattr(test, test._testMethodName)) or ""
    return " ".join(text.split())


def service(test: unittest.TestCase) -> str:
    """The service it is about: the name of its file."""
    return type(test).__module__.rpartition(".")[2].removeprefix("test_")


def problems(tests: list[unittest.TestCase]) -> Iterator[str]:
    """Why the suite must not run: behaviours without a page, or without their one sentence."""
    for test in tests:
        found = of(test)
        if found is None:
            yield f"{test.id()} is not marked @behaviour(page)."
            continue
        address = urlparse(found.page)
        if (address.scheme, address.netloc) != ("https", _DOCUMENTATION) or len(address.path) < 2:
            yield f"{test.id()} names no page of https://{_DOCUMENTATION}: {found.page!r}"
        text = sentence(test)
        if not text.endswith(".") or ". " in text:
            yield f"{test.id()} has no docstring that is one sentence."
