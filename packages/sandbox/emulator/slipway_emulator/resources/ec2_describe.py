"""EC2 descriptions that ministack answers without the details a stack asked for."""

from xml.sax.saxutils import escape

from ministack.services import ec2


def _items(name: str, records: list[dict]) -> str:
    return f"<{name}>" + "".join(f"<item>{_fields(r)}</item>" for r in records) + f"</{name}>"


def _fields(record: dict) -> str:
    return "".join(
        f"<{key}>{escape(str(value))}</{key}>" for key, value in record.items()
        if value not in (None, ""))


def _wanted(store, params: dict, id_parameter: str, id_field: str, filters: dict[str, str]):
    """The records that the request's ids and filters let through."""
    asked = ec2._parse_filters(params)
    unknown = [name for name in asked
               if name not in filters and not name.startswith("tag:")
               and name not in ("tag-key", "tag-value")]
    if unknown:
        return None, ec2._error("InvalidParameterValue",
                                f"The filter '{unknown[0]}' is invalid", 400)
    ids = ec2._parse_member_list(params, id_parameter)
    records = [
        r for r in store.values()
        if (not ids or r[id_field] in ids)
        and ec2._resource_matches_tag_filters(r[id_field], asked)
        and all(str(r.get(field, "")) in asked[name]
                for name, field in filters.items() if name in asked)
    ]
    return records, None


def _nat_gateways(params):
    records, error = _wanted(ec2._nat_gateways, params, "NatGatewayId", "NatGatewayId", {
        "nat-gateway-id": "NatGatewayId", "state": "State", "vpc-id": "VpcId",
        "subnet-id": "SubnetId"})
    if error:
        return error
    body = "".join(
        "<item>" + _fields({
            "natGatewayId": r["NatGatewayId"], "subnetId": r["SubnetId"], "vpcId": r["VpcId"],
            "state": r["State"], "connectivityType": r["ConnectivityType"],
            "createTime": r["CreateTime"]})
        + _items("natGatewayAddressSet", [{
            "allocationId": r.get("AllocationId"), "publicIp": r.get("PublicIp"),
            "privateIp": r.get("PrivateIp"), "networkInterfaceId": r.get("NetworkInterfaceId"),
            "isPrimary": "true", "status": "succeeded"}])
        + ec2._tag_set_xml(r["NatGatewayId"]) + "</item>" for r in records)
    return ec2._xml(200, "DescribeNatGatewaysResponse", f"<natGatewaySet>{body}</natGatewaySet>")


def _addresses(params):
    records, error = _wanted(ec2._addresses, params, "AllocationId", "AllocationId", {
        "allocation-id": "AllocationId", "public-ip": "PublicIp",
        "association-id": "AssociationId", "domain": "Domain"})
    if error:
        return error
    ips = ec2._parse_member_list(params, "PublicIp")
    body = "".join(
        "<item>" + _fields({
            "allocationId": r["AllocationId"], "publicIp": r["PublicIp"],
            "domain": r["Domain"], "associationId": r["AssociationId"],
            "instanceId": r["InstanceId"], "networkInterfaceId": r["NetworkInterfaceId"],
            "privateIpAddress": r["PrivateIpAddress"]})
        + ec2._tag_set_xml(r["AllocationId"]) + "</item>"
        for r in records if not ips or r["PublicIp"] in ips)
    return ec2._xml(200, "DescribeAddressesResponse", f"<addressesSet>{body}</addressesSet>")


def _flow_logs(params):
    records, error = _wanted(ec2._flow_logs, params, "FlowLogId", "FlowLogId", {
        "resource-id": "ResourceId", "flow-log-id": "FlowLogId",
        "traffic-type": "TrafficType", "log-group-name": "LogGroupName",
        "log-destination-type": "LogDestinationType"})
    if error:
        return error
    body = "".join(
        "<item>" + _fields({
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
                xml = xml.replace("</item>", f"<{tag}>{_fields(values)}</{tag}></item>")
        return xml
    return entry_xml


def install() -> None:
    ec2._ACTION_MAP.update({
        "DescribeNatGateways": _nat_gateways,
        "DescribeAddresses": _addresses,
        "DescribeFlowLogs": _flow_logs,
    })
    ec2._network_acl_entry_xml = _with_ports(ec2._network_acl_entry_xml)
