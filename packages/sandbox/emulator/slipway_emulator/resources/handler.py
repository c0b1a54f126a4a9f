"""Registering a resource type with ministack's CloudFormation."""

from typing import Callable

from ministack.services.cloudformation import provisioners

Result = tuple[str, dict]
Create = Callable[[str, dict, str], Result]
Delete = Callable[[str, dict], None]
Update = Callable[[str, dict, dict, str, str], Result]


def register(resource_type: str, create: Create, delete: Delete,
             update: Update | None = None) -> None:
    """Without ``update`` every change replaces the resource: the new one is made first, and
    the old one deleted when the stack cleans up."""
    provisioners._RESOURCE_HANDLERS[resource_type] = {
        "create": create,
        "delete": delete,
        "update": update or _replace_with(create),
        "update_with_logical_id": True,
    }


def extend(resource_type: str, **wrappers: Callable) -> None:
    """Wraps ministack's own handler functions: ``create=lambda original: ours``."""
    handler = dict(provisioners._RESOURCE_HANDLERS[resource_type])
    for name, wrap in wrappers.items():
        handler[name] = wrap(handler.get(name))
    provisioners._RESOURCE_HANDLERS[resource_type] = handler


def physical_name(stack_name: str, logical_id: str, **limits) -> str:
    return provisioners._physical_name(stack_name, logical_id, **limits)


def tag_map(properties: dict) -> dict[str, str]:
    return provisioners._tag_map(properties.get("Tags"))


def _replace_with(create: Create) -> Update:
    def update(physical_id, old, new, stack_name, logical_id):
        return provisioners._seeded_create(create, logical_id, new, stack_name)

    return update
