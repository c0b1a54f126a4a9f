"""Where the suite runs and how patient it is, from the environment alone."""

import os
import re
import secrets
from dataclasses import dataclass, field

# In the sandbox a minute of AWS's takes some seconds.
_SANDBOX_PACE = 0.05
# No wait is given less than this many seconds, whatever the pace.
_LEAST_SECONDS = 20.0


@dataclass(frozen=True)
class Settings:
    """``endpoint`` None is AWS itself; ``pace`` scales the minutes that AWS takes."""

    endpoint: str | None
    region: str
    second_region: str
    pace: float
    run: str = field(default_factory=lambda: secrets.token_hex(3))

    @staticmethod
    def from_environment() -> "Settings":
        env = os.environ
        endpoint = env.get("AWS_ENDPOINT_URL") or None
        default_pace = _SANDBOX_PACE if endpoint else 1.0
        return Settings(
            endpoint=endpoint,
            region=env.get("AWS_REGION") or env.get("AWS_DEFAULT_REGION") or "us-east-1",
            second_region=env.get("SLIPWAY_CONTRACT_SECOND_REGION", "us-west-2"),
            pace=float(env.get("SLIPWAY_CONTRACT_PACE", default_pace)),
        )

    def limit_seconds(self, minutes: float) -> float:
        """How long to wait for what takes AWS at most so many minutes."""
        return max(minutes * 60 * self.pace, _LEAST_SECONDS)

    def poll_seconds(self) -> float:
        return max(0.1, 5 * self.pace) if self.endpoint else 5.0

    def name(self, label: str, limit: int) -> str:
        """A name of this run alone: lower-case letters, digits and hyphens, valid for any service."""
        tail = f"-{self.run}-{secrets.token_hex(2)}"
        head = re.sub(r"[^a-z0-9]+", "-", f"slipway-contract-{label}".lower())
        return f"{head[:limit - len(tail)].rstrip('-')}{tail}"


settings = Settings.from_environment()
