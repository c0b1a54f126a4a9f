"""AWS/ElastiCache: what caches report to CloudWatch. Names, dimensions and units:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
"""

from collections.abc import Iterator

from ministack.core.responses import get_region

from ... import darkness, lag
from ...metrics import Series, day, noise
from . import global_groups, nodes, store


def series() -> Iterator[Series]:
    for group in store.groups.values():
        if group["Status"] != "creating":
            for members in store.shards(group).values():
                for node in members:
                    yield from _of_node(node)
            yield from _of_group(group)


def _of_node(node: dict) -> Iterator[Series]:
    name, zone, primary = node["CacheClusterId"], node["PreferredAvailabilityZone"], (
        node["_Role"] == "primary")
    values = {
        "CPUUtilization": ("Percent", lambda t: 6 + 14 * day(t) + 3 * noise(name, t)),
        "EngineCPUUtilization": ("Percent", lambda t: 4 + 22 * day(t) + 3 * noise(name, t)),
        "CurrConnections": ("Count", lambda t: round(60 + 180 * day(t) + 9 * noise(name, t))),
        "CacheHitRate": ("Percent", lambda t: 97.4 - 0.8 * day(t) + 0.6 * noise(name, t)),
        "IsMaster": ("Count", lambda t: float(primary)),
    }
    if not primary:
        values["ReplicationLag"] = ("Seconds", lambda t: lag.seconds("elasticache", None, t))
    for metric, (unit, value) in values.items():
        for dimensions in ({"CacheClusterId": name},
                           {"CacheClusterId": name, "CacheNodeId": "0001"}):
            yield Series("AWS/ElastiCache", metric, dimensions, unit,
                         node["CacheClusterCreateTime"],
                         lambda t, value=value: None if darkness.is_zone_dark(zone, t)
                         else value(t))


def _of_group(group: dict) -> Iterator[Series]:
    joined = global_groups.of(group)
    if joined is None or nodes.member_of(joined, group)["Role"] == "PRIMARY":
        return
    source = next(m["ReplicationGroupRegion"] for m in joined["Members"]
                  if m["Role"] == "PRIMARY")
    since = nodes.member_of(joined, group).get("_Since", group["ReplicationGroupCreateTime"])
    yield Series("AWS/ElastiCache", "GlobalDatastoreReplicationLag",
                 {"ReplicationGroupId": group["ReplicationGroupId"]}, "Seconds", since,
                 lambda t: None if darkness.is_region_dark(get_region(), t)
                 else lag.seconds("elasticache", source, t))
