"""Where databases are kept, how they are named and found, and what they say happened.

The stores are ministack's, in AWS's own shape; members that start with an underscore are ours.
"""

import hashlib
import secrets
import time
from contextlib import contextmanager

from ministack.core.arn import parse_arn
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import rds

from ...errors import ResourceError

instances, clusters, global_clusters = rds._instances, rds._clusters, rds._global_clusters
snapshots, cluster_snapshots = rds._snapshots, rds._db_cluster_snapshots
tags = rds._tags

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_KEPT_EVENTS = 1000
# RDS keeps events for 14 days: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeEvents.html
_KEPT_SECONDS = 14 * 86400
# What is stopped is started by AWS so long after, that no maintenance is missed.
RESTART_AFTER_SECONDS = 7 * 86400


def refusal(code: str, message: str) -> ResourceError:
    return ResourceError("Rds", code, message, 404 if "NotFound" in code else 400)


def arn(kind: str, name: str) -> str:
    return f"arn:aws:rds:{get_region()}:{get_account_id()}:{kind}:{name}"


def global_arn(name: str) -> str:
    return f"arn:aws:rds::{get_account_id()}:global-cluster:{name}"


def lasting_id(prefix: str) -> str:
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(26))


def host(name: str, kind: str = "") -> str:
    """``kind``: "cluster-" or "cluster-ro-" for a cluster's endpoints."""
    token = hashlib.sha1(f"{get_account_id()}{get_region()}".encode()).hexdigest()[:12]
    return f"{name}.{kind}c{token}.{get_region()}.rds.amazonaws.com"


def region_of(resource_arn: str) -> str:
    return parse_arn(resource_arn).region


@contextmanager
def scope_of(resource_arn: str):
    """The account and region that the ARN names, as those of a request."""
    spec = parse_arn(resource_arn)
    with request_scope(spec.account_id, spec.region or get_region()):
        yield


def _lookup(store, identifier: str, anywhere: bool) -> dict | None:
    """By name in this region, or by ARN."""
    if not identifier.startswith("arn:"):
        return store.get(identifier.lower())
    if not anywhere and region_of(identifier) != get_region():
        return None
    with scope_of(identifier):
        return store.get(identifier.split(":", 6)[-1].lower())


def instance(identifier: str, anywhere: bool = False) -> dict:
    found = _lookup(instances, identifier, anywhere)
    if found is None:
        raise refusal("DBInstanceNotFound", f"DBInstance {identifier} not found.")
    return found


def cluster(identifier: str, anywhere: bool = False) -> dict:
    found = _lookup(clusters, identifier, anywhere)
    if found is None:
        raise refusal("DBClusterNotFoundFault", f"DBCluster {identifier} not found.")
    return found


def snapshot(identifier: str, anywhere: bool = False) -> dict:
    found = _lookup(snapshots, identifier, anywhere)
    if found is None:
        raise refusal("DBSnapshotNotFound", f"DBSnapshot {identifier} not found.")
    return found


def cluster_snapshot(identifier: str, anywhere: bool = False) -> dict:
    found = _lookup(cluster_snapshots, identifier, anywhere)
    if found is None:
        raise refusal("DBClusterSnapshotNotFoundFault",
                      f"DBClusterSnapshot {identifier} not found.")
    return found


def global_cluster(identifier: str) -> dict:
    found = global_clusters.get(identifier.lower())
    if found is None:
        raise refusal("GlobalClusterNotFoundFault", f"Global cluster {identifier} not found.")
    return found


def instance_by_id(lasting: str) -> dict | None:
    return next((i for i in instances.values() if i["DbiResourceId"] == lasting), None)


def cluster_by_id(lasting: str) -> dict | None:
    return next((c for c in clusters.values() if c["DbClusterResourceId"] == lasting), None)


def require(record: dict, *statuses: str) -> None:
    """The instance is in one of the statuses, "available" if none is named."""
    if record["DBInstanceStatus"] not in (statuses or ("available",)):
        raise refusal(
            "InvalidDBInstanceState",
            f"Instance {record['DBInstanceIdentifier']} is not in "
            f"{' or '.join(statuses or ('available',))} state; it is "
            f"{record['DBInstanceStatus']}.")


def require_cluster(record: dict, *statuses: str) -> None:
    if record["Status"] not in (statuses or ("available",)):
        raise refusal(
            "InvalidDBClusterStateFault",
            f"DB cluster {record['DBClusterIdentifier']} is not in "
            f"{' or '.join(statuses or ('available',))} state; it is {record['Status']}.")


def members(of_cluster: dict) -> list[dict]:
    """The cluster's instances, its writer first."""
    listed = sorted(of_cluster["DBClusterMembers"], key=lambda m: not m["IsClusterWriter"])
    return [instances[m["DBInstanceIdentifier"]] for m in listed]


def set_tags(resource_arn: str, wanted: list[dict] | None) -> None:
    if wanted:
        tags[resource_arn] = [dict(tag) for tag in wanted]


def event(kind: str, record: dict, category: str, message: str) -> None:
    """``kind``: db-instance, db-cluster, db-snapshot or db-cluster-snapshot."""
    name, arn_member = {
        "db-instance": ("DBInstanceIdentifier", "DBInstanceArn"),
        "db-cluster": ("DBClusterIdentifier", "DBClusterArn"),
        "db-snapshot": ("DBSnapshotIdentifier", "DBSnapshotArn"),
        "db-cluster-snapshot": ("DBClusterSnapshotIdentifier", "DBClusterSnapshotArn"),
    }[kind]
    entries = rds._events.setdefault("entries", [])
    entries.append({"SourceIdentifier": record[name], "SourceArn": record[arn_member],
                    "SourceType": kind, "Message": message,
                    "EventCategories": [category] if category else [], "Date": time.time()})
    del entries[:-_KEPT_EVENTS]


def events() -> list[dict]:
    oldest = time.time() - _KEPT_SECONDS
    return [e for e in rds._events.get("entries") or [] if e["Date"] >= oldest]
