"""Runs one piece of work per resource, each after those it depends on, some at a time."""

import asyncio
from typing import Awaitable, Callable, Iterable, Mapping

PARALLEL_RESOURCES = 25


async def run_in_order(
    names: Iterable[str],
    after: Mapping[str, set[str]],
    work: Callable[[str], Awaitable[None]],
    stop_on_failure: bool,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, Exception]:
    """``work`` for every name, after the names in ``after[name]``.

    Returns the exceptions by name. With ``stop_on_failure`` the first one (or ``cancelled()``)
    cancels what is running; otherwise only what waits for the failed name is left out.
    Cancelling the caller cancels everything that runs, and waits for it.
    """
    waiting = list(names)
    known = set(waiting)
    done: set[str] = set()
    failures: dict[str, Exception] = {}
    running: dict[asyncio.Task, str] = {}
    try:
        while waiting or running:
            stopping = cancelled() or (stop_on_failure and failures)
            if not stopping:
                ready = [n for n in waiting if (after.get(n, set()) & known) <= done]
                for name in ready[: PARALLEL_RESOURCES - len(running)]:
                    waiting.remove(name)
                    running[asyncio.create_task(work(name))] = name
            if not running:
                break
            if stopping:
                await _cancel(running)
                break
            finished, _ = await asyncio.wait(
                running, return_when=asyncio.FIRST_COMPLETED, timeout=0.2)
            for task in finished:
                name = running.pop(task)
                error = task.exception()
                if error is None:
                    done.add(name)
                elif isinstance(error, Exception):
                    failures[name] = error
                else:
                    raise error
    except asyncio.CancelledError:
        await _cancel(running)
        raise
    return failures


async def _cancel(running: dict[asyncio.Task, str]) -> None:
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
