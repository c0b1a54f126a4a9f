"""AWS/RDS: what databases report to CloudWatch. Names, dimensions and units:
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html and
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
"""

from collections.abc import Iterator

from ministack.core.responses import get_region

from ... import darkness, lag
from ...metrics import Series, day, noise
from . import global_clusters, replicas, store

_GIB = 1024 ** 3
_RUNNING = frozenset({"available", "backing-up", "modifying", "rebooting", "deleting",
                      "resetting-master-credentials"})


def series() -> Iterator[Series]:
    for record in store.instances.values():
        if record["DBInstanceStatus"] in _RUNNING:
            yield from _of_instance(record)
    for cluster in store.clusters.values():
        yield from _of_cluster(cluster)


def _of_instance(record: dict) -> Iterator[Series]:
    name, since = record["DBInstanceIdentifier"], record["InstanceCreateTime"]
    zone = record["AvailabilityZone"]

    def metric(metric_name: str, unit: str, value, **dimensions: str) -> Series:
        """Nothing is reported from a dark zone."""
        return Series("AWS/RDS", metric_name, dimensions or {"DBInstanceIdentifier": name}, unit,
                      since, lambda t: None if darkness.is_zone_dark(zone, t) else value(t))

    yield metric("CPUUtilization", "Percent", lambda t: 12 + 30 * day(t) + 4 * noise(name, t))
    yield metric("DatabaseConnections", "Count",
                 lambda t: round(40 + 160 * day(t) + 12 * noise(f"{name} c", t)))
    cluster = store.clusters.get(record.get("DBClusterIdentifier") or "")
    if cluster is None:
        yield metric("FreeStorageSpace", "Bytes", lambda t: record["AllocatedStorage"] * _GIB
                     * (0.6 - 0.02 * noise(name, t // 86400 * 86400)))
        if record.get("ReadReplicaSourceDBInstanceIdentifier"):
            source = replicas.source_region(record)
            apart = source if source != get_region() else None
            yield metric("ReplicaLag", "Seconds",
                         lambda t: _around(lag.seconds("rds", apart, t), name, t))
        return
    member = next(m for m in cluster["DBClusterMembers"] if m["DBInstanceIdentifier"] == name)
    if not member["IsClusterWriter"]:
        # Readers share the writer's storage: a tenth of what a region is behind.
        yield metric("AuroraReplicaLag", "Milliseconds",
                     lambda t: _around(lag.seconds("aurora", None, t) * 100, name, t))
    scaling = cluster.get("ServerlessV2ScalingConfiguration")
    if record["DBInstanceClass"] == "db.serverless" and scaling:
        least, most = scaling["MinCapacity"], scaling["MaxCapacity"]

        def capacity(t: float) -> float:
            share = (0.2 + 0.5 * day(t)) if member["IsClusterWriter"] else 0.1 + 0.3 * day(t)
            return least + round((most - least) * share * 2) / 2

        yield metric("ServerlessDatabaseCapacity", "Count", capacity)
        yield metric("ACUUtilization", "Percent", lambda t: 100 * capacity(t) / most)
        if member["IsClusterWriter"]:
            yield metric("ServerlessDatabaseCapacity", "Count", capacity,
                         DBClusterIdentifier=cluster["DBClusterIdentifier"])


def _of_cluster(cluster: dict) -> Iterator[Series]:
    """How far a secondary region is behind; storage says it, so also without an instance."""
    joined = global_clusters.of(cluster)
    leader = global_clusters.primary_arn(joined) if joined else None
    if leader is None or leader == cluster["DBClusterArn"]:
        return
    name, source = cluster["DBClusterIdentifier"], store.region_of(leader)
    for metric in ("AuroraGlobalDBReplicationLag", "AuroraGlobalDBRPOLag"):
        for dimensions in ({"DBClusterIdentifier": name},
                           {"DBClusterIdentifier": name, "SourceRegion": source}):
            yield Series("AWS/RDS", metric, dimensions, "Milliseconds",
                         cluster.get("_FollowsSince", cluster["ClusterCreateTime"]),
                         lambda t: None if darkness.is_region_dark(get_region(), t) else
                         _around(lag.seconds("aurora", source, t) * 1000, name, t))


def _around(value: float, key: str, at: float) -> float:
    """Up to a twentieth more or less."""
    return value * (0.95 + 0.1 * noise(f"{key} lag", at))
