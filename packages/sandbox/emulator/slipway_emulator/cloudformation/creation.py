"""Creating a stack: resources in dependency order, and rollback when one fails."""

import asyncio

from ministack.services.cloudformation import stacks

from ..faults import faults
from ..pace import pace
from ..statuses import show, wait
from .context import CREATE_CANCELLED, StackContext
from .graph import run_in_order
from .removal import delete_resources


async def create_stack(context: StackContext) -> None:
    """Brings the stack to CREATE_COMPLETE, or rolls it back; continues what was begun."""
    stack, operation = context.stack, context.operation
    if operation.get("phase") == "rollback":
        await _roll_back(context)
        return
    stack["_template"], stack["_resolved_params"] = context.template, context.parameters
    try:
        names = context.ordered()
    except ValueError as error:
        _fail(context, str(error))
        await _after_failure(context)
        return
    failures = await run_in_order(
        names, context.dependencies(names), lambda name: create_resource(context, name),
        stop_on_failure=True)
    if failures:
        failed = sorted(failures)
        _fail(context, f"The following resource(s) failed to create: [{', '.join(failed)}]. ")
        await _after_failure(context)
        return
    try:
        context.publish_outputs()
    except ValueError as error:
        _fail(context, str(error))
        await _after_failure(context)
        return
    context.set_status("CREATE_COMPLETE")


async def create_resource(context: StackContext, logical_id: str) -> None:
    """Creates one resource, unless it is there; waits until its service would call it ready."""
    resource_type = context.definitions[logical_id]["Type"]
    record = context.resources.get(logical_id)
    if record and record.get("ResourceStatus") in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        return
    try:
        if not record or not record.get("PhysicalResourceId"):
            record = _begin(context, logical_id, resource_type)
        show(resource_type, record["PhysicalResourceId"], record["Properties"], "creating")
        await wait(resource_type, record["PhysicalResourceId"],
                   pace.create_seconds(resource_type))
    except asyncio.CancelledError:
        _failed(context, logical_id, resource_type, CREATE_CANCELLED)
        raise
    except Exception as error:
        _failed(context, logical_id, resource_type, str(error))
        raise
    physical_id = record["PhysicalResourceId"]
    show(resource_type, physical_id, record["Properties"], "ready")
    context.set_resource(logical_id, "CREATE_COMPLETE")
    context.event(logical_id, resource_type, "CREATE_COMPLETE", "", physical_id)


def _begin(context: StackContext, logical_id: str, resource_type: str) -> dict:
    context.event(logical_id, resource_type, "CREATE_IN_PROGRESS")
    record = context.set_resource(
        logical_id, "CREATE_IN_PROGRESS", ResourceType=resource_type)
    reason = faults.take(resource_type)
    if reason is not None:
        raise ValueError(reason)
    properties, dynamic = context.properties(logical_id)
    (physical_id, attributes), seed = stacks._provision_keeping_seed(
        resource_type, logical_id, context.tagged(logical_id, properties), context.name)
    record.update(PhysicalResourceId=physical_id, Properties=properties,
                  Attributes=attributes or {})
    if dynamic:
        record["_dynamic"] = dynamic
    if seed:
        record["_name_seed"] = seed
    context.event(logical_id, resource_type, "CREATE_IN_PROGRESS",
                  "Resource creation Initiated", physical_id)
    return record


def _failed(context: StackContext, logical_id: str, resource_type: str, reason: str) -> None:
    record = context.set_resource(
        logical_id, "CREATE_FAILED", reason, ResourceType=resource_type)
    context.event(logical_id, resource_type, "CREATE_FAILED", reason,
                  record.get("PhysicalResourceId", ""))


def _fail(context: StackContext, reason: str) -> None:
    context.operation["reason"] = reason


async def _after_failure(context: StackContext) -> None:
    operation = context.operation
    if operation.get("disable_rollback"):
        context.set_status("CREATE_FAILED", operation["reason"])
        return
    operation["phase"] = "rollback"
    context.set_status("ROLLBACK_IN_PROGRESS",
                       operation["reason"].rstrip() + " Rollback requested by user.")
    await _roll_back(context)


async def _roll_back(context: StackContext) -> None:
    failures = await delete_resources(
        context, list(context.resources), _keep_on_rollback(context), snapshot=False)
    if failures:
        reason = f"The following resource(s) failed to delete: [{', '.join(sorted(failures))}]. "
        context.set_status("ROLLBACK_FAILED", reason)
        return
    context.set_status("ROLLBACK_COMPLETE")


def _keep_on_rollback(context: StackContext):
    if context.operation.get("retain_except_on_create"):
        return lambda logical_id: False
    return lambda logical_id: context.policy(logical_id) == "Retain"


