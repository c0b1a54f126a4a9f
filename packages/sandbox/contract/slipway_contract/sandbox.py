"""What only the sandbox has; for behaviours marked ``sandbox_only``."""

import json
import urllib.request

from .settings import settings


class Sandbox:
    """The gateway's addresses below ``/_slipway/``."""

    def ask(self, method: str, path: str, body: dict | None = None):
        request = urllib.request.Request(
            f"{settings.endpoint}/_slipway/{path}", method=method,
            headers={"content-type": "application/json"},
            data=None if method == "GET" else json.dumps(body or {}).encode())
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def start_fault(self, effect: dict, match: dict | None = None) -> str:
        """Its id; see ``src/faults/faultInput.ts`` for effects and what can be matched."""
        return self.ask("POST", "faults", {"effect": effect, "match": match or {}})["id"]

    def end_fault(self, fault_id: str) -> None:
        self.ask("DELETE", "faults", {"id": fault_id})

    def fail_next(self, resource_type: str, message: str, times: int = 1) -> None:
        """The next creations of that CloudFormation type fail."""
        self.ask("POST", "emulator/fail",
                 {"type": resource_type, "message": message, "times": times})

    def set_lag(self, kind: str, seconds: float | None) -> None:
        """How long replicas are behind: kinds s3, rds, aurora, elasticache; None is the usual."""
        self.ask("POST", "emulator/lag", {"kind": kind, "seconds": seconds})


sandbox = Sandbox()
