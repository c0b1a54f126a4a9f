"""Updating a stack: only what changed is touched; cleanup of what was replaced or removed."""

import asyncio
import json

from ministack.services.cloudformation import engine, provisioners, stacks

from ..pace import pace
from ..statuses import AT_WORK, show, wait
from .context import StackContext
from .creation import create_resource
from .graph import run_in_order
from .removal import RETAINING_POLICIES

# Deletes that only a handler knows how to make; lost in a restart, where the plain delete serves.
_handler_deletes: dict[tuple[str, str], list] = {}


async def update_stack(context: StackContext) -> None:
    """Brings the stack to UPDATE_COMPLETE, or back to what it was; continues what was begun."""
    operation = context.operation
    phase = operation.setdefault("phase", "apply")
    if phase == "rollback":
        await _roll_back(context)
        return
    if phase == "apply":
        error = await _apply(context)
        if error is not None:
            operation["reason"] = error
            if operation.get("disable_rollback") and not operation.get("cancelled"):
                context.stack["_failed_operation"] = _failed_operation(context)
                context.set_status("UPDATE_FAILED", error)
                return
            operation["phase"] = "rollback"
            await _roll_back(context)
            return
        context.stack["_template"] = context.template
        context.stack["_resolved_params"] = context.parameters
        operation["phase"] = "cleanup"
        context.set_status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
    await _clean_up(context)
    context.set_status("UPDATE_COMPLETE")


async def _apply(context: StackContext) -> str | None:
    """None when everything is as the template says, else the reason it is not."""
    operation, previous = context.operation, context.operation["previous"]
    try:
        names = context.ordered()
    except ValueError as error:
        return str(error)
    operation["removed"] = sorted(set(previous["_resources"]) - set(names))
    before = previous["_resources"]
    retyped = [n for n in names
               if n in before and before[n]["ResourceType"] != context.definitions[n]["Type"]]
    if retyped:
        return ("Update of resource type is not permitted. The new template modifies resource "
                f"type of the following resources: [{', '.join(retyped)}]")

    gone = {name for name, each in (operation.get("drifted") or {}).items()
            if each["StackResourceDriftStatus"] == "DELETED"}

    async def work(name: str) -> None:
        if name in before and name in gone:
            await _make_again(context, name)
            return
        if name in before:
            await _update_resource(context, name)
            return
        if name not in operation["touched"]:
            operation["touched"].append(name)
        await create_resource(context, name)

    def cancelled() -> bool:
        if context.stack.pop("_cancel_requested", False):
            operation["cancelled"] = True
            stacks.CLIENT_REQUEST_TOKEN.set(context.stack.pop("_cancel_token", ""))
        return bool(operation.get("cancelled"))

    failures = await run_in_order(names, context.dependencies(names), work,
                                  stop_on_failure=True, cancelled=cancelled)
    if operation.get("cancelled"):
        return "User Initiated"
    if failures:
        operation["failed"] = sorted(failures)
        return f"The following resource(s) failed to update: [{', '.join(sorted(failures))}]. "
    try:
        context.publish_outputs(leaving=frozenset(operation["removed"]))
    except ValueError as error:
        return str(error)
    return None


async def _make_again(context: StackContext, logical_id: str) -> None:
    """What somebody deleted outside CloudFormation, and a drift-aware change set puts back."""
    operation = context.operation
    if logical_id not in operation["touched"]:
        operation["touched"].append(logical_id)
        context.resources.pop(logical_id, None)
    await create_resource(context, logical_id)


def _as_found(context: StackContext, logical_id: str, properties: dict) -> dict:
    """The properties as they were when the change set was made, drift and all."""
    drifted = (context.operation.get("drifted") or {}).get(logical_id)
    return {**properties, **json.loads(drifted["ActualProperties"])} if drifted else properties


async def _update_resource(context: StackContext, logical_id: str) -> None:
    operation = context.operation
    definition = context.definitions[logical_id]
    resource_type = definition["Type"]
    previous = operation["previous"]
    old = previous["_resources"][logical_id]
    record = context.resources[logical_id]
    if logical_id not in operation["touched"]:
        unchanged = previous["_template"].get("Resources", {}).get(logical_id) == definition
        properties, dynamic = context.properties(logical_id, old, unchanged)
        old_tagged = context.tagged(
            logical_id, _as_found(context, logical_id, old["Properties"]),
            previous.get("Tags") or [])
        new_tagged = context.tagged(logical_id, properties)
        if old_tagged == new_tagged:
            record["Properties"] = properties
            return
        try:
            await _change(context, logical_id, old, old_tagged, new_tagged, properties, dynamic)
        except Exception as error:
            context.set_resource(logical_id, "UPDATE_FAILED", str(error))
            context.event(logical_id, resource_type, "UPDATE_FAILED", str(error),
                          old["PhysicalResourceId"])
            raise
    elif record["ResourceStatus"] == "UPDATE_COMPLETE":
        return
    await wait(resource_type, record["PhysicalResourceId"], pace.update_seconds(resource_type))
    show(resource_type, record["PhysicalResourceId"], record["Properties"], "ready")
    context.set_resource(logical_id, "UPDATE_COMPLETE")
    context.event(logical_id, resource_type, "UPDATE_COMPLETE", "",
                  record["PhysicalResourceId"])


async def _change(context: StackContext, logical_id: str, old: dict, old_tagged: dict,
                  new_tagged: dict, properties: dict, dynamic: dict) -> None:
    resource_type, old_id = old["ResourceType"], old["PhysicalResourceId"]
    refused = provisioners._custom_named_replacement_error(resource_type, old_tagged, new_tagged)
    replaces = not refused and provisioners._replacing_change(
        resource_type, old_tagged, new_tagged)
    context.set_resource(logical_id, "UPDATE_IN_PROGRESS")
    context.event(
        logical_id, resource_type, "UPDATE_IN_PROGRESS",
        "Requested update requires the creation of a new physical resource; "
        "hence creating one." if replaces else "", old_id)
    deletes: list = []
    keep = context.policy(logical_id, "UpdateReplacePolicy") in RETAINING_POLICIES
    tokens = (
        (provisioners._RETAIN_REPLACED, provisioners._RETAIN_REPLACED.set(keep)),
        (provisioners._DEFERRED_PREDECESSOR_DELETES,
         provisioners._DEFERRED_PREDECESSOR_DELETES.set(deletes)),
        (provisioners._NAME_SEED, provisioners._NAME_SEED.set(old.get("_name_seed", ""))),
    )
    try:
        (new_id, attributes), seed = stacks._update_keeping_seed(
            resource_type, old_id, old_tagged, new_tagged, context.name, logical_id,
            old.get("Attributes", {}))
    finally:
        for variable, token in reversed(tokens):
            variable.reset(token)
    operation = context.operation
    operation["touched"].append(logical_id)
    if new_id != old_id or deletes:
        operation["replaced"][logical_id] = old_id
        _handler_deletes[(context.id, logical_id)] = deletes
    record = context.set_resource(
        logical_id, "UPDATE_IN_PROGRESS", PhysicalResourceId=new_id, Properties=properties,
        Attributes=attributes or old.get("Attributes", {}))
    if dynamic:
        record["_dynamic"] = dynamic
    if seed:
        record["_name_seed"] = seed
    show(resource_type, new_id, properties, "creating" if new_id != old_id else "updating")


async def _clean_up(context: StackContext) -> None:
    """Deletes what the update replaced or removed; what cannot be deleted is told, not failed."""
    operation = context.operation
    before = operation["previous"]["_resources"]
    for logical_id, old_id in list(operation["replaced"].items()):
        keep = context.policy(logical_id, "UpdateReplacePolicy") in RETAINING_POLICIES
        deletes = _handler_deletes.pop((context.id, logical_id), [])
        await _delete_left_over(context, before[logical_id], old_id, keep, deletes)
        operation["replaced"].pop(logical_id)
    old_context = StackContext({**context.stack, "_operation": {},
                                "_template": operation["previous"]["_template"]})
    for logical_id in _dependents_first(operation["previous"]["_template"], operation["removed"]):
        keep = old_context.policy(logical_id) in RETAINING_POLICIES
        record = before[logical_id]
        if await _delete_left_over(context, record, record["PhysicalResourceId"], keep, []):
            context.resources.pop(logical_id, None)
            operation["removed"].remove(logical_id)


def _dependents_first(template: dict, names: list[str]) -> list[str]:
    try:
        ordered = engine._topological_sort(template.get("Resources", {}), {})
    except ValueError:
        ordered = []
    return sorted(names, key=lambda n: -ordered.index(n) if n in ordered else 0)


async def _delete_left_over(context: StackContext, record: dict, physical_id: str,
                            keep: bool, handler_deletes: list) -> bool:
    logical_id, resource_type = record["LogicalResourceId"], record["ResourceType"]
    if keep:
        context.event(logical_id, resource_type, "DELETE_SKIPPED", "", physical_id)
        return True
    context.event(logical_id, resource_type, "DELETE_IN_PROGRESS", "", physical_id)
    try:
        if resource_type not in AT_WORK:
            await asyncio.sleep(pace.delete_seconds(resource_type))
        for delete, arguments, named in handler_deletes:
            delete(*arguments, **named)
        current = context.resources.get(logical_id, {}).get("PhysicalResourceId")
        superseded = current != physical_id or logical_id not in context.definitions
        if superseded and not handler_deletes:
            provisioners._delete_resource(resource_type, physical_id, record["Properties"],
                                          context.name, logical_id)
        await wait(resource_type, physical_id, 0)
    except Exception as error:
        context.event(logical_id, resource_type, "DELETE_FAILED", str(error), physical_id)
        leftover = context.resources.get(logical_id)
        if leftover is not None and leftover["PhysicalResourceId"] == physical_id:
            context.set_resource(logical_id, "DELETE_FAILED", str(error))
        return False
    context.event(logical_id, resource_type, "DELETE_COMPLETE", "", physical_id)
    return True


def _failed_operation(context: StackContext) -> dict:
    operation, previous = context.operation, context.operation["previous"]
    failed_id = next(iter(operation.get("failed", [])), None)
    failed_update = None
    if failed_id in previous["_resources"]:
        record = previous["_resources"][failed_id]
        failed_update = (failed_id, record["ResourceType"], record["PhysicalResourceId"],
                         None, None, None)
    return stacks._failed_operation(
        True, previous, operation["touched"], failed_update, failed_id,
        list(operation["replaced"]), operation.get("cancelled", False), context.template,
        context.parameters, operation.get("retain_except_on_create", False),
        context.stack.get("Tags") or [], previous.get("Tags") or [])


async def _roll_back(context: StackContext) -> None:
    """ministack's own rollback of an update, which reverts, deletes and restores the record."""
    for key in [k for k in _handler_deletes if k[0] == context.id]:
        _handler_deletes.pop(key)
    operation = _failed_operation(context)
    for record in context.resources.values():
        record.setdefault("ResourceType", "")
    await stacks._roll_back_operation(context.name, context.id, context.stack, operation)
    for logical_id, record in context.resources.items():
        show(record["ResourceType"], record["PhysicalResourceId"], record["Properties"], "ready")
