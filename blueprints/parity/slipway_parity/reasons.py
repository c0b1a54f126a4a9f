"""Why the two engines' environments differ: a pattern of resource and path, and the reason."""

import re
from typing import NamedTuple


class Reason(NamedTuple):
    resource: re.Pattern
    path: re.Pattern
    why: str


def _of(resource: str, path: str, why: str) -> Reason:
    return Reason(re.compile(resource), re.compile(path), why)


_CACHE = ("CDK leaves the id of the replication group to AWS; the module gives the environment's "
          "name. Nodes, their address and what names them follow.")

REASONS: list[Reason] = [
    _of(r"ReplicationGroup cache", r"ReplicationGroupId|MemberClusters\[\]|ConfigurationEndpoint\."
        r"Address|NodeGroups\[\].*", _CACHE),
    _of(r"Alarm ENV-cache-.*", r"Dimensions\[\](\.Value)?", _CACHE),
    _of(r"Dashboard dashboard", r"widgets\[\](\.properties\.metrics\[\]\[\])?", _CACHE),
    _of(r"SecurityGroup .*", r"Rules\[\](\..*)?",
        "CloudFormation gives a group without rules for what goes out one that lets nothing "
        "through (255.255.255.255/32, ICMP), because it cannot take AWS's default rule away; the "
        "provider takes it away."),
    _of(r"FlowLog .*", r"LogDestination",
        "the same log group, said by name in the template and by ARN in the module."),
    _of(r"Queue .*", r"MaximumMessageSize",
        "CDK leaves AWS's default of 1 MB; provider 5.100 knows no more than 256 KB, and sends it."),
    _of(r"WebACL firewall", r"Rules\[\]\.Statement\.RateBasedStatement\.EvaluationWindowSec",
        "five minutes in both: CDK leaves AWS's default, the provider says it."),
    _of(r"KafkaCluster kafka", r"Provisioned\.(BrokerNodeGroupInfo\.BrokerAZDistribution"
        r"|ClientAuthentication\.Sasl\.Scram)",
        "one broker in each zone and no passwords in both: CDK leaves AWS's defaults, the provider "
        "says them."),
    _of(r"ScalingPolicy kafka-storage", r"TargetTrackingScalingPolicyConfiguration\.Scale(In|Out)"
        r"Cooldown",
        "no pause in both: CDK leaves AWS's default for the storage of brokers, the provider says it."),
    _of(r"Key data", r"Statements\[\]",
        "CDK's secret lets Secrets Manager use the key for the account's principals; the first "
        "statement, for the account, allows that already."),
]


def reason_for(resource: str, path: str) -> str | None:
    for each in REASONS:
        if each.resource.fullmatch(resource) and each.path.fullmatch(path):
            return each.why
    return None
