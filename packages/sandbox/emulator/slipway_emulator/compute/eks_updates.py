"""Updates of clusters and node groups: begun by a call, finished later, one at a time.

They are kept with what they update, as ``_updates``, newest first.
https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeUpdate.html
"""

from ministack.services import eks

from .. import agenda
from ..errors import ResourceError
from ..pace import pace
from . import capacity, nodegroups

_KEPT = 50
_POLL_SECONDS = 0.2


def refuse_if_busy(record: dict) -> None:
    """https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html"""
    if record["status"] not in ("ACTIVE", "DEGRADED"):
        message = ("Nodegroup cannot be updated as it is currently not in Active State"
                   if "nodegroupName" in record else
                   f"Cannot update cluster {record['name']}: it is {record['status']}")
        raise ResourceError("Eks", "ResourceInUseException", message, 409)


def begin(record: dict, kind: str, params: dict[str, object]) -> dict:
    """The update, in progress; after the time its type takes it is successful."""
    refuse_if_busy(record)
    update = {"id": eks.new_uuid(), "status": "InProgress", "type": kind,
              "params": [{"type": k, "value": str(v)} for k, v in params.items()],
              "createdAt": eks._now(), "errors": []}
    record.setdefault("_updates", []).insert(0, update)
    del record["_updates"][_KEPT:]
    record["status"] = "UPDATING"
    resource = "AWS::EKS::Nodegroup" if "nodegroupName" in record else "AWS::EKS::Cluster"
    agenda.later(pace.update_seconds(resource), finish, key=key_of(record), update_id=update["id"])
    return update


@agenda.task
def finish(key: str, update_id: str) -> None:
    record = find(key)
    update = next((u for u in (record or {}).get("_updates", []) if u["id"] == update_id), None)
    if update is None or update["status"] != "InProgress":
        return
    new_version = record.get("_nextVersion")
    if new_version is not None:
        if "nodegroupName" in record and _is_renewing(record):
            agenda.later(_POLL_SECONDS, finish, key=key, update_id=update_id)
            return
        record.update(new_version)
        record.pop("_nextVersion")
    update["status"] = "Successful"
    if "nodegroupName" in record:
        record["modifiedAt"] = eks._now()
    if record["status"] == "UPDATING":
        record["status"] = "ACTIVE"


def _is_renewing(nodegroup: dict) -> bool:
    group = nodegroups.group_of(nodegroup)
    return group is not None and not capacity.is_settled(group)


def key_of(record: dict) -> str:
    return (f"{record['clusterName']}/{record['nodegroupName']}" if "nodegroupName" in record
            else record["name"])


def find(key: str) -> dict | None:
    return (eks._nodegroups if "/" in key else eks._clusters).get(key)
