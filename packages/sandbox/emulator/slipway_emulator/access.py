"""Who may call: nothing here is signed in earnest, and whoever can call could else make this machine work for them."""

import ipaddress
import re
from urllib.parse import urlsplit

from ministack.core import node_pool

# What runs programs that a caller sends, or fetches addresses that a caller names, on the machine that we run on.
RUNS_PROGRAMS = frozenset({
    "apigateway", "appsync", "appsync-events", "bedrock-agentcore", "bedrock-runtime", "codebuild", "ecs",
    "elasticmapreduce", "glue", "kinesisanalyticsv2", "lambda", "lambda-core", "lambda-microvms", "transfer"})

_HOST = re.compile(r"^(127\.0\.0\.1|\[::1\]|(.+\.)?localhost|.+\.amazonaws\.com)$")


def install() -> None:
    # CloudFront would run its functions in it.
    node_pool._NODE_BINARY = "/nonexistent/node"


def is_of_foreign_page(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether a browser sends this for another site's page; the gateway has the same rule (foreignPage.ts)."""
    told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    host = re.sub(r":\d+$", "", told.get("host", ""))
    origin = told.get("origin")
    return (bool(host) and not _HOST.match(host)
            or origin is not None and not _is_loopback(origin)
            or told.get("sec-fetch-site") == "cross-site")


def _is_loopback(origin: str) -> bool:
    try:
        host = urlsplit(origin).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def refuse(scope, send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    text = b"Pages of other sites may not call the sandbox's AWS.\n"
    await send({"type": "http.response.start", "status": 403,
                "headers": [(b"content-type", b"text/plain"),
                            (b"content-length", str(len(text)).encode())]})
    await send({"type": "http.response.body", "body": text})
