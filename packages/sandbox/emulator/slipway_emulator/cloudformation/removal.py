"""Deleting resources in reverse order of dependency, and deleting a stack."""

import asyncio
from typing import Callable

from ministack.core.responses import now_iso
from ministack.services import cloudformation as cfn
from ministack.services.cloudformation import provisioners

from ..pace import pace
from ..statuses import AT_WORK, show, wait
from .context import StackContext
from .graph import run_in_order

# AWS remembers deleted stacks for 90 days; here the latest of each account and region.
ARCHIVED_STACKS = 200
RETAINING_POLICIES = ("Retain", "RetainExceptOnCreate")


async def delete_stack(context: StackContext) -> None:
    """Brings the stack to DELETE_COMPLETE or DELETE_FAILED; continues what was begun."""
    operation = context.operation
    retained = set(operation.get("retain", []))

    def keep(logical_id: str) -> bool:
        return logical_id in retained or context.policy(logical_id) in RETAINING_POLICIES

    failures = await delete_resources(context, list(context.resources), keep, snapshot=True)
    if failures and operation.get("force"):
        for logical_id in failures:
            _skip(context, logical_id)
        failures = await delete_resources(context, list(context.resources), keep, snapshot=True)
    if failures:
        reason = f"The following resource(s) failed to delete: [{', '.join(sorted(failures))}]. "
        context.set_status("DELETE_FAILED", reason)
        return
    context.retract_exports()
    context.set_status("DELETE_COMPLETE")
    archive(context.stack)


def archive(stack: dict) -> None:
    """A deleted stack is found by its ARN only, and its name is free again."""
    stack["DeletionTime"] = now_iso()
    if cfn._stacks.get(stack["StackName"]) is stack:
        cfn._stacks.pop(stack["StackName"])
    cfn._stacks[stack["StackId"]] = stack
    archived = [s for s in cfn._stacks.values() if s["StackStatus"] == "DELETE_COMPLETE"]
    archived.sort(key=lambda s: s.get("DeletionTime", ""))
    for old in archived[:-ARCHIVED_STACKS]:
        cfn._stacks.pop(old["StackId"], None)
        cfn._stack_events.pop(old["StackId"], None)


async def delete_resources(context: StackContext, names: list[str],
                           keep: Callable[[str], bool], snapshot: bool) -> dict[str, Exception]:
    """Deletes the stack's resources, dependents first; returns what failed, by logical id."""
    dependencies = context.dependencies(names)
    dependents: dict[str, set[str]] = {name: set() for name in names}
    for name, needed in dependencies.items():
        for other in needed:
            if other in dependents:
                dependents[other].add(name)

    async def work(name: str) -> None:
        await _delete_resource(context, name, keep, snapshot)

    return await run_in_order(names, dependents, work, stop_on_failure=False)


async def _delete_resource(context: StackContext, logical_id: str,
                           keep: Callable[[str], bool], snapshot: bool) -> None:
    record = context.resources[logical_id]
    resource_type, physical_id = record["ResourceType"], record.get("PhysicalResourceId", "")
    if record["ResourceStatus"] in ("DELETE_COMPLETE", "DELETE_SKIPPED"):
        return
    if not physical_id:
        context.set_resource(logical_id, "DELETE_COMPLETE")
        return
    if keep(logical_id):
        _skip(context, logical_id)
        return
    properties = record.get("Properties", {})
    context.set_resource(logical_id, "DELETE_IN_PROGRESS")
    context.event(logical_id, resource_type, "DELETE_IN_PROGRESS", "", physical_id)
    try:
        guard = provisioners._RESOURCE_HANDLERS.get(resource_type, {}).get("refuse_delete")
        if guard:
            guard(physical_id, properties)
        show(resource_type, physical_id, properties, "deleting")
        if resource_type not in AT_WORK:
            await asyncio.sleep(pace.delete_seconds(resource_type))
        if snapshot and context.policy(logical_id) == "Snapshot":
            provisioners._snapshot_resource(resource_type, physical_id, properties)
        provisioners._delete_resource(
            resource_type, physical_id, properties, context.name, logical_id)
        await wait(resource_type, physical_id, 0)
    except Exception as error:
        show(resource_type, physical_id, properties, "ready")
        context.set_resource(logical_id, "DELETE_FAILED", str(error))
        context.event(logical_id, resource_type, "DELETE_FAILED", str(error), physical_id)
        raise
    context.set_resource(logical_id, "DELETE_COMPLETE")
    context.event(logical_id, resource_type, "DELETE_COMPLETE", "", physical_id)


def _skip(context: StackContext, logical_id: str) -> None:
    record = context.set_resource(logical_id, "DELETE_SKIPPED")
    context.event(logical_id, record["ResourceType"], "DELETE_SKIPPED", "",
                  record.get("PhysicalResourceId", ""))
