"""Snapshots of replication groups: taken, copied, listed, deleted, restored from."""

import time

from ... import agenda
from ...errors import ResourceError
from ...pace import pace
from . import store

_OF_GROUP = ("AutoMinorVersionUpgrade", "AutomaticFailover", "CacheNodeType", "DataTiering",
             "Engine", "KmsKeyId", "ReplicationGroupId", "SnapshotRetentionLimit",
             "SnapshotWindow")


def _find(name: str) -> dict:
    found = store.snapshots.get(name.lower())
    if found is None:
        raise store.refusal("SnapshotNotFoundFault", f"Snapshot {name} not found.")
    return found


def create_snapshot(request: dict) -> dict:
    wanted, node = request.get("ReplicationGroupId"), request.get("CacheClusterId")
    if bool(wanted) == bool(node):
        raise store.refusal("InvalidParameterCombination",
                            "Specify either ReplicationGroupId or CacheClusterId.")
    if node:
        record = store.nodes.get(node.lower())
        if record is None:
            raise store.refusal("CacheClusterNotFound", f"CacheCluster {node} not found.")
        if "_Shard" not in record:
            raise ResourceError("ElastiCache", "NotImplemented",
                                "Snapshots of single clusters are not emulated.", 501)
        wanted = record["ReplicationGroupId"]
    group = store.group(wanted)
    store.require(group)
    group["Status"] = "snapshotting"
    return {"Snapshot": shown(take(group, request["SnapshotName"], request.get("Tags")))}


def take(group: dict, name: str, tags: list | None = None, source: str = "manual") -> dict:
    if name.lower() in store.snapshots:
        raise store.refusal("SnapshotAlreadyExistsFault", f"Snapshot {name} already exists.")
    shards = store.shards(group)
    first = next(iter(shards.values()))
    snapshot = {
        **{n: group[n] for n in _OF_GROUP if n in group},
        "SnapshotName": name.lower(), "ARN": store.arn("snapshot", name.lower()),
        "SnapshotStatus": "creating", "SnapshotSource": source,
        "ReplicationGroupDescription": group["Description"],
        "EngineVersion": group["_FullVersion"], "Port": group["_Port"],
        "CacheParameterGroupName": group["_ParameterGroup"],
        "CacheSubnetGroupName": group["_SubnetGroup"], "NumNodeGroups": len(shards),
        "PreferredMaintenanceWindow": group["_Window"],
        "_Version": group["_Version"], "_ClusterEnabled": group["ClusterEnabled"],
        "_Replicas": len(first) - 1,
        "NodeSnapshots": [{
            "CacheClusterId": members[-1]["CacheClusterId"], "NodeGroupId": shard,
            "CacheNodeId": "0001", "CacheSize": "0 MB", "SnapshotCreateTime": time.time(),
            "CacheNodeCreateTime": members[-1]["CacheClusterCreateTime"],
        } for shard, members in shards.items()],
    }
    store.snapshots[snapshot["SnapshotName"]] = snapshot
    store.tags[snapshot["ARN"]] = tags or []
    agenda.later(pace.action_seconds("elasticache.snapshot"), taken,
                 name=snapshot["SnapshotName"], group=group["_Id"])
    return snapshot


@agenda.task
def taken(name: str, group: str) -> None:
    snapshot, record = store.snapshots.get(name), store.group_by_id(group)
    if snapshot is not None:
        snapshot["SnapshotStatus"] = "available"
    if record is not None and record["Status"] == "snapshotting":
        record["Status"] = "available"
        store.event("replication-group", record["ReplicationGroupId"],
                    f"Snapshot succeeded for snapshot with ID '{name}' of replication group with "
                    f"ID '{record['ReplicationGroupId']}'")


@agenda.task
def daily(group: str) -> None:
    """Automatic snapshots, for as many days as the group keeps them; then again tomorrow."""
    record = store.group_by_id(group)
    if record is None:
        return
    if record["SnapshotRetentionLimit"] and record["Status"] == "available":
        stamp = time.strftime("%Y-%m-%d-%H-%M-%S", time.gmtime())
        take(record, f"automatic.{record['ReplicationGroupId']}-{stamp}", source="automated")
    oldest = time.time() - record["SnapshotRetentionLimit"] * 86400
    for snapshot in store.snapshots.values():
        if (snapshot["SnapshotSource"] == "automated"
                and snapshot["ReplicationGroupId"] == record["ReplicationGroupId"]
                and snapshot["NodeSnapshots"][0]["SnapshotCreateTime"] < oldest):
            store.snapshots.pop(snapshot["SnapshotName"])
    agenda.later(86400, daily, group=group)


def shown(snapshot: dict, with_shape: bool = False) -> dict:
    if not with_shape:
        return snapshot
    return {**snapshot, "NodeSnapshots": [
        {**n, "NodeGroupConfiguration": {"NodeGroupId": n["NodeGroupId"],
                                         "ReplicaCount": snapshot["_Replicas"]}}
        for n in snapshot["NodeSnapshots"]]}


def describe_snapshots(request: dict) -> dict:
    if request.get("SnapshotName"):
        found = [_find(request["SnapshotName"])]
    else:
        found = sorted(store.snapshots.values(), key=lambda s: s["SnapshotName"])
    group, source = request.get("ReplicationGroupId"), request.get("SnapshotSource")
    source = {"system": "automated", "user": "manual"}.get(source, source)
    return {"Snapshots": [
        shown(s, request.get("ShowNodeGroupConfig", False)) for s in found
        if group in (None, s["ReplicationGroupId"]) and source in (None, s["SnapshotSource"])]}


def copy_snapshot(request: dict) -> dict:
    source, name = _find(request["SourceSnapshotName"]), request["TargetSnapshotName"].lower()
    if request.get("TargetBucket"):
        raise ResourceError("ElastiCache", "NotImplemented",
                            "Exporting a snapshot to a bucket is not emulated.", 501)
    _require_available(source)
    if name in store.snapshots:
        raise store.refusal("SnapshotAlreadyExistsFault", f"Snapshot {name} already exists.")
    snapshot = {**source, "SnapshotName": name, "SnapshotStatus": "copying",
                "SnapshotSource": "manual", "ARN": store.arn("snapshot", name)}
    store.snapshots[name] = snapshot
    store.tags[snapshot["ARN"]] = request.get("Tags") or []
    agenda.later(pace.action_seconds("elasticache.snapshot"), taken, name=name, group="")
    return {"Snapshot": snapshot}


def _require_available(snapshot: dict) -> None:
    if snapshot["SnapshotStatus"] != "available":
        raise store.refusal("InvalidSnapshotState",
                            f"Snapshot {snapshot['SnapshotName']} is "
                            f"{snapshot['SnapshotStatus']}.")


def delete_snapshot(request: dict) -> dict:
    snapshot = _find(request["SnapshotName"])
    _require_available(snapshot)
    store.snapshots.pop(snapshot["SnapshotName"])
    store.tags.pop(snapshot["ARN"], None)
    return {"Snapshot": {**snapshot, "SnapshotStatus": "deleting"}}


def with_restored(request: dict) -> dict:
    """The request of a new group, with what a snapshot brings along."""
    if not request.get("SnapshotName"):
        return request
    snapshot = _find(request["SnapshotName"])
    _require_available(snapshot)
    brought = {"CacheNodeType": snapshot["CacheNodeType"], "Engine": snapshot["Engine"],
               "EngineVersion": snapshot["_Version"], "Port": snapshot["Port"],
               "CacheSubnetGroupName": snapshot["CacheSubnetGroupName"]}
    if snapshot["_ClusterEnabled"]:
        brought.update(ClusterMode="enabled", NumNodeGroups=snapshot["NumNodeGroups"],
                       ReplicasPerNodeGroup=snapshot["_Replicas"])
    return {**brought, **request}
