"""What AWS refuses and ministack takes: checked for stacks and for direct calls alike.

A check takes a resource type's CloudFormation properties; ``ec2_calls`` brings EC2's own
requests into that shape, and has what only direct calls can do wrong.
"""

from ministack.services.cloudformation import stacks

from ..cloudformation.types import property_problems
from ..quotas import limits
from . import ec2_calls, s3
from .checks import check

# A change cannot move these onto what already stands there, so only creation asks.
_ONLY_AT_CREATION = frozenset({"AWS::EC2::Subnet"})


def install() -> None:
    """Checks every creation and every change a stack makes."""
    provision, update = stacks._provision_resource, stacks._update_resource

    def checked_provision(resource_type, logical_id, properties, stack_name):
        _check_resource(resource_type, logical_id, properties)
        limits.require(resource_type)
        return provision(resource_type, logical_id, properties, stack_name)

    def checked_update(resource_type, physical_id, old, new, stack_name, logical_id=None,
                       attributes=None):
        if old != new:
            problems_only = resource_type in _ONLY_AT_CREATION
            _check_resource(resource_type, logical_id, new, problems_only)
        return update(resource_type, physical_id, old, new, stack_name, logical_id, attributes)

    stacks._provision_resource, stacks._update_resource = checked_provision, checked_update
    ec2_calls.install()
    s3.install()


def _check_resource(resource_type: str, logical_id: str, properties: dict,
                    problems_only: bool = False) -> None:
    problems = property_problems(resource_type, properties)
    if problems:
        raise ValueError(f"Properties validation failed for resource {logical_id} with message:\n"
                         f"[{', '.join(problems)}]")
    if not problems_only:
        check(resource_type, properties)
