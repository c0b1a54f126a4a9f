"""RDS and Aurora: instances, replicas, clusters and global databases that move as AWS's do."""

import copy
from functools import partial

from ministack.services import rds

from ... import darkness, metrics, query_protocol
from . import (changes, cluster_failover, cluster_stops, clusters, global_clusters, global_failover,
               instances, replicas, restores, snapshots, store, tagging)

OPERATIONS = {
    **snapshots.OPERATIONS,
    "AddTagsToResource": tagging.add_tags_to_resource,
    "CreateDBCluster": clusters.create_db_cluster,
    "CreateDBInstance": instances.create_db_instance,
    "CreateDBInstanceReadReplica": replicas.create_db_instance_read_replica,
    "CreateGlobalCluster": global_clusters.create_global_cluster,
    "DeleteDBCluster": clusters.delete_db_cluster,
    "DeleteDBInstance": instances.delete_db_instance,
    "DeleteGlobalCluster": global_clusters.delete_global_cluster,
    "DescribeDBClusters": clusters.describe_db_clusters,
    "DescribeDBInstanceAutomatedBackups": restores.describe_db_instance_automated_backups,
    "DescribeDBInstances": instances.describe_db_instances,
    "DescribeEvents": tagging.describe_events,
    "DescribeGlobalClusters": global_clusters.describe_global_clusters,
    "FailoverDBCluster": cluster_failover.failover_db_cluster,
    "FailoverGlobalCluster": global_failover.failover_global_cluster,
    "ListTagsForResource": tagging.list_tags_for_resource,
    "ModifyDBCluster": clusters.modify_db_cluster,
    "ModifyDBInstance": changes.modify_db_instance,
    "ModifyGlobalCluster": global_clusters.modify_global_cluster,
    "PromoteReadReplica": replicas.promote_read_replica,
    "RebootDBInstance": changes.reboot_db_instance,
    "RemoveFromGlobalCluster": global_clusters.remove_from_global_cluster,
    "RemoveTagsFromResource": tagging.remove_tags_from_resource,
    "RestoreDBClusterFromSnapshot": restores.restore_db_cluster_from_snapshot,
    "RestoreDBClusterToPointInTime": restores.restore_db_cluster_to_point_in_time,
    "RestoreDBInstanceFromDBSnapshot": restores.restore_db_instance_from_db_snapshot,
    "RestoreDBInstanceToPointInTime": restores.restore_db_instance_to_point_in_time,
    "StartDBCluster": cluster_stops.start_db_cluster,
    "StartDBInstance": changes.start_db_instance,
    "StopDBCluster": cluster_stops.stop_db_cluster,
    "StopDBInstance": changes.stop_db_instance,
    "SwitchoverGlobalCluster": global_failover.switchover_global_cluster,
}
# ministack's own stores, saved and loaded as they are: it would start containers for them.
_KEPT = {"instances": rds._instances, "events": rds._events, "clusters": rds._clusters,
         "subnet_groups": rds._subnet_groups, "param_groups": rds._param_groups,
         "snapshots": rds._snapshots, "db_cluster_param_groups": rds._db_cluster_param_groups,
         "db_cluster_snapshots": rds._db_cluster_snapshots, "option_groups": rds._option_groups,
         "db_proxies": rds._db_proxies, "db_proxy_endpoints": rds._db_proxy_endpoints,
         "global_clusters": rds._global_clusters, "tags": rds._tags}


def _get_state() -> dict:
    return {name: copy.deepcopy(kept) for name, kept in _KEPT.items()}


def _load_persisted_state(state: dict) -> None:
    for name, kept in _KEPT.items():
        kept.update(state.get(name) or {})


def install() -> None:
    from . import cloudformation
    from .reported import series
    for name, operation in OPERATIONS.items():
        rds._ACTION_MAP[name] = partial(query_protocol.answer, "rds", name, operation)
    rds.get_state, rds.load_persisted_state = _get_state, _load_persisted_state
    darkness.on_zone_change(lambda zone, dark: _flee())
    metrics.provide(series)
    cloudformation.install()


def _flee() -> None:
    from ministack.core.responses import request_scope
    from ... import agenda
    with agenda.lock:
        scopes = {key[:2] for kept in (store.instances, store.clusters) for key in kept._data}
        for account, region in scopes:
            with request_scope(account, region):
                changes.flee_dark_zones()
                cluster_failover.flee_dark_zones()
