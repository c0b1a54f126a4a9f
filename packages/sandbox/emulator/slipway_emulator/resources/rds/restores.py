"""Databases made from snapshots and from backups, and the backups there are."""

from ...query_protocol import takes
from . import clusters, instances, records, store
from .records import shown

_FROM_SNAPSHOT = ("AllocatedStorage", "DBInstanceClass", "DBName", "Engine", "EngineVersion",
                  "Iops", "KmsKeyId", "LicenseModel", "MasterUsername", "StorageThroughput",
                  "StorageType", "_MasterUserPassword")


@takes(*records.TAKEN, "DBSnapshotIdentifier", "Engine")
def restore_db_instance_from_db_snapshot(request: dict) -> dict:
    snapshot = store.snapshot(request.get("DBSnapshotIdentifier") or "")
    if snapshot["Status"] != "available":
        raise store.refusal("InvalidDBSnapshotState",
                            f"{snapshot['DBSnapshotIdentifier']} is not available yet.")
    origin = {n: snapshot[n] for n in _FROM_SNAPSHOT if n in snapshot}
    origin.update(StorageEncrypted=snapshot["Encrypted"], _Port=snapshot["Port"])
    return _restored(request, origin)


@takes(*records.TAKEN, "Engine", "RestoreTime", "SourceDBInstanceIdentifier",
       "SourceDbiResourceId", "TargetDBInstanceIdentifier", "UseLatestRestorableTime")
def restore_db_instance_to_point_in_time(request: dict) -> dict:
    if request.get("SourceDbiResourceId"):
        source = store.instance_by_id(request["SourceDbiResourceId"])
        if source is None:
            raise store.refusal("DBInstanceNotFound", "The source DB instance is not found.")
    else:
        source = store.instance(request.get("SourceDBInstanceIdentifier") or "")
    since = records.restorable_since(source)
    if since is None:
        raise store.refusal("PointInTimeRestoreNotEnabled",
                            f"{source['DBInstanceIdentifier']} has no automated backups.")
    check_point(request.get("RestoreTime"), request.get("UseLatestRestorableTime", False),
                since, records.restorable_until(source))
    origin = {n: source[n] for n in _FROM_SNAPSHOT if n in source}
    origin.update(StorageEncrypted=source["StorageEncrypted"], _Port=source["Endpoint"]["Port"],
                  BackupRetentionPeriod=source["BackupRetentionPeriod"])
    return _restored({**request, "DBInstanceIdentifier": request["TargetDBInstanceIdentifier"]},
                     origin)


def check_point(moment: float | None, latest: bool, since: float, until: float) -> None:
    if latest == (moment is not None):
        raise store.refusal("InvalidParameterCombination",
                            "Specify either a time to restore to or UseLatestRestorableTime.")
    if moment is not None and not since <= moment <= until:
        raise store.refusal("InvalidParameterValue",
                            "The time to restore to is before the earliest or after the latest "
                            "restorable time.")


def _restored(request: dict, origin: dict) -> dict:
    request = {n: v for n, v in request.items() if n not in ("Engine", "LicenseModel")}
    record = records.new_instance(request, origin)
    records.manage_password(request, record, "db")
    instances.begin(record)
    return {"DBInstance": shown(record)}


def describe_db_instance_automated_backups(request: dict) -> dict:
    wanted = request.get("DBInstanceIdentifier")
    found = [i for i in store.instances.values()
             if records.restorable_since(i) is not None
             and wanted in (None, i["DBInstanceIdentifier"])
             and request.get("DbiResourceId") in (None, i["DbiResourceId"])]
    if wanted and not found:
        raise store.refusal("DBInstanceAutomatedBackupNotFound",
                            f"No automated backup of {wanted} is found.")
    return {"DBInstanceAutomatedBackups": [{
        **i, "Region": store.region_of(i["DBInstanceArn"]), "Status": "active",
        "RestoreWindow": {"EarliestTime": records.restorable_since(i),
                          "LatestTime": records.restorable_until(i)},
        "Encrypted": i["StorageEncrypted"], "Port": i["Endpoint"]["Port"],
        "VpcId": i["DBSubnetGroup"]["VpcId"],
        "OptionGroupName": i["OptionGroupMemberships"][0]["OptionGroupName"],
        "TagList": store.tags.get(i["DBInstanceArn"], []),
    } for i in found]}


def restore_db_cluster_from_snapshot(request: dict) -> dict:
    snapshot = store.cluster_snapshot(request["SnapshotIdentifier"])
    if snapshot["Status"] != "available":
        raise store.refusal("InvalidDBClusterSnapshotStateFault",
                            f"{snapshot['DBClusterSnapshotIdentifier']} is not available yet.")
    return clusters.restored(request, snapshot)


def restore_db_cluster_to_point_in_time(request: dict) -> dict:
    source = store.cluster(request.get("SourceDBClusterIdentifier") or "")
    check_point(request.get("RestoreToTime"), request.get("UseLatestRestorableTime", False),
                clusters.restorable_since(source), clusters.restorable_until(source))
    return clusters.restored(request, source)
