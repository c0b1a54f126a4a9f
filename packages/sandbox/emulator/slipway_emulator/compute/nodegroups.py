"""The Auto Scaling group behind each managed node group, and the nodes in it.

https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
"""

from ministack.services import autoscaling, ec2, eks

from ..errors import ResourceError
from . import groups

_IMAGE = "ami-0c2023a1b2c3d4e5f"
_NO_CAPACITY = "AsgInstanceLaunchFailures"


def attach(nodegroup: dict) -> None:
    """Makes the group of a new node group, named and tagged as EKS does."""
    name = f"eks-{nodegroup['nodegroupName']}-{eks.new_uuid()}"
    scaling = nodegroup["scalingConfig"] = {
        "minSize": 1, "maxSize": 2, **nodegroup.get("scalingConfig", {})}
    scaling.setdefault("desiredSize", max(1, scaling["minSize"]))
    nodegroup["resources"] = {"autoScalingGroups": [{"name": name}]}
    cluster = nodegroup["clusterName"]
    tags = {"eks:cluster-name": cluster, "eks:nodegroup-name": nodegroup["nodegroupName"],
            f"kubernetes.io/cluster/{cluster}": "owned",
            f"k8s.io/cluster-autoscaler/{cluster}": "owned",
            "k8s.io/cluster-autoscaler/enabled": "true"}
    subnets = [ec2._subnets[s] for s in nodegroup["subnets"]]
    groups.create(
        name, least=scaling["minSize"], most=scaling["maxSize"], desired=scaling["desiredSize"],
        places=[{"zone": s["AvailabilityZone"], "subnet": s["SubnetId"]} for s in subnets],
        instanceType=nodegroup["instanceTypes"][0], imageId=_IMAGE, HealthCheckGracePeriod=15,
        AvailabilityZones=sorted({s["AvailabilityZone"] for s in subnets}),
        VPCZoneIdentifier=",".join(nodegroup["subnets"]),
        Tags=[{"Key": k, "Value": v, "ResourceId": name, "ResourceType": "auto-scaling-group",
               groups.PROPAGATED: True} for k, v in tags.items()])
    autoscaling._tags[name] = autoscaling._asgs[name]["Tags"]


def follow(nodegroup: dict) -> None:
    """The group gets the sizes that the node group has now."""
    group, scaling = group_of(nodegroup), nodegroup["scalingConfig"]
    if group is not None:
        groups.resize(group, least=scaling["minSize"], most=scaling["maxSize"],
                      desired=scaling["desiredSize"])


def mirror(group: dict) -> None:
    """The node group behind an Auto Scaling group tells the size that somebody else has asked for.

    https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html
    """
    tags = {tag["Key"]: tag["Value"] for tag in group["Tags"]}
    nodegroup = eks._nodegroups.get(
        f"{tags.get('eks:cluster-name')}/{tags.get('eks:nodegroup-name')}")
    if nodegroup is not None and _name(nodegroup) == group["AutoScalingGroupName"]:
        nodegroup["scalingConfig"] = {
            **nodegroup["scalingConfig"], "desiredSize": group["DesiredCapacity"]}


def detach(nodegroup: dict) -> None:
    groups.delete(_name(nodegroup))


def renew(nodegroup: dict) -> None:
    groups.renew(_name(nodegroup))


def group_of(nodegroup: dict) -> dict | None:
    return autoscaling._asgs.get(_name(nodegroup))


def template_of(asked: dict) -> dict:
    """The launch template as DescribeNodegroup names it, in the version that was asked for.

    https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
    """
    found = next((t for t in ec2._launch_templates.values()
                  if asked.get("id") == t["LaunchTemplateId"]
                  or asked.get("name") == t["LaunchTemplateName"]), None)
    version = str(asked.get("version") or (found or {}).get("DefaultVersionNumber"))
    if found is None or version not in {str(v["VersionNumber"]) for v in found["Versions"]}:
        raise ResourceError(
            "Eks", "InvalidRequestException",
            f"Launch template {asked.get('id') or asked.get('name')} has no version {version}, or "
            "does not exist.")
    return {"id": found["LaunchTemplateId"], "name": found["LaunchTemplateName"],
            "version": version}


def use_template(nodegroup: dict, asked: dict | None) -> None:
    """With a template, the disk is the template's: the node group names none."""
    if asked:
        nodegroup["launchTemplate"] = template_of(asked)
        nodegroup.pop("diskSize", None)


def shown(nodegroup: dict) -> dict:
    """As DescribeNodegroup tells it, degraded while no zone has room for its nodes."""
    told = {k: v for k, v in nodegroup.items() if not k.startswith("_")}
    group = group_of(nodegroup)
    if group is not None and group.get("retryAt") is not None:
        told["health"] = {"issues": [{
            "code": _NO_CAPACITY, "resourceIds": [_name(nodegroup)],
            "message": group["activities"][0].get("StatusMessage", "")}]}
        if told["status"] == "ACTIVE":
            told["status"] = "DEGRADED"
    return told


def _name(nodegroup: dict) -> str:
    return nodegroup["resources"]["autoScalingGroups"][0]["name"]
