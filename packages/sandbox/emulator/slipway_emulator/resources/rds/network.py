"""The subnets, zones and security groups a database stands in."""

from ministack.core.responses import get_region
from ministack.services import ec2, rds

from . import store


def subnet_group(name: str | None) -> dict:
    """The group of that name; without one, the subnets of the default VPC as "default"."""
    if name and name in rds._subnet_groups:
        return rds._subnet_groups[name]
    if name and name != "default":
        raise store.refusal("DBSubnetGroupNotFoundFault", f"DBSubnetGroup doesn't exist : {name}")
    ec2._ensure_defaults_initialized()
    vpc = next((v for v in ec2._vpcs.values() if v.get("IsDefault")), None)
    if vpc is None:
        raise store.refusal("InvalidVPCNetworkStateFault",
                            "No default VPC exists; name a DB subnet group")
    subnets = [s for s in ec2._subnets.values() if s["VpcId"] == vpc["VpcId"]]
    return {
        "DBSubnetGroupName": "default", "DBSubnetGroupDescription": "default",
        "VpcId": vpc["VpcId"], "SubnetGroupStatus": "Complete",
        "DBSubnetGroupArn": store.arn("subgrp", "default"),
        "Subnets": [{"SubnetIdentifier": s["SubnetId"], "SubnetStatus": "Active",
                     "SubnetAvailabilityZone": {"Name": s["AvailabilityZone"]},
                     "SubnetOutpost": {}} for s in subnets],
    }


def zones(group: dict) -> list[str]:
    found = {s["SubnetAvailabilityZone"]["Name"] for s in group["Subnets"]}
    return sorted(found) or [f"{get_region()}{letter}" for letter in "abc"]


def security_groups(wanted: list[str] | None, group: dict) -> list[dict]:
    """Those wanted, or the VPC's own default."""
    ids = wanted or [g["GroupId"] for g in ec2._security_groups.values()
                     if g.get("VpcId") == group["VpcId"] and g.get("GroupName") == "default"]
    return [{"VpcSecurityGroupId": i, "Status": "active"} for i in ids]
