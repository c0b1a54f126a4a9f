"""The addresses under /_slipway: health, reset, failures on demand."""

import asyncio
import json
import os
import time
from typing import Awaitable, Callable

from ministack import app as ministack_app

from . import access, agenda, darkness, lag, pauses, services
from .cloudformation import operations
from .cloudformation.types import EMULATED
from .compute import zones
from .faults import Fault, faults
from .persistence import Snapshots, reset_own
from .quotas import limits
from .trail import events as trail_events

PREFIX = "/_slipway/"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST_PASS_SECONDS = 400 * 86400
Answer = tuple[int, dict]


def application(snapshots: Snapshots):
    """ministack's application, with ours before it. Its own life cycle (Docker, listeners,
    saving) is left out; what it keeps for its worker threads is set here."""

    ministack_app.SERVICE_HANDLERS = _Services(ministack_app.SERVICE_HANDLERS)

    async def serve(scope, receive, send):
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if access.is_of_foreign_page(scope["headers"]):
            await access.refuse(scope, send)
            return
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            await _control(scope, receive, send, snapshots)
            return
        await ministack_app.app(scope, receive, send)
        if scope["type"] == "http" and scope["method"] not in _READS and not _observes(scope):
            snapshots.mark_changed()

    return serve


def _observes(scope) -> bool:
    """Whether the sandbox itself asks, every second: it changes nothing, though most services
    are read by POST."""
    return any(name == b"user-agent" and b"slipway-observer" in value
               for name, value in scope["headers"])


class _Services(dict):
    """ministack's services; one it has not is refused in the words of its protocol."""

    def get(self, name, default=None):
        handler = None if name in access.RUNS_PROGRAMS else super().get(name)
        return _recorded(name, handler) if handler else _refuse_service(name)


def _recorded(service: str, handler):
    """A call that went through stands in CloudTrail's history."""
    async def handle(method, path, headers, body, query_params):
        answer = await handler(method, path, headers, body, query_params)
        if method not in _READS and answer[0] < 300:
            trail_events.record(service, method, path, headers, body, query_params)
        return answer
    return handle


def _refuse_service(name: str):
    async def refuse(method, path, headers, body, query_params):
        message = f"The service {name} is not emulated."
        if "form-urlencoded" in headers.get("content-type", ""):
            return 501, {"Content-Type": "text/xml"}, (
                "<ErrorResponse><Error><Type>Receiver</Type><Code>NotImplemented</Code>"
                f"<Message>{message}</Message></Error></ErrorResponse>").encode()
        return 501, {"Content-Type": "application/json"}, json.dumps(
            {"__type": "NotImplementedException", "message": message}).encode()
    return refuse


async def _lifespan(receive, send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            ministack_app._MAIN_LOOP = asyncio.get_running_loop()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _control(scope, receive, send, snapshots: Snapshots) -> None:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    route = _ROUTES.get((scope["method"], scope["path"].removeprefix(PREFIX)))
    if route is None:
        status, answer = 404, {"message": f"There is no {scope['method']} {scope['path']}."}
    else:
        try:
            status, answer = await route(json.loads(body or b"{}"), snapshots)
        except (ArithmeticError, KeyError, TypeError, ValueError) as error:
            status, answer = 400, {"message": f"The body is not as it should be: {error}"}
    text = json.dumps(answer).encode()
    await send({"type": "http.response.start", "status": status,
                "headers": [(b"content-type", b"application/json"),
                            (b"content-length", str(len(text)).encode())]})
    await send({"type": "http.response.body", "body": text})


async def _health(body: dict, snapshots: Snapshots) -> Answer:
    return 200, {"status": "ok", "ministack": ministack_app._version(),
                 "saves": snapshots.saves, "operations": operations.count_running(), "faults": faults.listed(),
                 "resourceTypes": sorted(EMULATED), "services": services.listed()}


async def _fail(body: dict, snapshots: Snapshots) -> Answer:
    if body["type"] not in EMULATED:
        raise ValueError(f"{body['type']} is not a resource type that is emulated")
    times = int(body.get("times", 1))
    if times < 1:
        raise ValueError("times is less than 1")
    message = str(body.get("message", "Resource creation failed on demand"))
    faults.arm(Fault(body["type"], message, times))
    return 200, {"faults": faults.listed()}


async def _clear(body: dict, snapshots: Snapshots) -> Answer:
    faults.clear()
    return 200, {"faults": []}


async def _reset(body: dict, snapshots: Snapshots) -> Answer:
    await operations.stop_all()
    faults.clear()
    ministack_app._reset_all_state()
    reset_own()
    snapshots.mark_changed()
    await snapshots.save(force=True)
    return 200, {"status": "reset"}


async def _show_lag(body: dict, snapshots: Snapshots) -> Answer:
    return 200, {"lag": lag.listed()}


async def _set_lag(body: dict, snapshots: Snapshots) -> Answer:
    lag.set_seconds(body["kind"], body["seconds"])
    snapshots.mark_changed()
    return await _show_lag(body, snapshots)


async def _set_quota(body: dict, snapshots: Snapshots) -> Answer:
    """Of one account and region, so that one can be seen to be full."""
    limits.set_value((str(body["account"]), str(body["region"])), str(body["service"]),
                     str(body["code"]), float(body["value"]))
    snapshots.mark_changed()
    return 200, {"value": float(body["value"])}


async def _show_darkness(body: dict, snapshots: Snapshots) -> Answer:
    return 200, {**darkness.listed(), "pausedReplication": pauses.listed()}


async def _set_darkness(body: dict, snapshots: Snapshots) -> Answer:
    darkness.set_dark([str(r) for r in body["regions"]], [str(z) for z in body["zones"]])
    pauses.set_paused(body.get("pausedReplication", []))
    snapshots.mark_changed()
    return await _show_darkness(body, snapshots)


async def _pass(body: dict, snapshots: Snapshots) -> Answer:
    """Lets time pass for what services do by themselves later."""
    seconds = float(body["seconds"])
    if not 0 < seconds <= _LONGEST_PASS_SECONDS:
        raise ValueError("seconds are not above 0 and at most those of 400 days")
    agenda.hasten(seconds)
    return 200, {"passed": seconds}


async def _show_changes(body: dict, snapshots: Snapshots) -> Answer:
    """A mark that is another one whenever something may have changed since, and replicas' lag."""
    busy = [time.time()] if operations.any_running() else []
    mark = ".".join(str(part) for part in [os.getpid(), snapshots.changes, agenda.changes, *busy])
    return 200, {"mark": mark, "lag": lag.listed()}


async def _world(body: dict, snapshots: Snapshots) -> Answer:
    """What the gateway's DNS needs to know besides Route 53's own records."""
    return 200, {"darkness": (await _show_darkness(body, snapshots))[1],
                 "balancers": zones.balancers()}


_ROUTES: dict[tuple[str, str], Callable[[dict, Snapshots], Awaitable[Answer]]] = {
    ("GET", "health"): _health,
    ("POST", "fail"): _fail,
    ("DELETE", "fail"): _clear,
    ("POST", "reset"): _reset,
    ("GET", "lag"): _show_lag,
    ("POST", "lag"): _set_lag,
    ("POST", "quotas"): _set_quota,
    ("POST", "time"): _pass,
    ("GET", "changes"): _show_changes,
    ("GET", "world"): _world,
    ("GET", "darkness"): _show_darkness,
    ("POST", "darkness"): _set_darkness,
}
