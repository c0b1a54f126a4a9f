"""Replication groups: made, described, deleted."""

import re
import time
import uuid

from ministack.services import elasticache

from ... import agenda
from ...offered import CACHE_ENGINE_VERSIONS, is_cache_node_type
from ...pace import pace
from ...query_protocol import takes
from ..rds.records import encryption
from . import global_groups, nodes, snapshots, store
from .log_delivery import configured
from .nodes import shown_group

_NAME = re.compile(r"[A-Za-z](?:-?[A-Za-z0-9]){0,39}")
# https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
_MOST_REPLICAS = 5
_MOST_NODES = 90
# What the API calls 7.1 the cluster shows as 7.1.0.
_PATCH = {"6.2": "6.2.6", "7.0": "7.0.7", "7.2": "7.2.6", "8.0": "8.0.1"}


@takes("AtRestEncryptionEnabled", "AuthToken", "AutoMinorVersionUpgrade",
       "AutomaticFailoverEnabled", "CacheNodeType", "CacheParameterGroupName",
       "CacheSubnetGroupName", "ClusterMode", "Engine", "EngineVersion",
       "GlobalReplicationGroupId", "IpDiscovery", "KmsKeyId", "LogDeliveryConfigurations",
       "MultiAZEnabled", "NetworkType",
       "NodeGroupConfiguration", "NumCacheClusters", "NumNodeGroups", "Port",
       "PreferredCacheClusterAZs", "PreferredMaintenanceWindow", "ReplicasPerNodeGroup",
       "ReplicationGroupDescription", "ReplicationGroupId", "SecurityGroupIds", "SnapshotName",
       "SnapshotRetentionLimit", "SnapshotWindow", "Tags", "TransitEncryptionEnabled",
       "TransitEncryptionMode", "UserGroupIds")
def create_replication_group(request: dict) -> dict:
    name = request["ReplicationGroupId"].lower()
    if not _NAME.fullmatch(name) or len(name) > 40:
        raise store.refusal("InvalidParameterValue",
                            "The parameter ReplicationGroupIdentifier is not a valid identifier. "
                            "Identifiers must begin with a letter, contain only ASCII letters, "
                            "digits and hyphens, not end with a hyphen or contain two in a row, "
                            "and have at most 40 characters.")
    if name in store.groups:
        raise store.refusal("ReplicationGroupAlreadyExists",
                            f"Replication group {name} already exists.")
    request = snapshots.with_restored(request)
    led = request.get("GlobalReplicationGroupId")
    if led:
        request = global_groups.with_followed(led, request)
    group = _new(name, request)
    shards, replicas = _size(group, request)
    _check(group, request, replicas)
    store.groups[name] = group
    store.tags[group["ARN"]] = request.get("Tags") or []
    _make_nodes(group, request, shards, replicas)
    if led:
        global_groups.join(led, group)
    agenda.later(pace.create_seconds("AWS::ElastiCache::ReplicationGroup"), created,
                 group=group["_Id"])
    return {"ReplicationGroup": shown_group(group)}


def _new(name: str, request: dict) -> dict:
    engine = request.get("Engine", "redis")
    version = check_version(engine, request.get("EngineVersion"))
    kind = request.get("CacheNodeType", "")
    if not is_cache_node_type(kind):
        raise store.refusal("InvalidParameterValue", f"Invalid Cache Node Type: {kind}")
    parameters = request.get("CacheParameterGroupName") or ""
    on = _cluster_mode(request, parameters)
    subnets = request.get("CacheSubnetGroupName") or "default"
    if subnets != "default" and subnets not in elasticache._subnet_groups:
        raise store.refusal("CacheSubnetGroupNotFoundFault",
                            f"Cache Subnet Group {subnets} does not exist.")
    if parameters and parameters not in elasticache._param_groups:
        raise store.refusal("CacheParameterGroupNotFound",
                            f"CacheParameterGroup {parameters} not found.")
    transit = request.get("TransitEncryptionEnabled", False)
    group = {
        "ReplicationGroupId": name, "ARN": store.arn("replicationgroup", name),
        "Description": request["ReplicationGroupDescription"], "Status": "creating",
        "PendingModifiedValues": {}, "CacheNodeType": kind, "Engine": engine,
        "ClusterEnabled": on, "ClusterMode": "enabled" if on else "disabled",
        "AutomaticFailover": _word(request.get("AutomaticFailoverEnabled", on)),
        "MultiAZ": _word(request.get("MultiAZEnabled", False)),
        "SnapshotRetentionLimit": request.get("SnapshotRetentionLimit", 0),
        "SnapshotWindow": request.get("SnapshotWindow", "05:00-06:00"),
        "AuthTokenEnabled": bool(request.get("AuthToken")), "TransitEncryptionEnabled": transit,
        "AtRestEncryptionEnabled": request.get("AtRestEncryptionEnabled", engine == "valkey"),
        "ReplicationGroupCreateTime": time.time(), "DataTiering": "disabled",
        "AutoMinorVersionUpgrade": request.get("AutoMinorVersionUpgrade", True),
        "NetworkType": request.get("NetworkType", "ipv4"),
        "IpDiscovery": request.get("IpDiscovery", "ipv4"),
        "LogDeliveryConfigurations": configured(request.get("LogDeliveryConfigurations") or []),
        "UserGroupIds": request.get("UserGroupIds") or [],
        "_Id": str(uuid.uuid4()), "_Port": request.get("Port", nodes.PORT), "_Version": version,
        "_FullVersion": full_version(version),
        "_SubnetGroup": subnets, "_AuthToken": request.get("AuthToken"),
        "_Window": request.get("PreferredMaintenanceWindow", "sun:05:00-sun:06:00"),
        "_ParameterGroup": parameters or elasticache._default_param_group_for_engine(
            engine, version, cluster_enabled=on),
        "_SecurityGroups": [{"SecurityGroupId": i, "Status": "active"}
                            for i in request.get("SecurityGroupIds") or []],
    }
    if transit:
        group["TransitEncryptionMode"] = request.get("TransitEncryptionMode", "required")
    if group["AuthTokenEnabled"]:
        group["AuthTokenLastModifiedDate"] = time.time()
    if request.get("KmsKeyId"):
        group["KmsKeyId"] = encryption(True, request["KmsKeyId"])["KmsKeyId"]
    return group


def full_version(version: str) -> str:
    return _PATCH.get(version, version if version.count(".") > 1 else f"{version}.0")


def _word(enabled: bool) -> str:
    return "enabled" if enabled else "disabled"


def check_version(engine: str, version: str | None) -> str:
    """The version as the API calls it; the newest if none is named."""
    offered = CACHE_ENGINE_VERSIONS.get(engine)
    if offered is None:
        raise store.refusal("InvalidParameterValue",
                            f"The engine {engine} cannot be that of a replication group.")
    if version is None:
        return offered[-1]
    if version in offered:
        return version
    if version == "6.x" and engine == "redis":
        return "6.2"
    raise store.refusal("InvalidParameterValue",
                        f"Invalid engine version {version} for {engine}")


def _cluster_mode(request: dict, parameters: str) -> bool:
    """Cluster mode is on by name, by several shards, or by the parameter group."""
    set_on = (elasticache._param_group_params.get(parameters) or {}).get("cluster-enabled") or {}
    return (request.get("ClusterMode") == "enabled" or request.get("NumNodeGroups", 1) > 1
            or len(request.get("NodeGroupConfiguration") or []) > 1
            or parameters.endswith(".cluster.on")
            or set_on.get("Value", set_on.get("ParameterValue")) == "yes")


def _size(group: dict, request: dict) -> tuple[int, int]:
    """Shards, and replicas of each."""
    shards = request.get("NumNodeGroups") or len(request.get("NodeGroupConfiguration") or []) or 1
    if "NumCacheClusters" in request:
        if group["ClusterEnabled"] or "ReplicasPerNodeGroup" in request:
            raise store.refusal("InvalidParameterCombination",
                                "NumCacheClusters is for one shard without cluster mode; use "
                                "NumNodeGroups and ReplicasPerNodeGroup.")
        replicas = request["NumCacheClusters"] - 1
    else:
        replicas = request.get("ReplicasPerNodeGroup", 1 if group["ClusterEnabled"] else 0)
    if shards < 1 or not 0 <= replicas <= _MOST_REPLICAS:
        raise store.refusal("InvalidParameterValue",
                            f"A shard has from 0 to {_MOST_REPLICAS} replicas, and a group at "
                            "least one shard.")
    if shards * (1 + replicas) > _MOST_NODES:
        raise store.refusal("NodeQuotaForClusterExceeded",
                            f"A replication group has at most {_MOST_NODES} nodes.")
    return shards, replicas


def _check(group: dict, request: dict, replicas: int) -> None:
    if group["ClusterEnabled"] and group["AutomaticFailover"] == "disabled":
        raise store.refusal("InvalidParameterCombination",
                            "Redis with cluster mode enabled cannot be created with auto failover "
                            "turned off.")
    check_failover(group, replicas)
    auth = request.get("AuthToken")
    if auth is not None and not group["TransitEncryptionEnabled"]:
        raise store.refusal("InvalidParameterCombination",
                            "The AUTH token is only supported when encryption-in-transit is "
                            "enabled.")
    if auth is not None and not re.fullmatch(r'[^/"@\s]{16,128}', auth):
        raise store.refusal("InvalidParameterValue",
                            "The AUTH token has 16 to 128 printable characters without space, /, "
                            "\" and @.")
    for user_group in group["UserGroupIds"]:
        if user_group not in elasticache._user_groups:
            raise store.refusal("UserGroupNotFound", f"User group {user_group} not found.")


def check_failover(group: dict, replicas: int) -> None:
    """https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html"""
    if group["AutomaticFailover"] == "enabled" and not group["ClusterEnabled"] and not replicas:
        raise store.refusal("InvalidParameterCombination",
                            "When using automatic failover, there must be at least 2 cache "
                            "clusters in the replication group.")
    if group["MultiAZ"] == "enabled" and (group["AutomaticFailover"] == "disabled"
                                          or not replicas):
        raise store.refusal("InvalidParameterCombination",
                            "Multi-AZ needs automatic failover and at least one replica in each "
                            "shard.")


def _make_nodes(group: dict, request: dict, shards: int, replicas: int) -> None:
    configured = request.get("NodeGroupConfiguration") or []
    wanted = list(request.get("PreferredCacheClusterAZs") or [])
    for number in range(1, shards + 1):
        shape = configured[number - 1] if number <= len(configured) else {}
        shard = shape.get("NodeGroupId") or f"{number:04d}"
        places = ([shape["PrimaryAvailabilityZone"]] if shape.get("PrimaryAvailabilityZone") else
                  []) + (shape.get("ReplicaAvailabilityZones") or []) or wanted
        members: list[dict] = []
        for index in range(1 + shape.get("ReplicaCount", replicas)):
            zone = places[index] if index < len(places) else nodes.next_zone(group, members)
            members.append(nodes.add(group, shard, "replica" if index else "primary", zone))


@agenda.task
def created(group: str) -> None:
    record = store.group_by_id(group)
    if record is None or record["Status"] != "creating":
        return
    record["Status"] = "available"
    for members in store.shards(record).values():
        for node in members:
            ready(node)
    store.event("replication-group", record["ReplicationGroupId"],
                f"Replication group {record['ReplicationGroupId']} created")
    global_groups.associated(record)
    if record["SnapshotRetentionLimit"]:
        snapshots.daily(group)


def ready(node: dict) -> None:
    if node["CacheClusterStatus"] == "creating":
        node["CacheClusterStatus"] = "available"
        store.event("cache-cluster", node["CacheClusterId"],
                    "Added cache node 0001 in availability zone "
                    f"{node['PreferredAvailabilityZone']}")
        store.event("cache-cluster", node["CacheClusterId"], "Cache cluster created")


def describe_replication_groups(request: dict) -> dict:
    name = request.get("ReplicationGroupId")
    found = [store.group(name)] if name else sorted(
        store.groups.values(), key=lambda g: g["ReplicationGroupId"])
    return {"ReplicationGroups": [shown_group(g) for g in found]}


def delete_replication_group(request: dict) -> dict:
    group = store.group(request["ReplicationGroupId"])
    store.require(group)
    if global_groups.of(group) is not None:
        raise store.refusal("InvalidReplicationGroupState",
                            f"Replication group {group['ReplicationGroupId']} belongs to a global "
                            "datastore; disassociate it first.")
    if request.get("RetainPrimaryCluster"):
        raise store.refusal("InvalidParameterCombination",
                            "Keeping the primary cluster is not emulated.")
    if request.get("FinalSnapshotIdentifier"):
        snapshots.take(group, request["FinalSnapshotIdentifier"])
    remove(group)
    return {"ReplicationGroup": shown_group(group)}


def remove(group: dict) -> None:
    group["Status"] = "deleting"
    for members in store.shards(group).values():
        for node in members:
            node["CacheClusterStatus"] = "deleting"
    agenda.later(pace.delete_seconds("AWS::ElastiCache::ReplicationGroup"), deleted,
                 group=group["_Id"])


@agenda.task
def deleted(group: str) -> None:
    record = store.group_by_id(group)
    if record is None or record["Status"] != "deleting":
        return
    for members in store.shards(record).values():
        for node in members:
            nodes.drop(node)
    store.groups.pop(record["ReplicationGroupId"])
    store.tags.pop(record["ARN"], None)
    store.event("replication-group", record["ReplicationGroupId"],
                f"Replication group {record['ReplicationGroupId']} deleted")
