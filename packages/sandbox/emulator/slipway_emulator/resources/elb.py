"""Load balancers: in the network their subnets are in, refused when they are protected."""

import re

from ministack.services import alb, ec2

from ..errors import ResourceError
from .handler import extend

SERVICE = "ElasticLoadBalancingV2"


def _create(original):
    def create(logical_id, properties, stack_name):
        subnets = [ec2._subnets.get(s) for s in properties.get("Subnets") or []]
        if not all(subnets) or len({s["AvailabilityZone"] for s in subnets}) < 2:
            if properties.get("Type", "application") == "application":
                raise ResourceError(
                    SERVICE, "ValidationError",
                    "At least two subnets in two different Availability Zones must be specified")
        arn, attributes = original(logical_id, properties, stack_name)
        if subnets:
            alb._lbs[arn]["VpcId"] = subnets[0]["VpcId"]
        return arn, attributes
    return create


def _refuse_delete(physical_id, properties):
    for attribute in alb._lb_attrs.get(physical_id) or []:
        if (attribute["Key"], attribute["Value"]) == ("deletion_protection.enabled", "true"):
            raise ResourceError(
                SERVICE, "OperationNotPermitted",
                f"Load balancer '{physical_id}' cannot be deleted because deletion protection "
                "is enabled")


def _zones(original):
    """The zones of the balancer's subnets, where ministack names the first one for each."""
    def xml(balancer):
        text = original(balancer)
        for subnet_id in balancer.get("Subnets") or []:
            zone = (ec2._subnets.get(subnet_id) or {}).get("AvailabilityZone")
            if zone:
                text = re.sub(rf"<ZoneName>[^<]*</ZoneName>(\s*<SubnetId>{subnet_id}<)",
                              rf"<ZoneName>{zone}</ZoneName>\1", text)
        return text
    return xml


def install() -> None:
    alb._lb_xml = _zones(alb._lb_xml)
    extend("AWS::ElasticLoadBalancingV2::LoadBalancer", create=_create,
           refuse_delete=lambda _: _refuse_delete)
