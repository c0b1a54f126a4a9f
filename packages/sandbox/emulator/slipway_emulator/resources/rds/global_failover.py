"""Another region's cluster becomes a global database's primary: by switchover, with nothing lost,
or by failover, with what had not arrived.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
"""

import time

from ... import agenda, darkness
from ...pace import pace
from . import cluster_failover, snapshots, store
from .global_clusters import primary_arn, require_member, shown

_RESYNC_POLL_SECONDS = 1.0


def switchover_global_cluster(request: dict) -> dict:
    record = store.global_cluster(request["GlobalClusterIdentifier"])
    return _begin(record, request["TargetDbClusterIdentifier"], loses=False)


def failover_global_cluster(request: dict) -> dict:
    """Without ``AllowDataLoss`` it is a switchover."""
    record = store.global_cluster(request["GlobalClusterIdentifier"])
    loses = request.get("AllowDataLoss", False)
    if loses and request.get("Switchover"):
        raise store.refusal("InvalidParameterCombination",
                            "AllowDataLoss and Switchover exclude each other.")
    return _begin(record, request["TargetDbClusterIdentifier"], loses)


def _begin(record: dict, wanted: str, loses: bool) -> dict:
    name, word = record["GlobalClusterIdentifier"], "failing-over" if loses else "switching-over"
    if record["Status"] != "available":
        raise store.refusal("InvalidGlobalClusterStateFault",
                            f"Global cluster {name} is {record['Status']}.")
    target, leader = require_member(record, wanted), primary_arn(record)
    if target["DBClusterArn"] == leader:
        raise store.refusal("InvalidDBClusterStateFault",
                            f"{wanted} is the primary DB cluster of global cluster {name} already.")
    source = store.cluster(leader, anywhere=True)
    _require_ready(target)
    if not loses:
        _require_whole(record, source, target)
    record["Status"] = word
    record["FailoverState"] = {"Status": "pending", "FromDbClusterArn": leader,
                               "ToDbClusterArn": target["DBClusterArn"],
                               "IsDataLossAllowed": loses}
    moving = [target] if loses else [target, source]
    for cluster in moving:
        cluster["Status"] = word
    with store.scope_of(target["DBClusterArn"]):
        _tell(target, f"Global {'failover' if loses else 'switchover'} to DB cluster "
                      f"{target['DBClusterIdentifier']} in Region "
                      f"{store.region_of(target['DBClusterArn'])} started.")
        action = "rds.global-failover" if loses else "rds.global-switchover"
        agenda.later(pace.action_seconds(action) * 0.1, works, name=name)
        agenda.later(pace.action_seconds(action), promoted, name=name)
    return {"GlobalCluster": shown(record)}


def _require_ready(target: dict) -> None:
    with store.scope_of(target["DBClusterArn"]):
        store.require_cluster(target)
        if not any(i["DBInstanceStatus"] == "available" for i in store.members(target)):
            raise store.refusal("InvalidDBClusterStateFault",
                                f"{target['DBClusterIdentifier']} is headless: it needs an "
                                "available DB instance first.")


def _require_whole(record: dict, source: dict, target: dict) -> None:
    """A switchover is for a healthy global database, whose members all follow."""
    region = store.region_of(source["DBClusterArn"])
    if darkness.is_region_dark(region):
        raise store.refusal("InvalidDBClusterStateFault",
                            f"The primary DB cluster in {region} is out of reach; a switchover "
                            "needs it, a failover does not.")
    with store.scope_of(source["DBClusterArn"]):
        store.require_cluster(source)
    if source["EngineVersion"] != target["EngineVersion"]:
        raise store.refusal("InvalidDBClusterStateFault",
                            "The engine versions of the primary and the target DB cluster differ.")
    if any(m.get("SynchronizationStatus") == "pending-resync"
           for m in record["GlobalClusterMembers"]):
        raise store.refusal("InvalidGlobalClusterStateFault",
                            "A member of the global cluster is being resynchronized.")


def _tell(cluster: dict, message: str) -> None:
    store.event("db-cluster", cluster, "global-failover", message)


@agenda.task
def works(name: str) -> None:
    """Verified; from now on the state says what happens."""
    record = store.global_clusters.get(name)
    if record is not None and "FailoverState" in record:
        record["FailoverState"]["Status"] = record["Status"]


@agenda.task
def promoted(name: str) -> None:
    record = store.global_clusters.get(name)
    state = record.pop("FailoverState", None) if record is not None else None
    if state is None:
        return
    record["Status"] = "available"
    target = store.cluster(state["ToDbClusterArn"], anywhere=True)
    source = store.cluster(state["FromDbClusterArn"], anywhere=True)
    if not state["IsDataLossAllowed"] and darkness.is_region_dark(
            store.region_of(source["DBClusterArn"])):
        _cancel(source, target)
        return
    for member in record["GlobalClusterMembers"]:
        member["IsWriter"] = member["DBClusterArn"] == target["DBClusterArn"]
        member["SynchronizationStatus"] = "connected"
    with store.scope_of(target["DBClusterArn"]):
        target["Status"] = "available"
        cluster_failover.promote_best(target)
        _tell(target, f"New primary DB cluster {target['DBClusterIdentifier']} in Region "
                      f"{store.region_of(target['DBClusterArn'])} was successfully promoted.")
    source["_FollowsSince"] = time.time()
    with store.scope_of(source["DBClusterArn"]):
        if state["IsDataLossAllowed"]:
            _member(record, source)["SynchronizationStatus"] = "pending-resync"
            agenda.later(_RESYNC_POLL_SECONDS, resynchronizes, name=name,
                         source=source["DBClusterArn"])
        else:
            cluster_failover.demote_all(source)
            source["Status"] = "available"


def _cancel(source: dict, target: dict) -> None:
    """A switchover whose primary is lost on the way leaves all as it was; a failover is possible."""
    source["Status"] = target["Status"] = "available"
    with store.scope_of(target["DBClusterArn"]):
        _tell(target, f"Global switchover to DB cluster {target['DBClusterIdentifier']} in Region "
                      f"{store.region_of(target['DBClusterArn'])} cancelled.")


def _member(record: dict, cluster: dict) -> dict:
    return next(m for m in record["GlobalClusterMembers"]
                if m["DBClusterArn"] == cluster["DBClusterArn"])


def _lost_primary(name: str, source: str) -> tuple[dict, dict] | None:
    """The global cluster and its old primary, as long as that waits to be resynchronized."""
    record = store.global_clusters.get(name)
    for member in (record or {}).get("GlobalClusterMembers", []):
        if member["DBClusterArn"] == source and member.get(
                "SynchronizationStatus") == "pending-resync":
            return record, store.cluster(source)
    return None


@agenda.task
def resynchronizes(name: str, source: str) -> None:
    """Once its region is back the old primary stops writing, is snapshotted and built anew. Until
    then it would go on taking writes, as on AWS."""
    found = _lost_primary(name, source)
    if found is None:
        return
    cluster = found[1]
    if darkness.is_region_dark(store.region_of(source)):
        agenda.later(_RESYNC_POLL_SECONDS, resynchronizes, name=name, source=source)
        return
    cluster_failover.demote_all(cluster)
    cluster["Status"] = "modifying"
    snapshots.take(cluster, f"rds:unplanned-global-failover-{cluster['DBClusterIdentifier']}-"
                            f"{time.strftime('%Y-%m-%d-%H-%M-%S', time.gmtime())}",
                   automated=True)
    _tell(cluster, f"Started resynchronizing DB cluster {cluster['DBClusterIdentifier']}.")
    agenda.later(pace.action_seconds("rds.global-resync"), resynchronized, name=name,
                 source=source)


@agenda.task
def resynchronized(name: str, source: str) -> None:
    found = _lost_primary(name, source)
    if found is None:
        return
    record, cluster = found
    _member(record, cluster)["SynchronizationStatus"] = "connected"
    cluster["Status"] = "available"
    _tell(cluster, f"Finished resynchronizing DB cluster {cluster['DBClusterIdentifier']}.")
