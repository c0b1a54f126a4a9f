"""Read replicas, over regions too: made, promoted, left behind."""

from ministack.core.responses import get_region

from ... import agenda
from ...errors import ResourceError
from ...offered import is_database_class
from ...pace import pace
from ...query_protocol import takes
from . import instances, records, store
from .records import shown

# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
MOST_REPLICAS = 15
_FROM_SOURCE = (
    "AllocatedStorage", "AutoMinorVersionUpgrade", "DBInstanceClass", "DBName", "Engine",
    "EngineVersion", "EngineLifecycleSupport", "Iops", "LicenseModel", "MasterUsername",
    "MaxAllocatedStorage", "StorageThroughput", "StorageType", "_MasterUserPassword")


@takes(*records.TAKEN, "SourceDBInstanceIdentifier")
def create_db_instance_read_replica(request: dict) -> dict:
    kind = request.get("DBInstanceClass")
    if kind and not is_database_class(kind):
        raise store.refusal("InvalidParameterValue", f"Invalid DB Instance class: {kind}")
    source = store.instance(request.get("SourceDBInstanceIdentifier") or "", anywhere=True)
    _require_source(source)
    apart = store.region_of(source["DBInstanceArn"]) != get_region()
    origin = {n: source[n] for n in _FROM_SOURCE if n in source}
    origin.update(BackupRetentionPeriod=0, _Port=source["Endpoint"]["Port"],
                  **_encryption(request, source, apart))
    if not apart and not request.get("DBSubnetGroupName"):
        request = {**request, "DBSubnetGroupName": source["DBSubnetGroup"]["DBSubnetGroupName"]}
    record = records.new_instance(request, origin)
    record["ReadReplicaSourceDBInstanceIdentifier"] = (
        source["DBInstanceArn"] if apart else source["DBInstanceIdentifier"])
    record["StatusInfos"] = [_replication("replicating", True)]
    source["ReadReplicaDBInstanceIdentifiers"].append(
        record["DBInstanceArn"] if apart else record["DBInstanceIdentifier"])
    instances.begin(record)
    return {"DBInstance": shown(record)}


def _require_source(source: dict) -> None:
    name = source["DBInstanceIdentifier"]
    if source.get("DBClusterIdentifier"):
        raise store.refusal("InvalidDBInstanceState",
                            f"{name} belongs to a DB cluster, whose replicas are added to it.")
    if not source["BackupRetentionPeriod"]:
        raise store.refusal(
            "InvalidDBInstanceState",
            "Automated backups are not enabled for this database instance. To enable automated "
            "backups, use ModifyDBInstance to set the backup retention period to a non-zero "
            "value.")
    # A stack makes a replica as soon as its source is there, so a backup does not stand in the way.
    store.require(source, "available", "backing-up")
    if len(source["ReadReplicaDBInstanceIdentifiers"]) >= MOST_REPLICAS:
        raise store.refusal("InstanceQuotaExceeded",
                            f"{name} has {MOST_REPLICAS} read replicas already.")


def _encryption(request: dict, source: dict, apart: bool) -> dict:
    key = request.get("KmsKeyId")
    if key and not (apart and source["StorageEncrypted"]):
        raise store.refusal("InvalidParameterCombination",
                            "Your request does not require the KMS key parameter. Please remove "
                            "the KMS key parameter and try your request again.")
    if not source["StorageEncrypted"]:
        return records.encryption(False, None)
    if apart and not key:
        raise store.refusal("InvalidParameterCombination",
                            "Cannot create a cross region unencrypted read replica from encrypted "
                            "source.")
    return records.encryption(True, key) if apart else {
        "StorageEncrypted": True, "KmsKeyId": source["KmsKeyId"]}


def _replication(status: str, normal: bool) -> dict:
    return {"StatusType": "read replication", "Normal": normal, "Status": status}


def promote_read_replica(request: dict) -> dict:
    record = store.instance(request["DBInstanceIdentifier"])
    if not record.get("ReadReplicaSourceDBInstanceIdentifier"):
        raise store.refusal("InvalidDBInstanceState",
                            f"{record['DBInstanceIdentifier']} is not a read replica.")
    store.require(record)
    record["DBInstanceStatus"] = "modifying"
    retention = request.get("BackupRetentionPeriod", 1)
    agenda.later(pace.action_seconds("rds.promote"), promotion_reboots,
                 resource=record["DbiResourceId"], retention=retention,
                 window=request.get("PreferredBackupWindow"))
    return {"DBInstance": shown(record)}


@agenda.task
def promotion_reboots(resource: str, retention: int, window: str | None) -> None:
    """What it has got so far is all it will ever have; the source knows it no more."""
    record = store.instance_by_id(resource)
    if record is None or record["DBInstanceStatus"] != "modifying":
        return
    separate(record)
    record["BackupRetentionPeriod"] = retention
    record["PreferredBackupWindow"] = window or record["PreferredBackupWindow"]
    record["DBInstanceStatus"] = "rebooting"
    agenda.later(pace.action_seconds("rds.reboot"), promoted, resource=resource)


@agenda.task
def promoted(resource: str) -> None:
    record = store.instance_by_id(resource)
    if record is None or record["DBInstanceStatus"] != "rebooting":
        return
    store.event("db-instance", record, "configuration change",
                "Promoted Read Replica instance to a stand-alone database instance.")
    instances.back_up(record)


def separate(replica: dict) -> None:
    """Takes the replica from its source, on both sides."""
    identifier = replica.pop("ReadReplicaSourceDBInstanceIdentifier", None)
    if not identifier:
        return
    replica["StatusInfos"] = []
    try:
        source = store.instance(identifier, anywhere=True)
    except ResourceError:
        return
    names = (replica["DBInstanceIdentifier"], replica["DBInstanceArn"])
    source["ReadReplicaDBInstanceIdentifiers"] = [
        r for r in source["ReadReplicaDBInstanceIdentifiers"] if r not in names]


def abandon(source: dict) -> None:
    """Its replicas here are promoted when a source is deleted; those elsewhere stop replicating:
    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html"""
    for identifier in source["ReadReplicaDBInstanceIdentifiers"]:
        replica = store.instance(identifier, anywhere=True)
        if identifier.startswith("arn:"):
            replica["StatusInfos"] = [_replication("terminated", False)]
        else:
            replica.pop("ReadReplicaSourceDBInstanceIdentifier")
            replica["StatusInfos"] = []
    source["ReadReplicaDBInstanceIdentifiers"] = []


def source_region(replica: dict) -> str:
    identifier = replica["ReadReplicaSourceDBInstanceIdentifier"]
    return store.region_of(identifier) if identifier.startswith("arn:") else get_region()
