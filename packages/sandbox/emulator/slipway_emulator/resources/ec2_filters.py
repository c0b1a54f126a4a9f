"""Filters of EC2's descriptions, over the answer without them: the element that each names.

Values may hold ``*`` and ``?``. A filter that is not here is refused, as one that AWS has not.
"""

import fnmatch
from xml.etree import ElementTree

from ministack.services import ec2

_NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"
_TAGS = {"tag-key": "tagSet/item/key", "tag-value": "tagSet/item/value"}

# By action: the element that holds the items, then the path of each filter within an item.
_FILTERS: dict[str, tuple[str, dict[str, str]]] = {
    "DescribeVpcs": ("vpcSet", {
        "vpc-id": "vpcId", "cidr": "cidrBlock", "state": "state", "owner-id": "ownerId",
        "cidr-block-association.cidr-block": "cidrBlockAssociationSet/item/cidrBlock",
        "is-default": "isDefault", "dhcp-options-id": "dhcpOptionsId", **_TAGS}),
    "DescribeSubnets": ("subnetSet", {
        "subnet-id": "subnetId", "vpc-id": "vpcId", "availability-zone": "availabilityZone",
        "availability-zone-id": "availabilityZoneId", "cidr": "cidrBlock",
        "cidr-block": "cidrBlock", "cidrBlock": "cidrBlock", "state": "state",
        "default-for-az": "defaultForAz", "map-public-ip-on-launch": "mapPublicIpOnLaunch",
        "owner-id": "ownerId", **_TAGS}),
    "DescribeRouteTables": ("routeTableSet", {
        "route-table-id": "routeTableId", "vpc-id": "vpcId", "owner-id": "ownerId",
        "association.main": "associationSet/item/main",
        "association.subnet-id": "associationSet/item/subnetId",
        "association.route-table-id": "associationSet/item/routeTableId",
        "association.route-table-association-id":
            "associationSet/item/routeTableAssociationId",
        "route.destination-cidr-block": "routeSet/item/destinationCidrBlock",
        "route.gateway-id": "routeSet/item/gatewayId",
        "route.nat-gateway-id": "routeSet/item/natGatewayId", **_TAGS}),
    "DescribeInternetGateways": ("internetGatewaySet", {
        "internet-gateway-id": "internetGatewayId", "owner-id": "ownerId",
        "attachment.vpc-id": "attachmentSet/item/vpcId",
        "attachment.state": "attachmentSet/item/state", **_TAGS}),
    "DescribeSecurityGroups": ("securityGroupInfo", {
        "group-id": "groupId", "group-name": "groupName", "vpc-id": "vpcId",
        "description": "groupDescription", "owner-id": "ownerId",
        "ip-permission.cidr": "ipPermissions/item/ipRanges/item/cidrIp",
        "ip-permission.group-id": "ipPermissions/item/groups/item/groupId",
        "ip-permission.from-port": "ipPermissions/item/fromPort",
        "ip-permission.to-port": "ipPermissions/item/toPort",
        "ip-permission.protocol": "ipPermissions/item/ipProtocol", **_TAGS}),
    "DescribeSecurityGroupRules": ("securityGroupRuleSet", {
        "group-id": "groupId", "security-group-rule-id": "securityGroupRuleId", **_TAGS}),
    "DescribeNetworkAcls": ("networkAclSet", {
        "network-acl-id": "networkAclId", "vpc-id": "vpcId", "default": "default",
        "owner-id": "ownerId", "association.subnet-id": "associationSet/item/subnetId",
        "association.association-id": "associationSet/item/networkAclAssociationId",
        "entry.cidr": "entrySet/item/cidrBlock", "entry.egress": "entrySet/item/egress",
        "entry.protocol": "entrySet/item/protocol",
        "entry.rule-action": "entrySet/item/ruleAction",
        "entry.rule-number": "entrySet/item/ruleNumber", **_TAGS}),
    "DescribeNetworkInterfaces": ("networkInterfaceSet", {
        "network-interface-id": "networkInterfaceId", "subnet-id": "subnetId",
        "vpc-id": "vpcId", "status": "status", "availability-zone": "availabilityZone",
        "description": "description", "interface-type": "interfaceType",
        "private-ip-address": "privateIpAddress", "group-id": "groupSet/item/groupId",
        "attachment.instance-id": "attachment/instanceId",
        "attachment.status": "attachment/status", **_TAGS}),
    "DescribeVpcEndpoints": ("vpcEndpointSet", {
        "vpc-endpoint-id": "vpcEndpointId", "vpc-id": "vpcId", "service-name": "serviceName",
        "vpc-endpoint-state": "state", "vpc-endpoint-type": "vpcEndpointType", **_TAGS}),
    "DescribeNatGateways": ("natGatewaySet", {
        "nat-gateway-id": "natGatewayId", "subnet-id": "subnetId", "vpc-id": "vpcId",
        "state": "state", **_TAGS}),
    "DescribeAddresses": ("addressesSet", {
        "allocation-id": "allocationId", "association-id": "associationId",
        "public-ip": "publicIp", "domain": "domain", "instance-id": "instanceId",
        "network-interface-id": "networkInterfaceId",
        "private-ip-address": "privateIpAddress", **_TAGS}),
    "DescribeFlowLogs": ("flowLogSet", {
        "flow-log-id": "flowLogId", "resource-id": "resourceId", "traffic-type": "trafficType",
        "log-group-name": "logGroupName", "log-destination-type": "logDestinationType",
        "deliver-log-status": "deliverLogsStatus", **_TAGS}),
    "DescribeAvailabilityZones": ("availabilityZoneInfo", {
        "zone-name": "zoneName", "zone-id": "zoneId", "zone-type": "zoneType",
        "state": "zoneState", "region-name": "regionName", "group-name": "groupName",
        "opt-in-status": "optInStatus"}),
    "DescribeRegions": ("regionInfo", {
        "region-name": "regionName", "endpoint": "regionEndpoint",
        "opt-in-status": "optInStatus"}),
}


def install() -> None:
    for action in _FILTERS:
        ec2._ACTION_MAP[action] = _filtered(action, ec2._ACTION_MAP[action])


def _filtered(action: str, original):
    holder, paths = _FILTERS[action]

    def describe(params: dict):
        asked = ec2._parse_filters(params)
        for name in asked:
            if name not in paths and not (name.startswith("tag:") and "tag-key" in paths):
                return ec2._error("InvalidParameterValue", f"The filter '{name}' is invalid", 400)
        answer = original({name: value for name, value in params.items()
                           if not name.startswith("Filter.")})
        if not asked or answer[0] >= 300:
            return answer
        status, headers, body = answer
        return status, headers, _kept(body, holder, paths, asked)

    return describe


def _kept(body: bytes, holder: str, paths: dict[str, str], asked: dict[str, list[str]]) -> bytes:
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.fromstring(body)
    items = root.find(f"{{*}}{holder}")
    for item in list(items if items is not None else ()):
        if not all(_holds(item, name, values, paths) for name, values in asked.items()):
            items.remove(item)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _holds(item, name: str, values: list[str], paths: dict[str, str]) -> bool:
    if name.startswith("tag:"):
        found = [tag.findtext("{*}value") or "" for tag in item.findall("{*}tagSet/{*}item")
                 if tag.findtext("{*}key") == name.removeprefix("tag:")]
    else:
        path = "/".join(f"{{*}}{part}" for part in paths[name].split("/"))
        found = [element.text or "" for element in item.findall(path)]
    return any(fnmatch.fnmatchcase(text, value.replace("[", "[[]"))
               for text in found for value in values)
