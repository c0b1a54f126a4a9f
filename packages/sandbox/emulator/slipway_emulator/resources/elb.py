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


# What an Application Load Balancer and a target group have before anybody sets it:
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
_ATTRIBUTES = {
    "access_logs.s3.enabled": "false", "client_keep_alive.seconds": "3600",
    "connection_logs.s3.enabled": "false", "deletion_protection.enabled": "false",
    "idle_timeout.timeout_seconds": "60", "load_balancing.cross_zone.enabled": "true",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append", "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false", "zonal_shift.config.enabled": "false"}
_GROUP_ATTRIBUTES = {
    "deregistration_delay.timeout_seconds": "300", "stickiness.enabled": "false",
    "stickiness.type": "lb_cookie"}


def _told(original, records, attributes, defaults, name: str):
    def describe(params):
        arn = alb._p(params, name)
        if arn in records and records[arn].get("Type", "application") == "application":
            known = {a["Key"] for a in attributes.setdefault(arn, [])}
            attributes[arn] += [{"Key": k, "Value": v} for k, v in defaults.items()
                                if k not in known]
        return original(params)
    return describe


def _create_now(original):
    """By direct call too in the network of its subnets."""
    def create(params):
        before = set(alb._lbs)
        subnets = [ec2._subnets.get(s) for s in alb._parse_member_list(params, "Subnets")]
        if alb._p(params, "Type", "application") == "application" and len(
                {s["AvailabilityZone"] for s in subnets if s}) < 2 and subnets:
            return alb._error("ValidationError", "At least two subnets in two different "
                              "Availability Zones must be specified")
        answer = original(params)
        for arn in set(alb._lbs) - before:
            if subnets and subnets[0]:
                alb._lbs[arn]["VpcId"] = subnets[0]["VpcId"]
        return answer
    return create


def install() -> None:
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html
    alb._target_group_full_name_from_arn = lambda arn: arn.rpartition(":")[2]
    actions = alb._ACTION_MAP
    actions["CreateLoadBalancer"] = _create_now(actions["CreateLoadBalancer"])
    actions["DescribeLoadBalancerAttributes"] = _told(
        actions["DescribeLoadBalancerAttributes"], alb._lbs, alb._lb_attrs, _ATTRIBUTES,
        "LoadBalancerArn")
    actions["DescribeTargetGroupAttributes"] = _told(
        actions["DescribeTargetGroupAttributes"], alb._tgs, alb._tg_attrs, _GROUP_ATTRIBUTES,
        "TargetGroupArn")
    alb._lb_xml = _zones(alb._lb_xml)
    extend("AWS::ElasticLoadBalancingV2::LoadBalancer", create=_create,
           refuse_delete=lambda _: _refuse_delete)
