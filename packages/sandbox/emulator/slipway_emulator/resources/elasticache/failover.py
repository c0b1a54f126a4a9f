"""A replica becomes the primary of its shard: in a test, by hand, or because a zone went dark."""

import time

from ... import agenda, darkness
from ...pace import pace
from . import store
from .nodes import shown_group

# https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_TestFailover.html
_TESTS_A_DAY = 15
_LIGHT_POLL_SECONDS = 1.0


def test_failover(request: dict) -> dict:
    group = store.group(request["ReplicationGroupId"])
    members = store.shards(group).get(request["NodeGroupId"])
    if members is None:
        raise store.refusal("NodeGroupNotFoundFault",
                            f"NodeGroup {request['NodeGroupId']} not found.")
    store.require(group)
    if group["AutomaticFailover"] != "enabled":
        raise store.refusal("InvalidReplicationGroupState",
                            "Automatic failover is not enabled for replication group "
                            f"{group['ReplicationGroupId']}.")
    chosen = _best(members)
    if chosen is None or darkness.is_zone_dark(chosen["PreferredAvailabilityZone"]):
        raise store.refusal("InvalidReplicationGroupState",
                            f"NodeGroup {request['NodeGroupId']} has no available replica to fail over to.")
    _count_tests()
    group.setdefault("_Tests", []).append(time.time())
    store.event("replication-group", group["ReplicationGroupId"],
                f"Test Failover API called for node group {request['NodeGroupId']}")
    begin(group, request["NodeGroupId"], chosen)
    return {"ReplicationGroup": shown_group(group)}


def _count_tests() -> None:
    """Of an account and region, in any 24 hours."""
    tests = [t for group in store.groups.values() for t in group.get("_Tests", [])
             if t > time.time() - 86400]
    if len(tests) >= _TESTS_A_DAY:
        raise store.refusal("APICallRateForCustomerExceeded",
                            f"Automatic failover was tested {_TESTS_A_DAY} times in 24 hours.")


def _best(members: list[dict]) -> dict | None:
    """The replica to promote, in a zone with light if there is one."""
    replicas = [n for n in members if n["_Role"] == "replica"
                and n["CacheClusterStatus"] == "available"]
    return min(replicas, default=None, key=lambda n: (
        darkness.is_zone_dark(n["PreferredAvailabilityZone"]), n["CacheClusterId"]))


def begin(group: dict, shard: str, chosen: dict) -> None:
    group["Status"] = "modifying"
    agenda.later(pace.action_seconds("elasticache.failover"), promoted, group=group["_Id"],
                 shard=shard, node=chosen["CacheClusterId"])


@agenda.task
def promoted(group: str, shard: str, node: str) -> None:
    record = store.group_by_id(group)
    members = store.shards(record).get(shard, []) if record is not None else []
    chosen = next((n for n in members if n["CacheClusterId"] == node), None)
    before = store.primary(members)
    if chosen is None or before is None or record["Status"] == "deleting":
        return
    before["_Role"], chosen["_Role"] = "replica", "primary"
    old = before["CacheClusterId"]
    for kind, name in (("cache-cluster", node), ("replication-group",
                                                 record["ReplicationGroupId"])):
        store.event(kind, name, f"Failover from primary node {old} to replica node {node} "
                                "completed")
    store.event("cache-cluster", old, "Recovering cache nodes 0001")
    agenda.later(pace.action_seconds("elasticache.replacement"), recovered, group=group, node=old)


@agenda.task
def recovered(group: str, node: str) -> agenda.NotYet | None:
    """A replica takes the old primary's place, in its zone, as soon as there is light."""
    record, old = store.group_by_id(group), store.nodes.get(node)
    if record is None or old is None:
        return None
    if record["Status"] == "modifying":
        record["Status"] = "available"
    if darkness.is_zone_dark(old["PreferredAvailabilityZone"]):
        return agenda.NotYet(_LIGHT_POLL_SECONDS)
    store.event("cache-cluster", node, "Finished recovery for cache nodes 0001")
    return None


def flee_dark_zones() -> None:
    """Automatic failover: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
    Without it, or without a replica, the primary stays where it is and out of reach."""
    for group in store.groups.values():
        if group["AutomaticFailover"] != "enabled" or group["Status"] not in (
                "available", "snapshotting"):
            continue
        for shard, members in store.shards(group).items():
            lost, chosen = store.primary(members), _best(members)
            if (lost is not None and chosen is not None
                    and darkness.is_zone_dark(lost["PreferredAvailabilityZone"])
                    and not darkness.is_zone_dark(chosen["PreferredAvailabilityZone"])):
                begin(group, shard, chosen)
