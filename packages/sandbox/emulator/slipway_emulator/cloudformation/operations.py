"""Which operation runs on which stack, and taking them up again after a restart."""

import asyncio
import logging

from ministack.core.responses import request_scope
from ministack.services import cloudformation as cfn
from ministack.services.cloudformation import stacks

from .change import update_stack
from .context import StackContext
from .creation import create_stack
from .removal import delete_stack

logger = logging.getLogger("slipway.stacks")

_RUNNERS = {"create": create_stack, "update": update_stack, "delete": delete_stack}
_running: dict[str, asyncio.Task] = {}


def is_running(stack_id: str) -> bool:
    return stack_id in _running


def count_running() -> int:
    return len(_running)


def any_running() -> bool:
    return bool(_running)


def begin(stack: dict, kind: str, **operation) -> None:
    """Starts an operation on the stack. One that still runs is stopped first.

    The operation is written into the stack's record, so that a snapshot taken at any moment
    says all that ``resume_all`` needs."""
    stack["_operation"] = {
        "kind": kind, "token": stacks.CLIENT_REQUEST_TOKEN.get(), **operation}
    _start(stack)


def resume_all() -> None:
    """Continues every operation that a snapshot caught in the middle."""
    for (account, region, _), stack in list(cfn._stacks._data.items()):
        status = stack["StackStatus"]
        if not status.endswith("_IN_PROGRESS") or status == "REVIEW_IN_PROGRESS":
            continue
        with request_scope(account, region):
            if not stack.get("_operation"):
                # ContinueUpdateRollback and RollbackStack can be asked for again.
                StackContext(stack).set_status(
                    "UPDATE_ROLLBACK_FAILED" if status.startswith("UPDATE") else "ROLLBACK_FAILED",
                    "Interrupted by a restart of the emulator")
                continue
            token = stacks.CLIENT_REQUEST_TOKEN.set(stack["_operation"].get("token", ""))
            _start(stack)
            stacks.CLIENT_REQUEST_TOKEN.reset(token)


async def stop_all() -> None:
    """Stops every operation, for a reset."""
    tasks = list(_running.values())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _start(stack: dict) -> None:
    predecessor = _running.get(stack["StackId"])
    task = asyncio.get_running_loop().create_task(_run(stack, predecessor))
    _running[stack["StackId"]] = task
    task.add_done_callback(lambda done: _forget(stack["StackId"], done))


def _forget(stack_id: str, task: asyncio.Task) -> None:
    if _running.get(stack_id) is task:
        _running.pop(stack_id)
    if not task.cancelled() and task.exception():
        logger.error("Operation on %s ended by an error", stack_id, exc_info=task.exception())


async def _run(stack: dict, predecessor: asyncio.Task | None) -> None:
    if predecessor is not None:
        predecessor.cancel()
        await asyncio.gather(predecessor, return_exceptions=True)
    operation = stack["_operation"]
    context = StackContext(stack)
    try:
        await _RUNNERS[operation["kind"]](context)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        # A defect of ours must not leave the stack "in progress" for ever.
        logger.exception("Operation %s on %s", operation["kind"], context.name)
        context.set_status(_FAILED[operation["kind"]], f"Internal failure: {error}")
    _finish_change_sets(stack)
    if (operation.get("on_failure") == "DELETE"
            and stack["StackStatus"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED")):
        stack["_operation"] = {"kind": "delete", "token": operation["token"]}
        context.set_status("DELETE_IN_PROGRESS")
        await delete_stack(context)
    stack.pop("_operation", None)


_FAILED = {"create": "CREATE_FAILED", "update": "UPDATE_ROLLBACK_FAILED",
           "delete": "DELETE_FAILED"}


def _finish_change_sets(stack: dict) -> None:
    succeeded = stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
    for change_set in cfn._change_sets.values():
        if (change_set["StackId"] == stack["StackId"]
                and change_set["ExecutionStatus"] == "EXECUTE_IN_PROGRESS"):
            change_set["ExecutionStatus"] = (
                "EXECUTE_COMPLETE" if succeeded else "EXECUTE_FAILED")
