"""EKS: names, versions in support, zones, the bounds of a node group."""

import re

from ministack.services import ec2, eks

from ..errors import ResourceError
from ..offered import EKS_VERSIONS
from .ec2 import check_instance_types, existing

_CLUSTER_NAME = re.compile(r"[0-9A-Za-z][A-Za-z0-9_-]{0,99}")


def _eks_error(message: str) -> ResourceError:
    return ResourceError("Eks", "InvalidParameterException", message)


def _check_cluster(properties: dict) -> None:
    name = properties.get("Name")
    if name is not None and not _CLUSTER_NAME.fullmatch(str(name)):
        raise _eks_error(f"Cluster name {name!r} is not valid: it must match "
                         "^[0-9A-Za-z][A-Za-z0-9\\-_]* and have at most 100 characters.")
    version = properties.get("Version")
    if version is not None and str(version) not in EKS_VERSIONS:
        raise _eks_error(f"unsupported Kubernetes version {version}")
    subnets = (properties.get("ResourcesVpcConfig") or {}).get("SubnetIds") or []
    zones = {existing(ec2._subnets, s, "subnet ID", "InvalidParameterException", "Eks")
             ["AvailabilityZone"] for s in subnets}
    if len(zones) < 2:
        raise _eks_error("Subnets specified must be in at least two different AZs")


def _check_nodegroup(properties: dict) -> None:
    if properties.get("ClusterName") not in eks._clusters:
        raise ResourceError("Eks", "ResourceNotFoundException",
                            f"No cluster found for name: {properties.get('ClusterName')}.", 404)
    check_instance_types(properties.get("InstanceTypes") or [], "Eks")
    for subnet in properties.get("Subnets") or []:
        existing(ec2._subnets, subnet, "subnet ID", "InvalidParameterException", "Eks")
    check_scaling(properties.get("ScalingConfig") or {})


def check_scaling(config: dict) -> None:
    """https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html"""
    scaling = {k: int(v) for k, v in config.items()}
    least, most = scaling.get("MinSize", 1), scaling.get("MaxSize", 2)
    wanted = scaling.get("DesiredSize", least)
    if least < 0 or most < 1:
        raise _eks_error("Minimum capacity must be 0 or more, and maximum capacity 1 or more")
    if least > most:
        raise _eks_error(f"Minimum capacity {least} can't be greater than maximum size {most}")
    if wanted < least:
        raise _eks_error(f"Minimum capacity {least} can't be greater than desired size {wanted}")
    if wanted > most:
        raise _eks_error(f"desired capacity {wanted} can't be greater than max size {most}")


CHECKS = {
    "AWS::EKS::Cluster": _check_cluster,
    "AWS::EKS::Nodegroup": _check_nodegroup,
}
