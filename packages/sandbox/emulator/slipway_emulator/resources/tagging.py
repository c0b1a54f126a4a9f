"""The tagging API also finds what EC2, EKS, RDS and the others hold."""

from ministack.core.responses import get_account_id, get_region
from ministack.services import (acm, alb, cloudtrail, cloudwatch, cloudwatch_logs, ec2, eks, rds,
                                tagging, waf)

# The kind in the ARN and where the resources are kept, by the prefix of their ids.
_EC2_KINDS = {
    "vpc": ("vpc", "_vpcs"), "subnet": ("subnet", "_subnets"),
    "igw": ("internet-gateway", "_internet_gateways"), "rtb": ("route-table", "_route_tables"),
    "eipalloc": ("elastic-ip", "_addresses"), "nat": ("natgateway", "_nat_gateways"),
    "sg": ("security-group", "_security_groups"), "fl": ("vpc-flow-log", "_flow_logs"),
    "vpce": ("vpc-endpoint", "_vpc_endpoints"), "acl": ("network-acl", "_network_acls"),
    "lt": ("launch-template", "_launch_templates"), "i": ("instance", "_instances"),
    "vol": ("volume", "_volumes"), "eni": ("network-interface", "_network_interfaces"),
    "snap": ("snapshot", "_snapshots"),
}


def _pairs(tags: dict) -> list[dict]:
    return [{"Key": k, "Value": v} for k, v in (tags or {}).items()]


def _ec2():
    """Tags outlive their resource in the store; what is gone is not found."""
    for resource_id, tags in ec2._tags.items():
        kind, store = _EC2_KINDS.get(resource_id.partition("-")[0], (None, None))
        if kind and tags and resource_id in getattr(ec2, store):
            yield (f"arn:aws:ec2:{get_region()}:{get_account_id()}:{kind}/{resource_id}",
                   list(tags))


def _by_arn(store, list_of_pairs: bool):
    """The tags of a store keyed by ARN, of the region asked."""
    def collect():
        for arn, tags in store.items():
            if tags and arn.split(":")[3] in (get_region(), ""):
                yield arn, list(tags) if list_of_pairs else _pairs(tags)
    return collect


def _log_groups():
    for group in cloudwatch_logs._log_groups.values():
        if group.get("tags"):
            yield group["arn"].removesuffix(":*"), _pairs(group["tags"])


def _certificates():
    for arn, certificate in acm._certificates.items():
        if certificate.get("Tags"):
            yield arn, list(certificate["Tags"])


def _alarms():
    for arn, tags in cloudwatch._resource_tags.items():
        if tags and arn.split(":")[3] == get_region():
            yield arn, _pairs(tags) if isinstance(tags, dict) else list(tags)


def install() -> None:
    tagging._COLLECTORS.update({
        "ec2": _ec2,
        "eks": _by_arn(eks._tags, False),
        "rds": _by_arn(rds._tags, True),
        "elasticloadbalancing": _by_arn(alb._tags, True),
        "wafv2": _by_arn(waf._waf_tags, True),
        "cloudtrail": _by_arn(cloudtrail._trail_tags, False),
        "logs": _log_groups,
        "acm": _certificates,
        "cloudwatch": _alarms,
        "secretsmanager": tagging._collect_secretsmanager,
        "ssm": tagging._collect_ssm,
    })
