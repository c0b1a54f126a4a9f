"""EC2: ranges, references, rules, instance types."""

import ipaddress

from ministack.services import ec2

from ..errors import ResourceError
from ..offered import is_instance_type


def _network(cidr, parameter: str) -> ipaddress.IPv4Network:
    try:
        return ipaddress.IPv4Network(str(cidr), strict=False)
    except ValueError:
        raise ResourceError("Ec2", "InvalidParameterValue",
                            f"Value ({cidr}) for parameter {parameter} is invalid. "
                            "This is not a valid CIDR block.") from None


def _check_vpc(properties: dict) -> None:
    if properties.get("CidrBlock") is None:
        return
    network = _network(properties["CidrBlock"], "cidrBlock")
    if not 16 <= network.prefixlen <= 28:
        raise ResourceError("Ec2", "InvalidVpc.Range",
                            f"The CIDR '{properties['CidrBlock']}' is invalid.")


def _check_subnet(properties: dict) -> None:
    vpc = existing(ec2._vpcs, properties.get("VpcId"), "vpc ID", "InvalidVpcID.NotFound")
    if properties.get("CidrBlock") is None:
        return
    network = _network(properties["CidrBlock"], "cidrBlock")
    inside = network.subnet_of(ipaddress.IPv4Network(vpc["CidrBlock"], strict=False))
    if not 16 <= network.prefixlen <= 28 or not inside:
        raise ResourceError("Ec2", "InvalidSubnet.Range",
                            f"The CIDR '{properties['CidrBlock']}' is invalid.")
    for other in ec2._subnets.values():
        if other["VpcId"] == vpc["VpcId"] and network.overlaps(
                ipaddress.IPv4Network(other["CidrBlock"], strict=False)):
            raise ResourceError("Ec2", "InvalidSubnet.Conflict",
                                f"The CIDR '{properties['CidrBlock']}' conflicts with "
                                "another subnet")


def existing(store, key, kind: str, code: str, service: str = "Ec2"):
    record = store.get(key)
    if record is None:
        raise ResourceError(service, code, f"The {kind} '{key}' does not exist")
    return record


def _needs_vpc(properties: dict) -> None:
    existing(ec2._vpcs, properties.get("VpcId"), "vpc ID", "InvalidVpcID.NotFound")


def _check_security_group(properties: dict) -> None:
    if properties.get("VpcId"):
        _needs_vpc(properties)
    for rule in properties.get("SecurityGroupIngress") or []:
        _check_rule(rule)
    for rule in properties.get("SecurityGroupEgress") or []:
        _check_rule(rule)


def _check_rule(rule: dict) -> None:
    if rule.get("CidrIp"):
        _network(rule["CidrIp"], "cidrIp")
    for field in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
        if rule.get(field):
            existing(ec2._security_groups, rule[field], "security group",
                      "InvalidGroup.NotFound")
    ports = [int(rule[name]) for name in ("FromPort", "ToPort") if rule.get(name) is not None]
    if str(rule.get("IpProtocol")) in ("tcp", "udp", "6", "17") and (
            len(ports) != 2 or not 0 <= ports[0] <= ports[1] <= 65535):
        raise ResourceError("Ec2", "InvalidParameterValue",
                            f"Invalid value '{ports}' for portRange.")


def _check_route(properties: dict) -> None:
    existing(ec2._route_tables, properties.get("RouteTableId"), "routeTable ID",
              "InvalidRouteTableID.NotFound")
    if properties.get("DestinationCidrBlock"):
        _network(properties["DestinationCidrBlock"], "destinationCidrBlock")
    gateway = properties.get("GatewayId")
    if gateway and gateway.startswith("igw-"):
        existing(ec2._internet_gateways, gateway, "internetGateway ID",
                  "InvalidInternetGatewayID.NotFound")
    if properties.get("NatGatewayId"):
        existing(ec2._nat_gateways, properties["NatGatewayId"], "NatGateway ID",
                  "NatGatewayNotFound")


def _check_route_association(properties: dict) -> None:
    existing(ec2._route_tables, properties.get("RouteTableId"), "routeTable ID",
              "InvalidRouteTableID.NotFound")
    existing(ec2._subnets, properties.get("SubnetId"), "subnet ID", "InvalidSubnetID.NotFound")


def check_instance_types(types: list, service: str) -> None:
    for name in types:
        if not is_instance_type(str(name)):
            raise ResourceError(service, "InvalidParameterException" if service == "Eks"
                                else "InvalidParameterValue",
                                f"The following supplied instance types do not exist: [{name}]")


def _check_launch_template(properties: dict) -> None:
    kind = (properties.get("LaunchTemplateData") or {}).get("InstanceType")
    check_instance_types([kind] if kind else [], "Ec2")


CHECKS = {
    "AWS::EC2::VPC": _check_vpc,
    "AWS::EC2::Subnet": _check_subnet,
    "AWS::EC2::SecurityGroup": _check_security_group,
    "AWS::EC2::SecurityGroupIngress": _check_rule,
    "AWS::EC2::SecurityGroupEgress": _check_rule,
    "AWS::EC2::RouteTable": _needs_vpc,
    "AWS::EC2::VPCEndpoint": _needs_vpc,
    "AWS::EC2::VPCGatewayAttachment": _needs_vpc,
    "AWS::EC2::Route": _check_route,
    "AWS::EC2::SubnetRouteTableAssociation": _check_route_association,
    "AWS::EC2::LaunchTemplate": _check_launch_template,
}
