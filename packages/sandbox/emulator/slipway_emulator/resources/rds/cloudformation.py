"""RDS through CloudFormation: the properties of a template become the requests of the API."""

import secrets

from ministack.services.cloudformation import provisioners

from ... import agenda, query_protocol
from ...errors import ResourceError
from ...statuses import AT_WORK
from ..handler import extend, physical_name, register
from . import (changes, clusters, global_clusters, instances, replicas, restores, snapshots, store,
               tagging)

_RENAMED = {"VPCSecurityGroups": "VpcSecurityGroupIds"}


# Those that CloudFormation itself heeds, or that say what is so anyway.
_OF_THE_STACK = frozenset({"AllowMajorVersionUpgrade", "ApplyImmediately", "DeleteAutomatedBackups",
                           "MasterUserSecret", "SourceRegion", "UseDefaultProcessorFeatures"})


def _refuse_others(name: str, properties: dict) -> None:
    known = query_protocol.members("rds", name) | set(_RENAMED) | _OF_THE_STACK
    others = sorted(set(properties) - known)
    if others:
        raise ResourceError("Rds", "NotImplemented", f"{', '.join(others)}: not emulated.", 501)


def _call(name: str, operation, properties: dict) -> dict:
    request = {_RENAMED.get(n, n): v for n, v in properties.items()}
    secret = (properties.get("MasterUserSecret") or {}).get("KmsKeyId")
    if secret:
        request["MasterUserSecretKmsKeyId"] = secret
    with agenda.lock:
        agenda.run_due()
        return operation(query_protocol.coerced("rds", name, request))


def _instance_attributes(name: str) -> dict:
    record = store.instances[name]
    return {"Endpoint.Address": record["Endpoint"]["Address"],
            "Endpoint.Port": str(record["Endpoint"]["Port"]),
            "Endpoint.HostedZoneId": record["Endpoint"]["HostedZoneId"],
            "DBInstanceArn": record["DBInstanceArn"], "DbiResourceId": record["DbiResourceId"],
            "MasterUserSecret.SecretArn": (record.get("MasterUserSecret") or {}).get(
                "SecretArn", "")}


def _create_instance(logical_id, properties, stack_name):
    name = (properties.get("DBInstanceIdentifier")
            or physical_name(stack_name, logical_id, max_len=63)).lower()
    properties = {**properties, "DBInstanceIdentifier": name}
    if properties.get("SourceDBInstanceIdentifier"):
        _call("CreateDBInstanceReadReplica", replicas.create_db_instance_read_replica, properties)
    elif properties.get("DBSnapshotIdentifier"):
        _call("RestoreDBInstanceFromDBSnapshot", restores.restore_db_instance_from_db_snapshot,
              properties)
    else:
        _refuse_others("CreateDBInstance", properties)
        _call("CreateDBInstance", instances.create_db_instance, properties)
    return name, _instance_attributes(name)


def _update_instance(physical_id, old, new, stack_name, logical_id=None):
    record = store.instances[physical_id]
    if old.get("SourceDBInstanceIdentifier") and not new.get("SourceDBInstanceIdentifier"):
        _call("PromoteReadReplica", replicas.promote_read_replica,
              {**new, "DBInstanceIdentifier": physical_id})
        return physical_id, _instance_attributes(physical_id)
    changed = _changed(old, new)
    if "Port" in changed:
        changed["DBPortNumber"] = changed.pop("Port")
    if "EnableCloudwatchLogsExports" in changed:
        record["EnabledCloudwatchLogsExports"] = changed["EnableCloudwatchLogsExports"] or []
    _sync_tags(record["DBInstanceArn"], old, new)
    _call("ModifyDBInstance", changes.modify_db_instance, {
        **changed, "DBInstanceIdentifier": physical_id, "ApplyImmediately": True})
    return physical_id, _instance_attributes(physical_id)


def _changed(old: dict, new: dict) -> dict:
    """What the new template says otherwise. What it no longer says keeps its value, as on AWS."""
    return {n: v for n, v in new.items() if v != old.get(n) and n != "Tags"}


def _sync_tags(arn: str, old: dict, new: dict) -> None:
    gone = {t["Key"] for t in old.get("Tags") or []} - {t["Key"] for t in new.get("Tags") or []}
    tagging.remove_tags_from_resource({"ResourceName": arn, "TagKeys": gone})
    tagging.add_tags_to_resource({"ResourceName": arn, "Tags": new.get("Tags") or []})


def _delete_instance(physical_id, properties):
    record = store.instances.get(physical_id)
    if record is None or record["DBInstanceStatus"] == "deleting":
        return
    _call("DeleteDBInstance", instances.delete_db_instance, {
        "DBInstanceIdentifier": physical_id, "SkipFinalSnapshot": True})


def _snapshot(records):
    def snapshot(physical_id, properties):
        record = records.get(physical_id)
        member = record is not None and "DBInstanceArn" in record and record.get(
            "DBClusterIdentifier")
        if record is not None and not member:
            snapshots.take(record, f"{physical_id}-snapshot-{secrets.token_hex(6)}")
    return snapshot


def _instance_at_work(physical_id: str) -> bool:
    agenda.run_due()
    record = store.instances.get(physical_id)
    return record is not None and (
        record["DBInstanceStatus"] not in ("available", "stopped") or "_Changing" in record)


def _cluster_attributes(name: str) -> dict:
    record = store.clusters[name]
    return {"Endpoint.Address": record["Endpoint"], "Endpoint.Port": str(record["Port"]),
            "ReadEndpoint.Address": record["ReaderEndpoint"],
            "DBClusterArn": record["DBClusterArn"],
            "DBClusterResourceId": record["DbClusterResourceId"],
            "MasterUserSecret.SecretArn": (record.get("MasterUserSecret") or {}).get(
                "SecretArn", "")}


def _create_cluster(logical_id, properties, stack_name):
    name = (properties.get("DBClusterIdentifier")
            or physical_name(stack_name, logical_id, max_len=63)).lower()
    properties = {**properties, "DBClusterIdentifier": name}
    if properties.get("SnapshotIdentifier"):
        _call("RestoreDBClusterFromSnapshot", restores.restore_db_cluster_from_snapshot,
              properties)
    elif properties.get("SourceDBClusterIdentifier"):
        _call("RestoreDBClusterToPointInTime", restores.restore_db_cluster_to_point_in_time,
              {"UseLatestRestorableTime": True, **properties})
    else:
        _refuse_others("CreateDBCluster", properties)
        _call("CreateDBCluster", clusters.create_db_cluster, properties)
    return name, _cluster_attributes(name)


def _update_cluster(physical_id, old, new, stack_name, logical_id=None):
    record, changed = store.clusters[physical_id], _changed(old, new)
    if "EnableCloudwatchLogsExports" in changed:
        record["EnabledCloudwatchLogsExports"] = changed["EnableCloudwatchLogsExports"] or []
    _sync_tags(record["DBClusterArn"], old, new)
    if "GlobalClusterIdentifier" in changed:
        raise ResourceError("Rds", "InvalidParameterCombination",
                            "A DB cluster joins a global cluster when it is created.")
    if old.get("GlobalClusterIdentifier") and not new.get("GlobalClusterIdentifier"):
        _call("RemoveFromGlobalCluster", global_clusters.remove_from_global_cluster, {
            "GlobalClusterIdentifier": old["GlobalClusterIdentifier"],
            "DbClusterIdentifier": record["DBClusterArn"]})
    else:
        _call("ModifyDBCluster", clusters.modify_db_cluster, {
            **changed, "DBClusterIdentifier": physical_id, "ApplyImmediately": True})
    return physical_id, _cluster_attributes(physical_id)


def _delete_cluster(physical_id, properties):
    """CloudFormation takes a member out of its global cluster before it deletes it."""
    record = store.clusters.get(physical_id)
    if record is None or record["Status"] == "deleting":
        return
    joined = global_clusters.of(record)
    if joined is not None and not record["DeletionProtection"]:
        _call("RemoveFromGlobalCluster", global_clusters.remove_from_global_cluster, {
            "GlobalClusterIdentifier": joined["GlobalClusterIdentifier"],
            "DbClusterIdentifier": record["DBClusterArn"]})
    _call("DeleteDBCluster", clusters.delete_db_cluster, {
        "DBClusterIdentifier": physical_id, "SkipFinalSnapshot": True})


def _cluster_at_work(physical_id: str) -> bool:
    agenda.run_due()
    record = store.clusters.get(physical_id)
    return record is not None and record["Status"] not in ("available", "stopped")


def _create_global(logical_id, properties, stack_name):
    name = (properties.get("GlobalClusterIdentifier")
            or physical_name(stack_name, logical_id, max_len=63)).lower()
    record = _call("CreateGlobalCluster", global_clusters.create_global_cluster,
                   {**properties, "GlobalClusterIdentifier": name})["GlobalCluster"]
    return name, {"GlobalEndpoint.Address": record["Endpoint"]}


def _update_global(physical_id, old, new, stack_name, logical_id=None):
    record = store.global_clusters[physical_id]
    _sync_tags(record["GlobalClusterArn"], old, new)
    changed = {n: v for n, v in _changed(old, new).items()
               if n in ("DeletionProtection", "EngineVersion")}
    _call("ModifyGlobalCluster", global_clusters.modify_global_cluster,
          {**changed, "GlobalClusterIdentifier": physical_id})
    return physical_id, {"GlobalEndpoint.Address": record["Endpoint"]}


def _delete_global(physical_id, properties):
    """A template's global cluster made from a cluster lets go of that cluster first."""
    record = store.global_clusters.get(physical_id)
    if record is None:
        return
    members = record["GlobalClusterMembers"]
    if properties.get("SourceDBClusterIdentifier") and len(members) == 1:
        _call("RemoveFromGlobalCluster", global_clusters.remove_from_global_cluster, {
            "GlobalClusterIdentifier": physical_id,
            "DbClusterIdentifier": members[0]["DBClusterArn"]})
    _call("DeleteGlobalCluster", global_clusters.delete_global_cluster,
          {"GlobalClusterIdentifier": physical_id})


def install() -> None:
    register("AWS::RDS::DBInstance", _create_instance, _delete_instance, _update_instance)
    register("AWS::RDS::DBCluster", _create_cluster, _delete_cluster, _update_cluster)
    register("AWS::RDS::GlobalCluster", _create_global, _delete_global, _update_global)
    for kind, records in (("DBInstance", store.instances), ("DBCluster", store.clusters)):
        extend(f"AWS::RDS::{kind}", snapshot=lambda _, kept=records: _snapshot(kept))
    extend("AWS::RDS::DBSubnetGroup",
           refuse_delete=lambda _: lambda name, properties: instances.refuse_group_delete(name))
    AT_WORK.update({"AWS::RDS::DBInstance": _instance_at_work,
                    "AWS::RDS::DBCluster": _cluster_at_work})
    for kind in ("DBSubnetGroup", "DBClusterParameterGroup"):
        provisioners._STACK_TAG_PROPERTY.setdefault(f"AWS::RDS::{kind}", ("Tags", "list"))
