"""What the environment says, and what it must say to ministack before that is imported."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """``port`` 0 takes a free one; ``resource_seconds`` scales how long resources take (0: at
    once); ``save_seconds`` is the longest time a change stays in memory only."""

    port: int
    state_dir: Path
    resource_seconds: float
    save_seconds: float
    log_level: str

    @staticmethod
    def from_environment() -> "Settings":
        env = os.environ
        return Settings(
            port=int(env.get("PORT", "4566")),
            state_dir=Path(env.get("STATE_DIR", ".local/aws")).resolve(),
            resource_seconds=_seconds(env.get("RESOURCE_SECONDS", "0.5"), "RESOURCE_SECONDS"),
            save_seconds=_seconds(env.get("SAVE_SECONDS", "1"), "SAVE_SECONDS"),
            log_level=env.get("LOG_LEVEL", "WARNING").upper(),
        )

    def export_to_ministack(self, port: int) -> None:
        """ministack reads its settings while it is imported, so this comes first."""
        self.state_dir.mkdir(parents=True, exist_ok=True)
        os.environ.update({
            "GATEWAY_PORT": str(port),
            "BIND_HOST": "127.0.0.1",
            "STATE_DIR": str(self.state_dir),
            "PERSIST_STATE": "1",
            # Objects are files of their own, written with the request; the snapshot has the rest.
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.state_dir / "s3"),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": self.log_level,
            # Clusters and databases are records here; no container is ever started for one.
            "DOCKER_HOST": "unix:///nonexistent/docker.sock",
            # Nor is a program of a caller's.
            "LAMBDA_STRICT": "1",
        })
        os.environ.setdefault("MINISTACK_ACCOUNT_ID", "123456789012")
        os.environ.setdefault("MINISTACK_REGION", "us-east-1")


def _seconds(text: str, name: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if value < 0:
        raise SystemExit(f"{name} is {text!r}; give a number of seconds, 0 or more.")
    return value
