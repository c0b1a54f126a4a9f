"""Auto Scaling groups as they are kept, and the instances of EC2 that belong to them."""

import time
from datetime import datetime, timezone

from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import autoscaling, ec2

from .. import agenda, darkness
from ..pace import pace
from . import capacity

_ACTIVITIES_KEPT = 100
_RUNNING, _PENDING = {"Code": 16, "Name": "running"}, {"Code": 0, "Name": "pending"}
_ENDING, _ENDED = {"Code": 32, "Name": "shutting-down"}, {"Code": 48, "Name": "terminated"}
PROPAGATED = "PropagateAtLaunch"


def create(name: str, *, least: int, most: int, desired: int, places: list[dict],
           **more) -> dict:
    """``places`` are {"zone", "subnet"}; ``more`` are members as the API names them, and what
    instances are made of: ``instanceType``, ``imageId``."""
    account, region = get_account_id(), get_region()
    group = {
        "AutoScalingGroupName": name,
        "AutoScalingGroupARN": f"arn:aws:autoscaling:{region}:{account}:autoScalingGroup:"
                               f"{_uuid()}:autoScalingGroupName/{name}",
        "MinSize": least, "MaxSize": most, "DesiredCapacity": desired, "DefaultCooldown": 300,
        "HealthCheckType": "EC2", "HealthCheckGracePeriod": 0,
        "TerminationPolicies": ["Default"], "NewInstancesProtectedFromScaleIn": False,
        "TargetGroupARNs": [], "Tags": [], "Instances": [], "SuspendedProcesses": [],
        "ServiceLinkedRoleARN": f"arn:aws:iam::{account}:role/aws-service-role/"
                                "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        "CreatedTime": timestamp(time.time()), **more,
        "places": places, "activities": [],
    }
    autoscaling._asgs[name] = group
    work(name)
    return group


def resize(group: dict, *, least: int | None = None, most: int | None = None,
           desired: int | None = None) -> None:
    for field, value in (("MinSize", least), ("MaxSize", most), ("DesiredCapacity", desired)):
        if value is not None:
            group[field] = value
    work(group["AutoScalingGroupName"])


def delete(name: str) -> None:
    """Its instances end; the group is gone when the last one is."""
    group = autoscaling._asgs.get(name)
    if group is not None:
        group.update(MinSize=0, MaxSize=0, DesiredCapacity=0, Status="Delete in progress",
                     SuspendedProcesses=[])
        for instance in group["Instances"]:
            instance["ProtectedFromScaleIn"] = False
            instance.pop("extra", None)
        work(name)


def renew(name: str) -> None:
    """Every instance is replaced by one of the group's present version, one after the other."""
    group = autoscaling._asgs.get(name)
    if group is not None:
        for instance in group["Instances"]:
            instance["outdated"] = True
        work(name)


def take_down(group: dict, instance: dict, cause: str) -> dict:
    """One instance ends now; the activity that tells of it."""
    now = _now()
    _apply(group, [capacity.retire(group, instance, _world(now), _pace(), cause)], now)
    work(group["AutoScalingGroupName"])
    return group["activities"][0]


@agenda.task
def work(name: str) -> None:
    """Brings the group as far as it gets now, and comes back when more is due."""
    with agenda.lock:
        group = autoscaling._asgs.get(name)
        if group is None:
            return
        if darkness.is_region_dark(get_region()):
            agenda.later(1, work, name=name)
            return
        for _ in range(100):
            now = _now()
            changes = capacity.step(group, _world(now), _pace(), _new_instance(group))
            _apply(group, changes, now)
            if not changes:
                break
        if group.get("Status") and not group["Instances"]:
            autoscaling._asgs.pop(name, None)
            autoscaling._tags.pop(name, None)
            autoscaling._delete_group_policies(name)
            return
        due = capacity.next_due(group, _world(now), _pace())
        if due is not None and due != group.get("dueAt"):
            group["dueAt"] = due
            agenda.later(max(0, due - now), work, name=name)


def work_everywhere(zone: str, is_dark: bool) -> None:
    """A zone changed: every group in its region looks again."""
    for (account, region, name), _ in autoscaling._asgs.all_items():
        if zone.startswith(region):
            with request_scope(account, region):
                work(name)


def of_instance(instance_id: str) -> tuple[dict, dict] | tuple[None, None]:
    for group in autoscaling._asgs.values():
        for instance in group["Instances"]:
            if instance["InstanceId"] == instance_id:
                return group, instance
    return None, None


def timestamp(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _now() -> float:
    return time.time()


def _uuid() -> str:
    return autoscaling.new_uuid()


def _pace() -> capacity.Pace:
    return capacity.Pace(pace.create_seconds("AWS::EC2::Instance"),
                         pace.delete_seconds("AWS::EC2::Instance"),
                         pace.create_seconds("slipway::InstanceLossNoticed"))


def _world(now: float) -> capacity.World:
    return capacity.World(now, darkness.is_zone_dark, _is_lost)


def _is_lost(instance_id: str) -> bool:
    record = ec2._instances.get(instance_id)
    return record is None or record["State"]["Name"] not in ("running", "pending")


def _new_instance(group: dict):
    def make(zone: str, subnet: str) -> dict:
        [record] = ec2._launch_instances_internal(
            group["imageId"], group["instanceType"], subnet, 1)
        record["State"] = dict(_PENDING)
        record["Placement"]["AvailabilityZone"] = zone
        instance_id = record["InstanceId"]
        ec2._tags[instance_id] = [
            {"Key": "aws:autoscaling:groupName", "Value": group["AutoScalingGroupName"]},
            *({"Key": t["Key"], "Value": t["Value"]} for t in group["Tags"] if t[PROPAGATED])]
        instance = {
            "InstanceId": instance_id, "InstanceType": group["instanceType"],
            "AvailabilityZone": zone, "LifecycleState": capacity.PENDING,
            "HealthStatus": "Healthy", "launchedAt": _now(),
            "ProtectedFromScaleIn": group["NewInstancesProtectedFromScaleIn"]}
        for field in ("LaunchTemplate", "LaunchConfigurationName"):
            if group.get(field):
                instance[field] = group[field]
        return instance
    return make


def _apply(group: dict, changes: list[capacity.Change], now: float) -> None:
    for change in changes:
        instance = change.instance
        record = ec2._instances.get(instance["InstanceId"]) if instance else None
        if change.kind == "launched":
            instance["activity"] = _begin(
                group, f"Launching a new EC2 instance: {instance['InstanceId']}", change.cause,
                instance, now)
        elif change.kind == "terminating":
            _end(group, instance, now)
            instance["activity"] = _begin(
                group, f"Terminating EC2 instance: {instance['InstanceId']}", change.cause,
                instance, now)
            if record and record["State"]["Name"] != "terminated":
                record["State"] = dict(_ENDING)
        elif change.kind == "failed":
            _begin(group, "Launching a new EC2 instance.  Status Reason: " + change.cause,
                   "an instance was started in response to a difference between desired and "
                   "actual capacity.", None, now, "Failed", change.cause)
        else:
            _end(group, instance, now)
            if record and change.kind == "in_service":
                record["State"] = dict(_RUNNING)
            elif record:
                record.update(State=dict(_ENDED), _terminated_at=now)
                _drop_belongings(record)


def _drop_belongings(record: dict) -> None:
    ec2._tags.pop(record["InstanceId"], None)
    for device in record["BlockDeviceMappings"]:
        ec2._volumes.pop(device["Ebs"]["VolumeId"], None)
    record["BlockDeviceMappings"] = []


def _begin(group: dict, description: str, cause: str, instance: dict | None, now: float,
           status: str = "InProgress", message: str = "") -> str:
    zone = instance["AvailabilityZone"] if instance else ""
    activity = {
        "ActivityId": _uuid(), "AutoScalingGroupName": group["AutoScalingGroupName"],
        "AutoScalingGroupARN": group["AutoScalingGroupARN"], "Description": description,
        "Cause": f"At {timestamp(now)[:19]}Z {cause}", "StartTime": timestamp(now),
        "StatusCode": status, "Progress": 50 if status == "InProgress" else 100,
        "Details": f'{{"Availability Zone":"{zone}"}}' if zone else "{}"}
    if status != "InProgress":
        activity.update(EndTime=timestamp(now), StatusMessage=message)
    group["activities"].insert(0, activity)
    del group["activities"][_ACTIVITIES_KEPT:]
    return activity["ActivityId"]


def _end(group: dict, instance: dict, now: float) -> None:
    for activity in group["activities"]:
        if activity["ActivityId"] == instance.get("activity") and "EndTime" not in activity:
            activity.update(StatusCode="Successful", Progress=100, EndTime=timestamp(now))
