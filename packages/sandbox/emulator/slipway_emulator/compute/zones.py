"""What a dark zone takes from instances and targets, as EC2 and Elastic Load Balancing show it.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
"""

from ministack.core.responses import request_scope
from ministack.services import alb, ec2

from .. import agenda, darkness
from . import groups


def _in_their_zone(launch):
    """ministack puts every instance into the first zone, whatever its subnet."""
    def launched(image_id, instance_type, subnet_id, *arguments, **named):
        made = launch(image_id, instance_type, subnet_id, *arguments, **named)
        zone = (ec2._subnets.get(subnet_id) or {}).get("AvailabilityZone")
        for instance in made:
            if zone:
                instance["Placement"]["AvailabilityZone"] = zone
            for device in instance["BlockDeviceMappings"]:
                volume = ec2._volumes.get(device["Ebs"]["VolumeId"])
                if zone and volume:
                    volume["AvailabilityZone"] = zone
        return made
    return launched


def _refused_in_the_dark(run):
    def handle(params):
        subnet = ec2._subnets.get(ec2._p(params, "SubnetId") or ec2._DEFAULT_SUBNET_ID) or {}
        zone = subnet.get("AvailabilityZone", "")
        if darkness.is_zone_dark(zone):
            kind = ec2._p(params, "InstanceType") or "m1.small"
            return ec2._error("InsufficientInstanceCapacity",
                              f"We currently do not have sufficient {kind} capacity in the "
                              f"Availability Zone you requested ({zone}). Our system will be "
                              "working on provisioning additional capacity.", 500)
        return run(params)
    return handle


def _told_to_groups(change):
    """Stopped and terminated instances are missed by the groups they belong to."""
    def handle(params):
        response = change(params)
        if response[0] < 300:
            with agenda.lock:
                for instance_id in ec2._parse_member_list(params, "InstanceId"):
                    group, _ = groups.of_instance(instance_id)
                    if group is not None:
                        groups.work(group["AutoScalingGroupName"])
        return response
    return handle


def _describe_status(params):
    ids = ec2._parse_member_list(params, "InstanceId")
    for instance_id in ids:
        if instance_id not in ec2._instances:
            return ec2._error("InvalidInstanceID.NotFound",
                              f"The instance ID '{instance_id}' does not exist", 400)
    everything = ec2._p(params, "IncludeAllInstances") == "true"
    asked = ec2._parse_filters(params)
    items = ""
    for instance in ec2._instances.values():
        state, zone = instance["State"], instance["Placement"]["AvailabilityZone"]
        if (ids and instance["InstanceId"] not in ids) or not (
                everything or state["Name"] == "running"):
            continue
        dark = darkness.is_zone_dark(zone)
        status, check = ("impaired", "failed") if dark else ("ok", "passed")
        if state["Name"] != "running":
            status, check = "not-applicable", ""
        values = {"availability-zone": zone, "instance-state-name": state["Name"],
                  "instance-status.status": status, "system-status.status": status}
        unknown = next((name for name in asked if name not in values), None)
        if unknown:
            return ec2._error("InvalidParameterValue", f"The filter '{unknown}' is invalid", 400)
        if any(values[name] not in wanted for name, wanted in asked.items()):
            continue
        since = groups.timestamp(darkness.zone_dark_since(zone)) if dark else None
        details = "" if not check else (
            f"<details><item><name>reachability</name><status>{check}</status>"
            f"{f'<impairedSince>{since}</impairedSince>' if since else ''}</item></details>")
        items += (f"<item><instanceId>{instance['InstanceId']}</instanceId>"
                  f"<availabilityZone>{zone}</availabilityZone><instanceState>"
                  f"<code>{state['Code']}</code><name>{state['Name']}</name></instanceState>"
                  f"<systemStatus><status>{status}</status>{details}</systemStatus>"
                  f"<instanceStatus><status>{status}</status>{details}</instanceStatus></item>")
    return ec2._xml(200, "DescribeInstanceStatusResponse",
                    f"<instanceStatusSet>{items}</instanceStatusSet>")


def _describe_target_health(params):
    arn = alb._p(params, "TargetGroupArn")
    if arn not in alb._tgs:
        return alb._error("TargetGroupNotFound", f"Target group '{arn}' not found.")
    wanted = {t["Id"] for t in alb._parse_targets_param(params)}
    port = alb._tgs[arn].get("Port", 80)
    body = ""
    for target in alb._targets.get(arn, []):
        if wanted and target["Id"] not in wanted:
            continue
        health = "<State>healthy</State>" if target_serves(target["Id"]) else (
            "<State>unhealthy</State><Reason>Target.Timeout</Reason>"
            "<Description>Request timed out</Description>")
        body += (f"<member><Target><Id>{target['Id']}</Id>"
                 f"<Port>{target.get('Port', port)}</Port></Target>"
                 f"<HealthCheckPort>{target.get('Port', port)}</HealthCheckPort>"
                 f"<TargetHealth>{health}</TargetHealth></member>")
    return alb._xml(200, "DescribeTargetHealth",
                    f"<TargetHealthDescriptions>{body}</TargetHealthDescriptions>")


def target_serves(target_id: str) -> bool:
    """False for an instance that does not run or stands in the dark; an address that is no
    instance's is a pod's, which are not kept here, and counts as serving."""
    instance = next((i for i in ec2._instances.values()
                     if target_id in (i["InstanceId"], i["PrivateIpAddress"])), None)
    if instance is None:
        return not target_id.startswith("i-")
    return instance["State"]["Name"] == "running" and not darkness.is_zone_dark(
        instance["Placement"]["AvailabilityZone"])


def balancers() -> list[dict]:
    """Every load balancer of every account and region: its name in DNS, whether it can serve."""
    found = []
    for (account, region, arn), balancer in alb._lbs.all_items():
        with request_scope(account, region):
            found.append({"dnsName": balancer["DNSName"].lower(), "region": region,
                          "serves": _serves(arn, balancer)})
    return found


def _serves(arn: str, balancer: dict) -> bool:
    """https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html
    A target group without targets is left out: what runs in a cluster is not registered here."""
    zones = {(ec2._subnets.get(s) or {}).get("AvailabilityZone")
             for s in balancer.get("Subnets") or []} - {None}
    if zones and all(darkness.is_zone_dark(z) for z in zones):
        return False
    for group_arn, group in alb._tgs.items():
        targets = alb._targets.get(group_arn, [])
        if arn in group.get("LoadBalancerArns", []) and targets and not any(
                target_serves(t["Id"]) for t in targets):
            return False
    return True


def install() -> None:
    ec2._launch_instances_internal = _in_their_zone(ec2._launch_instances_internal)
    actions = ec2._ACTION_MAP
    actions["RunInstances"] = _refused_in_the_dark(actions["RunInstances"])
    for name in ("StopInstances", "TerminateInstances"):
        actions[name] = _told_to_groups(actions[name])
    actions["DescribeInstanceStatus"] = _describe_status
    alb._ACTION_MAP["DescribeTargetHealth"] = _describe_target_health
    darkness.on_zone_change(groups.work_everywhere)
