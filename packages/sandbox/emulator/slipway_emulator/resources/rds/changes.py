"""Instances: modified, rebooted, failed over to their standby, stopped and started."""

import time

from ... import agenda, darkness
from ...pace import pace
from ...query_protocol import takes
from ...validation.rds import check_database
from . import instances, network, records, snapshots, store
from .records import shown

# Wait for the maintenance window unless asked at once, by the name they have while they wait:
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html
_DEFERRED = {name: name for name in (
    "AllocatedStorage", "BackupRetentionPeriod", "CACertificateIdentifier", "DBInstanceClass",
    "DBSubnetGroupName", "DedicatedLogVolume", "EngineVersion", "Iops", "LicenseModel",
    "MasterUserPassword", "MultiAZ", "StorageThroughput", "StorageType")}
_DEFERRED["DBPortNumber"] = "Port"
_OF_THE_CLUSTER = ("AllocatedStorage", "BackupRetentionPeriod", "EngineVersion", "MultiAZ",
                   "MasterUserPassword", "StorageType", "DBPortNumber", "DBSubnetGroupName")
# AWS answers first and begins some seconds later; this share of the time a change takes.
_BEFORE_IT_SHOWS = 0.1
# What comes back to available by itself; a change waits for it.
_PASSING = ("backing-up", "modifying", "rebooting", "resetting-master-credentials", "starting")
_LOOK_AGAIN_SECONDS = 0.1


@takes(*_DEFERRED, *(n for n in records.TAKEN if n != "Tags"), "AllowMajorVersionUpgrade",
       "ApplyImmediately", "CertificateRotationRestart", "CloudwatchLogsExportConfiguration",
       "DBPortNumber")
def modify_db_instance(request: dict) -> dict:
    record = store.instance(request["DBInstanceIdentifier"])
    store.require(record)
    _check(record, request)
    pending = _pending(record, request)
    _apply_now(record, request)
    record["PendingModifiedValues"].update(pending)
    if request.get("ApplyImmediately") and record["PendingModifiedValues"]:
        names = list(record["PendingModifiedValues"])
    else:
        names = [n for n in pending if n == "MasterUserPassword"]
    if names:
        record["_Changing"] = True
        agenda.later(pace.update_seconds("AWS::RDS::DBInstance") * _BEFORE_IT_SHOWS,
                     modification_begins, resource=record["DbiResourceId"], names=names)
    return {"DBInstance": shown(record)}


def _check(record: dict, request: dict) -> None:
    if record.get("DBClusterIdentifier"):
        for name in _OF_THE_CLUSTER:
            if name in request:
                raise store.refusal("InvalidParameterCombination",
                                    f"{name} of an Aurora instance is set for its DB cluster.")
    kept = {n: record[n] for n in ("DBInstanceClass", "Engine", "AllocatedStorage", "StorageType")}
    check_database({**kept, **request}, creation=False)
    if request.get("AllocatedStorage", record["AllocatedStorage"]) < record["AllocatedStorage"]:
        raise store.refusal("InvalidParameterCombination",
                            "Requested storage size must not be less than the current "
                            f"{record['AllocatedStorage']} GiB.")
    if (request.get("BackupRetentionPeriod") == 0
            and record["ReadReplicaDBInstanceIdentifiers"]):
        raise store.refusal("InvalidDBInstanceState",
                            "Backups cannot be disabled for a DB instance that has read replicas.")


def _pending(record: dict, request: dict) -> dict:
    wanted = {ours: request[theirs] for theirs, ours in _DEFERRED.items() if theirs in request}
    if wanted.get("EngineVersion"):
        wanted["EngineVersion"] = records.full_version(record["Engine"], wanted["EngineVersion"])
    if wanted.get("DBSubnetGroupName"):
        network.subnet_group(wanted["DBSubnetGroupName"])
    retention = wanted.get("BackupRetentionPeriod")
    if retention and record["BackupRetentionPeriod"]:
        record["BackupRetentionPeriod"] = wanted.pop("BackupRetentionPeriod")
    return {n: v for n, v in wanted.items() if v != _current(record, n)}


def _current(record: dict, name: str):
    if name == "Port":
        return record["Endpoint"]["Port"]
    if name == "DBSubnetGroupName":
        return record["DBSubnetGroup"]["DBSubnetGroupName"]
    return record.get(name)


def _apply_now(record: dict, request: dict) -> None:
    record.update((n, v) for n, v in records.settings(request).items() if n not in _DEFERRED)
    if "VpcSecurityGroupIds" in request:
        record["VpcSecurityGroups"] = network.security_groups(
            request["VpcSecurityGroupIds"], record["DBSubnetGroup"])
    if "DBParameterGroupName" in request:
        record["DBParameterGroups"] = [{"DBParameterGroupName": request["DBParameterGroupName"],
                                        "ParameterApplyStatus": "pending-reboot"}]
    exports = request.get("CloudwatchLogsExportConfiguration")
    if exports:
        record["EnabledCloudwatchLogsExports"] = records.exported(record, exports)
    records.manage_password(request, record, "db")


@agenda.task
def modification_begins(resource: str, names: list[str]) -> None:
    record = store.instance_by_id(resource)
    if record is None:
        return
    if record["DBInstanceStatus"] in _PASSING:
        agenda.later(_LOOK_AGAIN_SECONDS, modification_begins, resource=resource, names=names)
        return
    if record["DBInstanceStatus"] != "available":
        record.pop("_Changing", None)
        return
    record["_Changing"] = True
    record["DBInstanceStatus"] = ("resetting-master-credentials" if names == ["MasterUserPassword"]
                                  else "modifying")
    agenda.later(pace.update_seconds("AWS::RDS::DBInstance"), modified, resource=resource,
                 names=names)


@agenda.task
def modified(resource: str, names: list[str]) -> None:
    record = store.instance_by_id(resource)
    if record is None or "_Changing" not in record:
        return
    record.pop("_Changing")
    for name in names:
        if name in record["PendingModifiedValues"]:
            _apply(record, name, record["PendingModifiedValues"].pop(name))
    if record["DBInstanceStatus"] == "deleting":
        return
    if "BackupRetentionPeriod" in names and record["BackupRetentionPeriod"]:
        instances.back_up(record)
    else:
        record["DBInstanceStatus"] = "available"


def _apply(record: dict, name: str, value) -> None:
    if name == "Port":
        record["Endpoint"]["Port"] = value
    elif name == "MasterUserPassword":
        record["_MasterUserPassword"] = value
        store.event("db-instance", record, "configuration change", "Reset master credentials")
    elif name == "DBSubnetGroupName":
        record["DBSubnetGroup"] = network.subnet_group(value)
    else:
        record[name] = value
    if name == "MultiAZ" and value:
        others = [z for z in network.zones(record["DBSubnetGroup"])
                  if z != record["AvailabilityZone"]]
        record["SecondaryAvailabilityZone"] = sorted(others, key=darkness.is_zone_dark)[0]
        store.event("db-instance", record, "configuration change",
                    "Finished applying modification to convert to a Multi-AZ DB instance")
    if name == "BackupRetentionPeriod" and not value:
        record.pop("_FirstBackup", None)
    if name == "DBInstanceClass":
        store.event("db-instance", record, "configuration change",
                    "Finished applying modification to DB instance class")


def reboot_db_instance(request: dict) -> dict:
    record = store.instance(request["DBInstanceIdentifier"])
    store.require(record)
    forced = request.get("ForceFailover", False)
    if forced and not record["MultiAZ"]:
        raise store.refusal("InvalidParameterCombination",
                            "Cannot specify a forced failover when the instance is not configured "
                            "for Multi-AZ.")
    if forced and darkness.is_zone_dark(record["SecondaryAvailabilityZone"]):
        raise store.refusal("InvalidDBInstanceState",
                            f"The standby of {record['DBInstanceIdentifier']} is not available.")
    record["DBInstanceStatus"] = "rebooting"
    if forced:
        _failover_begins(record)
    agenda.later(pace.action_seconds("rds.failover" if forced else "rds.reboot"), rebooted,
                 resource=record["DbiResourceId"], forced=forced)
    return {"DBInstance": shown(record)}


@agenda.task
def rebooted(resource: str, forced: bool) -> None:
    record = store.instance_by_id(resource)
    if record is None or record["DBInstanceStatus"] != "rebooting":
        return
    for group in record["DBParameterGroups"]:
        group["ParameterApplyStatus"] = "in-sync"
    record["DBInstanceStatus"] = "available"
    store.event("db-instance", record, "availability", "DB instance restarted")
    if forced:
        failed_over(resource)


def _failover_begins(record: dict) -> None:
    record["_FailingOver"] = True
    store.event("db-instance", record, "failover", "Multi-AZ instance failover started.")


@agenda.task
def failed_over(resource: str) -> None:
    """The standby is the primary, and the other way round."""
    record = store.instance_by_id(resource)
    if record is None or not record.pop("_FailingOver", False):
        return
    record["AvailabilityZone"], record["SecondaryAvailabilityZone"] = (
        record["SecondaryAvailabilityZone"], record["AvailabilityZone"])
    store.event("db-instance", record, "failover", "Multi-AZ instance failover completed")


def flee_dark_zones() -> None:
    """RDS fails a Multi-AZ instance over when its primary's zone is lost; one without a standby
    stays where it is, and out of reach, until there is light again:
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html"""
    for record in store.instances.values():
        if (record["MultiAZ"] and not record.get("_FailingOver")
                and record["DBInstanceStatus"] in ("available", "backing-up", "modifying")
                and darkness.is_zone_dark(record["AvailabilityZone"])
                and not darkness.is_zone_dark(record["SecondaryAvailabilityZone"])):
            _failover_begins(record)
            agenda.later(pace.action_seconds("rds.failover"), failed_over,
                         resource=record["DbiResourceId"])


def stop_db_instance(request: dict) -> dict:
    record = store.instance(request["DBInstanceIdentifier"])
    store.require(record)
    name = record["DBInstanceIdentifier"]
    if record.get("DBClusterIdentifier"):
        raise store.refusal("InvalidDBClusterStateFault",
                            f"{name} belongs to a DB cluster; stop the cluster.")
    if record.get("ReadReplicaSourceDBInstanceIdentifier") or record[
            "ReadReplicaDBInstanceIdentifiers"]:
        raise store.refusal("InvalidDBInstanceState",
                            f"Cannot stop {name}: it has a read replica or is one.")
    if request.get("DBSnapshotIdentifier"):
        snapshots.take(record, request["DBSnapshotIdentifier"])
    record["DBInstanceStatus"] = "stopping"
    agenda.later(pace.action_seconds("rds.stop"), stopped, resource=record["DbiResourceId"])
    return {"DBInstance": shown(record)}


@agenda.task
def stopped(resource: str) -> None:
    record = store.instance_by_id(resource)
    if record is not None and record["DBInstanceStatus"] == "stopping":
        record["DBInstanceStatus"] = "stopped"
        record["AutomaticRestartTime"] = time.time() + store.RESTART_AFTER_SECONDS
        store.event("db-instance", record, "notification", "DB instance stopped")
        agenda.later(store.RESTART_AFTER_SECONDS, stopped_too_long, resource=resource,
                     at=record["AutomaticRestartTime"])


@agenda.task
def stopped_too_long(resource: str, at: float) -> None:
    """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html"""
    record = store.instance_by_id(resource)
    if record is not None and record.get("AutomaticRestartTime") == at:
        _start(record)


def start_db_instance(request: dict) -> dict:
    record = store.instance(request["DBInstanceIdentifier"])
    if record.get("DBClusterIdentifier"):
        raise store.refusal("InvalidDBClusterStateFault",
                            "The instance belongs to a DB cluster; start the cluster.")
    store.require(record, "stopped")
    _start(record)
    return {"DBInstance": shown(record)}


def _start(record: dict) -> None:
    record["DBInstanceStatus"] = "starting"
    record.pop("AutomaticRestartTime", None)
    agenda.later(pace.action_seconds("rds.start"), started, resource=record["DbiResourceId"])


@agenda.task
def started(resource: str) -> None:
    record = store.instance_by_id(resource)
    if record is not None and record["DBInstanceStatus"] == "starting":
        record["DBInstanceStatus"] = "available"
        store.event("db-instance", record, "notification", "DB instance started")
