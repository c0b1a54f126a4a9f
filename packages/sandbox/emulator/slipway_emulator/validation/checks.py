"""All checks by resource type."""

from . import ec2, eks, rds, s3

_CHECKS = {**ec2.CHECKS, **eks.CHECKS, **rds.CHECKS, **s3.CHECKS}


def check(resource_type: str, properties: dict) -> None:
    """Raises what the service answers to these properties, if it refuses them."""
    if resource_type in _CHECKS:
        _CHECKS[resource_type](properties)
