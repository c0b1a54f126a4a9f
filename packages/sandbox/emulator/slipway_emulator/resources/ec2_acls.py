"""Network ACLs by direct call: entries with ports, and the association that every subnet has.

A subnet is associated with the default ACL of its VPC until it is moved to another:
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

import hashlib

from ministack.services import ec2

from ..errors import ResourceError
from .ec2_ids import missing, new_id

SERVICE = "Ec2"


def _acl(acl_id: str) -> dict:
    return ec2._network_acls.get(acl_id) or _refuse(
        "InvalidNetworkAclID.NotFound", f"The networkAcl ID '{acl_id}' does not exist")


def _refuse(code: str, message: str):
    raise ResourceError(SERVICE, code, message)


def _entry(params: dict) -> dict:
    entry = {"RuleNumber": int(ec2._p(params, "RuleNumber") or 0),
             "Protocol": ec2._p(params, "Protocol") or "-1",
             "RuleAction": ec2._p(params, "RuleAction") or "allow",
             "Egress": ec2._p(params, "Egress") == "true"}
    for name in ("CidrBlock", "Ipv6CidrBlock"):
        if ec2._p(params, name):
            entry[name] = ec2._p(params, name)
    if not 1 <= entry["RuleNumber"] <= 32766:
        _refuse("InvalidParameterValue", f"Invalid value '{entry['RuleNumber']}' for ruleNumber")
    for name, prefix, low, high in (("PortRange", "PortRange", "From", "To"),
                                    ("IcmpTypeCode", "Icmp", "Code", "Type")):
        if ec2._p(params, f"{prefix}.{low}"):
            entry[name] = {part: int(ec2._p(params, f"{prefix}.{part}")) for part in (low, high)}
    if entry["Protocol"] in ("6", "17") and "PortRange" not in entry:
        _refuse("MissingParameter", "The request must contain the parameter PortRange")
    return entry


def _same(one: dict, other: dict) -> bool:
    return (int(one["RuleNumber"]), one["Egress"]) == (other["RuleNumber"], other["Egress"])


def _create_entry(params: dict):
    acl, entry = _acl(ec2._p(params, "NetworkAclId")), _entry(params)
    if any(_same(other, entry) for other in acl["Entries"]):
        _refuse("NetworkAclEntryAlreadyExists", "The network acl entry identified by "
                f"{entry['RuleNumber']} already exists.")
    acl["Entries"].append(entry)
    return ec2._xml(200, "CreateNetworkAclEntryResponse", "<return>true</return>")


def _replace_entry(params: dict):
    acl, entry = _acl(ec2._p(params, "NetworkAclId")), _entry(params)
    if not any(_same(other, entry) for other in acl["Entries"]):
        _refuse("InvalidNetworkAclEntry.NotFound", "The network acl entry identified by "
                f"{entry['RuleNumber']} does not exist.")
    acl["Entries"] = [e for e in acl["Entries"] if not _same(e, entry)] + [entry]
    return ec2._xml(200, "ReplaceNetworkAclEntryResponse", "<return>true</return>")


def _default_association(subnet_id: str) -> str:
    return f"aclassoc-{hashlib.sha1(subnet_id.encode()).hexdigest()[:17]}"


def _subnets_of_default(acl: dict) -> list[str]:
    """Those of its VPC that are with no other."""
    elsewhere = {a["SubnetId"] for other in ec2._network_acls.values() if not other["IsDefault"]
                 for a in other["Associations"]}
    return [s["SubnetId"] for s in ec2._subnets.values()
            if s["VpcId"] == acl["VpcId"] and s["SubnetId"] not in elsewhere]


def _subnet_of(association_id: str) -> str:
    for acl in ec2._network_acls.values():
        for each in acl["Associations"]:
            if each["NetworkAclAssociationId"] == association_id:
                return each["SubnetId"]
        if acl["IsDefault"]:
            for subnet_id in _subnets_of_default(acl):
                if _default_association(subnet_id) == association_id:
                    return subnet_id
    return _refuse("InvalidAssociationID.NotFound",
                   f"The association ID '{association_id}' does not exist")


def _replace_association(params: dict):
    acl = _acl(ec2._p(params, "NetworkAclId"))
    subnet_id = _subnet_of(ec2._p(params, "AssociationId"))
    if ec2._subnets[subnet_id]["VpcId"] != acl["VpcId"]:
        _refuse("InvalidParameterValue", "The network ACL and the subnet are of different VPCs")
    for other in ec2._network_acls.values():
        other["Associations"] = [a for a in other["Associations"] if a["SubnetId"] != subnet_id]
    association_id = _default_association(subnet_id) if acl["IsDefault"] else new_id("aclassoc")
    if not acl["IsDefault"]:
        acl["Associations"].append(
            {"NetworkAclAssociationId": association_id, "SubnetId": subnet_id})
    return ec2._xml(200, "ReplaceNetworkAclAssociationResponse",
                    f"<newAssociationId>{association_id}</newAssociationId>")


def _delete(original):
    def delete(params: dict):
        acl = _acl(ec2._p(params, "NetworkAclId"))
        if acl["IsDefault"]:
            _refuse("InvalidParameterValue", "The default network acl cannot be deleted")
        if acl["Associations"]:
            _refuse("DependencyViolation", f"The networkAcl '{acl['NetworkAclId']}' has "
                    "dependencies and cannot be deleted.")
        return original(params)
    return delete


def _create(original):
    """With the last entries, which deny what no other allows."""
    def create(params: dict):
        if ec2._p(params, "VpcId") not in ec2._vpcs:
            raise missing("vpc ID", "InvalidVpcID.NotFound", ec2._p(params, "VpcId"))
        before = set(ec2._network_acls)
        answer = original(params)
        for acl_id in set(ec2._network_acls) - before:
            ec2._network_acls[acl_id]["Entries"] = [
                {"RuleNumber": 32767, "Protocol": "-1", "RuleAction": "deny",
                 "CidrBlock": "0.0.0.0/0", "Egress": egress} for egress in (False, True)]
        return answer
    return create


def _describe(original):
    def describe(params: dict):
        defaults = [a for a in ec2._network_acls.values() if a["IsDefault"]]
        for acl in defaults:
            acl["Associations"] = [
                {"NetworkAclAssociationId": _default_association(s), "SubnetId": s}
                for s in _subnets_of_default(acl)]
        try:
            return original(params)
        finally:
            for acl in defaults:
                acl["Associations"] = []
    return describe


def _answering(handle):
    def answer(params: dict):
        try:
            return handle(params)
        except ResourceError as error:
            return ec2._error(error.code, error.message, error.status)
    return answer


def install() -> None:
    actions = ec2._ACTION_MAP
    for name, handle in {
            "CreateNetworkAcl": _create(actions["CreateNetworkAcl"]),
            "CreateNetworkAclEntry": _create_entry, "ReplaceNetworkAclEntry": _replace_entry,
            "ReplaceNetworkAclAssociation": _replace_association,
            "DeleteNetworkAcl": _delete(actions["DeleteNetworkAcl"]),
            "DescribeNetworkAcls": _describe(actions["DescribeNetworkAcls"])}.items():
        actions[name] = _answering(handle)
