"""What every behaviour needs: clients, names, waiting, refusals, cleaning up."""

import time
import unittest
from typing import Any, Callable

from botocore.exceptions import ClientError

from . import marking
from .clients import client
from .sandbox import sandbox
from .settings import settings

# What a clean-up meets when the test has deleted the thing itself.
_GONE = ("NotFound", "NoSuch", "does not exist", "doesn't exist", "NotExist", "cannot be found")


class ContractTest(unittest.TestCase):
    maxDiff = None
    region = settings.region
    second_region = settings.second_region
    sandbox = sandbox

    def setUp(self) -> None:
        found = marking.of(self)
        if found and found.sandbox_only and not settings.endpoint:
            self.skipTest("needs what only the sandbox has")

    @staticmethod
    def client(service: str, region: str | None = None):
        return client(service, region)

    @staticmethod
    def name(label: str, limit: int = 50) -> str:
        return settings.name(label, limit)

    def clean_up(self, call: Callable, **request) -> None:
        """Calls it when the test has ended, last added first; what is gone already is fine."""
        self.addCleanup(_forgiving, call, request)

    def wait_for(self, what: str, probe: Callable[[], Any], minutes: float = 5) -> Any:
        """The first true answer of ``probe``; ``minutes`` is the longest that AWS takes."""
        limit = settings.limit_seconds(minutes)
        deadline = time.monotonic() + limit
        while True:
            found = probe()
            if found:
                return found
            if time.monotonic() > deadline:
                self.fail(f"{what}: not within {limit:.0f} s")
            time.sleep(settings.poll_seconds())

    def refused(self, code: str, call: Callable, **request) -> dict:
        """Asserts that AWS refuses with this code; its error, ``Code`` and ``Message``."""
        with self.assertRaises(ClientError) as caught:
            call(**request)
        error = caught.exception.response["Error"]
        self.assertEqual(error["Code"], code, error.get("Message"))
        return error


def _forgiving(call: Callable, request: dict) -> None:
    try:
        call(**request)
    except ClientError as error:
        text = f"{error.response['Error'].get('Code')} {error.response['Error'].get('Message')}"
        if not any(word in text for word in _GONE):
            raise
