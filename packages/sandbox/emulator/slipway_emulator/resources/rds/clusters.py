"""Aurora PostgreSQL clusters: made, described, changed, deleted; their instances."""

import time

from ... import agenda
from ...pace import pace
from ...query_protocol import takes
from ...validation.rds import check_cluster
from . import cluster_failover, global_clusters, instances, network, records, snapshots, store

_PLAIN = (
    "BackupRetentionPeriod", "CopyTagsToSnapshot", "DatabaseInsightsMode", "DatabaseName",
    "DeletionProtection", "EngineLifecycleSupport", "EngineMode", "NetworkType",
    "PerformanceInsightsRetentionPeriod", "PreferredBackupWindow", "PreferredMaintenanceWindow",
    "ServerlessV2ScalingConfiguration", "StorageType")
_RENAMED = {**records.RENAMED, "EnableHttpEndpoint": "HttpEndpointEnabled"}
_TAKEN = (*_PLAIN, *_RENAMED, "AvailabilityZones", "DBClusterIdentifier",
          "DBClusterParameterGroupName", "DBSubnetGroupName", "Engine", "EngineVersion", "KmsKeyId",
          "Port", "PreSignedUrl", "SourceRegion", "Tags", "VpcSecurityGroupIds")
_DEFAULTS = {
    "ActivityStreamStatus": "stopped", "AllocatedStorage": 1, "AssociatedRoles": [],
    "AutoMinorVersionUpgrade": True, "BackupRetentionPeriod": 1, "CopyTagsToSnapshot": False,
    "CrossAccountClone": False, "DatabaseInsightsMode": "standard", "DeletionProtection": False,
    "DomainMemberships": [], "EnabledCloudwatchLogsExports": [], "EngineMode": "provisioned",
    "EngineLifecycleSupport": "open-source-rds-extended-support", "HostedZoneId": "Z2R2ITUGPM61AM",
    "HttpEndpointEnabled": False, "IAMDatabaseAuthenticationEnabled": False,
    "LocalWriteForwardingStatus": "disabled", "NetworkType": "IPV4",
    "PreferredBackupWindow": "03:00-04:00", "PreferredMaintenanceWindow": "sun:05:00-sun:06:00",
    "ReadReplicaIdentifiers": [], "StorageEncrypted": False, "StorageType": "aurora"}


@takes(*_TAKEN, "GlobalClusterIdentifier", "ManageMasterUserPassword",
       "MasterUserPassword", "MasterUserSecretKmsKeyId", "MasterUsername", "StorageEncrypted")
def create_db_cluster(request: dict) -> dict:
    check_cluster(request)
    joined = request.get("GlobalClusterIdentifier")
    primary = global_clusters.primary_to_follow(joined, request) if joined else None
    if primary is not None:
        origin = global_clusters.followed(primary, request)
    else:
        if not request.get("MasterUsername"):
            raise store.refusal("InvalidParameterValue",
                                "The parameter MasterUsername must be provided and must not be "
                                "blank.")
        if not request.get("MasterUserPassword") and not request.get("ManageMasterUserPassword"):
            raise store.refusal("InvalidParameterCombination",
                                "You must specify MasterUserPassword or "
                                "ManageMasterUserPassword.")
        led = global_clusters.settings(joined, request) if joined else {}
        origin = {"Engine": request["Engine"], "MasterUsername": request["MasterUsername"],
                  "EngineVersion": records.full_version(
                      request["Engine"], request.get("EngineVersion")),
                  "_MasterUserPassword": request.get("MasterUserPassword"), **led,
                  **records.encryption(
                      request.get("StorageEncrypted", led.get("StorageEncrypted", False)),
                      request.get("KmsKeyId"))}
    record = _new(request, origin)
    if joined:
        global_clusters.join(joined, record, primary is None)
    records.manage_password(request, record, "cluster")
    _begin(record)
    return {"DBCluster": shown(record)}


def restored(request: dict, origin: dict) -> dict:
    """A new cluster of what a snapshot or another cluster holds."""
    kept = {n: origin[n] for n in snapshots.CLUSTER.kept if n in origin
            and n not in ("AvailabilityZones", "ClusterCreateTime", "DBClusterIdentifier",
                          "DbClusterResourceId")}
    kept["_Port"] = origin["Port"]
    if request.get("KmsKeyId"):
        kept.update(records.encryption(True, request["KmsKeyId"]))
    record = _new(request, kept)
    _begin(record)
    return {"DBCluster": shown(record)}


def _new(request: dict, origin: dict) -> dict:
    name = request["DBClusterIdentifier"].lower()
    if name in store.clusters:
        raise store.refusal("DBClusterAlreadyExistsFault", "DB Cluster already exists")
    group = network.subnet_group(request.get("DBSubnetGroupName"))
    if len(network.zones(group)) < 2:
        raise store.refusal("DBSubnetGroupDoesNotCoverEnoughAZs",
                            "The DB subnet group doesn't meet Availability Zone (AZ) coverage "
                            "requirement. Add subnets to cover at least 2 AZs.")
    record = {**_DEFAULTS, **origin, **_settings(request)}
    port = request.get("Port") or record.pop("_Port", records.DEFAULT_PORT[record["Engine"]])
    family = f"{record['Engine']}{record['EngineVersion'].split('.')[0]}"
    record.update({
        "DBClusterIdentifier": name, "DBClusterArn": store.arn("cluster", name),
        "DbClusterResourceId": store.lasting_id("cluster-"), "Status": "creating",
        "ClusterCreateTime": time.time(), "Endpoint": store.host(name, "cluster-"),
        "ReaderEndpoint": store.host(name, "cluster-ro-"), "Port": port,
        "DBSubnetGroup": group["DBSubnetGroupName"], "_VpcId": group["VpcId"],
        "AvailabilityZones": sorted(request.get("AvailabilityZones")
                                    or network.zones(group)[:3]),
        "VpcSecurityGroups": network.security_groups(request.get("VpcSecurityGroupIds"), group),
        "DBClusterParameterGroup": request.get("DBClusterParameterGroupName")
        or f"default.{family}",
        "DBClusterMembers": [],
    })
    store.clusters[name] = record
    store.set_tags(record["DBClusterArn"], request.get("Tags"))
    return record


def _settings(request: dict) -> dict:
    found = {n: request[n] for n in _PLAIN if n in request}
    found.update((ours, request[theirs]) for theirs, ours in _RENAMED.items() if theirs in request)
    return found


def _begin(record: dict) -> None:
    agenda.later(pace.create_seconds("AWS::RDS::DBCluster"), created,
                 resource=record["DbClusterResourceId"])


@agenda.task
def created(resource: str) -> None:
    record = store.cluster_by_id(resource)
    if record is not None and record["Status"] == "creating":
        record["Status"] = "available"
        store.event("db-cluster", record, "creation", "DB cluster created")
        back_up_daily(resource)


@agenda.task
def back_up_daily(resource: str) -> None:
    record = store.cluster_by_id(resource)
    if record is None:
        return
    if record["Status"] == "available":
        snapshots.automated(record)
    agenda.later(86400, back_up_daily, resource=resource)


def restorable_since(record: dict) -> float:
    return max(record["ClusterCreateTime"],
               time.time() - record["BackupRetentionPeriod"] * 86400)


def restorable_until(record: dict) -> float:
    """Aurora's storage backs up all the time."""
    return max(restorable_since(record), time.time() - 1)


def shown(record: dict) -> dict:
    zones = {i["AvailabilityZone"] for i in store.members(record)}
    return {**record, "MultiAZ": len(zones) > 1,
            "TagList": store.tags.get(record["DBClusterArn"], []),
            "EarliestRestorableTime": restorable_since(record),
            "LatestRestorableTime": restorable_until(record)}


def describe_db_clusters(request: dict) -> dict:
    if request.get("DBClusterIdentifier"):
        found = [store.cluster(request["DBClusterIdentifier"])]
    else:
        found = store.clusters.values()
    for filter_ in request.get("Filters") or []:
        member = {"db-cluster-id": "DBClusterIdentifier", "engine": "Engine",
                  "db-cluster-resource-id": "DbClusterResourceId"}.get(filter_["Name"])
        if member is None:
            raise store.refusal("InvalidParameterValue",
                                f"Unrecognized filter name: {filter_['Name']}")
        values = {v.rsplit(":", 1)[-1] for v in filter_["Values"]}
        found = [c for c in found if c[member] in values]
    return {"DBClusters": [shown(c) for c in sorted(
        found, key=lambda c: c["DBClusterIdentifier"])]}


@takes(*_PLAIN, *_RENAMED, "AllowMajorVersionUpgrade", "ApplyImmediately",
       "CloudwatchLogsExportConfiguration", "DBClusterIdentifier", "DBClusterParameterGroupName",
       "EngineVersion", "ManageMasterUserPassword", "MasterUserPassword",
       "MasterUserSecretKmsKeyId", "Port", "VpcSecurityGroupIds")
def modify_db_cluster(request: dict) -> dict:
    record = store.cluster(request["DBClusterIdentifier"])
    store.require_cluster(record)
    check_cluster({"Engine": record["Engine"], **request})
    changes = _settings(request)
    if "VpcSecurityGroupIds" in request:
        changes["VpcSecurityGroups"] = [{"VpcSecurityGroupId": i, "Status": "active"}
                                        for i in request["VpcSecurityGroupIds"]]
    if "DBClusterParameterGroupName" in request:
        changes["DBClusterParameterGroup"] = request["DBClusterParameterGroupName"]
    if "Port" in request:
        changes["Port"] = request["Port"]
    exports = request.get("CloudwatchLogsExportConfiguration")
    if exports:
        changes["EnabledCloudwatchLogsExports"] = records.exported(record, exports)
    record.update(changes)
    if request.get("MasterUserPassword"):
        record["_MasterUserPassword"] = request["MasterUserPassword"]
    records.manage_password(request, record, "cluster")
    _upgrade(record, request)
    if request.get("ApplyImmediately"):
        record["Status"] = "modifying"
        agenda.later(pace.update_seconds("AWS::RDS::DBCluster"), settled,
                     resource=record["DbClusterResourceId"])
    return {"DBCluster": shown(record)}


def _upgrade(record: dict, request: dict) -> None:
    if not request.get("EngineVersion"):
        return
    version = records.full_version(record["Engine"], request["EngineVersion"])
    if not request.get("ApplyImmediately"):
        record["PendingModifiedValues"] = {"EngineVersion": version}
        return
    record.pop("PendingModifiedValues", None)
    record["EngineVersion"] = version
    for member in store.members(record):
        member["EngineVersion"] = version


@agenda.task
def settled(resource: str) -> None:
    record = store.cluster_by_id(resource)
    if record is not None and record["Status"] in ("modifying", "starting"):
        record["Status"] = "available"


def delete_db_cluster(request: dict) -> dict:
    record = store.cluster(request["DBClusterIdentifier"])
    name = record["DBClusterIdentifier"]
    skip, final = request.get("SkipFinalSnapshot", False), request.get("FinalDBSnapshotIdentifier")
    if record["Status"] == "deleting":
        raise store.refusal("InvalidDBClusterStateFault", f"{name} is already being deleted.")
    if record["DeletionProtection"]:
        raise store.refusal("InvalidParameterCombination",
                            "Cannot delete protected Cluster, please disable deletion protection "
                            "and try again.")
    if global_clusters.leads(record):
        raise store.refusal("InvalidGlobalClusterStateFault",
                            "Unable to delete cluster that is a primary member of global cluster "
                            "while there are other global cluster members")
    if global_clusters.of(record) is not None:
        raise store.refusal("InvalidDBClusterStateFault",
                            "This cluster is a part of a global cluster, please remove it from "
                            "globalcluster first")
    if any(i["DBInstanceStatus"] != "deleting" for i in store.members(record)):
        raise store.refusal("InvalidDBClusterStateFault",
                            "Cluster cannot be deleted, it still contains DB instances in "
                            "non-deleting state.")
    if skip == bool(final):
        raise store.refusal("InvalidParameterCombination",
                            "FinalDBSnapshotIdentifier can not be specified when "
                            "SkipFinalSnapshot is true." if final else
                            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is "
                            "specified.")
    if final:
        snapshots.take(record, final)
    record["Status"] = "deleting"
    agenda.later(pace.delete_seconds("AWS::RDS::DBCluster"), deleted,
                 resource=record["DbClusterResourceId"])
    return {"DBCluster": shown(record)}


@agenda.task
def deleted(resource: str) -> None:
    record = store.cluster_by_id(resource)
    if record is None or record["Status"] != "deleting":
        return
    if record["DBClusterMembers"]:
        agenda.later(max(0.1, pace.delete_seconds("AWS::RDS::DBInstance") / 10), deleted,
                     resource=resource)
        return
    store.event("db-cluster", record, "deletion", "DB cluster deleted")
    store.clusters.pop(record["DBClusterIdentifier"])
    store.tags.pop(record["DBClusterArn"], None)
    records.forget_password(record)
    snapshots.drop_automated(record)


def add_instance(request: dict) -> dict:
    """The first is the writer, unless the cluster follows another; the others read."""
    cluster = store.cluster(request["DBClusterIdentifier"])
    if cluster["Status"] not in ("available", "creating", "modifying"):
        store.require_cluster(cluster)
    for name in ("MasterUsername", "MasterUserPassword", "AllocatedStorage", "StorageEncrypted",
                 "MultiAZ", "BackupRetentionPeriod"):
        if request.get(name):
            raise store.refusal("InvalidParameterCombination",
                                f"The requested DB Instance will be a member of a DB Cluster. Set "
                                f"{name} for the DB Cluster.")
    if request["DBInstanceClass"] == "db.serverless" and not cluster.get(
            "ServerlessV2ScalingConfiguration"):
        raise store.refusal("InvalidParameterCombination",
                            "Set the Serverless v2 scaling configuration on the parent DB cluster "
                            "before creating a Serverless v2 DB instance.")
    version = request.get("EngineVersion")
    if request["Engine"] != cluster["Engine"] or (version and not (
            cluster["EngineVersion"] + ".").startswith(version + ".")):
        raise store.refusal("InvalidParameterCombination",
                            "The engine and its version of a DB instance are those of its DB "
                            "cluster.")
    origin = {n: cluster[n] for n in ("Engine", "EngineVersion", "MasterUsername", "StorageType",
                                      "StorageEncrypted", "KmsKeyId") if n in cluster}
    origin.update(DBClusterIdentifier=cluster["DBClusterIdentifier"], AllocatedStorage=1,
                  PromotionTier=1, _Port=cluster["Port"])
    taken = tuple(i["AvailabilityZone"] for i in store.members(cluster))
    record = records.new_instance({
        "VpcSecurityGroupIds": [g["VpcSecurityGroupId"] for g in cluster["VpcSecurityGroups"]],
        **request, "DBSubnetGroupName": cluster["DBSubnetGroup"]}, origin)
    if not request.get("AvailabilityZone"):
        records.place(record, avoid=taken)
    global_record = global_clusters.of(cluster)
    follows = global_record is not None and not global_clusters.is_writer(global_record, cluster)
    cluster["DBClusterMembers"].append({
        "DBInstanceIdentifier": record["DBInstanceIdentifier"],
        "IsClusterWriter": not follows and not taken,
        "DBClusterParameterGroupStatus": "in-sync", "PromotionTier": record["PromotionTier"]})
    instances.begin(record)
    return record


def drop_instance(record: dict) -> None:
    """Without its writer a cluster makes a reader the writer, if it has one."""
    cluster = store.clusters[record["DBClusterIdentifier"]]
    gone = [m for m in cluster["DBClusterMembers"]
            if m["DBInstanceIdentifier"] == record["DBInstanceIdentifier"]]
    cluster["DBClusterMembers"] = [m for m in cluster["DBClusterMembers"] if m not in gone]
    if any(m["IsClusterWriter"] for m in gone):
        cluster_failover.promote_best(cluster)
