"""Where caches are kept, how they are named and found, and what they say happened.

The stores are ministack's. A replication group is its nodes: which of them is primary, and of which
shard, is kept with the node and nowhere else.
"""

import hashlib
import time

from ministack.core.responses import AccountScopedDict, get_account_id, get_region
from ministack.services import elasticache

from ...errors import ResourceError

groups, nodes = elasticache._replication_groups, elasticache._clusters
snapshots, tags = elasticache._snapshots, elasticache._tags
# By id, in all regions of an account.
global_groups = AccountScopedDict()

_KEPT_EVENTS = 1000
# ElastiCache keeps events for 14 days:
# https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeEvents.html
_KEPT_SECONDS = 14 * 86400


def refusal(code: str, message: str) -> ResourceError:
    missing = "NotFound" in code and code != "CacheSubnetGroupNotFoundFault"
    return ResourceError("ElastiCache", code, message, 404 if missing else 400)


def arn(kind: str, name: str) -> str:
    return f"arn:aws:elasticache:{get_region()}:{get_account_id()}:{kind}:{name}"


def token() -> str:
    """The part of every endpoint that belongs to account and region."""
    return hashlib.sha1(f"{get_account_id()}{get_region()}".encode()).hexdigest()[:6]


def short_region() -> str:
    """us-east-1 is use1 in endpoints."""
    area, side, number = get_region().rsplit("-", 2)
    return f"{area.replace('-', '')}{side[0]}{number}"


def group(name: str) -> dict:
    found = groups.get(name.lower())
    if found is None:
        raise refusal("ReplicationGroupNotFoundFault", f"ReplicationGroup {name} not found.")
    return found


def group_by_id(lasting: str) -> dict | None:
    return next((g for g in groups.values() if g.get("_Id") == lasting), None)


def require(record: dict, *statuses: str) -> None:
    if record["Status"] not in (statuses or ("available",)):
        raise refusal("InvalidReplicationGroupState",
                      f"Replication group {record['ReplicationGroupId']} is not in "
                      f"{' or '.join(statuses or ('available',))} state; it is "
                      f"{record['Status']}.")


def shards(record: dict) -> dict[str, list[dict]]:
    """The nodes of each shard, by its id, in order of their names."""
    found: dict[str, list[dict]] = {}
    for node in sorted(nodes.values(), key=lambda n: n["CacheClusterId"]):
        if node.get("ReplicationGroupId") == record["ReplicationGroupId"]:
            found.setdefault(node["_Shard"], []).append(node)
    return found


def primary(members: list[dict]) -> dict | None:
    return next((n for n in members if n["_Role"] == "primary"), None)


def event(kind: str, name: str, message: str) -> None:
    """``kind``: replication-group, cache-cluster or snapshot."""
    entries = elasticache._events_list()
    entries.append({"SourceIdentifier": name, "SourceType": kind, "Message": message,
                    "Date": time.time()})
    del entries[:-_KEPT_EVENTS]


def describe_events(request: dict) -> dict:
    now = time.time()
    end = request.get("EndTime", now)
    start = request.get("StartTime", end - request.get("Duration", 60) * 60)
    source, kind = request.get("SourceIdentifier"), request.get("SourceType")
    return {"Events": [e for e in elasticache._events_list()
                       if max(start, now - _KEPT_SECONDS) <= e["Date"] <= end
                       and source in (None, e["SourceIdentifier"])
                       and kind in (None, e["SourceType"])]}
