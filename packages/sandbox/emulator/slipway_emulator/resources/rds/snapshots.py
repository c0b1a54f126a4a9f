"""Snapshots of instances and of clusters: taken, copied over regions, listed, deleted."""

import time
from dataclasses import dataclass
from typing import Any, Callable

from ministack.core.responses import get_region

from ... import agenda
from ...pace import pace
from . import records, store


@dataclass(frozen=True)
class Kind:
    """What the two kinds of snapshot call things."""

    records: Any
    find: Callable[..., dict]
    source: Callable[..., dict]
    word: str
    of: str
    arn_kind: str
    event_kind: str
    exists: str
    wrong_state: str
    kept: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.word}Identifier"

    @property
    def arn(self) -> str:
        return f"{self.word}Arn"


INSTANCE = Kind(
    store.snapshots, store.snapshot, store.instance, "DBSnapshot", "DBInstance", "snapshot",
    "db-snapshot", "DBSnapshotAlreadyExists", "InvalidDBSnapshotState",
    ("AllocatedStorage", "AvailabilityZone", "DBName", "DBInstanceIdentifier", "DbiResourceId",
     "Engine", "EngineVersion", "IAMDatabaseAuthenticationEnabled", "InstanceCreateTime", "Iops",
     "KmsKeyId", "LicenseModel", "MasterUsername", "StorageThroughput", "StorageType",
     "_MasterUserPassword", "DBInstanceClass"))
CLUSTER = Kind(
    store.cluster_snapshots, store.cluster_snapshot, store.cluster, "DBClusterSnapshot",
    "DBCluster", "cluster-snapshot", "db-cluster-snapshot", "DBClusterSnapshotAlreadyExistsFault",
    "InvalidDBClusterSnapshotStateFault",
    ("AllocatedStorage", "AvailabilityZones", "ClusterCreateTime", "DBClusterIdentifier",
     "DatabaseName", "DbClusterResourceId", "Engine", "EngineMode", "EngineVersion",
     "IAMDatabaseAuthenticationEnabled", "KmsKeyId", "MasterUsername", "StorageEncrypted",
     "StorageType", "_MasterUserPassword", "ServerlessV2ScalingConfiguration"))


def kind_of(record: dict) -> Kind:
    return INSTANCE if "DBInstanceArn" in record else CLUSTER


def take(source: dict, name: str, automated: bool = False) -> dict:
    """A snapshot of an instance or a cluster as it is now."""
    kind = kind_of(source)
    if name.lower() in kind.records:
        raise store.refusal(kind.exists, f"Cannot create the snapshot because a snapshot with the "
                                         f"identifier {name} already exists.")
    record = _begin(kind, name, {
        **{n: source[n] for n in kind.kept if n in source},
        "SnapshotType": "automated" if automated else "manual",
        "SnapshotTarget": "region", "OriginalSnapshotCreateTime": time.time()})
    if kind is INSTANCE:
        record.update(Encrypted=source["StorageEncrypted"], Port=source["Endpoint"]["Port"],
                      VpcId=source["DBSubnetGroup"]["VpcId"],
                      OptionGroupName=source["OptionGroupMemberships"][0]["OptionGroupName"])
    else:
        record.update(Port=source["Port"], VpcId=source["_VpcId"])
    if source["CopyTagsToSnapshot"]:
        store.set_tags(record[kind.arn], store.tags.get(source[f"{kind.of}Arn"]))
    return record


def _begin(kind: Kind, name: str, members: dict) -> dict:
    record = {**members, kind.name: name.lower(), kind.arn: store.arn(kind.arn_kind, name.lower()),
              "Status": "creating", "PercentProgress": 0, "SnapshotCreateTime": time.time(),
              "_Id": store.lasting_id("")}
    kind.records[name.lower()] = record
    agenda.later(pace.action_seconds("rds.snapshot"), taken, lasting=record["_Id"])
    return record


@agenda.task
def taken(lasting: str) -> None:
    for kind in (INSTANCE, CLUSTER):
        for record in kind.records.values():
            if record.get("_Id") == lasting:
                record.update(Status="available", PercentProgress=100,
                              SnapshotCreateTime=time.time())
                store.event(kind.event_kind, record, "creation",
                            "Automated snapshot created"
                            if record["SnapshotType"] == "automated" else
                            "Manual snapshot created")


def shown(record: dict) -> dict:
    kind = INSTANCE if "DBSnapshotArn" in record else CLUSTER
    return {**record, "TagList": store.tags.get(record[kind.arn], [])}


def _create(kind: Kind):
    def create(request: dict) -> dict:
        source = kind.source(request[f"{kind.of}Identifier"])
        if kind is INSTANCE:
            store.require(source)
        else:
            store.require_cluster(source)
        record = take(source, request[kind.name])
        store.set_tags(record[kind.arn], request.get("Tags"))
        return {kind.word: shown(record)}
    return create


def _copy(kind: Kind):
    def copy(request: dict) -> dict:
        source = kind.find(request[f"Source{kind.name}"], anywhere=True)
        name, apart = request[f"Target{kind.name}"], store.region_of(source[kind.arn]) != get_region()
        if source["Status"] != "available":
            raise store.refusal(kind.wrong_state, f"{source[kind.name]} is not available yet.")
        if name.lower() in kind.records:
            raise store.refusal(kind.exists, f"A snapshot {name} already exists.")
        record = {n: v for n, v in source.items() if not n.startswith("Snapshot")}
        record.update(SnapshotType="manual", SnapshotTarget="region",
                      **_copied_encryption(request, source, apart))
        if kind is INSTANCE:
            record.update(SourceDBSnapshotIdentifier=source[kind.arn],
                          SourceRegion=store.region_of(source[kind.arn]))
        else:
            record["SourceDBClusterSnapshotArn"] = source[kind.arn]
        record = _begin(kind, name, record)
        store.set_tags(record[kind.arn], request.get("Tags") or (
            store.tags.get(source[kind.arn]) if request.get("CopyTags") else None))
        return {kind.word: shown(record)}
    return copy


def _copied_encryption(request: dict, source: dict, apart: bool) -> dict:
    """Within a region a copy keeps its source's key, unless another is named; in another it needs
    one of that region: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html"""
    encrypted = source.get("Encrypted", source.get("StorageEncrypted"))
    key = request.get("KmsKeyId")
    if not key and encrypted and apart:
        raise store.refusal("InvalidParameterValue",
                            "Must specify new KMS key for cross region encrypted snapshot copy.")
    if not key:
        return {}
    members = records.encryption(True, key)
    return {"KmsKeyId": members["KmsKeyId"],
            "Encrypted" if "Encrypted" in source else "StorageEncrypted": True}


def _describe(kind: Kind):
    def describe(request: dict) -> dict:
        if request.get(kind.name):
            found = [kind.find(request[kind.name])]
        else:
            found = kind.records.values()
        source = request.get(f"{kind.of}Identifier")
        if source:
            source = source.rsplit(":", 1)[-1].lower()
            found = [s for s in found if s[f"{kind.of}Identifier"] == source]
        if request.get("SnapshotType"):
            found = [s for s in found if s["SnapshotType"] == request["SnapshotType"]]
        if request.get("DbiResourceId"):
            found = [s for s in found if s.get("DbiResourceId") == request["DbiResourceId"]]
        for filter_ in request.get("Filters") or []:
            found = [s for s in found if _passes(kind, s, filter_)]
        return {f"{kind.word}s": [shown(s) for s in sorted(found, key=lambda s: s[kind.name])]}
    return describe


def _passes(kind: Kind, record: dict, filter_: dict) -> bool:
    member = {"db-instance-id": "DBInstanceIdentifier", "db-cluster-id": "DBClusterIdentifier",
              "db-snapshot-id": "DBSnapshotIdentifier", "snapshot-type": "SnapshotType",
              "db-cluster-snapshot-id": "DBClusterSnapshotIdentifier", "engine": "Engine",
              "dbi-resource-id": "DbiResourceId"}.get(filter_["Name"])
    if member is None:
        raise store.refusal("InvalidParameterValue",
                            f"Unrecognized filter name: {filter_['Name']}")
    return record.get(member) in {v.rsplit(":", 1)[-1] for v in filter_["Values"]}


def _delete(kind: Kind):
    def delete(request: dict) -> dict:
        record = kind.find(request[kind.name])
        if record["Status"] != "available" or record["SnapshotType"] == "automated":
            raise store.refusal(kind.wrong_state,
                                f"Cannot delete {record[kind.name]}: it is "
                                f"{record['SnapshotType']} and {record['Status']}.")
        kind.records.pop(record[kind.name])
        store.event(kind.event_kind, record, "deletion", "Deleted snapshot")
        answer = {**shown(record), "Status": "deleted"}
        store.tags.pop(record[kind.arn], None)
        return {kind.word: answer}
    return delete


def automated(source: dict) -> None:
    """Today's, and none that is older than backups are kept."""
    kind = kind_of(source)
    record = take(source, f"rds:{source[f'{kind.of}Identifier']}-"
                          f"{time.strftime('%Y-%m-%d-%H-%M-%S', time.gmtime())}", automated=True)
    oldest = time.time() - source["BackupRetentionPeriod"] * 86400
    for old in _automated_of(kind, record):
        if old["SnapshotCreateTime"] < oldest:
            _forget(kind, old)


def drop_automated(source: dict) -> None:
    kind = kind_of(source)
    for record in _automated_of(kind, source):
        _forget(kind, record)


def _forget(kind: Kind, record: dict) -> None:
    kind.records.pop(record[kind.name])
    store.tags.pop(record[kind.arn], None)


def _automated_of(kind: Kind, source: dict) -> list[dict]:
    lasting = "DbiResourceId" if kind is INSTANCE else "DbClusterResourceId"
    return [s for s in kind.records.values()
            if s["SnapshotType"] == "automated" and s.get(lasting) == source[lasting]]


OPERATIONS = {
    "CreateDBSnapshot": _create(INSTANCE), "CreateDBClusterSnapshot": _create(CLUSTER),
    "CopyDBSnapshot": _copy(INSTANCE), "CopyDBClusterSnapshot": _copy(CLUSTER),
    "DescribeDBSnapshots": _describe(INSTANCE), "DescribeDBClusterSnapshots": _describe(CLUSTER),
    "DeleteDBSnapshot": _delete(INSTANCE), "DeleteDBClusterSnapshot": _delete(CLUSTER),
}
