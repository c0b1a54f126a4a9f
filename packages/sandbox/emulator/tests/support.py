"""Starts the emulator as a program of its own, and talks to it as an AWS client would."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import botocore.session
from botocore.config import Config

ROOT = Path(__file__).parent.parent
ACCOUNT = "123456789012"
REGION = "us-east-1"


_SESSION = botocore.session.Session()


class Emulator:
    def __init__(self, resource_seconds: float = 0.0, state_dir: str | None = None):
        self._temporary = tempfile.TemporaryDirectory() if state_dir is None else None
        self.state_dir = state_dir or self._temporary.name
        self.resource_seconds = resource_seconds
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "slipway_emulator"], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, env={
                **os.environ, "PORT": "0", "STATE_DIR": self.state_dir,
                "RESOURCE_SECONDS": str(self.resource_seconds), "SAVE_SECONDS": "0.3",
                "LOG_LEVEL": "CRITICAL"})
        line = self.process.stdout.readline()
        self.url = line.split()[3].rstrip(",")
        for _ in range(100):
            try:
                self.control("GET", "health")
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("The emulator did not answer")

    def stop(self, kill: bool = False) -> None:
        self.process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
        self.process.wait(15)
        self.process.stdout.close()

    def close(self) -> None:
        self.stop()
        if self._temporary:
            self._temporary.cleanup()

    def control(self, method: str, path: str, body: dict | None = None) -> dict:
        request = urllib.request.Request(
            f"{self.url}/_slipway/{path}", method=method,
            data=json.dumps(body).encode() if body is not None else None)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)

    def wait_for_save(self) -> None:
        """Returns when all that has happened is on disk."""
        begun = self.control("GET", "health")["saves"]["begun"]
        # A change, which says nothing new, so that a save follows.
        self.control("POST", "lag", {"kind": "rds", "seconds": None})
        eventually(lambda: self.control("GET", "health")["saves"]["done"] > begun)

    def client(self, service: str, region: str = REGION, account: str = "test"):
        return _SESSION.create_client(
            service, region_name=region, endpoint_url=self.url,
            aws_access_key_id=account, aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"},
                          read_timeout=60))


def eventually(what, seconds: float = 15):
    """The first true answer of ``what``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"That did not happen in {seconds} s")


class EmulatorTest(unittest.TestCase):
    """One emulator for the class; each test works under names of its own."""

    resource_seconds = 0.0
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator(cls.resource_seconds)
        cls.cloudformation = cls.emulator.client("cloudformation")

    @classmethod
    def tearDownClass(cls):
        cls.emulator.close()

    def tearDown(self):
        self.emulator.control("DELETE", "fail")

    def create(self, name: str, template: dict, **more) -> str:
        return self.cloudformation.create_stack(
            StackName=name, TemplateBody=json.dumps(template),
            Capabilities=["CAPABILITY_NAMED_IAM"], **more)["StackId"]

    def settled(self, stack: str, seconds: float = 30) -> dict:
        """The stack once it is no longer in progress."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
            if not found["StackStatus"].endswith("_IN_PROGRESS"):
                return found
            time.sleep(0.05)
        self.fail(f"{stack} is still {found['StackStatus']} after {seconds} s")

    def events(self, stack: str) -> list[dict]:
        """Oldest first."""
        pages = self.cloudformation.get_paginator("describe_stack_events").paginate(
            StackName=stack)
        return [e for page in pages for e in page["StackEvents"]][::-1]

    def deploy(self, name: str, template: dict, **more) -> dict:
        stack = self.settled(self.create(name, template, **more))
        reasons = [f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason')}"
                   for e in self.events(stack["StackId"]) if "FAILED" in e["ResourceStatus"]]
        self.assertEqual(stack["StackStatus"], "CREATE_COMPLETE", "\n".join(reasons))
        return stack

    def destroy(self, stack: str) -> dict:
        stack_id = self.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackId"]
        self.cloudformation.delete_stack(StackName=stack)
        return self.settled(stack_id)

    def physical_ids(self, stack: str) -> dict[str, str]:
        return {r["LogicalResourceId"]: r.get("PhysicalResourceId", "")
                for r in self.cloudformation.describe_stack_resources(
                    StackName=stack)["StackResources"]}
