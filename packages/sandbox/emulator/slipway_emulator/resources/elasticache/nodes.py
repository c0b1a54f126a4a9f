"""The nodes of a replication group, and how group and nodes are shown."""

import time

from ministack.core.responses import get_region
from ministack.services import elasticache

from ... import darkness
from . import store

PORT = 6379
_SLOTS = 16384
# What CacheClusters say that their group does not.
_OF_GROUP = (
    "CacheNodeType", "Engine", "AutoMinorVersionUpgrade", "SnapshotRetentionLimit",
    "SnapshotWindow", "AuthTokenEnabled", "AuthTokenLastModifiedDate", "TransitEncryptionEnabled",
    "TransitEncryptionMode", "AtRestEncryptionEnabled", "NetworkType", "IpDiscovery",
    "LogDeliveryConfigurations")


def add(group: dict, shard: str, role: str, zone: str) -> dict:
    """A node of the shard, under the lowest number that is free."""
    name, number = "", 0
    while not name or name in store.nodes:
        number += 1
        part = f"{shard}-{number:03d}" if group["ClusterEnabled"] else f"{number:03d}"
        name = f"{group['ReplicationGroupId']}-{part}"
    node = {"CacheClusterId": name, "ReplicationGroupId": group["ReplicationGroupId"],
            "CacheClusterStatus": "creating", "CacheClusterCreateTime": time.time(),
            "PreferredAvailabilityZone": zone, "NumCacheNodes": 1, "PendingModifiedValues": {},
            "_Shard": shard, "_Role": role, "ARN": store.arn("cluster", name)}
    store.nodes[name] = node
    return node


def drop(node: dict) -> None:
    store.nodes.pop(node["CacheClusterId"])
    store.tags.pop(node["ARN"], None)
    store.event("cache-cluster", node["CacheClusterId"], "Cache cluster deleted")


def zones(subnet_group: str) -> list[str]:
    """The zones of the subnet group, those with light first."""
    group = elasticache._subnet_groups.get(subnet_group)
    found = sorted({s["SubnetAvailabilityZone"]["Name"] for s in group["Subnets"]} if group else
                   {f"{get_region()}{letter}" for letter in "abc"})
    return sorted(found, key=darkness.is_zone_dark)


def next_zone(group: dict, members: list[dict]) -> str:
    """The zone with the fewest nodes of the shard, then with the fewest primaries of the group."""
    taken = [n["PreferredAvailabilityZone"] for n in members]
    all_taken = [n["PreferredAvailabilityZone"] for shard in store.shards(group).values()
                 for n in shard if n["_Role"] == "primary"]
    return min(zones(group["_SubnetGroup"]), key=lambda z: (
        darkness.is_zone_dark(z), taken.count(z), all_taken.count(z)))


def host(group: dict, kind: str) -> dict:
    """An endpoint. ``kind``: master, replica or clustercfg, or the name of a node."""
    name, token = group["ReplicationGroupId"], store.token()
    end = f"{store.short_region()}.cache.amazonaws.com"
    if group["TransitEncryptionEnabled"]:
        address = f"{kind}.{name}.{token}.{end}"
    elif kind == "clustercfg":
        address = f"{name}.{token}.clustercfg.{end}"
    elif kind == "master":
        address = f"{name}.{token}.ng.0001.{end}"
    elif kind == "replica":
        address = f"{name}-ro.{token}.ng.0001.{end}"
    else:
        address = f"{kind}.{token}.0001.{end}"
    return {"Address": address, "Port": group["_Port"]}


def shown_group(group: dict) -> dict:
    """As ``DescribeReplicationGroups`` shows it. With cluster mode on, it tells neither endpoints
    nor roles of single nodes: clients ask the cluster itself."""
    shards = store.shards(group)
    on, creating = group["ClusterEnabled"], group["Status"] == "creating"
    view = {**group, "MemberClusters": [n["CacheClusterId"] for m in shards.values() for n in m]}
    if on and not creating:
        view["ConfigurationEndpoint"] = host(group, "clustercfg")
    view["NodeGroups"] = [_shown_shard(group, shard, members, index, len(shards))
                          for index, (shard, members) in enumerate(shards.items())]
    joined = next((g for g in store.global_groups.values() if member_of(g, group)), None)
    if joined is not None:
        view["GlobalReplicationGroupInfo"] = {
            "GlobalReplicationGroupId": joined["GlobalReplicationGroupId"],
            "GlobalReplicationGroupMemberRole": member_of(joined, group)["Role"]}
    return view


def member_of(global_group: dict, group: dict) -> dict | None:
    region = group["ARN"].split(":")[3]
    return next((m for m in global_group["Members"]
                 if (m["ReplicationGroupId"], m["ReplicationGroupRegion"])
                 == (group["ReplicationGroupId"], region)), None)


def slots(index: int, count: int) -> str:
    return f"{_SLOTS * index // count}-{_SLOTS * (index + 1) // count - 1}"


def _shown_shard(group: dict, shard: str, members: list[dict], index: int, count: int) -> dict:
    on = group["ClusterEnabled"]
    view = {"NodeGroupId": shard,
            "Status": "available" if group["Status"] == "snapshotting" else group["Status"]}
    if on:
        view["Slots"] = slots(index, count)
    elif group["Status"] != "creating":
        view["PrimaryEndpoint"] = host(group, "master")
        view["ReaderEndpoint"] = host(group, "replica")
    view["NodeGroupMembers"] = [{
        "CacheClusterId": n["CacheClusterId"], "CacheNodeId": "0001",
        "PreferredAvailabilityZone": n["PreferredAvailabilityZone"],
        **({} if on else {"CurrentRole": n["_Role"],
                          "ReadEndpoint": host(group, n["CacheClusterId"])}),
    } for n in members]
    return view


def shown_node(node: dict, with_nodes: bool) -> dict:
    """As ``DescribeCacheClusters`` shows it; ministack's own stand alone."""
    if "_Shard" not in node:
        view = {**node, "ARN": node["CacheClusterArn"]}
        if not with_nodes:
            view.pop("CacheNodes", None)
        return view
    group = store.groups[node["ReplicationGroupId"]]
    view = {**{n: group[n] for n in _OF_GROUP if n in group}, **node,
            "EngineVersion": group["_FullVersion"], "CacheSubnetGroupName": group["_SubnetGroup"],
            "PreferredMaintenanceWindow": group["_Window"], "CacheSecurityGroups": [],
            "SecurityGroups": group["_SecurityGroups"], "CacheParameterGroup": {
                "CacheParameterGroupName": group["_ParameterGroup"],
                "ParameterApplyStatus": "in-sync", "CacheNodeIdsToReboot": []}}
    if with_nodes and node["CacheClusterStatus"] != "creating":
        view["CacheNodes"] = [{
            "CacheNodeId": "0001", "CacheNodeStatus": "available",
            "CacheNodeCreateTime": node["CacheClusterCreateTime"],
            "Endpoint": host(group, node["CacheClusterId"]), "ParameterGroupStatus": "in-sync",
            "CustomerAvailabilityZone": node["PreferredAvailabilityZone"]}]
    return view


def describe_cache_clusters(request: dict) -> dict:
    name = request.get("CacheClusterId")
    if name:
        if name.lower() not in store.nodes:
            raise store.refusal("CacheClusterNotFound", f"CacheCluster {name} not found.")
        found = [store.nodes[name.lower()]]
    else:
        found = sorted(store.nodes.values(), key=lambda n: n["CacheClusterId"])
    if request.get("ShowCacheClustersNotInReplicationGroups"):
        found = [n for n in found if not n.get("ReplicationGroupId")]
    return {"CacheClusters": [shown_node(n, request.get("ShowCacheNodeInfo", False))
                              for n in found]}
