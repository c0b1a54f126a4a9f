"""NAT gateways: pending, available, deleting, and still seen for an hour as deleted."""

import ipaddress
import random

from ministack.services import ec2

from .. import agenda
from ..errors import ResourceError
from ..pace import pace
from . import ec2_xml
from .ec2_ids import missing, new_id, tag

TYPE = "AWS::EC2::NatGateway"
SERVICE = "Ec2"
_SEEN_AS_DELETED_SECONDS = 3600.0


def create(logical_id: str, properties: dict, stack_name: str):
    subnet = ec2._subnets.get(properties["SubnetId"])
    if subnet is None:
        raise missing("subnet ID", "InvalidSubnetID.NotFound", properties["SubnetId"])
    kind = properties.get("ConnectivityType", "public")
    allocation_id = properties.get("AllocationId")
    if kind == "public" and not allocation_id:
        raise ResourceError(SERVICE, "MissingParameter",
                            "The request must contain the parameter AllocationId")
    address = ec2._addresses.get(allocation_id or "")
    if kind == "public" and address is None:
        raise missing("allocation ID", "InvalidAllocationID.NotFound", allocation_id)
    if address is not None and address["AssociationId"]:
        raise ResourceError(SERVICE, "Resource.AlreadyAssociated",
                            f"Elastic IP address [{allocation_id}] is already associated")
    gateway_id, interface_id = new_id("nat"), new_id("eni")
    private_ip = properties.get("PrivateIpAddress") or _free_address(subnet)
    if address is not None:
        address.update(AssociationId=new_id("eipassoc"), NetworkInterfaceId=interface_id,
                       PrivateIpAddress=private_ip)
    ec2._nat_gateways[gateway_id] = {
        "NatGatewayId": gateway_id, "SubnetId": subnet["SubnetId"], "VpcId": subnet["VpcId"],
        "AllocationId": allocation_id or "", "ConnectivityType": kind, "State": "available",
        "CreateTime": ec2._now_ts(), "NetworkInterfaceId": interface_id,
        "PrivateIp": private_ip, "PublicIp": address["PublicIp"] if address else "",
    }
    tag(gateway_id, properties)
    return gateway_id, {"NatGatewayId": gateway_id, "EniId": interface_id}


def _free_address(subnet: dict) -> str:
    """One that no other gateway has; EC2 keeps the first four and the last of a subnet."""
    block = ipaddress.ip_network(subnet["CidrBlock"])
    taken = {g["PrivateIp"] for g in ec2._nat_gateways.values() if is_there(g)}
    while True:
        address = str(block[random.randrange(4, block.num_addresses - 1)])
        if address not in taken:
            return address


def update(physical_id: str, old: dict, new: dict, stack_name: str, logical_id: str):
    tag(physical_id, new, old)
    return physical_id, {"NatGatewayId": physical_id,
                         "EniId": ec2._nat_gateways[physical_id]["NetworkInterfaceId"]}


def delete(physical_id: str, properties: dict) -> None:
    """At once; who calls it has waited as long as it takes."""
    _end(physical_id)


def is_there(gateway: dict) -> bool:
    return gateway["State"] != "deleted"


def create_now(params: dict):
    """A direct call."""
    properties = {name: ec2._p(params, name) for name in (
        "SubnetId", "AllocationId", "ConnectivityType", "PrivateIpAddress")
        if ec2._p(params, name)}
    token = ec2._p(params, "ClientToken")
    known = next((g for g in ec2._nat_gateways.values()
                  if token and g.get("ClientToken") == token), None)
    if known is None:
        try:
            if "SubnetId" not in properties:
                raise ResourceError(SERVICE, "MissingParameter",
                                    "The request must contain the parameter SubnetId")
            gateway_id, _ = create("", properties, "")
        except ResourceError as error:
            return ec2._error(error.code, error.message, error.status)
        known = ec2._nat_gateways[gateway_id]
        known.update(State="pending", ClientToken=token)
        ec2._parse_tag_specs(params, "natgateway", gateway_id)
        agenda.later(pace.create_seconds(TYPE), _begin, gateway_id=gateway_id)
    token_xml = f"<clientToken>{token}</clientToken>" if token else ""
    return ec2._xml(200, "CreateNatGatewayResponse",
                    f"{token_xml}<natGateway>{fields(known)}</natGateway>")


def delete_now(params: dict):
    """A direct call."""
    gateway_id = ec2._p(params, "NatGatewayId")
    gateway = ec2._nat_gateways.get(gateway_id)
    if gateway is None or not is_there(gateway):
        return ec2._error("NatGatewayNotFound", f"NatGateway {gateway_id} was not found", 400)
    if gateway["State"] != "deleting":
        gateway["State"] = "deleting"
        agenda.later(pace.delete_seconds(TYPE), _end, gateway_id=gateway_id)
    return ec2._xml(200, "DeleteNatGatewayResponse",
                    f"<natGatewayId>{gateway_id}</natGatewayId>")


@agenda.task
def _begin(gateway_id: str) -> None:
    gateway = ec2._nat_gateways.get(gateway_id)
    if gateway is not None and gateway["State"] == "pending":
        gateway["State"] = "available"


@agenda.task
def _end(gateway_id: str) -> None:
    gateway = ec2._nat_gateways.get(gateway_id)
    if gateway is None or not is_there(gateway):
        return
    gateway.update(State="deleted", DeleteTime=ec2._now_ts())
    address = ec2._addresses.get(gateway.get("AllocationId") or "")
    if address is not None:
        address.update(AssociationId=None, NetworkInterfaceId=None, PrivateIpAddress=None)
    agenda.later(_SEEN_AS_DELETED_SECONDS, _forget, gateway_id=gateway_id)


@agenda.task
def _forget(gateway_id: str) -> None:
    ec2._nat_gateways.pop(gateway_id, None)
    ec2._tags.pop(gateway_id, None)


def fields(record: dict) -> str:
    """Its members as EC2's XML."""
    return (ec2_xml.fields({
        "natGatewayId": record["NatGatewayId"], "subnetId": record["SubnetId"],
        "vpcId": record["VpcId"], "state": record["State"],
        "connectivityType": record["ConnectivityType"], "createTime": record["CreateTime"],
        "deleteTime": record.get("DeleteTime")})
        + ec2_xml.items("natGatewayAddressSet", [{
            "allocationId": record.get("AllocationId"), "publicIp": record.get("PublicIp"),
            "privateIp": record.get("PrivateIp"),
            "networkInterfaceId": record.get("NetworkInterfaceId"),
            "isPrimary": "true", "status": "succeeded"}])
        + ec2._tag_set_xml(record["NatGatewayId"]))
