"""Networks and their security as they are now."""

from ministack.services import cloudformation as cfn
from ministack.services import ec2

from .named import tags_of


def _tags(resource_id: str) -> dict[str, str]:
    return tags_of(ec2._tags.get(resource_id))


def _vpc(physical_id: str, properties: dict) -> dict | None:
    record = ec2._vpcs.get(physical_id)
    if record is None:
        return None
    return {"CidrBlock": record["CidrBlock"], "Tags": _tags(physical_id)}


def _subnet(physical_id: str, properties: dict) -> dict | None:
    record = ec2._subnets.get(physical_id)
    if record is None:
        return None
    return {"CidrBlock": record["CidrBlock"], "AvailabilityZone": record["AvailabilityZone"],
            "VpcId": record["VpcId"], "MapPublicIpOnLaunch": record.get("MapPublicIpOnLaunch"),
            "Tags": _tags(physical_id)}


def _flat(permissions: list) -> list[dict]:
    """One rule for each source, as templates write them."""
    rules = []
    for permission in permissions:
        common = {"IpProtocol": str(permission["IpProtocol"])}
        for name in ("FromPort", "ToPort"):
            if permission.get(name) is not None:
                common[name] = int(permission[name])
        sources = [("CidrIp", r, r["CidrIp"]) for r in permission.get("IpRanges") or ()]
        sources += [("CidrIpv6", r, r["CidrIpv6"]) for r in permission.get("Ipv6Ranges") or ()]
        sources += [("group", r, r["GroupId"]) for r in permission.get("UserIdGroupPairs") or ()]
        sources += [("list", r, r["PrefixListId"]) for r in permission.get("PrefixListIds") or ()]
        rules += [{**common, kind: value, **(
            {"Description": entry["Description"]} if entry.get("Description") else {})}
            for kind, entry, value in sources]
    return rules


def _as_template(rule: dict, is_egress: bool) -> dict:
    own = "DestinationSecurityGroupId" if is_egress else "SourceSecurityGroupId"
    lists = "DestinationPrefixListId" if is_egress else "SourcePrefixListId"
    return {{"group": own, "list": lists}.get(key, key): value for key, value in rule.items()}


def _rule(rules: list, properties: dict, is_egress: bool) -> dict | None:
    """The rule that the template's is, whatever its description says."""
    told = [_as_template(rule, is_egress) for rule in _flat(rules)]
    asked = {k: (int(v) if k in ("FromPort", "ToPort") else str(v))
             for k, v in properties.items() if k not in ("Description", "GroupId")
             and not k.endswith("SecurityGroupOwnerId")}
    if str(asked.get("IpProtocol")) == "-1":
        asked.pop("FromPort", None)
        asked.pop("ToPort", None)
    for rule in told:
        if all(rule.get(key) == value for key, value in asked.items()):
            return rule
    return None


def _attached(group: str, rules: list, is_egress: bool) -> list[dict]:
    """The rules of a group that are resources of their own in its stack: they are checked as such.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
    (resource attachments)"""
    kind = f"AWS::EC2::SecurityGroup{'Egress' if is_egress else 'Ingress'}"
    return [found for stack in cfn._stacks.values()
            for record in stack.get("_resources", {}).values()
            if record.get("ResourceType") == kind
            and record.get("Properties", {}).get("GroupId") == group
            and (found := _rule(rules, record["Properties"], is_egress))]


def _security_group(physical_id: str, properties: dict) -> dict | None:
    record = ec2._security_groups.get(physical_id)
    if record is None:
        return None
    found = {"GroupDescription": record["Description"], "VpcId": record["VpcId"],
             "Tags": _tags(physical_id)}
    for name, key, is_egress in (("SecurityGroupIngress", "IpPermissions", False),
                                 ("SecurityGroupEgress", "IpPermissionsEgress", True)):
        attached = _attached(physical_id, record[key], is_egress)
        rules = [_as_template(rule, is_egress) for rule in _flat(record[key])]
        found[name] = [rule for rule in rules if rule not in attached]
    return found


def _separate(is_egress: bool):
    key = "IpPermissionsEgress" if is_egress else "IpPermissions"

    def read(physical_id: str, properties: dict) -> dict | None:
        group = ec2._security_groups.get(properties.get("GroupId", ""))
        rule = _rule(group[key], properties, is_egress) if group else None
        return None if rule is None else {"Description": rule.get("Description", "")}

    return read


READERS = {
    "AWS::EC2::VPC": (_vpc, {"CidrBlock", "Tags"}),
    "AWS::EC2::Subnet": (_subnet, {"AvailabilityZone", "CidrBlock", "MapPublicIpOnLaunch",
                                   "VpcId", "Tags"}),
    "AWS::EC2::SecurityGroup": (_security_group, {
        "GroupDescription", "SecurityGroupEgress", "SecurityGroupIngress", "Tags", "VpcId"}),
    "AWS::EC2::SecurityGroupIngress": (_separate(False), {"Description"}),
    "AWS::EC2::SecurityGroupEgress": (_separate(True), {"Description"}),
}
