"""Auto Scaling's API over the groups; what ministack answers without doing it is off.

https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Operations.html
"""

import time

from ministack.services import autoscaling, ec2

from .. import query_protocol
from ..errors import ResourceError
from . import capacity, groups, nodegroups

SERVICE = "AutoScaling"
PROCESSES = ("Launch", "Terminate", "AddToLoadBalancer", "AlarmNotification", "AZRebalance",
             "HealthCheck", "InstanceRefresh", "ReplaceUnhealthy", "ScheduledActions")
# Taken and answered by ministack without any effect.
_WITHOUT_EFFECT = (
    "StartInstanceRefresh", "DescribeInstanceRefreshes", "CancelInstanceRefresh",
    "PutLifecycleHook", "CompleteLifecycleAction", "RecordLifecycleActionHeartbeat",
    "PutScheduledUpdateGroupAction")
_SIZES = ("MinSize", "MaxSize", "DesiredCapacity")
_CHANGEABLE = {*_SIZES, "DefaultCooldown", "HealthCheckType", "HealthCheckGracePeriod",
               "VPCZoneIdentifier", "AvailabilityZones", "LaunchTemplate",
               "LaunchConfigurationName", "NewInstancesProtectedFromScaleIn",
               "TerminationPolicies"}
_CREATABLE = _CHANGEABLE | {"Tags", "TargetGroupARNs", "ServiceLinkedRoleARN"}
_SHOWN = ("AutoScalingGroupName", "AutoScalingGroupARN", "LaunchConfigurationName",
          "LaunchTemplate", "MinSize", "MaxSize", "DesiredCapacity", "DefaultCooldown",
          "AvailabilityZones", "TargetGroupARNs", "HealthCheckType", "HealthCheckGracePeriod",
          "CreatedTime", "VPCZoneIdentifier", "Status", "Tags", "TerminationPolicies",
          "NewInstancesProtectedFromScaleIn", "ServiceLinkedRoleARN")
_SHOWN_OF_INSTANCE = ("InstanceId", "InstanceType", "AvailabilityZone", "LifecycleState",
                      "HealthStatus", "LaunchConfigurationName", "LaunchTemplate",
                      "ProtectedFromScaleIn")


def _refuse(message: str, code: str = "ValidationError") -> ResourceError:
    return ResourceError(SERVICE, code, message)


def _group(request: dict) -> dict:
    name = request.get("AutoScalingGroupName")
    group = autoscaling._asgs.get(name)
    if group is None:
        raise _refuse("AutoScalingGroup name not found - AutoScalingGroup: "
                      f"{name} not found")
    if group.get("Status"):
        raise _refuse(f"You cannot change AutoScalingGroup {name} while it is being deleted",
                      "ScalingActivityInProgress")
    return group


def _only(request: dict, known: set[str]) -> None:
    for name in request.keys() - known - {"AutoScalingGroupName"}:
        raise ResourceError(SERVICE, "NotImplemented", f"{name} is not emulated", 501)


def _places(request: dict) -> list[dict]:
    subnets = [s.strip() for s in request.get("VPCZoneIdentifier", "").split(",") if s.strip()]
    if subnets:
        for subnet in subnets:
            if subnet not in ec2._subnets:
                raise _refuse(f"The subnet ID '{subnet}' does not exist")
        return [{"zone": ec2._subnets[s]["AvailabilityZone"], "subnet": s} for s in subnets]
    zones = request.get("AvailabilityZones") or []
    if not zones:
        raise _refuse("At least one Availability Zone or VPC Subnet is required.")
    default = {s["AvailabilityZone"]: s["SubnetId"] for s in ec2._subnets.values()
               if s.get("DefaultForAz") or s.get("DefaultForAZ")}
    return [{"zone": z, "subnet": default.get(z, ec2._DEFAULT_SUBNET_ID)} for z in zones]


def _launch(request: dict) -> dict:
    """What instances are started from: the members to keep, type and image."""
    if request.get("LaunchConfigurationName"):
        name = request["LaunchConfigurationName"]
        found = autoscaling._launch_configs.get(name)
        if found is None:
            raise _refuse(f"Launch configuration name not found - {name}")
        return {"LaunchConfigurationName": name, "LaunchTemplate": None,
                "instanceType": found["InstanceType"], "imageId": found["ImageId"]}
    asked = request.get("LaunchTemplate") or {}
    found = next((t for t in ec2._launch_templates.values()
                  if asked.get("LaunchTemplateId", "") == t["LaunchTemplateId"]
                  or asked.get("LaunchTemplateName", "") == t["LaunchTemplateName"]), None)
    if found is None:
        raise _refuse("You must use a valid fully-formed launch template. The specified launch "
                      "template, with template ID "
                      f"{asked.get('LaunchTemplateId') or asked.get('LaunchTemplateName')}, does "
                      "not exist.")
    version = asked.get("Version", "$Default")
    number = {"$Default": found["DefaultVersionNumber"],
              "$Latest": found["LatestVersionNumber"]}.get(version, version)
    data = next((v["LaunchTemplateData"] for v in found["Versions"]
                 if str(v["VersionNumber"]) == str(number)), None)
    if data is None:
        raise _refuse("You must use a valid fully-formed launch template. Could not find the "
                      f"specified version {version} for the launch template.")
    return {"LaunchConfigurationName": None, "LaunchTemplate": {
                "LaunchTemplateId": found["LaunchTemplateId"],
                "LaunchTemplateName": found["LaunchTemplateName"], "Version": version},
            "instanceType": data.get("InstanceType", "m5.large"),
            "imageId": data.get("ImageId", "ami-0abcdef1234567890")}


def _sizes(least: int, most: int, desired: int) -> dict:
    if least < 0 or most < 0 or least > most:
        raise _refuse(f"Max size, {most}, must be greater than or equal to min size, {least}"
                      if least > most else "Sizes must not be negative")
    if not least <= desired <= most:
        raise _refuse(f"Desired capacity:{desired} must be between the specified min size:{least} "
                      f"and max size:{most}")
    return {"least": least, "most": most, "desired": desired}


def _tags(request: dict, name: str) -> list[dict]:
    return [{"Key": t["Key"], "Value": t.get("Value", ""), "ResourceId": name,
             "ResourceType": "auto-scaling-group",
             "PropagateAtLaunch": t.get("PropagateAtLaunch", False)}
            for t in request.get("Tags") or []]


def _settings(request: dict) -> dict:
    kept = {n: request[n] for n in (
        "DefaultCooldown", "HealthCheckGracePeriod", "TerminationPolicies", "TargetGroupARNs",
        "NewInstancesProtectedFromScaleIn") if n in request}
    if "HealthCheckType" in request:
        if not set(request["HealthCheckType"].split(",")) <= {"EC2", "ELB"}:
            raise _refuse(f"Health check type {request['HealthCheckType']} is not emulated")
        kept["HealthCheckType"] = request["HealthCheckType"]
    if kept.get("TerminationPolicies", ["Default"]) != ["Default"]:
        raise ResourceError(SERVICE, "NotImplemented",
                            "Termination policies other than Default are not emulated", 501)
    return kept


def _create(request: dict) -> None:
    _only(request, _CREATABLE)
    name = request["AutoScalingGroupName"]
    if name in autoscaling._asgs:
        raise _refuse("AutoScalingGroup by this name already exists - A group with the name "
                      f"{name} already exists", "AlreadyExists")
    if not (request.get("LaunchTemplate") or request.get("LaunchConfigurationName")):
        raise _refuse("Valid requests must contain either LaunchTemplate, "
                      "LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.")
    least = request["MinSize"]
    sizes = _sizes(least, request["MaxSize"], request.get("DesiredCapacity", least))
    places = _places(request)
    tags = _tags(request, name)
    groups.create(name, **sizes, places=places, **_launch(request), **_settings(request),
                  VPCZoneIdentifier=request.get("VPCZoneIdentifier", ""),
                  AvailabilityZones=sorted({p["zone"] for p in places}), Tags=tags)
    autoscaling._tags[name] = tags


def _update(request: dict) -> None:
    _only(request, _CHANGEABLE)
    group = _group(request)
    least, most = (request.get(n, group[n]) for n in _SIZES[:2])
    desired = request.get("DesiredCapacity", min(max(group["DesiredCapacity"], least), most))
    sizes = _sizes(least, most, desired)
    changed = _settings(request)
    if request.get("VPCZoneIdentifier") or request.get("AvailabilityZones"):
        places = _places(request)
        changed.update(places=places, AvailabilityZones=sorted({p["zone"] for p in places}),
                       VPCZoneIdentifier=request.get("VPCZoneIdentifier", ""))
    if request.get("LaunchTemplate") or request.get("LaunchConfigurationName"):
        changed.update(_launch(request))
    group.update(changed)
    groups.resize(group, **sizes)
    nodegroups.mirror(group)


def _set_desired(request: dict) -> None:
    _only(request, {"DesiredCapacity", "HonorCooldown"})
    group = _group(request)
    desired = request["DesiredCapacity"]
    for bound, word, outside in (("MinSize", "below min", desired < group["MinSize"]),
                                 ("MaxSize", "above max", desired > group["MaxSize"])):
        if outside:
            raise _refuse(f"New SetDesiredCapacity value {desired} is {word} value "
                          f"{group[bound]} for the AutoScalingGroup.")
    if request.get("HonorCooldown") and _is_cooling(group):
        raise _refuse("Scaling activity is in progress: the cooldown of "
                      f"{group['DefaultCooldown']} s is not over", "ScalingActivityInProgress")
    groups.resize(group, desired=desired)
    nodegroups.mirror(group)


def _is_cooling(group: dict) -> bool:
    latest = next((a["EndTime"] for a in group["activities"] if a.get("EndTime")), "")
    return latest > groups.timestamp(time.time() - group["DefaultCooldown"])


def _delete(request: dict) -> None:
    _only(request, {"ForceDelete"})
    group = _group(request)
    if group["Instances"] and not request.get("ForceDelete"):
        raise _refuse("You cannot delete an AutoScalingGroup while there are instances or pending "
                      "Spot instance request(s) still in the group.", "ResourceInUse")
    groups.delete(group["AutoScalingGroupName"])


def _processes(request: dict) -> list[str]:
    _only(request, {"ScalingProcesses"})
    names = request.get("ScalingProcesses") or list(PROCESSES)
    for name in names:
        if name not in PROCESSES:
            raise _refuse(f"{name} is not a valid process type")
    return names


def _suspend(request: dict) -> None:
    group, names = _group(request), _processes(request)
    group["SuspendedProcesses"] = sorted({*group["SuspendedProcesses"], *names})


def _resume(request: dict) -> None:
    group, names = _group(request), _processes(request)
    group["SuspendedProcesses"] = [p for p in group["SuspendedProcesses"] if p not in names]
    groups.work(group["AutoScalingGroupName"])


def _instance(request: dict) -> tuple[dict, dict]:
    instance_id = request.get("InstanceId", "")
    group, instance = groups.of_instance(instance_id)
    if instance is None:
        raise _refuse(f"Instance Id not found - No managed instance found for instance ID: "
                      f"{instance_id}")
    return group, instance


def _set_health(request: dict) -> None:
    _only(request, {"InstanceId", "HealthStatus", "ShouldRespectGracePeriod"})
    group, instance = _instance(request)
    if request.get("HealthStatus") not in ("Healthy", "Unhealthy"):
        raise _refuse("HealthStatus must be Healthy or Unhealthy")
    instance["HealthStatus"] = request["HealthStatus"]
    groups.work(group["AutoScalingGroupName"])


def _terminate(request: dict) -> dict:
    _only(request, {"InstanceId", "ShouldDecrementDesiredCapacity"})
    group, instance = _instance(request)
    if instance["LifecycleState"] == capacity.TERMINATING:
        raise _refuse(f"Instance {instance['InstanceId']} is already terminating",
                      "ScalingActivityInProgress")
    if request.get("ShouldDecrementDesiredCapacity"):
        if group["DesiredCapacity"] <= group["MinSize"]:
            raise _refuse("Currently, desiredSize equals minSize "
                          f"({group['MinSize']}). Terminating instance without replacement will "
                          "violate group's min size constraint.")
        group["DesiredCapacity"] -= 1
    activity = groups.take_down(group, instance,
                                "instance was taken out of service in response to a user request.")
    return {"Activity": activity}


def _shown_instance(instance: dict) -> dict:
    return {n: instance[n] for n in _SHOWN_OF_INSTANCE if instance.get(n) is not None}


def _describe(request: dict) -> dict:
    _only(request, {"AutoScalingGroupNames", "MaxRecords", "NextToken", "Filters",
                    "IncludeInstances"})
    names, filters = request.get("AutoScalingGroupNames"), request.get("Filters") or []
    found = [g for name, g in sorted(autoscaling._asgs.items())
             if (not names or name in names) and all(_has_tag(g, f) for f in filters)]
    page, more = _page(found, request, "AutoScalingGroupName")
    return {"AutoScalingGroups": [{
        **{n: g[n] for n in _SHOWN if g.get(n) is not None},
        "Instances": [_shown_instance(i) for i in g["Instances"]],
        "SuspendedProcesses": [{"ProcessName": p, "SuspensionReason": "User suspended"}
                               for p in g["SuspendedProcesses"]],
    } for g in page], **more}


def _has_tag(group: dict, wanted: dict) -> bool:
    name, values = wanted["Name"], wanted.get("Values") or []
    tags = {t["Key"]: t["Value"] for t in group["Tags"]}
    if name == "tag-key":
        return bool(set(tags) & set(values))
    if name == "tag-value":
        return bool(set(tags.values()) & set(values))
    if name.startswith("tag:"):
        return tags.get(name[4:]) in values
    raise _refuse(f"Filter type {name} is not correct. Allowed Filter types are: tag-key "
                  "tag-value tag:<key>")


def _page(found: list, request: dict, key: str) -> tuple[list, dict]:
    size = request.get("MaxRecords", 50)
    after = request.get("NextToken")
    start = next((n + 1 for n, r in enumerate(found) if r[key] == after), 0) if after else 0
    page = found[start:start + size]
    return page, {"NextToken": page[-1][key]} if start + size < len(found) else {}


def _describe_instances(request: dict) -> dict:
    _only(request, {"InstanceIds", "MaxRecords", "NextToken"})
    wanted = request.get("InstanceIds")
    found = [{**_shown_instance(i), "AutoScalingGroupName": name}
             for name, g in sorted(autoscaling._asgs.items()) for i in g["Instances"]
             if not wanted or i["InstanceId"] in wanted]
    page, more = _page(found, request, "InstanceId")
    return {"AutoScalingInstances": page, **more}


def _describe_activities(request: dict) -> dict:
    _only(request, {"ActivityIds", "IncludeDeletedGroups", "MaxRecords", "NextToken"})
    name, ids = request.get("AutoScalingGroupName"), request.get("ActivityIds")
    chosen = [_group(request)] if name else autoscaling._asgs.values()
    found = sorted((a for g in chosen for a in g["activities"]
                    if not ids or a["ActivityId"] in ids),
                   key=lambda a: a["StartTime"], reverse=True)
    page, more = _page(found, request, "ActivityId")
    return {"Activities": page, **more}


def _describe_processes(request: dict) -> dict:
    return {"Processes": [{"ProcessName": p} for p in PROCESSES]}


_HANDLERS = {
    "CreateAutoScalingGroup": _create, "UpdateAutoScalingGroup": _update,
    "DeleteAutoScalingGroup": _delete, "SetDesiredCapacity": _set_desired,
    "SuspendProcesses": _suspend, "ResumeProcesses": _resume,
    "SetInstanceHealth": _set_health, "TerminateInstanceInAutoScalingGroup": _terminate,
    "DescribeAutoScalingGroups": _describe, "DescribeAutoScalingInstances": _describe_instances,
    "DescribeScalingActivities": _describe_activities,
    "DescribeScalingProcessTypes": _describe_processes,
}


def _operation(name: str, handler):
    def handle(params):
        listed = {k: v if isinstance(v, list) else [v] for k, v in params.items()}
        return query_protocol.answer(
            "autoscaling", name, lambda request: handler(request) or {}, listed)
    return handle


def _of_existing_group(handler):
    def handle(params):
        name = autoscaling._p(params, "AutoScalingGroupName")
        if name not in autoscaling._asgs:
            return autoscaling._error("ValidationError", "Group name not found")
        return handler(params)
    return handle


def install() -> None:
    actions = autoscaling._ACTION_MAP
    for name in _WITHOUT_EFFECT:
        actions.pop(name)
    actions["PutScalingPolicy"] = _of_existing_group(actions["PutScalingPolicy"])
    actions.update((name, _operation(name, handler)) for name, handler in _HANDLERS.items())
