"""One client a service and region, from the environment's credentials and endpoint."""

import threading
from functools import lru_cache

import botocore.session
from botocore.config import Config

from .settings import settings

_session = botocore.session.Session()
_creating = threading.Lock()

# The sandbox is asked once, so that what it answers is seen; AWS may throttle.
_RETRIES = {"max_attempts": 0} if settings.endpoint else {"mode": "adaptive", "max_attempts": 8}
# Names of buckets are not part of the sandbox's host name.
_ADDRESSING = {"addressing_style": "path"} if settings.endpoint else None


def client(service: str, region: str | None = None):
    with _creating:
        return _client(service, region or settings.region)


@lru_cache(maxsize=None)
def _client(service: str, region: str):
    return _session.create_client(service, region_name=region, config=Config(
        retries=_RETRIES, s3=_ADDRESSING, connect_timeout=10, read_timeout=60,
        max_pool_connections=32))
