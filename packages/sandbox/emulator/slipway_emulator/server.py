"""The program: ministack behind our control addresses, saved while it runs."""

import asyncio
import signal
import socket

from .settings import Settings


def run(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT; then saves and returns."""
    listener = _listen(settings.port)
    port = listener.getsockname()[1]
    settings.export_to_ministack(port)
    asyncio.run(_serve(settings, listener, port))


async def _serve(settings: Settings, listener: socket.socket, port: int) -> None:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    from . import (access, access_analyzer, agenda, compute, control, cost_tags, darkness, quotas,
                   route53, scaling, trail, validation)
    from .cloudformation import drift, operations, requests, types
    from .pace import pace
    from .persistence import Snapshots
    from .resources import install as install_resources
    from .resources.cloudwatch import alarms
    from .statuses import settle_all

    pace.scale_seconds = settings.resource_seconds
    access.install()
    install_resources()
    route53.install()
    scaling.install()
    access_analyzer.install()
    types.install()
    validation.install()
    quotas.install()
    cost_tags.install()
    compute.install()
    requests.install()
    drift.install()
    trail.install()
    snapshots = Snapshots(settings.state_dir)
    snapshots.load()
    settle_all()
    operations.resume_all()

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1.0
    config.loglevel = settings.log_level
    background = [
        asyncio.create_task(snapshots.save_every(
            settings.save_seconds, lambda: operations.any_running() or agenda.unsaved())),
        asyncio.create_task(agenda.run_for_ever()),
        asyncio.create_task(darkness.watch_for_ever()),
        asyncio.create_task(alarms.run_for_ever()),
    ]
    print(f"AWS emulator on http://127.0.0.1:{port}, state in {settings.state_dir}", flush=True)
    try:
        await serve(control.application(snapshots), config, shutdown_trigger=stop.wait)
    finally:
        for work in background:
            work.cancel()
        await snapshots.save(force=True)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        raise SystemExit(f"Port {port} cannot be taken ({error.strerror}); set PORT to a free one.")
    listener.listen(128)
    return listener
