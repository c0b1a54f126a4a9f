"""Instances: made, described, deleted."""

import time

from ... import agenda
from ...pace import pace
from ...query_protocol import takes
from ...validation.rds import check_database
from . import clusters, global_clusters, records, snapshots, store
from .records import shown

_DAY = 86400


@takes(*records.TAKEN, "DBClusterIdentifier", "Engine", "EngineVersion", "MasterUserPassword",
       "MasterUsername", "StorageEncrypted")
def create_db_instance(request: dict) -> dict:
    check_database(request)
    if request.get("DBClusterIdentifier"):
        return {"DBInstance": shown(clusters.add_instance(request))}
    if not request.get("MasterUsername"):
        raise store.refusal("InvalidParameterValue",
                            "The parameter MasterUsername must be provided and must not be blank.")
    if not request.get("MasterUserPassword") and not request.get("ManageMasterUserPassword"):
        raise store.refusal("InvalidParameterCombination",
                            "The parameter MasterUserPassword must be provided and must not be "
                            "blank.")
    engine = request["Engine"]
    origin = {"Engine": engine, "MasterUsername": request["MasterUsername"],
              "EngineVersion": records.full_version(engine, request.get("EngineVersion")),
              "_MasterUserPassword": request.get("MasterUserPassword"),
              **records.encryption(request.get("StorageEncrypted", False),
                                   request.get("KmsKeyId"))}
    if request.get("DBName"):
        origin["DBName"] = request["DBName"]
    record = records.new_instance(request, origin)
    records.manage_password(request, record, "db")
    begin(record)
    return {"DBInstance": shown(record)}


def begin(record: dict) -> None:
    """It is creating; then backed up for the first time, if it has backups; then available."""
    agenda.later(pace.create_seconds("AWS::RDS::DBInstance"), created,
                 resource=record["DbiResourceId"])


@agenda.task
def created(resource: str) -> None:
    record = store.instance_by_id(resource)
    if record is None or record["DBInstanceStatus"] != "creating":
        return
    record["InstanceCreateTime"] = time.time()
    store.event("db-instance", record, "creation", "DB instance created")
    back_up(record)


def back_up(record: dict) -> None:
    """The automated backup that follows creation, promotion and the turning on of backups."""
    if record.get("DBClusterIdentifier") or not record["BackupRetentionPeriod"]:
        record["DBInstanceStatus"] = "available"
        return
    record["DBInstanceStatus"] = "backing-up"
    store.event("db-instance", record, "backup", "Backing up DB instance")
    snapshots.automated(record)
    agenda.later(pace.action_seconds("rds.backup"), backed_up, resource=record["DbiResourceId"])


@agenda.task
def backed_up(resource: str) -> None:
    record = store.instance_by_id(resource)
    if record is None or record["DBInstanceStatus"] != "backing-up":
        return
    record.setdefault("_FirstBackup", time.time())
    record["DBInstanceStatus"] = "available"
    store.event("db-instance", record, "backup", "Finished DB Instance backup")
    if not record.get("_Daily"):
        record["_Daily"] = True
        agenda.later(_DAY, back_up_again, resource=resource)


@agenda.task
def back_up_again(resource: str) -> None:
    """Every day, as long as backups are on; left out while something else is going on."""
    record = store.instance_by_id(resource)
    if record is None:
        return
    if not record["BackupRetentionPeriod"]:
        record["_Daily"] = False
        return
    agenda.later(_DAY, back_up_again, resource=resource)
    if record["DBInstanceStatus"] == "available":
        back_up(record)


def describe_db_instances(request: dict) -> dict:
    if request.get("DBInstanceIdentifier"):
        found = [store.instance(request["DBInstanceIdentifier"])]
    else:
        found = store.instances.values()
    for filter_ in request.get("Filters") or []:
        found = [i for i in found if _passes(i, filter_["Name"], filter_["Values"])]
    return {"DBInstances": [shown(i) for i in sorted(
        found, key=lambda i: i["DBInstanceIdentifier"])]}


def _passes(record: dict, name: str, values: list[str]) -> bool:
    member = {"db-instance-id": "DBInstanceIdentifier", "db-cluster-id": "DBClusterIdentifier",
              "dbi-resource-id": "DbiResourceId", "engine": "Engine"}.get(name)
    if member is None:
        raise store.refusal("InvalidParameterValue", f"Unrecognized filter name: {name}")
    return record.get(member) in {v.rsplit(":", 1)[-1] if v.startswith("arn:") else v
                                  for v in values}


def delete_db_instance(request: dict) -> dict:
    record = store.instance(request["DBInstanceIdentifier"])
    name = record["DBInstanceIdentifier"]
    if record["DBInstanceStatus"] == "deleting":
        raise store.refusal("InvalidDBInstanceState",
                            f"Instance {name} is already being deleted.")
    if record["DeletionProtection"]:
        raise store.refusal("InvalidParameterCombination",
                            "Cannot delete protected DB Instance, please disable deletion "
                            "protection and try again.")
    if _is_last_of_primary(record):
        raise store.refusal("InvalidDBClusterStateFault",
                            "Cannot delete the last instance of the master cluster. Delete the "
                            "replica cluster before deleting the last master cluster instance.")
    _final_snapshot(record, request)
    remove(record)
    return {"DBInstance": shown(record)}


def _is_last_of_primary(record: dict) -> bool:
    cluster = store.clusters.get(record.get("DBClusterIdentifier") or "")
    return cluster is not None and global_clusters.leads(cluster) and not any(
        i is not record and i["DBInstanceStatus"] != "deleting" for i in store.members(cluster))


def _final_snapshot(record: dict, request: dict) -> None:
    skip, final = request.get("SkipFinalSnapshot", False), request.get("FinalDBSnapshotIdentifier")
    replica = record.get("ReadReplicaSourceDBInstanceIdentifier")
    if record.get("DBClusterIdentifier"):
        if final:
            raise store.refusal("InvalidParameterCombination",
                                "FinalDBSnapshotIdentifier can not be specified when deleting a "
                                "cluster instance.")
        return
    if skip and final:
        raise store.refusal("InvalidParameterCombination",
                            "FinalDBSnapshotIdentifier can not be specified when "
                            "SkipFinalSnapshot is true.")
    if replica and not skip:
        raise store.refusal("InvalidParameterCombination",
                            "SkipFinalSnapshot must be specified when deleting a read replica.")
    if not skip and not final:
        raise store.refusal("InvalidParameterCombination",
                            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is "
                            "specified.")
    if final:
        snapshots.take(record, final)


def remove(record: dict) -> None:
    record["DBInstanceStatus"] = "deleting"
    agenda.later(pace.delete_seconds("AWS::RDS::DBInstance"), deleted,
                 resource=record["DbiResourceId"])


@agenda.task
def deleted(resource: str) -> None:
    from . import replicas
    record = store.instance_by_id(resource)
    if record is None or record["DBInstanceStatus"] != "deleting":
        return
    store.event("db-instance", record, "deletion", "DB instance deleted")
    replicas.separate(record)
    replicas.abandon(record)
    if record.get("DBClusterIdentifier"):
        clusters.drop_instance(record)
    store.instances.pop(record["DBInstanceIdentifier"])
    store.tags.pop(record["DBInstanceArn"], None)
    records.forget_password(record)
    snapshots.drop_automated(record)


def refuse_group_delete(name: str) -> None:
    """A subnet group in use stays."""
    for record in store.instances.values():
        if record["DBSubnetGroup"]["DBSubnetGroupName"] == name:
            raise store.refusal(
                "InvalidDBSubnetGroupStateFault",
                f"Cannot delete the subnet group '{name}' because at least one database "
                f"instance: {record['DBInstanceIdentifier']} is still using it.")
    for cluster in store.clusters.values():
        if cluster["DBSubnetGroup"] == name:
            raise store.refusal(
                "InvalidDBSubnetGroupStateFault",
                f"Cannot delete the subnet group '{name}' because at least one database "
                f"cluster: {cluster['DBClusterIdentifier']} is still using it.")
