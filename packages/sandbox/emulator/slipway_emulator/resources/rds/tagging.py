"""Tags and events, which all kinds of RDS resource have."""

import time

from ministack.services import rds

from . import store

_MOST_MINUTES = 20160
_KINDS = {
    "db": (store.instances, "DBInstanceNotFound"),
    "cluster": (store.clusters, "DBClusterNotFoundFault"),
    "snapshot": (store.snapshots, "DBSnapshotNotFound"),
    "cluster-snapshot": (store.cluster_snapshots, "DBClusterSnapshotNotFoundFault"),
    "global-cluster": (store.global_clusters, "GlobalClusterNotFoundFault"),
    "subgrp": (rds._subnet_groups, "DBSubnetGroupNotFoundFault"),
    "pg": (rds._param_groups, "DBParameterGroupNotFound"),
    "cluster-pg": (rds._db_cluster_param_groups, "DBClusterParameterGroupNotFound"),
}


def _require(resource_arn: str) -> None:
    parts = resource_arn.split(":", 6)
    if len(parts) < 7 or parts[2] != "rds":
        raise store.refusal("InvalidParameterValue", f"Invalid resource name: {resource_arn}")
    records, missing = _KINDS.get(parts[5], (None, ""))
    if records is not None:
        with store.scope_of(resource_arn):
            if parts[6] not in records:
                raise store.refusal(missing, f"{parts[6]} not found.")


def add_tags_to_resource(request: dict) -> dict:
    name = request["ResourceName"]
    _require(name)
    found = {t["Key"]: t for t in store.tags.get(name, [])}
    found.update((t["Key"], {"Key": t["Key"], "Value": t.get("Value", "")})
                 for t in request["Tags"])
    store.tags[name] = list(found.values())
    return {}


def remove_tags_from_resource(request: dict) -> dict:
    name = request["ResourceName"]
    _require(name)
    store.tags[name] = [t for t in store.tags.get(name, []) if t["Key"] not in request["TagKeys"]]
    return {}


def list_tags_for_resource(request: dict) -> dict:
    _require(request["ResourceName"])
    return {"TagList": store.tags.get(request["ResourceName"], [])}


def describe_events(request: dict) -> dict:
    source, kind = request.get("SourceIdentifier"), request.get("SourceType")
    if source and not kind:
        raise store.refusal("InvalidParameterCombination",
                            "SourceIdentifier requires SourceType.")
    minutes = request.get("Duration", 60)
    if not 0 <= minutes <= _MOST_MINUTES:
        raise store.refusal("InvalidParameterValue", f"Invalid value {minutes} for Duration.")
    end = request.get("EndTime", time.time())
    start = request.get("StartTime", end - minutes * 60)
    categories = set(request.get("EventCategories") or [])
    return {"Events": [
        e for e in store.events()
        if start <= e["Date"] <= end and source in (None, e["SourceIdentifier"])
        and kind in (None, e["SourceType"])
        and (not categories or categories & set(e["EventCategories"]))]}
