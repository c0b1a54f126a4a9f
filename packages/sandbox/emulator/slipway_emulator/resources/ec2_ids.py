"""Ids, tags and refusals that every EC2 resource needs."""

import secrets

from ministack.services.cloudformation import provisioners

from ..errors import ResourceError


def new_id(prefix: str) -> str:
    return f"{prefix}-{secrets.token_hex(9)[:17]}"


def tag(resource_id: str, properties: dict, old: dict | None = None) -> None:
    provisioners._ec2_apply_tags(resource_id, properties, old)


def missing(kind: str, code: str, value) -> ResourceError:
    return ResourceError("Ec2", code, f"The {kind} '{value}' does not exist")
