"""How an Auto Scaling group gets from the instances it has to those it should have.

Plain data in, plain data out: the time, the dark zones and the ids of new instances come from
outside. A group keeps going from any state, so a restart in the middle costs nothing.
https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html
https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html (balance of zones)
"""

from dataclasses import dataclass
from typing import Callable

PENDING, IN_SERVICE, TERMINATING = "Pending", "InService", "Terminating"
NO_CAPACITY = ("We currently do not have sufficient capacity in the Availability Zone you "
               "requested. Our system will be working on provisioning additional capacity. "
               "Launching EC2 instance failed.")


@dataclass(frozen=True)
class Pace:
    """Seconds: until a launched instance serves, until a terminated one is gone, until the loss
    of an instance is noticed."""

    launch: float
    terminate: float
    notice: float


@dataclass(frozen=True)
class World:
    """``is_lost`` tells an instance that no longer runs (stopped, terminated, deleted)."""

    now: float
    is_dark: Callable[[str], bool]
    is_lost: Callable[[str], bool]


@dataclass(frozen=True)
class Change:
    """``kind`` is launched, in_service, terminating, gone or failed; ``cause`` is for people."""

    kind: str
    instance: dict | None
    cause: str = ""


def step(group: dict, world: World, pace: Pace, new_instance: Callable[[str, str], dict]) -> list:
    """Moves the group on as far as it gets now, and tells what changed.

    ``new_instance(zone, subnet)`` makes an instance's record, ``Pending``."""
    changes = _finish(group, world)
    changes += _replace_lost(group, world, pace)
    changes += _grow(group, world, pace, new_instance)
    changes += _shrink(group, world, pace)
    return changes


def next_due(group: dict, world: World, pace: Pace) -> float | None:
    """When the next change comes by itself; None when the group is as it should be."""
    times = [i["until"] for i in group["Instances"] if i.get("until") is not None]
    times += [i["darkSince"] + pace.notice for i in group["Instances"]
              if i.get("darkSince") is not None and i["HealthStatus"] == "Healthy"]
    if group.get("retryAt") is not None:
        times.append(group["retryAt"])
    return min(times) if times else None


def is_settled(group: dict) -> bool:
    """All instances that are wanted serve, and no other is left."""
    return (len(group["Instances"]) == group["DesiredCapacity"]
            and all(i["LifecycleState"] == IN_SERVICE and not i.get("outdated")
                    for i in group["Instances"]))


def retire(group: dict, instance: dict, world: World, pace: Pace, cause: str) -> Change:
    instance.update(LifecycleState=TERMINATING, until=world.now + pace.terminate)
    return Change("terminating", instance, cause)


def _suspended(group: dict, *processes: str) -> bool:
    return any(p in group["SuspendedProcesses"] for p in processes)


def _serving(group: dict) -> list[dict]:
    return [i for i in group["Instances"] if i["LifecycleState"] != TERMINATING]


def _finish(group: dict, world: World) -> list[Change]:
    changes = []
    for instance in list(group["Instances"]):
        if instance.get("until") is None or world.now < instance["until"]:
            continue
        instance["until"] = None
        if instance["LifecycleState"] == PENDING:
            instance["LifecycleState"] = IN_SERVICE
            instance.pop("extra", None)
            changes.append(Change("in_service", instance))
        else:
            group["Instances"].remove(instance)
            changes.append(Change("gone", instance))
    return changes


def _replace_lost(group: dict, world: World, pace: Pace) -> list[Change]:
    changes = []
    for instance in _serving(group):
        lost = world.is_lost(instance["InstanceId"])
        dark = world.is_dark(instance["AvailabilityZone"])
        instance["darkSince"] = (instance.get("darkSince") or world.now) if dark else None
        noticed = dark and world.now >= instance["darkSince"] + pace.notice
        if (lost or noticed) and not _suspended(group, "HealthCheck"):
            instance["HealthStatus"] = "Unhealthy"
        if instance["HealthStatus"] == "Unhealthy" and not _suspended(
                group, "ReplaceUnhealthy", "Terminate"):
            cause = ("an instance was taken out of service in response to an EC2 health check "
                     "indicating it has been terminated or stopped." if lost else
                     "an instance was taken out of service in response to an EC2 instance status "
                     "checks failure." if dark else
                     "an instance was taken out of service in response to a user health-check.")
            changes.append(retire(group, instance, world, pace, cause))
    return changes


def _places(group: dict, world: World) -> dict[str, str]:
    """Zone to subnet, of the zones in which an instance can be launched now."""
    return {p["zone"]: p["subnet"] for p in group["places"] if not world.is_dark(p["zone"])}


def _count(group: dict, zones) -> dict[str, int]:
    return {z: sum(i["AvailabilityZone"] == z for i in _serving(group)) for z in zones}


def _grow(group: dict, world: World, pace: Pace, new_instance) -> list[Change]:
    if _suspended(group, "Launch"):
        return []
    places = _places(group, world)
    missing = group["DesiredCapacity"] - len(_serving(group))
    is_extra = False
    if missing > 0 and not places:
        if (group.get("retryAt") or 0) > world.now:
            return []
        group["retryAt"] = world.now + max(pace.launch, 1)
        return [Change("failed", None, NO_CAPACITY)]
    group["retryAt"] = None
    cause = "an instance was started in response to a difference between desired and actual " \
            "capacity."
    if missing <= 0:
        missing, cause = _extra(group, places)
        is_extra = True
    changes = []
    for _ in range(missing):
        counts = _count(group, places)
        zone = min(counts, key=lambda z: (counts[z], z))
        instance = new_instance(zone, places[zone])
        instance["until"] = world.now + pace.launch
        if is_extra:
            instance["extra"] = True
        group["Instances"].append(instance)
        changes.append(Change("launched", instance, cause))
    return changes


def _extra(group: dict, places: dict[str, str]) -> tuple[int, str]:
    """One instance more than wanted, before one in a crowded zone or of an old version goes."""
    settled = (len(group["Instances"]) == group["DesiredCapacity"] > 0
               and all(i["LifecycleState"] == IN_SERVICE for i in group["Instances"]))
    if not settled or not places:
        return 0, ""
    if any(i.get("outdated") for i in group["Instances"]):
        return 1, "an instance was launched to replace one of an earlier version."
    counts = _count(group, places)
    if max(counts.values()) - min(counts.values()) >= 2 and not _suspended(
            group, "AZRebalance", "Terminate"):
        return 1, ("instances were launched to balance instances in zones "
                   f"{' '.join(sorted(counts))} with other zones resulting in more than desired "
                   "number of instances in the group.")
    return 0, ""


def _shrink(group: dict, world: World, pace: Pace) -> list[Change]:
    if _suspended(group, "Terminate"):
        return []
    changes = []
    while len([i for i in _serving(group) if not i.get("extra")]) > group["DesiredCapacity"]:
        instance = _surplus(group)
        if instance is None:
            break
        changes.append(retire(group, instance, world, pace,
                              "an instance was selected for termination."))
    return changes


def _surplus(group: dict) -> dict | None:
    """Of an earlier version first, then one that does not serve yet, then from the fullest zone,
    then the oldest."""
    counts = _count(group, {i["AvailabilityZone"] for i in group["Instances"]})
    return min((i for i in _serving(group) if not i["ProtectedFromScaleIn"] and not i.get("extra")),
               default=None, key=lambda i: (
                   not i.get("outdated"), i["LifecycleState"] != PENDING,
                   -counts[i["AvailabilityZone"]], i["launchedAt"]))
