"""Failover within a cluster: a reader becomes the writer, and the writer a reader."""

from ... import agenda, darkness
from ...pace import pace
from . import clusters, global_clusters, store


def failover_db_cluster(request: dict) -> dict:
    cluster = store.cluster(request["DBClusterIdentifier"])
    store.require_cluster(cluster)
    if global_clusters.of(cluster) is not None and writer(cluster) is None:
        raise store.refusal("InvalidDBClusterStateFault",
                            "A secondary DB cluster of a global database has no writer to fail "
                            "over.")
    target = request.get("TargetDBInstanceIdentifier")
    if target is None:
        chosen = _best(cluster)
        if chosen is None or _is_lost(chosen):
            raise store.refusal("InvalidDBClusterStateFault",
                                f"DB cluster {cluster['DBClusterIdentifier']} has no available "
                                "Aurora replica to fail over to.")
    else:
        chosen = _target(cluster, target.rsplit(":", 1)[-1].lower())
    _begin(cluster, chosen)
    return {"DBCluster": clusters.shown(cluster)}


def _target(cluster: dict, name: str) -> dict:
    member = next((m for m in cluster["DBClusterMembers"]
                   if m["DBInstanceIdentifier"] == name), None)
    if member is None or member["IsClusterWriter"]:
        raise store.refusal("InvalidDBClusterStateFault",
                            f"{name} is no Aurora replica of DB cluster "
                            f"{cluster['DBClusterIdentifier']}.")
    store.require(store.instances[name])
    if _is_lost(member):
        raise store.refusal("InvalidDBInstanceState", f"{name} is out of reach.")
    return member


def _is_lost(member: dict) -> bool:
    return darkness.is_zone_dark(
        store.instances[member["DBInstanceIdentifier"]]["AvailabilityZone"])


def _best(cluster: dict) -> dict | None:
    """The available reader with the lowest promotion tier, in a zone with light if there is one."""
    readers = [m for m in cluster["DBClusterMembers"] if not m["IsClusterWriter"]
               and store.instances[m["DBInstanceIdentifier"]]["DBInstanceStatus"] == "available"]
    return min(readers, default=None, key=lambda m: (
        _is_lost(m), m["PromotionTier"], m["DBInstanceIdentifier"]))


def writer(cluster: dict) -> dict | None:
    """The writing instance."""
    return next((store.instances[m["DBInstanceIdentifier"]]
                 for m in cluster["DBClusterMembers"] if m["IsClusterWriter"]), None)


def promote_best(cluster: dict) -> None:
    chosen = _best(cluster)
    if chosen is not None and writer(cluster) is None:
        chosen["IsClusterWriter"] = True


def demote_all(cluster: dict) -> None:
    for member in cluster["DBClusterMembers"]:
        member["IsClusterWriter"] = False


def _begin(cluster: dict, chosen: dict) -> None:
    cluster["Status"] = "failing-over"
    before, name = writer(cluster), chosen["DBInstanceIdentifier"]
    same = before and before["AvailabilityZone"] == store.instances[name]["AvailabilityZone"]
    store.event("db-cluster", cluster, "failover",
                f"Started {'same' if same else 'cross'} AZ failover to DB instance: {name}")
    agenda.later(pace.action_seconds("rds.cluster-failover"), failed_over,
                 resource=cluster["DbClusterResourceId"], target=name)


@agenda.task
def failed_over(resource: str, target: str) -> None:
    cluster = store.cluster_by_id(resource)
    if cluster is None or cluster["Status"] != "failing-over":
        return
    chosen = next((m for m in cluster["DBClusterMembers"]
                   if m["DBInstanceIdentifier"] == target), None) or _best(cluster)
    if chosen is not None:
        demote_all(cluster)
        chosen["IsClusterWriter"] = True
        store.event("db-cluster", cluster, "failover", "Completed failover to DB instance: "
                                                       f"{chosen['DBInstanceIdentifier']}")
    cluster["Status"] = "available"


def flee_dark_zones() -> None:
    """A writer in a lost zone is replaced by a reader elsewhere; without one the cluster waits:
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html"""
    for cluster in store.clusters.values():
        lost = writer(cluster)
        if (lost is None or cluster["Status"] != "available"
                or not darkness.is_zone_dark(lost["AvailabilityZone"])):
            continue
        chosen = _best(cluster)
        if chosen is not None and not _is_lost(chosen):
            _begin(cluster, chosen)
