"""The status a resource shows in its own service while it is made, changed and deleted."""

import asyncio
from dataclasses import dataclass
from typing import Any, Callable

from ministack.services import alb, ec2, eks


@dataclass(frozen=True)
class Lifecycle:
    """Where a type keeps its status, and the words it uses."""

    record: Callable[[str, dict], Any]
    records: Callable[[], Any]
    field: str
    creating: str
    ready: str
    deleting: str
    updating: str | None = None
    # False where the agenda, which outlives a restart, brings it to ready.
    settles: bool = True


def _nodegroup(physical_id: str, properties: dict):
    return eks._nodegroups.get(physical_id)


def _addon(physical_id: str, properties: dict):
    return eks._addons.get(physical_id.replace("|", "/", 1))


def _load_balancer_state(physical_id: str, properties: dict):
    return alb._lbs.get(physical_id)


LIFECYCLES: dict[str, Lifecycle] = {
    "AWS::EKS::Cluster": Lifecycle(
        lambda pid, _: eks._clusters.get(pid), lambda: eks._clusters,
        "status", "CREATING", "ACTIVE", "DELETING", "UPDATING", settles=False),
    "AWS::EKS::Nodegroup": Lifecycle(
        _nodegroup, lambda: eks._nodegroups,
        "status", "CREATING", "ACTIVE", "DELETING", "UPDATING", settles=False),
    "AWS::EKS::Addon": Lifecycle(
        _addon, lambda: eks._addons,
        "status", "CREATING", "ACTIVE", "DELETING", "UPDATING"),
    "AWS::EC2::NatGateway": Lifecycle(
        lambda pid, _: ec2._nat_gateways.get(pid), lambda: ec2._nat_gateways,
        "State", "pending", "available", "deleting"),
    "AWS::EC2::VPCEndpoint": Lifecycle(
        lambda pid, _: ec2._vpc_endpoints.get(pid), lambda: ec2._vpc_endpoints,
        "State", "pending", "available", "deleting"),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": Lifecycle(
        _load_balancer_state, lambda: alb._lbs,
        "State", "provisioning", "active", "active"),
}


# Types that their service moves by itself; whether it still does, by physical id.
AT_WORK: dict[str, Callable[[str], bool]] = {}
_POLL_SECONDS = 0.05


async def wait(resource_type: str, physical_id: str, seconds: float) -> None:
    """Until the service is done with it; of a type that has no service of its own, ``seconds``."""
    at_work = AT_WORK.get(resource_type)
    if at_work is None:
        await asyncio.sleep(seconds)
        return
    while at_work(physical_id):
        await asyncio.sleep(_POLL_SECONDS)


def show(resource_type: str, physical_id: str, properties: dict, moment: str) -> None:
    """Set the status to what the service says while ``moment``: creating, ready, updating or
    deleting."""
    lifecycle = LIFECYCLES.get(resource_type)
    word = getattr(lifecycle, moment, None) if lifecycle else None
    record = lifecycle.record(physical_id, properties) if word else None
    if record is not None:
        record[lifecycle.field] = word


def settle_all() -> None:
    """After a restart: what was on its way by a direct call, not by a stack, is there now."""
    for lifecycle in LIFECYCLES.values():
        if not lifecycle.settles:
            continue
        for record in lifecycle.records()._data.values():
            if record.get(lifecycle.field) in (lifecycle.creating, lifecycle.updating):
                record[lifecycle.field] = lifecycle.ready
