"""Aurora clusters: stopped with their instances, started again, by AWS itself after seven days.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html
"""

import time

from ... import agenda
from ...pace import pace
from . import global_clusters, store
from .clusters import shown


def stop_db_cluster(request: dict) -> dict:
    record = store.cluster(request["DBClusterIdentifier"])
    store.require_cluster(record)
    if global_clusters.of(record) is not None:
        raise store.refusal("InvalidDBClusterStateFault",
                            "A DB cluster of a global database cannot be stopped.")
    _move(record, "stopping", "rds.stop", stopped)
    return {"DBCluster": shown(record)}


def start_db_cluster(request: dict) -> dict:
    record = store.cluster(request["DBClusterIdentifier"])
    store.require_cluster(record, "stopped")
    _start(record)
    return {"DBCluster": shown(record)}


@agenda.task
def stopped(resource: str) -> None:
    record = _moved(resource, "stopping", "stopped")
    if record is not None:
        record["AutomaticRestartTime"] = time.time() + store.RESTART_AFTER_SECONDS
        agenda.later(store.RESTART_AFTER_SECONDS, stopped_too_long, resource=resource,
                     at=record["AutomaticRestartTime"])


@agenda.task
def stopped_too_long(resource: str, at: float) -> None:
    record = store.cluster_by_id(resource)
    if record is not None and record.get("AutomaticRestartTime") == at:
        _start(record)


@agenda.task
def started(resource: str) -> None:
    _moved(resource, "starting", "available")


def _start(record: dict) -> None:
    record.pop("AutomaticRestartTime", None)
    _move(record, "starting", "rds.start", started)


def _move(record: dict, status: str, action: str, then) -> None:
    record["Status"] = status
    for member in _staying(record):
        member["DBInstanceStatus"] = status
    agenda.later(pace.action_seconds(action), then, resource=record["DbClusterResourceId"])


def _moved(resource: str, status: str, end: str) -> dict | None:
    record = store.cluster_by_id(resource)
    if record is None or record["Status"] != status:
        return None
    record["Status"] = end
    for member in _staying(record):
        member["DBInstanceStatus"] = end
    return record


def _staying(record: dict) -> list[dict]:
    return [m for m in store.members(record) if m["DBInstanceStatus"] != "deleting"]
