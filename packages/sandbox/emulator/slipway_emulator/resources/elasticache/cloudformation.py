"""ElastiCache through CloudFormation: the properties of a template become requests of the API."""

import secrets

from ministack.services.cloudformation import provisioners

from ... import agenda, query_protocol
from ...errors import ResourceError
from ...statuses import AT_WORK
from ..handler import extend, physical_name, register
from . import changes, global_groups, groups, nodes, snapshots, store

_GROUP = "AWS::ElastiCache::ReplicationGroup"
_GLOBAL = "AWS::ElastiCache::GlobalReplicationGroup"


def _call(name: str, operation, properties: dict) -> dict:
    with agenda.lock:
        agenda.run_due()
        return operation(query_protocol.coerced("elasticache", name, properties))


def _attributes(name: str) -> dict:
    group = store.groups[name]
    if group["ClusterEnabled"]:
        point = nodes.host(group, "clustercfg")
        return {"ConfigurationEndPoint.Address": point["Address"],
                "ConfigurationEndPoint.Port": str(point["Port"]), "ReplicationGroupId": name}
    primary, reader = nodes.host(group, "master"), nodes.host(group, "replica")
    reads = [nodes.host(group, n["CacheClusterId"]) for m in store.shards(group).values()
             for n in m]
    return {"PrimaryEndPoint.Address": primary["Address"],
            "PrimaryEndPoint.Port": str(primary["Port"]),
            "ReaderEndPoint.Address": reader["Address"],
            "ReaderEndPoint.Port": str(reader["Port"]),
            "ReadEndPoint.Addresses.List": [r["Address"] for r in reads],
            "ReadEndPoint.Ports.List": [str(r["Port"]) for r in reads],
            "ReadEndPoint.Addresses": ", ".join(r["Address"] for r in reads),
            "ReadEndPoint.Ports": ", ".join(str(r["Port"]) for r in reads),
            "ReplicationGroupId": name}


def _create_group(logical_id, properties, stack_name):
    name = (properties.get("ReplicationGroupId")
            or physical_name(stack_name, logical_id, max_len=40)).lower()
    _call("CreateReplicationGroup", groups.create_replication_group,
          {**properties, "ReplicationGroupId": name})
    return name, _attributes(name)


def _update_group(physical_id, old, new, stack_name, logical_id=None):
    group = store.groups[physical_id]
    changed = {n: v for n, v in new.items() if v != old.get(n)}
    store.tags[group["ARN"]] = changed.pop("Tags", store.tags.get(group["ARN"]) or [])
    sizes = {n: int(changed.pop(n)) for n in ("NumNodeGroups", "ReplicasPerNodeGroup",
                                              "NumCacheClusters") if n in changed}
    replicas = sizes.get("ReplicasPerNodeGroup", sizes.get("NumCacheClusters", 0) - 1)
    # One after the other, each when the one before is done.
    steps = []
    if changed:
        steps.append(["ModifyReplicationGroup", changed])
    if "NumNodeGroups" in sizes:
        count, shards = sizes["NumNodeGroups"], list(store.shards(group))
        steps.append(["ModifyReplicationGroupShardConfiguration",
                      {"NodeGroupCount": count, "NodeGroupsToRetain": shards[:count]}])
    if replicas >= 0:
        fewest = min(len(m) for m in store.shards(group).values()) - 1
        steps.append(["IncreaseReplicaCount" if replicas > fewest else "DecreaseReplicaCount",
                      {"NewReplicaCount": replicas}])
    group["_Steps"] = steps
    _step(group)
    return physical_id, _attributes(physical_id)


_CHANGES = {"ModifyReplicationGroup": changes.modify_replication_group,
            "ModifyReplicationGroupShardConfiguration": changes.modify_shard_configuration,
            "IncreaseReplicaCount": changes.increase_replica_count,
            "DecreaseReplicaCount": changes.decrease_replica_count}


def _step(group: dict) -> None:
    if group.get("_Steps"):
        name, request = group["_Steps"].pop(0)
        _call(name, _CHANGES[name], {**request, "ApplyImmediately": True,
                                     "ReplicationGroupId": group["ReplicationGroupId"]})


def _at_work(physical_id: str) -> bool:
    agenda.run_due()
    group = store.groups.get(physical_id)
    if group is not None and group["Status"] == "available":
        _step(group)
    return group is not None and group["Status"] != "available"


def _delete_group(physical_id, properties):
    group = store.groups.get(physical_id)
    if group is not None and group["Status"] != "deleting":
        _call("DeleteReplicationGroup", groups.delete_replication_group,
              {"ReplicationGroupId": physical_id})


def _snapshot_group(physical_id, properties):
    group = store.groups.get(physical_id)
    if group is not None:
        snapshots.take(group, f"{physical_id}-snapshot-{secrets.token_hex(6)}")


def _create_global(logical_id, properties, stack_name):
    members = properties["Members"]
    if [m.get("Role") for m in members] != ["PRIMARY"]:
        raise ResourceError("ElastiCache", "NotImplemented",
                            "A template's global datastore begins with its primary alone; the "
                            "others name it as their GlobalReplicationGroupId.", 501)
    suffix = (properties.get("GlobalReplicationGroupIdSuffix")
              or physical_name(stack_name, logical_id, max_len=35)).lower()
    record = _call("CreateGlobalReplicationGroup", global_groups.create_global_replication_group, {
        **properties, "GlobalReplicationGroupIdSuffix": suffix,
        "PrimaryReplicationGroupId": members[0]["ReplicationGroupId"]})["GlobalReplicationGroup"]
    name = record["GlobalReplicationGroupId"]
    return name, {"GlobalReplicationGroupId": name, "Status": record["Status"]}


def _update_global(physical_id, old, new, stack_name, logical_id=None):
    changed = {n: v for n, v in new.items() if v != old.get(n)}
    record = _call("ModifyGlobalReplicationGroup", global_groups.modify_global_replication_group, {
        **changed, "GlobalReplicationGroupId": physical_id, "ApplyImmediately": True})
    return physical_id, {"GlobalReplicationGroupId": physical_id,
                         "Status": record["GlobalReplicationGroup"]["Status"]}


def _global_at_work(physical_id: str) -> bool:
    agenda.run_due()
    record = store.global_groups.get(physical_id)
    if record is not None and record.get("_Going"):
        _take_apart(record)
    return physical_id in store.global_groups and (
        record.get("_Going", False) or record["Status"] not in ("available", "primary-only"))


def _delete_global(physical_id, properties):
    """CloudFormation parts with the secondaries first: its handler's permissions are those of
    DisassociateGlobalReplicationGroup and DeleteGlobalReplicationGroup."""
    record = store.global_groups.get(physical_id)
    if record is not None:
        record["_Going"] = True
        _take_apart(record)


def _take_apart(record: dict) -> None:
    """One step, if the datastore is not in the middle of another."""
    if record["Status"] not in ("available", "primary-only"):
        return
    name = {"GlobalReplicationGroupId": record["GlobalReplicationGroupId"]}
    secondary = next((m for m in record["Members"] if m["Role"] == "SECONDARY"), None)
    if secondary is None:
        _call("DeleteGlobalReplicationGroup", global_groups.delete_global_replication_group, {
            **name, "RetainPrimaryReplicationGroup": True})
    else:
        _call("DisassociateGlobalReplicationGroup",
              global_groups.disassociate_global_replication_group, {
                  **name, "ReplicationGroupId": secondary["ReplicationGroupId"],
                  "ReplicationGroupRegion": secondary["ReplicationGroupRegion"]})


def install() -> None:
    register(_GROUP, _create_group, _delete_group, _update_group)
    extend(_GROUP, snapshot=lambda _: _snapshot_group)
    register(_GLOBAL, _create_global, _delete_global, _update_global)
    AT_WORK.update({_GROUP: _at_work, _GLOBAL: _global_at_work})
    for kind in ("ParameterGroup", "ReplicationGroup", "SubnetGroup"):
        provisioners._STACK_TAG_PROPERTY.setdefault(f"AWS::ElastiCache::{kind}", ("Tags", "list"))
