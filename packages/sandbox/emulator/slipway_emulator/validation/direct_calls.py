"""The same refusals, and the same statuses, for calls that go to a service without a stack."""

import re
import threading
from contextvars import copy_context

from ministack.services import ec2, s3

from ..errors import ResourceError
from ..pace import pace
from ..resources import ec2 as ec2_resources
from ..statuses import show
from . import s3 as s3_checks
from .checks import check

def install() -> None:
    actions = ec2._ACTION_MAP
    actions["CreateVpc"] = _checked_ec2("AWS::EC2::VPC", ("CidrBlock",), actions["CreateVpc"])
    actions["CreateSubnet"] = _checked_ec2(
        "AWS::EC2::Subnet", ("VpcId", "CidrBlock"), actions["CreateSubnet"])
    actions["CreateNatGateway"] = _create_nat_gateway
    actions["DeleteNatGateway"] = _delete_nat_gateway
    s3._BUCKET_NAME_RE = re.compile(f"^{s3_checks.BUCKET_NAME.pattern}$")


def _later_ready(resource_type: str, physical_id: str) -> None:
    """The resource is being made now, and there after the time its type takes."""
    show(resource_type, physical_id, {}, "creating")
    scope = copy_context()
    timer = threading.Timer(pace.create_seconds(resource_type), scope.run,
                            (show, resource_type, physical_id, {}, "ready"))
    timer.daemon = True
    timer.start()


def _checked_ec2(resource_type: str, names: tuple[str, ...], handler):
    def handle(params):
        try:
            check(resource_type, {n: ec2._p(params, n) for n in names if ec2._p(params, n)})
        except ResourceError as error:
            return ec2._error(error.code, error.message, error.status)
        return handler(params)
    return handle


def _create_nat_gateway(params):
    properties = {name: ec2._p(params, name) for name in (
        "SubnetId", "AllocationId", "ConnectivityType", "PrivateIpAddress")
        if ec2._p(params, name)}
    try:
        if "SubnetId" not in properties:
            raise ResourceError("Ec2", "MissingParameter",
                                "The request must contain the parameter SubnetId")
        gateway_id, _ = ec2_resources.create_nat_gateway("", properties, "")
    except ResourceError as error:
        return ec2._error(error.code, error.message, error.status)
    ec2._parse_tag_specs(params, "natgateway", gateway_id)
    _later_ready("AWS::EC2::NatGateway", gateway_id)
    gateway = ec2._nat_gateways[gateway_id]
    return ec2._xml(200, "CreateNatGatewayResponse", (
        f"<natGateway><natGatewayId>{gateway_id}</natGatewayId>"
        f"<subnetId>{gateway['SubnetId']}</subnetId><vpcId>{gateway['VpcId']}</vpcId>"
        f"<state>{gateway['State']}</state><createTime>{gateway['CreateTime']}</createTime>"
        f"{ec2._tag_set_xml(gateway_id)}</natGateway>"))


def _delete_nat_gateway(params):
    gateway_id = ec2._p(params, "NatGatewayId")
    if gateway_id not in ec2._nat_gateways:
        return ec2._error("NatGatewayNotFound", f"NatGateway {gateway_id} was not found", 400)
    ec2_resources.delete_nat_gateway(gateway_id, {})
    return ec2._xml(200, "DeleteNatGatewayResponse",
                    f"<natGatewayId>{gateway_id}</natGatewayId>")
