"""Network pieces: addresses, rules, flow logs, network ACLs."""

import random

from ministack.core.responses import get_account_id
from ministack.services import ec2
from ministack.services.cloudformation import provisioners

from ..errors import ResourceError
from . import ec2_nat
from .ec2_ids import missing, new_id, tag
from .handler import extend, register

SERVICE = "Ec2"
_PROTOCOL_NUMBERS = {"tcp": "6", "udp": "17", "icmp": "1", "-1": "-1"}


def _create_address(logical_id, properties, stack_name):
    allocation_id = new_id("eipalloc")
    public_ip = f"52.{random.randint(0, 95)}.{random.randint(0, 255)}.{random.randint(1, 254)}"
    ec2._addresses[allocation_id] = {
        "AllocationId": allocation_id, "PublicIp": public_ip,
        "Domain": properties.get("Domain", "vpc"), "AssociationId": None,
        "InstanceId": None, "NetworkInterfaceId": None, "PrivateIpAddress": None,
    }
    tag(allocation_id, properties)
    return public_ip, {"AllocationId": allocation_id, "PublicIp": public_ip}


def _address(public_ip: str) -> dict | None:
    return next((a for a in ec2._addresses.values() if a["PublicIp"] == public_ip), None)


def _update_address(physical_id, old, new, stack_name, logical_id):
    address = _address(physical_id)
    if address is None:
        raise missing("address", "InvalidAddress.NotFound", physical_id)
    tag(address["AllocationId"], new, old)
    return physical_id, {"AllocationId": address["AllocationId"], "PublicIp": physical_id}


def _delete_address(physical_id, properties):
    address = _address(physical_id)
    if address is None:
        return
    if address["AssociationId"]:
        raise ResourceError(SERVICE, "InvalidIPAddress.InUse",
                            f"Address {physical_id} is in use.")
    ec2._addresses.pop(address["AllocationId"])
    ec2._tags.pop(address["AllocationId"], None)


def _rule_type(field: str, egress: bool):
    def create(logical_id, properties, stack_name):
        group = ec2._security_groups.get(properties.get("GroupId", ""))
        if group is None:
            raise missing("security group", "InvalidGroup.NotFound", properties.get("GroupId"))
        rule = provisioners._ec2_sg_permissions([properties])[0]
        if any(ec2._rules_match(rule, other) for other in group[field]):
            raise ResourceError(SERVICE, "InvalidPermission.Duplicate",
                                "the specified rule already exists")
        rule_id = ec2._sg_rule_id(group["GroupId"], egress, rule)
        rule["SecurityGroupRuleId"] = rule_id
        group[field].append(rule)
        return rule_id, {"Id": rule_id}

    def delete(physical_id, properties):
        group = ec2._security_groups.get(properties.get("GroupId", ""))
        if group is not None:
            group[field] = [r for r in group[field]
                            if r.get("SecurityGroupRuleId") != physical_id]

    def update(physical_id, old, new, stack_name, logical_id):
        delete(physical_id, old)
        return create(logical_id, new, stack_name)

    return create, delete, update


# https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
_FLOW_LOG_FORMAT = (
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} "
    "${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}")


def add_flow_log(properties: dict) -> str:
    stores = {"VPC": ec2._vpcs, "Subnet": ec2._subnets,
              "NetworkInterface": ec2._network_interfaces}
    kind, resource_id = properties["ResourceType"], properties["ResourceId"]
    if resource_id not in stores.get(kind, {}):
        raise missing(f"{kind} ID", f"Invalid{kind}Id.NotFound", resource_id)
    flow_log_id, destination = new_id("fl"), properties.get("LogDestination") or ""
    ec2._flow_logs[flow_log_id] = {
        "FlowLogId": flow_log_id, "ResourceId": resource_id, "ResourceType": kind,
        "TrafficType": properties.get("TrafficType") or "ALL",
        "LogDestinationType": properties.get("LogDestinationType") or "cloud-watch-logs",
        "LogDestination": destination,
        "LogGroupName": properties.get("LogGroupName") or (
            destination.split(":log-group:", 1)[1].removesuffix(":*")
            if ":log-group:" in destination else ""),
        "DeliverLogsPermissionArn": properties.get("DeliverLogsPermissionArn") or "",
        "MaxAggregationInterval": int(properties.get("MaxAggregationInterval") or 600),
        "LogFormat": properties.get("LogFormat") or _FLOW_LOG_FORMAT,
        "FlowLogStatus": "ACTIVE", "CreationTime": ec2._now_ts(),
    }
    return flow_log_id


def _create_flow_log(logical_id, properties, stack_name):
    flow_log_id = add_flow_log(properties)
    tag(flow_log_id, properties)
    return flow_log_id, {"Id": flow_log_id}


def _retag(attribute: str):
    def update(physical_id, old, new, stack_name, logical_id):
        tag(physical_id, new, old)
        return physical_id, {attribute: physical_id}
    return update


def _drop_from(store):
    def delete(physical_id, properties):
        store.pop(physical_id, None)
        ec2._tags.pop(physical_id, None)
    return delete


def _create_acl(logical_id, properties, stack_name):
    if properties["VpcId"] not in ec2._vpcs:
        raise missing("vpc ID", "InvalidVpcID.NotFound", properties["VpcId"])
    acl_id = new_id("acl")
    final = {"RuleNumber": 32767, "Protocol": "-1", "RuleAction": "deny", "CidrBlock": "0.0.0.0/0"}
    ec2._network_acls[acl_id] = {
        "NetworkAclId": acl_id, "VpcId": properties["VpcId"], "IsDefault": False,
        "Entries": [{**final, "Egress": False}, {**final, "Egress": True}],
        "Associations": [], "Tags": [], "OwnerId": get_account_id(),
    }
    tag(acl_id, properties)
    return acl_id, {"Id": acl_id}


def _acl_of(properties: dict) -> dict:
    acl = ec2._network_acls.get(properties["NetworkAclId"])
    if acl is None:
        raise missing("networkAcl ID", "InvalidNetworkAclID.NotFound",
                       properties["NetworkAclId"])
    return acl


def _entry_key(entry: dict) -> tuple[int, bool]:
    return int(entry["RuleNumber"]), entry["Egress"]


def _acl_entry(properties: dict) -> dict:
    protocol = str(properties["Protocol"])
    entry = {
        "RuleNumber": int(properties["RuleNumber"]),
        "Protocol": _PROTOCOL_NUMBERS.get(protocol, protocol),
        "RuleAction": properties["RuleAction"],
        "Egress": str(properties.get("Egress", False)).lower() == "true",
    }
    for name in ("CidrBlock", "Ipv6CidrBlock"):
        if properties.get(name):
            entry[name] = properties[name]
    if properties.get("PortRange"):
        entry["PortRange"] = {k: int(v) for k, v in properties["PortRange"].items()}
    if properties.get("Icmp"):
        entry["IcmpTypeCode"] = {k: int(v) for k, v in properties["Icmp"].items()}
    return entry


def _create_acl_entry(logical_id, properties, stack_name):
    acl, entry = _acl_of(properties), _acl_entry(properties)
    if any(_entry_key(other) == _entry_key(entry) for other in acl["Entries"]):
        raise ResourceError(
            SERVICE, "NetworkAclEntryAlreadyExists",
            f"The network acl entry identified by {entry['RuleNumber']} already exists.")
    acl["Entries"].append(entry)
    return f"{acl['NetworkAclId']}|{entry['RuleNumber']}|{entry['Egress']}", {}


def _delete_acl_entry(physical_id, properties):
    acl = ec2._network_acls.get(properties["NetworkAclId"])
    if acl is not None:
        key = _entry_key(_acl_entry(properties))
        acl["Entries"] = [e for e in acl["Entries"] if _entry_key(e) != key]


def _update_acl_entry(physical_id, old, new, stack_name, logical_id):
    _delete_acl_entry(physical_id, old)
    return _create_acl_entry(logical_id, new, stack_name)


def _create_acl_association(logical_id, properties, stack_name):
    acl = _acl_of(properties)
    subnet_id = properties["SubnetId"]
    if subnet_id not in ec2._subnets:
        raise missing("subnet ID", "InvalidSubnetID.NotFound", subnet_id)
    for other in ec2._network_acls.values():
        other["Associations"] = [a for a in other["Associations"] if a["SubnetId"] != subnet_id]
    association_id = new_id("aclassoc")
    acl["Associations"].append(
        {"NetworkAclAssociationId": association_id, "SubnetId": subnet_id})
    return association_id, {"AssociationId": association_id}


def _delete_acl_association(physical_id, properties):
    for acl in ec2._network_acls.values():
        acl["Associations"] = [a for a in acl["Associations"]
                               if a["NetworkAclAssociationId"] != physical_id]


def _with_cidr(create):
    def created(*arguments):
        vpc_id, attributes = create(*arguments)
        return vpc_id, {**attributes, "CidrBlock": ec2._vpcs[vpc_id]["CidrBlock"]}
    return created


def _with_subnet_attributes(create):
    def created(*arguments):
        subnet_id, attributes = create(*arguments)
        subnet = ec2._subnets[subnet_id]
        return subnet_id, {**attributes, **{
            name: subnet[name] for name in ("CidrBlock", "VpcId", "AvailabilityZoneId")}}
    return created


# As ResourceType of EC2's model has them, where ministack has other words; natgateway is AWS's own.
_RESOURCE_TYPES = {"flow-log": "vpc-flow-log"}


def _named_as_aws_does(original):
    def guess(resource_id):
        found = original(resource_id)
        return _RESOURCE_TYPES.get(found, found)
    return guess


def install() -> None:
    ec2._guess_resource_type = _named_as_aws_does(ec2._guess_resource_type)
    register("AWS::EC2::EIP", _create_address, _delete_address, _update_address)
    register(ec2_nat.TYPE, ec2_nat.create, ec2_nat.delete, ec2_nat.update)
    for direction, field, egress in (("Ingress", "IpPermissions", False),
                                     ("Egress", "IpPermissionsEgress", True)):
        create, delete, update = _rule_type(field, egress)
        register(f"AWS::EC2::SecurityGroup{direction}", create, delete, update)
    register("AWS::EC2::FlowLog", _create_flow_log, _drop_from(ec2._flow_logs), _retag("Id"))
    register("AWS::EC2::NetworkAcl", _create_acl, _drop_from(ec2._network_acls), _retag("Id"))
    register("AWS::EC2::NetworkAclEntry", _create_acl_entry, _delete_acl_entry,
             _update_acl_entry)
    register("AWS::EC2::SubnetNetworkAclAssociation", _create_acl_association,
             _delete_acl_association)
    extend("AWS::EC2::VPC", create=_with_cidr, update=_with_cidr)
    extend("AWS::EC2::Subnet", create=_with_subnet_attributes, update=_with_subnet_attributes)
