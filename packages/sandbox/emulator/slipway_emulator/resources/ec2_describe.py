"""EC2 descriptions that ministack answers without the details a stack asked for."""

import ipaddress
import re

from ministack.services import ec2

from . import ec2_acls, ec2_filters, ec2_nat, ec2_xml


def _asked(store, params: dict, id_parameter: str, id_field: str) -> list[dict]:
    """The records that the request's ids let through; filters are looked at afterwards."""
    ids = ec2._parse_member_list(params, id_parameter)
    return [r for r in store.values() if not ids or r[id_field] in ids]


def _nat_gateways(params):
    records = _asked(ec2._nat_gateways, params, "NatGatewayId", "NatGatewayId")
    body = "".join(f"<item>{ec2_nat.fields(r)}</item>" for r in records)
    return ec2._xml(200, "DescribeNatGatewaysResponse", f"<natGatewaySet>{body}</natGatewaySet>")


def _addresses(params):
    records = _asked(ec2._addresses, params, "AllocationId", "AllocationId")
    ips = ec2._parse_member_list(params, "PublicIp")
    body = "".join(
        "<item>" + ec2_xml.fields({
            "allocationId": r["AllocationId"], "publicIp": r["PublicIp"],
            "domain": r["Domain"], "associationId": r["AssociationId"],
            "instanceId": r["InstanceId"], "networkInterfaceId": r["NetworkInterfaceId"],
            "privateIpAddress": r["PrivateIpAddress"]})
        + ec2._tag_set_xml(r["AllocationId"]) + "</item>"
        for r in records if not ips or r["PublicIp"] in ips)
    return ec2._xml(200, "DescribeAddressesResponse", f"<addressesSet>{body}</addressesSet>")


def _flow_logs(params):
    records = _asked(ec2._flow_logs, params, "FlowLogId", "FlowLogId")
    body = "".join(
        "<item>" + ec2_xml.fields({
            "flowLogId": r["FlowLogId"], "resourceId": r["ResourceId"],
            "trafficType": r["TrafficType"], "logDestinationType": r["LogDestinationType"],
            "logDestination": r.get("LogDestination"), "logGroupName": r.get("LogGroupName"),
            "deliverLogsPermissionArn": r.get("DeliverLogsPermissionArn"),
            "maxAggregationInterval": r.get("MaxAggregationInterval"),
            "logFormat": r.get("LogFormat"), "flowLogStatus": r["FlowLogStatus"],
            "deliverLogsStatus": "SUCCESS", "creationTime": r["CreationTime"]})
        + ec2._tag_set_xml(r["FlowLogId"]) + "</item>" for r in records)
    return ec2._xml(200, "DescribeFlowLogsResponse", f"<flowLogSet>{body}</flowLogSet>")


def _with_ports(original):
    def entry_xml(entry):
        xml = original(entry)
        for name, (low, high) in {"PortRange": ("from", "to"),
                                  "IcmpTypeCode": ("code", "type")}.items():
            if entry.get(name):
                tag = name[0].lower() + name[1:]
                part = entry[name]
                values = {low: part.get(low.capitalize()), high: part.get(high.capitalize())}
                xml = xml.replace("</item>", f"<{tag}>{ec2_xml.fields(values)}</{tag}></item>")
        return xml
    return entry_xml


# ministack shows these on a VPC; AWS does not.
_NOT_OF_A_VPC = re.compile(
    r"<(defaultNetworkAclId|defaultSecurityGroupId|mainRouteTableId)>[^<]*</\1>")


def _vpc_fields(original):
    return lambda vpc, tag="item": _NOT_OF_A_VPC.sub("", original(vpc, tag))


def _subnet_fields(original):
    """With the addresses that are left: all of its range but the five that AWS keeps, and those
    that are taken."""
    def fields(subnet, tag="item"):
        taken = sum(i["SubnetId"] == subnet["SubnetId"] for i in (
            *ec2._network_interfaces.values(),
            *(g for g in ec2._nat_gateways.values() if ec2_nat.is_there(g))))
        size = ipaddress.ip_network(subnet["CidrBlock"], strict=False).num_addresses
        return original({**subnet, "AvailableIpAddressCount": size - 5 - taken}, tag)
    return fields


def _without_return(original):
    def answer(params):
        status, headers, body = original(params)
        return status, headers, body.replace(b"<return>true</return>", b"")
    return answer


def install() -> None:
    ec2._ACTION_MAP.update({
        "DescribeNatGateways": _nat_gateways,
        "DescribeAddresses": _addresses,
        "DescribeFlowLogs": _flow_logs,
    })
    ec2._network_acl_entry_xml = _with_ports(ec2._network_acl_entry_xml)
    ec2._vpc_fields_xml = _vpc_fields(ec2._vpc_fields_xml)
    ec2._subnet_fields_xml = _subnet_fields(ec2._subnet_fields_xml)
    ec2._ACTION_MAP["CreateSecurityGroup"] = _without_return(
        ec2._ACTION_MAP["CreateSecurityGroup"])
    ec2_acls.install()
    ec2_filters.install()
