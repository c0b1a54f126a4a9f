"""Single instances from a launch template, by template and by direct call."""

import hashlib

from ministack.services import ec2

from ..errors import ResourceError
from .handler import register, tag_map

SERVICE = "Ec2"
_EMULATED = {"LaunchTemplate", "SubnetId", "Tags", "Monitoring", "PropagateTagsToVolumeOnCreation"}


def _version(wanted: dict) -> dict:
    record = next((t for t in ec2._launch_templates.values()
                   if wanted.get("LaunchTemplateId") == t["LaunchTemplateId"]
                   or wanted.get("LaunchTemplateName") == t["LaunchTemplateName"]), None)
    if record is None:
        raise ResourceError(SERVICE, "InvalidLaunchTemplateId.NotFound",
                            "The specified launch template does not exist.")
    asked = wanted.get("Version") or "$Default"
    number = {"$Default": record["DefaultVersionNumber"],
              "$Latest": record["LatestVersionNumber"]}.get(asked, asked)
    version = next((v for v in record["Versions"] if str(v["VersionNumber"]) == str(number)), None)
    if version is None:
        raise ResourceError(SERVICE, "InvalidLaunchTemplateId.VersionNotFound",
                            "Could not find launch template version.")
    return version


def _template(properties: dict) -> dict:
    return _version(properties["LaunchTemplate"])["LaunchTemplateData"]


def _image(wanted: str) -> str:
    """A parameter of Systems Manager stands for an image; always the same one here."""
    if not wanted.startswith("resolve:ssm:"):
        return wanted
    return f"ami-{hashlib.sha1(wanted.encode()).hexdigest()[:17]}"


def _profile(data: dict) -> dict | None:
    wanted = data.get("IamInstanceProfile") or {}
    if not wanted:
        return None
    profile, _ = ec2._resolve_iam_instance_profile(
        iam_arn=wanted.get("Arn"), iam_name=wanted.get("Name"), allow_missing=True)
    return profile


def _create(logical_id, properties, stack_name):
    unknown = sorted(set(properties) - _EMULATED)
    if unknown or "LaunchTemplate" not in properties:
        raise ResourceError(
            SERVICE, "NotImplemented", "The emulator makes an instance from a launch template, "
            f"and does not know {', '.join(unknown) or 'one without it'}.", 501)
    subnet = properties.get("SubnetId")
    if subnet not in ec2._subnets:
        raise ResourceError(SERVICE, "InvalidSubnetID.NotFound",
                            f"The subnet ID '{subnet}' does not exist")
    data = _template(properties)
    record = ec2._launch_instances_internal(
        image_id=_image(data.get("ImageId", "")), instance_type=data["InstanceType"], subnet_id=subnet,
        count=1, key_name=data.get("KeyName", ""), user_data="",
        sg_ids=data.get("SecurityGroupIds") or [], iam_profile=_profile(data))[0]
    instance = record["InstanceId"]
    if str(properties.get("Monitoring")).lower() == "true":
        record["Monitoring"] = {"State": "enabled"}
    ec2._tags[instance] = [{"Key": k, "Value": v} for k, v in tag_map(properties).items()]
    return instance, {"InstanceId": instance, "PrivateIp": record["PrivateIpAddress"],
                      "VpcId": record.get("VpcId", "")}


def _delete(physical_id, properties):
    if physical_id in ec2._instances:
        ec2._terminate_instances({"InstanceId.1": [physical_id]})


def _run(original):
    """What the request does not say, the launch template does.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html
    """
    def run(params):
        wanted = {n: ec2._p(params, f"LaunchTemplate.{n}") for n in (
            "LaunchTemplateId", "LaunchTemplateName", "Version")}
        if not (wanted["LaunchTemplateId"] or wanted["LaunchTemplateName"]):
            return original(params)
        try:
            version = _version(wanted)
        except ResourceError as error:
            return ec2._error(error.code, error.message, error.status)
        before = set(ec2._instances)
        answer = original(_completed(params, version["LaunchTemplateData"]))
        for instance_id in set(ec2._instances) - before:
            _place(ec2._instances[instance_id], version)
        return answer

    return run


def _completed(params: dict, data: dict) -> dict:
    profile = data.get("IamInstanceProfile") or {}
    told = {"ImageId": _image(data.get("ImageId", "")), "InstanceType": data.get("InstanceType"),
            "KeyName": data.get("KeyName"), "UserData": data.get("UserData"),
            "IamInstanceProfile.Arn": profile.get("Arn"),
            "IamInstanceProfile.Name": profile.get("Name"),
            **{f"SecurityGroupId.{n}": each for n, each in enumerate(
                data.get("SecurityGroupIds") or [], 1)}}
    return {**{k: [v] for k, v in told.items() if v and not ec2._p(params, k)}, **params}


def _place(instance: dict, version: dict) -> None:
    """In its subnet, and tagged with its template as EC2 does."""
    subnet = ec2._subnets.get(instance["SubnetId"]) or {}
    if subnet:
        instance["Placement"]["AvailabilityZone"] = subnet["AvailabilityZone"]
    if (version["LaunchTemplateData"].get("Monitoring") or {}).get("Enabled"):
        instance["Monitoring"] = {"State": "enabled"}
    instance_id = instance["InstanceId"]
    specified = [tag for each in version["LaunchTemplateData"].get("TagSpecifications") or []
                 if each.get("ResourceType") == "instance" for tag in each.get("Tags") or []]
    tags = {t["Key"]: t["Value"] for t in [*specified, *(ec2._tags.get(instance_id) or [])]}
    tags.update({"aws:ec2launchtemplate:id": version["LaunchTemplateId"],
                 "aws:ec2launchtemplate:version": str(version["VersionNumber"])})
    ec2._tags[instance_id] = [{"Key": k, "Value": v} for k, v in tags.items()]


def _monitoring(action: str, state: str, meanwhile: str):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_MonitorInstances.html"""
    def change(params):
        ids = ec2._parse_member_list(params, "InstanceId")
        for each in ids:
            if each not in ec2._instances:
                return ec2._error("InvalidInstanceID.NotFound",
                                  f"The instance ID '{each}' does not exist", 400)
        for each in ids:
            ec2._instances[each]["Monitoring"] = {"State": state}
        items = "".join(f"<item><instanceId>{each}</instanceId><monitoring><state>{meanwhile}"
                        "</state></monitoring></item>" for each in ids)
        return ec2._xml(200, f"{action}Response", f"<instancesSet>{items}</instancesSet>")
    return change


def install() -> None:
    ec2._ACTION_MAP["RunInstances"] = _run(ec2._ACTION_MAP["RunInstances"])
    for action, states in (("MonitorInstances", ("enabled", "pending")),
                           ("UnmonitorInstances", ("disabled", "disabling"))):
        ec2._ACTION_MAP[action] = _monitoring(action, *states)
    register("AWS::EC2::Instance", _create, _delete)
