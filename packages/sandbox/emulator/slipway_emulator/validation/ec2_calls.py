"""What EC2 refuses of direct calls: what holds what, what is there twice, what is not there."""

from ministack.services import alb, ec2

from ..errors import ResourceError
from ..quotas import limits
from ..resources import ec2_nat
from ..resources.ec2 import add_flow_log
from .checks import check

Params = dict
SERVICE = "Ec2"


def _same_rule(original):
    """Of all protocols, the ports say nothing."""
    def strip(rule: dict) -> dict:
        return {k: v for k, v in rule.items() if k not in ("FromPort", "ToPort")
                } if str(rule.get("IpProtocol")) == "-1" else rule

    return lambda one, other: original(strip(one), strip(other))


def install() -> None:
    actions = ec2._ACTION_MAP
    ec2._rules_match = _same_rule(ec2._rules_match)
    actions["CreateNatGateway"] = ec2_nat.create_now
    actions["DeleteNatGateway"] = ec2_nat.delete_now
    actions["CreateFlowLogs"] = _create_flow_logs
    for name, rule in _RULES.items():
        actions[name] = _ruled(rule, actions[name])


def _ruled(rule, original):
    def handle(params: Params):
        try:
            rule(params)
        except ResourceError as error:
            return ec2._error(error.code, error.message, error.status)
        return original(params)

    return handle


def _create_flow_logs(params: Params):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html"""
    wanted = {n: ec2._p(params, n) for n in (
        "ResourceType", "TrafficType", "LogDestinationType", "LogDestination", "LogGroupName",
        "DeliverLogsPermissionArn", "MaxAggregationInterval", "LogFormat")}
    try:
        if wanted["MaxAggregationInterval"] not in ("", "60", "600"):
            _refuse("InvalidParameter", "MaxAggregationInterval is 60 or 600")
        if wanted["LogDestinationType"] in ("", "cloud-watch-logs") and not (
                wanted["DeliverLogsPermissionArn"]):
            _refuse("MissingParameter",
                    "The request must contain the parameter DeliverLogsPermissionArn")
        ids = [add_flow_log({**wanted, "ResourceId": each})
               for each in ec2._parse_member_list(params, "ResourceId")]
    except ResourceError as error:
        return ec2._error(error.code, error.message, error.status)
    for each in ids:
        ec2._parse_tag_specs(params, "vpc-flow-log", each)
    items = "".join(f"<item>{each}</item>" for each in ids)
    return ec2._xml(200, "CreateFlowLogsResponse",
                    f"<flowLogIdSet>{items}</flowLogIdSet><unsuccessful/>")


def _type_check(resource_type: str, *names: str):
    def rule(params: Params) -> None:
        check(resource_type, {n: ec2._p(params, n) for n in names if ec2._p(params, n)})

    return rule


def _refuse(code: str, message: str):
    raise ResourceError(SERVICE, code, message)


def _there(store, params: Params, name: str, kind: str, code: str) -> dict:
    key = ec2._p(params, name)
    if not key:
        _refuse("MissingParameter", f"The request must contain the parameter {name}")
    return store.get(key) or _refuse(code, f"The {kind} '{key}' does not exist")


def _held(what: str, key: str):
    _refuse("DependencyViolation", f"The {what} '{key}' has dependencies and cannot be deleted.")


def _vpc(params: Params) -> dict:
    return _there(ec2._vpcs, params, "VpcId", "vpc ID", "InvalidVpcID.NotFound")


def _delete_vpc(params: Params) -> None:
    vpc_id = _vpc(params)["VpcId"]
    tables = (r for r in ec2._route_tables.values() if not _is_main(r))
    acls = (a for a in ec2._network_acls.values() if not a.get("IsDefault"))
    for holders in (tables, acls, ec2._vpc_endpoints.values()):
        if any(holder["VpcId"] == vpc_id for holder in holders):
            _held("vpc", vpc_id)


def _delete_subnet(params: Params) -> None:
    subnet_id = _there(ec2._subnets, params, "SubnetId", "subnet ID",
                       "InvalidSubnetID.NotFound")["SubnetId"]
    gateways = (g for g in ec2._nat_gateways.values() if ec2_nat.is_there(g))
    if any(h.get("SubnetId") == subnet_id for h in
           (*gateways, *ec2._network_interfaces.values())) or any(
            subnet_id in e.get("SubnetIds", ()) for e in ec2._vpc_endpoints.values()) or any(
            zone.get("SubnetId") == subnet_id for balancer in alb._lbs.values()
            for zone in balancer.get("AvailabilityZones", ())):
        _held("subnet", subnet_id)


def _gateway(params: Params, name: str = "InternetGatewayId") -> dict:
    return _there(ec2._internet_gateways, params, name, "internetGateway ID",
                  "InvalidInternetGatewayID.NotFound")


def _delete_internet_gateway(params: Params) -> None:
    gateway = _gateway(params)
    if gateway["Attachments"]:
        _held("internetGateway", gateway["InternetGatewayId"])


def _attach_internet_gateway(params: Params) -> None:
    gateway, vpc = _gateway(params), _vpc(params)
    taken = any(a["VpcId"] == vpc["VpcId"] for other in ec2._internet_gateways.values()
                if other is not gateway for a in other["Attachments"])
    if taken:
        _refuse("InvalidParameterValue",
                f"Network {vpc['VpcId']} already has an internet gateway attached")


def _detach_internet_gateway(params: Params) -> None:
    gateway, vpc = _gateway(params), _vpc(params)
    if not any(a["VpcId"] == vpc["VpcId"] for a in gateway["Attachments"]):
        _refuse("Gateway.NotAttached", f"resource {gateway['InternetGatewayId']} is not attached "
                                       f"to network {vpc['VpcId']}")
    if any(g["VpcId"] == vpc["VpcId"] and g.get("PublicIp") and ec2_nat.is_there(g)
           for g in ec2._nat_gateways.values()):
        _refuse("DependencyViolation",
                f"Network {vpc['VpcId']} has some mapped public address(es). Please unmap those "
                "public address(es) before detaching the gateway.")


def _group(params: Params) -> dict:
    return _there(ec2._security_groups, params, "GroupId", "security group",
                  "InvalidGroup.NotFound")


def _create_security_group(params: Params) -> None:
    if ec2._p(params, "VpcId"):
        _vpc(params)
    name = ec2._p(params, "GroupName")
    if name.startswith("sg-") or name == "default":
        _refuse("InvalidParameterValue", f"Value ({name}) for parameter groupName is invalid.")


def _delete_security_group(params: Params) -> None:
    group_id = _group(params)["GroupId"]
    named = any(pair.get("GroupId") == group_id
                for other in ec2._security_groups.values() if other["GroupId"] != group_id
                for field in ("IpPermissions", "IpPermissionsEgress")
                for rule in other[field] for pair in rule.get("UserIdGroupPairs") or ())
    used = any(g.get("GroupId") == group_id for interface in ec2._network_interfaces.values()
               for g in interface.get("Groups") or ())
    if named or used or any(group_id in (b.get("SecurityGroups") or ())
                            for b in alb._lbs.values()):
        _refuse("DependencyViolation", f"resource {group_id} has a dependent object")


def _authorize(field: str):
    def rule(params: Params) -> None:
        existing = _group(params)[field]
        for asked in ec2._parse_ip_permissions(params, "IpPermissions"):
            if any(ec2._rules_match(asked, other) for other in existing):
                _refuse("InvalidPermission.Duplicate", "the specified rule already exists")

    return rule


def _is_main(table: dict) -> bool:
    return any(a.get("Main") for a in table.get("Associations", ()))


def _table(params: Params) -> dict:
    return _there(ec2._route_tables, params, "RouteTableId", "routeTable ID",
                  "InvalidRouteTableID.NotFound")


def _delete_route_table(params: Params) -> None:
    table = _table(params)
    if table["Associations"]:
        _held("routeTable", table["RouteTableId"])


def _associate_route_table(params: Params) -> None:
    _table(params)
    subnet = ec2._p(params, "SubnetId")
    if not subnet:
        return
    _there(ec2._subnets, params, "SubnetId", "subnet ID", "InvalidSubnetID.NotFound")
    for other in ec2._route_tables.values():
        if any(a.get("SubnetId") == subnet for a in other["Associations"]):
            _refuse("Resource.AlreadyAssociated", "the specified association for route table "
                    f"{ec2._p(params, 'RouteTableId')} conflicts with an existing association")


def _create_route(params: Params) -> None:
    table = _table(params)
    names = ("RouteTableId", "DestinationCidrBlock", "GatewayId", "NatGatewayId")
    _type_check("AWS::EC2::Route", *names)(params)
    gateway = ec2._internet_gateways.get(ec2._p(params, "GatewayId"))
    if gateway is not None and not any(
            a["VpcId"] == table["VpcId"] for a in gateway["Attachments"]):
        _refuse("InvalidParameterValue",
                f"route table {table['RouteTableId']} and network gateway "
                f"{gateway['InternetGatewayId']} belong to different networks")
    if _route(table, params) is not None:
        _refuse("RouteAlreadyExists", "The route identified by "
                f"{ec2._p(params, 'DestinationCidrBlock')} already exists.")


def _route(table: dict, params: Params) -> dict | None:
    wanted = ec2._p(params, "DestinationCidrBlock")
    return next((r for r in table["Routes"]
                 if wanted and r.get("DestinationCidrBlock") == wanted), None)


def _known_route(params: Params) -> None:
    table = _table(params)
    if ec2._p(params, "DestinationCidrBlock") and _route(table, params) is None:
        _refuse("InvalidRoute.NotFound",
                f"no route with destination-cidr-block "
                f"{ec2._p(params, 'DestinationCidrBlock')} in route table "
                f"{table['RouteTableId']}")


def _release_address(params: Params) -> None:
    if not ec2._p(params, "AllocationId"):
        return
    address = _there(ec2._addresses, params, "AllocationId", "allocation ID",
                     "InvalidAllocationID.NotFound")
    if address["AssociationId"]:
        _refuse("InvalidIPAddress.InUse", f"Address {address['PublicIp']} is in use.")


def _create_vpc(params: Params) -> None:
    _type_check("AWS::EC2::VPC", "CidrBlock")(params)
    limits.require("AWS::EC2::VPC")


_RULES = {
    "AllocateAddress": lambda params: limits.require("AWS::EC2::EIP"),
    "CreateVpc": _create_vpc,
    "DeleteVpc": _delete_vpc,
    "CreateSubnet": _type_check("AWS::EC2::Subnet", "VpcId", "CidrBlock"),
    "DeleteSubnet": _delete_subnet,
    "AttachInternetGateway": _attach_internet_gateway,
    "DetachInternetGateway": _detach_internet_gateway,
    "DeleteInternetGateway": _delete_internet_gateway,
    "CreateSecurityGroup": _create_security_group,
    "DeleteSecurityGroup": _delete_security_group,
    "AuthorizeSecurityGroupIngress": _authorize("IpPermissions"),
    "AuthorizeSecurityGroupEgress": _authorize("IpPermissionsEgress"),
    "CreateRouteTable": lambda params: _vpc(params) and None,
    "DeleteRouteTable": _delete_route_table,
    "AssociateRouteTable": _associate_route_table,
    "CreateRoute": _create_route,
    "ReplaceRoute": _known_route,
    "DeleteRoute": _known_route,
    "ReleaseAddress": _release_address,
}
