"""Replication groups: modified, given more or fewer replicas and shards."""

import time

from ministack.services import elasticache

from ... import agenda
from ...offered import is_cache_node_type
from ...pace import pace
from . import failover, global_groups, groups, nodes, store
from .nodes import shown_group

_TYPE = "AWS::ElastiCache::ReplicationGroup"
_PLAIN = {"ReplicationGroupDescription": "Description", "SnapshotWindow": "SnapshotWindow",
          "SnapshotRetentionLimit": "SnapshotRetentionLimit", "IpDiscovery": "IpDiscovery",
          "AutoMinorVersionUpgrade": "AutoMinorVersionUpgrade",
          "PreferredMaintenanceWindow": "_Window", "CacheParameterGroupName": "_ParameterGroup"}
# Wait for the maintenance window unless asked at once.
_DEFERRED = ("CacheNodeType", "EngineVersion", "Engine")
_MOST_REPLICAS = 5


def modify_replication_group(request: dict) -> dict:
    group = store.group(request["ReplicationGroupId"])
    store.require(group)
    if len(set(request) - {"ReplicationGroupId", "ApplyImmediately", "NodeGroupId"}) == 0:
        raise store.refusal("InvalidParameterCombination", "No modifications were requested.")
    wanted = _check(group, request)
    group.update((ours, request[theirs]) for theirs, ours in _PLAIN.items() if theirs in request)
    group.update(wanted)
    if "SecurityGroupIds" in request:
        group["_SecurityGroups"] = [{"SecurityGroupId": i, "Status": "active"}
                                    for i in request["SecurityGroupIds"]]
    _change_user_groups(group, request)
    _change_token(group, request)
    if request.get("PrimaryClusterId"):
        _promote(group, request["PrimaryClusterId"].lower())
        return {"ReplicationGroup": shown_group(group)}
    pending = {n: request[n] for n in _DEFERRED if n in request}
    if pending and not request.get("ApplyImmediately"):
        for members in store.shards(group).values():
            for node in members:
                node["PendingModifiedValues"].update(
                    {n: v for n, v in pending.items() if n != "Engine"})
        return {"ReplicationGroup": shown_group(group)}
    _work(group, pending=pending)
    return {"ReplicationGroup": shown_group(group)}


def _check(group: dict, request: dict) -> dict:
    """The members that change about failover, once all is found to be allowed."""
    joined = global_groups.of(group)
    for name in _DEFERRED:
        if joined is not None and name in request:
            raise store.refusal("InvalidParameterCombination",
                                f"{name} of a member of a global datastore is changed by "
                                "ModifyGlobalReplicationGroup.")
    kind = request.get("CacheNodeType")
    if kind is not None and not is_cache_node_type(kind):
        raise store.refusal("InvalidParameterValue", f"Invalid Cache Node Type: {kind}")
    if "EngineVersion" in request:
        version = groups.check_version(request.get("Engine", group["Engine"]),
                                       request["EngineVersion"])
        if _numbers(version) < _numbers(group["_Version"]):
            raise store.refusal("InvalidParameterValue",
                                "The engine version cannot be downgraded.")
    parameters = request.get("CacheParameterGroupName")
    if parameters and parameters not in elasticache._param_groups:
        raise store.refusal("CacheParameterGroupNotFound",
                            f"CacheParameterGroup {parameters} not found.")
    wanted = {}
    for theirs, ours in (("AutomaticFailoverEnabled", "AutomaticFailover"),
                         ("MultiAZEnabled", "MultiAZ")):
        if theirs in request:
            wanted[ours] = "enabled" if request[theirs] else "disabled"
    if group["ClusterEnabled"] and wanted.get("AutomaticFailover") == "disabled":
        raise store.refusal("InvalidParameterCombination",
                            "Turning off automatic failover for replication group with cluster "
                            "mode enabled is not supported.")
    groups.check_failover({**group, **wanted}, _fewest_replicas(group))
    return wanted


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _fewest_replicas(group: dict) -> int:
    return min(len(members) for members in store.shards(group).values()) - 1


def _change_user_groups(group: dict, request: dict) -> None:
    added = request.get("UserGroupIdsToAdd") or []
    for name in added:
        if name not in elasticache._user_groups:
            raise store.refusal("UserGroupNotFound", f"User group {name} not found.")
    gone = set(group["UserGroupIds"] if request.get("RemoveUserGroups")
               else request.get("UserGroupIdsToRemove") or [])
    group["UserGroupIds"] = [u for u in group["UserGroupIds"] if u not in gone] + added


def _change_token(group: dict, request: dict) -> None:
    strategy = request.get("AuthTokenUpdateStrategy")
    if not request.get("AuthToken") and strategy != "DELETE":
        return
    if not group["TransitEncryptionEnabled"]:
        raise store.refusal("InvalidParameterCombination",
                            "The AUTH token is only supported when encryption-in-transit is "
                            "enabled.")
    group["AuthTokenEnabled"] = strategy != "DELETE"
    group["_AuthToken"] = request.get("AuthToken")
    group["AuthTokenLastModifiedDate"] = time.time()


def _promote(group: dict, name: str) -> None:
    """By hand, for which automatic failover has to be off:
    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.PromoteReplica.html"""
    if group["AutomaticFailover"] == "enabled" or group["ClusterEnabled"]:
        raise store.refusal("InvalidParameterCombination",
                            "To promote a replica by hand, turn Multi-AZ and automatic failover "
                            "off first.")
    shard, members = next(iter(store.shards(group).items()))
    chosen = next((n for n in members if n["CacheClusterId"] == name), None)
    if chosen is None:
        raise store.refusal("CacheClusterNotFound", f"CacheCluster {name} not found.")
    if chosen["_Role"] == "primary":
        raise store.refusal("InvalidCacheClusterState", f"{name} is the primary already.")
    failover.begin(group, shard, chosen)


def _work(group: dict, **change) -> None:
    group["Status"] = "modifying"
    for members in store.shards(group).values():
        for node in members:
            if node["CacheClusterStatus"] == "available":
                node["CacheClusterStatus"] = "modifying"
    agenda.later(pace.update_seconds(_TYPE), modified, group=group["_Id"], **change)


@agenda.task
def modified(group: str, pending: dict | None = None, leaving: list[str] | None = None) -> None:
    record = store.group_by_id(group)
    if record is None or record["Status"] != "modifying":
        return
    for name in leaving or []:
        if name in store.nodes:
            nodes.drop(store.nodes[name])
    apply(record, pending or {})
    record["Status"] = "available"
    for members in store.shards(record).values():
        for node in members:
            groups.ready(node)
            node["CacheClusterStatus"] = "available"


def apply(group: dict, pending: dict) -> None:
    if "CacheNodeType" in pending:
        group["CacheNodeType"] = pending["CacheNodeType"]
    if "Engine" in pending:
        group["Engine"] = pending["Engine"]
    if "EngineVersion" in pending:
        version = groups.check_version(group["Engine"], pending["EngineVersion"])
        group.update(_Version=version, _FullVersion=groups.full_version(version))
    if pending:
        for members in store.shards(group).values():
            for node in members:
                node["PendingModifiedValues"] = {}


def _require_now(request: dict) -> None:
    if not request["ApplyImmediately"]:
        raise store.refusal("InvalidParameterValue",
                            "ApplyImmediately has to be true: this is done at once.")


def _wanted_counts(group: dict, request: dict) -> dict[str, int]:
    """Replicas by shard."""
    shards = store.shards(group)
    configured = request.get("ReplicaConfiguration")
    if (request.get("NewReplicaCount") is None) == (not configured):
        raise store.refusal("InvalidParameterCombination",
                            "Specify either NewReplicaCount or ReplicaConfiguration.")
    if not configured:
        return dict.fromkeys(shards, request["NewReplicaCount"])
    for shape in configured:
        if shape["NodeGroupId"] not in shards:
            raise store.refusal("InvalidParameterValue",
                                f"NodeGroup {shape['NodeGroupId']} not found.")
    return {shape["NodeGroupId"]: shape["NewReplicaCount"] for shape in configured}


def increase_replica_count(request: dict) -> dict:
    group = store.group(request["ReplicationGroupId"])
    store.require(group)
    _require_now(request)
    shards = store.shards(group)
    wanted = _wanted_counts(group, request)
    for shard, count in wanted.items():
        if count > _MOST_REPLICAS:
            raise store.refusal("InvalidParameterValue",
                                f"A shard has at most {_MOST_REPLICAS} replicas.")
        if count <= len(shards[shard]) - 1:
            raise store.refusal("NoOperationFault",
                                f"NodeGroup {shard} has {len(shards[shard]) - 1} replicas already.")
    for shard, count in wanted.items():
        members = shards[shard]
        while len(members) <= count:
            members.append(nodes.add(group, shard, "replica", nodes.next_zone(group, members)))
    _work(group)
    return {"ReplicationGroup": shown_group(group)}


def decrease_replica_count(request: dict) -> dict:
    group = store.group(request["ReplicationGroupId"])
    store.require(group)
    _require_now(request)
    shards, named = store.shards(group), request.get("ReplicasToRemove")
    if named:
        leaving = [n for members in shards.values() for n in members
                   if n["CacheClusterId"] in named and n["_Role"] == "replica"]
        if len(leaving) != len(named):
            raise store.refusal("InvalidParameterValue",
                                "ReplicasToRemove names what is no replica of this group.")
    else:
        leaving = []
        for shard, count in _wanted_counts(group, request).items():
            replicas = [n for n in shards[shard] if n["_Role"] == "replica"]
            if count < 0 or count >= len(replicas):
                raise store.refusal("NoOperationFault" if count >= 0 else "InvalidParameterValue",
                                    f"NodeGroup {shard} has {len(replicas)} replicas.")
            leaving += replicas[count:]
    fewest = min(len(members) - sum(n in leaving for n in members)
                 for members in shards.values()) - 1
    groups.check_failover(group, fewest)
    for node in leaving:
        node["CacheClusterStatus"] = "deleting"
    _work(group, leaving=[n["CacheClusterId"] for n in leaving])
    return {"ReplicationGroup": shown_group(group)}


def modify_shard_configuration(request: dict) -> dict:
    """Online resharding: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/scaling-redis-cluster-mode-enabled.html"""
    group = store.group(request["ReplicationGroupId"])
    store.require(group)
    _require_now(request)
    shards, count = store.shards(group), request["NodeGroupCount"]
    if not group["ClusterEnabled"]:
        raise store.refusal("InvalidReplicationGroupState",
                            "Only a group with cluster mode enabled has its shards changed.")
    if count == len(shards) or count < 1:
        raise store.refusal("InvalidParameterValue",
                            f"The group has {len(shards)} shards; NodeGroupCount is {count}.")
    leaving: list[str] = []
    if count > len(shards):
        replicas = len(next(iter(shards.values()))) - 1
        free = [f"{n:04d}" for n in range(1, count + len(shards)) if f"{n:04d}" not in shards]
        for shard in free[:count - len(shards)]:
            members: list[dict] = []
            for index in range(1 + replicas):
                members.append(nodes.add(group, shard, "replica" if index else "primary",
                                         nodes.next_zone(group, members)))
    else:
        retained = request.get("NodeGroupsToRetain")
        gone = request.get("NodeGroupsToRemove") or (
            [s for s in shards if s not in retained] if retained else [])
        if len(set(gone) & set(shards)) != len(shards) - count:
            raise store.refusal("InvalidParameterCombination",
                                "Name as many NodeGroupsToRemove, or NodeGroupsToRetain, as "
                                "NodeGroupCount asks for.")
        leaving = [n["CacheClusterId"] for s in gone for n in shards[s]]
    _work(group, leaving=leaving)
    return {"ReplicationGroup": shown_group(group)}
