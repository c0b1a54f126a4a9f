"""Aurora global databases: members in several regions, switchover, failover, leaving.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
"""

import hashlib
import time

from ministack.core.responses import get_account_id, get_region

from ... import agenda, darkness
from ...pace import pace
from ...validation.rds import check_engine
from . import cluster_failover, records, store

# A primary and up to ten secondary regions.
_MOST_MEMBERS = 11


def create_global_cluster(request: dict) -> dict:
    name = (request.get("GlobalClusterIdentifier") or "").lower()
    if not name:
        raise store.refusal("InvalidParameterValue", "GlobalClusterIdentifier must be provided.")
    if name in store.global_clusters:
        raise store.refusal("GlobalClusterAlreadyExistsFault",
                            f"Global cluster {name} already exists")
    source = request.get("SourceDBClusterIdentifier")
    if source:
        for member in ("Engine", "EngineVersion", "StorageEncrypted", "DatabaseName"):
            if member in request:
                raise store.refusal("InvalidParameterCombination",
                                    f"When creating a global cluster from an existing DB cluster, "
                                    f"{member} should not be specified.")
        cluster = store.cluster(source)
        store.require_cluster(cluster)
        if of(cluster) is not None:
            raise store.refusal("InvalidDBClusterStateFault",
                                f"{source} is already a member of a global cluster.")
        taken = {n: cluster[n] for n in ("Engine", "EngineVersion", "StorageEncrypted",
                                         "DatabaseName") if n in cluster}
    else:
        check_engine(request.get("Engine"), cluster=True)
        taken = {"Engine": request["Engine"],
                 "EngineVersion": records.full_version(request["Engine"],
                                                       request.get("EngineVersion")),
                 "StorageEncrypted": request.get("StorageEncrypted", False)}
        if request.get("DatabaseName"):
            taken["DatabaseName"] = request["DatabaseName"]
    token = hashlib.sha1(f"{get_account_id()}{name}".encode()).hexdigest()[:12]
    record = {
        **taken, "GlobalClusterIdentifier": name, "GlobalClusterArn": store.global_arn(name),
        "GlobalClusterResourceId": store.lasting_id("cluster-").lower(), "Status": "available",
        "EngineLifecycleSupport": request.get("EngineLifecycleSupport",
                                              "open-source-rds-extended-support"),
        "DeletionProtection": request.get("DeletionProtection", False),
        "GlobalClusterMembers": [],
        "Endpoint": f"{name}.global-{token}.global.rds.amazonaws.com",
    }
    store.global_clusters[name] = record
    store.set_tags(record["GlobalClusterArn"], request.get("Tags"))
    if source:
        join(name, cluster, True)
    return {"GlobalCluster": shown(record)}


def shown(record: dict) -> dict:
    followers = [m["DBClusterArn"] for m in record["GlobalClusterMembers"] if not m["IsWriter"]]
    return {**record, "TagList": store.tags.get(record["GlobalClusterArn"], []),
            "GlobalClusterMembers": [
                {**m, "Readers": followers if m["IsWriter"] else [],
                 "GlobalWriteForwardingStatus": "disabled"}
                for m in record["GlobalClusterMembers"]]}


def describe_global_clusters(request: dict) -> dict:
    if request.get("GlobalClusterIdentifier"):
        found = [store.global_cluster(request["GlobalClusterIdentifier"])]
    else:
        found = store.global_clusters.values()
    for filter_ in request.get("Filters") or []:
        if filter_["Name"] != "db-cluster-id":
            raise store.refusal("InvalidParameterValue",
                                f"Unrecognized filter name: {filter_['Name']}")
        found = [g for g in found if any(
            v in (m["DBClusterArn"], m["DBClusterArn"].rsplit(":", 1)[-1])
            for v in filter_["Values"] for m in g["GlobalClusterMembers"])]
    return {"GlobalClusters": [shown(g) for g in sorted(
        found, key=lambda g: g["GlobalClusterIdentifier"])]}


def modify_global_cluster(request: dict) -> dict:
    record = store.global_cluster(request.get("GlobalClusterIdentifier") or "")
    if "NewGlobalClusterIdentifier" in request or "EngineVersion" in request:
        raise store.refusal("InvalidGlobalClusterStateFault",
                            "Renaming and upgrading a global cluster are not emulated.")
    if "DeletionProtection" in request:
        record["DeletionProtection"] = request["DeletionProtection"]
    return {"GlobalCluster": shown(record)}


def delete_global_cluster(request: dict) -> dict:
    record = store.global_cluster(request["GlobalClusterIdentifier"])
    name = record["GlobalClusterIdentifier"]
    if record["DeletionProtection"]:
        raise store.refusal("InvalidParameterCombination",
                            "Cannot delete protected Global Cluster, please disable deletion "
                            "protection and try again.")
    if record["GlobalClusterMembers"]:
        raise store.refusal("InvalidGlobalClusterStateFault",
                            f"Global Cluster {record['GlobalClusterArn']} is not empty")
    store.global_clusters.pop(name)
    view = {**shown(record), "Status": "deleting"}
    store.tags.pop(record["GlobalClusterArn"], None)
    return {"GlobalCluster": view}


def of(cluster: dict) -> dict | None:
    """The global cluster that it is a member of."""
    return next((g for g in store.global_clusters.values()
                 if _member(g, cluster["DBClusterArn"])), None)


def _member(record: dict, cluster_arn: str) -> dict | None:
    return next((m for m in record["GlobalClusterMembers"]
                 if m["DBClusterArn"] == cluster_arn), None)


def is_writer(record: dict, cluster: dict) -> bool:
    return bool((_member(record, cluster["DBClusterArn"]) or {}).get("IsWriter"))


def leads(cluster: dict) -> bool:
    """It is the primary, and others follow it."""
    record = of(cluster)
    return (record is not None and is_writer(record, cluster)
            and len(record["GlobalClusterMembers"]) > 1)


def primary_arn(record: dict) -> str | None:
    return next((m["DBClusterArn"] for m in record["GlobalClusterMembers"] if m["IsWriter"]), None)


def primary_to_follow(name: str, request: dict) -> dict | None:
    """None if the new cluster will be the first."""
    record = store.global_cluster(name)
    if record["Engine"] != request["Engine"]:
        raise store.refusal("InvalidParameterCombination",
                            "The engine of a DB cluster is that of its global cluster.")
    leader = primary_arn(record)
    if leader is None:
        return None
    if any(store.region_of(m["DBClusterArn"]) == get_region()
           for m in record["GlobalClusterMembers"]):
        raise store.refusal("InvalidGlobalClusterStateFault",
                            f"Global cluster {name} has a DB cluster in {get_region()} already.")
    if len(record["GlobalClusterMembers"]) >= _MOST_MEMBERS:
        raise store.refusal("InvalidGlobalClusterStateFault",
                            f"Global cluster {name} has {_MOST_MEMBERS} members already.")
    for member in ("MasterUsername", "MasterUserPassword", "DatabaseName"):
        if request.get(member):
            raise store.refusal("InvalidParameterCombination",
                                f"Cannot specify {member} for a secondary DB cluster of a global "
                                "cluster.")
    primary = store.cluster(leader, anywhere=True)
    if darkness.is_region_dark(store.region_of(leader)):
        raise store.refusal("InvalidDBClusterStateFault",
                            f"The primary DB cluster {leader} is out of reach.")
    with store.scope_of(leader):
        store.require_cluster(primary)
    return primary


def settings(name: str, request: dict) -> dict:
    """What the first DB cluster of a global cluster has from it."""
    record = store.global_cluster(name)
    _require_version(record, request)
    return {n: record[n] for n in ("EngineVersion", "DatabaseName", "StorageEncrypted")
            if n in record}


def _require_version(record: dict, request: dict) -> None:
    version = request.get("EngineVersion")
    if version and not f"{record['EngineVersion']}.".startswith(f"{version}."):
        raise store.refusal("InvalidParameterCombination",
                            f"The engine version of the global cluster is "
                            f"{record['EngineVersion']}.")


def followed(primary: dict, request: dict) -> dict:
    """What a secondary cluster takes over."""
    if primary["StorageEncrypted"] and not request.get("KmsKeyId"):
        raise store.refusal("InvalidParameterCombination",
                            "KmsKeyId should be explicitly specified for an encrypted DB cluster "
                            "in another region.")
    taken = {n: primary[n] for n in ("Engine", "EngineVersion", "MasterUsername", "DatabaseName",
                                     "_MasterUserPassword") if n in primary}
    _require_version(taken, request)
    return {**taken, **records.encryption(primary["StorageEncrypted"], request.get("KmsKeyId")),
            "_Port": primary["Port"]}


def join(name: str, cluster: dict, as_writer: bool) -> None:
    store.global_cluster(name)["GlobalClusterMembers"].append({
        "DBClusterArn": cluster["DBClusterArn"], "IsWriter": as_writer,
        "SynchronizationStatus": "connected"})
    cluster.update(GlobalClusterIdentifier=name.lower(), _FollowsSince=time.time())


def remove_from_global_cluster(request: dict) -> dict:
    record = store.global_cluster(request.get("GlobalClusterIdentifier") or "")
    cluster = require_member(record, request.get("DbClusterIdentifier") or "")
    if leads(cluster):
        raise store.refusal("InvalidGlobalClusterStateFault",
                            "Cannot remove the primary DB cluster from a global cluster that has "
                            "secondary DB clusters.")
    with store.scope_of(cluster["DBClusterArn"]):
        promotes = not is_writer(record, cluster)
        record["GlobalClusterMembers"].remove(_member(record, cluster["DBClusterArn"]))
        cluster.pop("GlobalClusterIdentifier", None)
        if promotes:
            cluster["Status"] = "promoting"
            agenda.later(pace.action_seconds("rds.promote"), promoted,
                         resource=cluster["DbClusterResourceId"])
    return {"GlobalCluster": shown(record)}


def require_member(record: dict, wanted: str) -> dict:
    arns = [m["DBClusterArn"] for m in record["GlobalClusterMembers"]]
    found = next((a for a in arns if wanted in (a, a.rsplit(":", 1)[-1])), None)
    if found is None:
        name = store.cluster(wanted, anywhere=True)["DBClusterIdentifier"]
        raise store.refusal("InvalidParameterValue",
                            f"Cluster {name} is not part of the global cluster "
                            f"{record['GlobalClusterIdentifier']}")
    return store.cluster(found, anywhere=True)


@agenda.task
def promoted(resource: str) -> None:
    cluster = store.cluster_by_id(resource)
    if cluster is not None and cluster["Status"] == "promoting":
        cluster["Status"] = "available"
        cluster_failover.promote_best(cluster)
