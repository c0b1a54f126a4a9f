"""Single instances by template, from a launch template."""

import hashlib

from ministack.services import ec2

from ..errors import ResourceError
from .handler import register, tag_map

SERVICE = "Ec2"
_EMULATED = {"LaunchTemplate", "SubnetId", "Tags", "Monitoring", "PropagateTagsToVolumeOnCreation"}


def _template(properties: dict) -> dict:
    wanted = properties["LaunchTemplate"]
    record = ec2._launch_templates.get(wanted.get("LaunchTemplateId"))
    if record is None:
        raise ResourceError(SERVICE, "InvalidLaunchTemplateId.NotFound",
                            "The specified launch template does not exist.")
    versions = {str(v["VersionNumber"]): v for v in record["Versions"]}
    version = versions.get(str(wanted["Version"]))
    if version is None:
        raise ResourceError(SERVICE, "InvalidLaunchTemplateId.VersionNotFound",
                            "Could not find launch template version.")
    return version["LaunchTemplateData"]


def _image(wanted: str) -> str:
    """A parameter of Systems Manager stands for an image; always the same one here."""
    if not wanted.startswith("resolve:ssm:"):
        return wanted
    return f"ami-{hashlib.sha1(wanted.encode()).hexdigest()[:17]}"


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
        sg_ids=data.get("SecurityGroupIds") or [])[0]
    instance = record["InstanceId"]
    if str(properties.get("Monitoring")).lower() == "true":
        record["Monitoring"] = {"State": "enabled"}
    ec2._tags[instance] = [{"Key": k, "Value": v} for k, v in tag_map(properties).items()]
    return instance, {"InstanceId": instance, "PrivateIp": record["PrivateIpAddress"],
                      "VpcId": record.get("VpcId", "")}


def _delete(physical_id, properties):
    if physical_id in ec2._instances:
        ec2._terminate_instances({"InstanceId.1": [physical_id]})


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
    for action, states in (("MonitorInstances", ("enabled", "pending")),
                           ("UnmonitorInstances", ("disabled", "disabling"))):
        ec2._ACTION_MAP[action] = _monitoring(action, *states)
    register("AWS::EC2::Instance", _create, _delete)
