"""ElastiCache: replication groups and global datastores that move as AWS's do."""

import copy
import re
from urllib.parse import parse_qs

from ministack.core.responses import request_scope
from ministack.services import elasticache

from ... import agenda, darkness, metrics, query_protocol
from . import changes, failover, global_groups, groups, nodes, parameters, snapshots, store

OPERATIONS = {
    "CopySnapshot": snapshots.copy_snapshot,
    "CreateGlobalReplicationGroup": global_groups.create_global_replication_group,
    "CreateReplicationGroup": groups.create_replication_group,
    "CreateSnapshot": snapshots.create_snapshot,
    "DecreaseReplicaCount": changes.decrease_replica_count,
    "DeleteGlobalReplicationGroup": global_groups.delete_global_replication_group,
    "DeleteReplicationGroup": groups.delete_replication_group,
    "DeleteSnapshot": snapshots.delete_snapshot,
    "DescribeCacheClusters": nodes.describe_cache_clusters,
    "DescribeCacheParameters": parameters.describe_cache_parameters,
    "DescribeEvents": store.describe_events,
    "DescribeGlobalReplicationGroups": global_groups.describe_global_replication_groups,
    "DescribeReplicationGroups": groups.describe_replication_groups,
    "DescribeSnapshots": snapshots.describe_snapshots,
    "DisassociateGlobalReplicationGroup": global_groups.disassociate_global_replication_group,
    "FailoverGlobalReplicationGroup": global_groups.failover_global_replication_group,
    "IncreaseReplicaCount": changes.increase_replica_count,
    "ModifyGlobalReplicationGroup": global_groups.modify_global_replication_group,
    "ModifyReplicationGroup": changes.modify_replication_group,
    "ModifyReplicationGroupShardConfiguration": changes.modify_shard_configuration,
    "TestFailover": failover.test_failover,
}
# ministack's calls on one cluster, which are not for the nodes of a group here.
_OF_ONE_CLUSTER = frozenset({"DeleteCacheCluster", "ModifyCacheCluster", "RebootCacheCluster"})
_KEPT = {
    "replication_groups": store.groups, "clusters": store.nodes, "snapshots": store.snapshots,
    "tags": store.tags, "events": elasticache._events,
    "subnet_groups": elasticache._subnet_groups, "param_groups": elasticache._param_groups,
    "param_group_params": elasticache._param_group_params, "users": elasticache._users,
    "user_groups": elasticache._user_groups, "serverless_caches": elasticache._serverless_caches,
    "global_replication_groups": store.global_groups,
}


def _get_state() -> dict:
    return {name: copy.deepcopy(kept) for name, kept in _KEPT.items()}


def _load_persisted_state(state: dict) -> None:
    for name, kept in _KEPT.items():
        kept.update(state.get(name) or {})


def _requests(original):
    async def handle(method, path, headers, body, query_params):
        params = dict(query_params)
        params.update(parse_qs((body or b"").decode("utf-8", "replace")))
        name = (params.get("Action") or [""])[0]
        if name in OPERATIONS:
            elasticache._seed_default_param_groups()
            return query_protocol.answer("elasticache", name, OPERATIONS[name], params)
        if name in _OF_ONE_CLUSTER:
            node = store.nodes.get((params.get("CacheClusterId") or [""])[0].lower())
            if node is not None and "_Shard" in node:
                return elasticache._error(
                    "InvalidCacheClusterState",
                    "The cluster belongs to a replication group, by which it is changed.", 400)
        return await original(method, path, headers, body, query_params)
    return handle


def _reset(original):
    def reset():
        original()
        store.global_groups.clear()
    return reset


def _cluster_xml(original):
    """Without the member that AWS's answer has not."""
    def xml(cluster):
        return re.sub(r"<CacheClusterArn>.*?</CacheClusterArn>", "", original(cluster))
    return xml


def _flee() -> None:
    with agenda.lock:
        for account, region in {key[:2] for key in store.groups._data}:
            with request_scope(account, region):
                failover.flee_dark_zones()


def install() -> None:
    from . import cloudformation
    from .reported import series
    elasticache.handle_request = _requests(elasticache.handle_request)
    elasticache.get_state, elasticache.load_persisted_state = _get_state, _load_persisted_state
    elasticache._cluster_xml_inner = _cluster_xml(elasticache._cluster_xml_inner)
    elasticache.reset = _reset(elasticache.reset)
    darkness.on_zone_change(lambda zone, dark: _flee())
    metrics.provide(series)
    cloudformation.install()
