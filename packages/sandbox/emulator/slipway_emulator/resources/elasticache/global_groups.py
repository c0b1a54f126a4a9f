"""Global datastores: a primary replication group and secondaries in other regions.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
"""

import hashlib
import time

from ministack.core.responses import get_account_id, get_region, request_scope

from ... import agenda
from ...offered import is_cache_node_type
from ...pace import pace
from . import changes, groups, nodes, store

# A primary and two secondary regions.
_MOST_MEMBERS = 3
_UNSUPPORTED_FAMILIES = ("t2", "t3", "t4g", "m4", "r4")
_FOLLOWED = ("Engine", "CacheNodeType", "TransitEncryptionEnabled", "AtRestEncryptionEnabled",
             "AuthToken", "EngineVersion", "NumNodeGroups", "SnapshotName", "SnapshotArns")


def _find(name: str) -> dict:
    found = store.global_groups.get(name.lower())
    if found is None:
        raise store.refusal("GlobalReplicationGroupNotFoundFault",
                            f"GlobalReplicationGroup {name} not found.")
    return found


def _require(record: dict, *statuses: str) -> None:
    if record["Status"] not in statuses:
        raise store.refusal("InvalidGlobalReplicationGroupState",
                            f"Global datastore {record['GlobalReplicationGroupId']} is "
                            f"{record['Status']}.")


def of(group: dict) -> dict | None:
    return next((g for g in store.global_groups.values() if nodes.member_of(g, group)), None)


def _group_of(member: dict) -> dict:
    return store.groups.get_scoped(get_account_id(), member["ReplicationGroupRegion"],
                                   member["ReplicationGroupId"])


def _leader(record: dict) -> dict:
    return _group_of(next(m for m in record["Members"] if m["Role"] == "PRIMARY"))


def shown(record: dict, with_members: bool = True) -> dict:
    leader = _leader(record)
    names = ("CacheNodeType", "Engine", "ClusterEnabled", "AuthTokenEnabled",
             "TransitEncryptionEnabled", "AtRestEncryptionEnabled")
    view = {**{n: leader[n] for n in names}, **record, "EngineVersion": leader["_FullVersion"]}
    with request_scope(get_account_id(), leader["ARN"].split(":")[3]):
        shards = list(store.shards(leader))
    view["GlobalNodeGroups"] = [
        {"GlobalNodeGroupId": f"{record['GlobalReplicationGroupId']}-{shard}",
         "Slots": nodes.slots(index, len(shards))}
        for index, shard in enumerate(shards)] if leader["ClusterEnabled"] else []
    view["Members"] = [{**m, "AutomaticFailover": _group_of(m)["AutomaticFailover"]}
                       for m in record["Members"]] if with_members else []
    return view


def create_global_replication_group(request: dict) -> dict:
    group = store.group(request["PrimaryReplicationGroupId"])
    store.require(group)
    prefix = "".join(chr(ord("a") + b % 26) for b in hashlib.sha1(get_region().encode()).digest())
    name = f"{prefix[:5]}-{request['GlobalReplicationGroupIdSuffix'].lower()}"
    if name in store.global_groups:
        raise store.refusal("GlobalReplicationGroupAlreadyExistsFault",
                            f"Global datastore {name} already exists.")
    if of(group) is not None:
        raise store.refusal("InvalidReplicationGroupState",
                            f"{group['ReplicationGroupId']} belongs to a global datastore already.")
    if group["CacheNodeType"].split(".")[1] in _UNSUPPORTED_FAMILIES:
        raise store.refusal("InvalidParameterValue",
                            f"{group['CacheNodeType']} is not supported by global datastores.")
    record = {"GlobalReplicationGroupId": name, "Status": "creating",
              "GlobalReplicationGroupDescription":
                  request.get("GlobalReplicationGroupDescription", ""),
              "ARN": f"arn:aws:elasticache::{get_account_id()}:globalreplicationgroup:{name}",
              "Members": [{"ReplicationGroupId": group["ReplicationGroupId"],
                           "ReplicationGroupRegion": get_region(), "Role": "PRIMARY",
                           "Status": "associated"}]}
    store.global_groups[name] = record
    store.tags[record["ARN"]] = request.get("Tags") or []
    _move(record, "AWS::ElastiCache::GlobalReplicationGroup")
    return {"GlobalReplicationGroup": shown(record)}


def _move(record: dict, kind: str | None = None, primary: list[str] | None = None) -> None:
    seconds = pace.create_seconds(kind) if kind else pace.action_seconds("elasticache.global")
    agenda.later(seconds, settled, name=record["GlobalReplicationGroupId"], primary=primary)


@agenda.task
def settled(name: str, primary: list[str] | None = None) -> None:
    """``primary``: region and id of the group that takes over."""
    record = store.global_groups.get(name)
    if record is None or record["Status"] not in ("creating", "modifying"):
        return
    if primary is not None:
        for member in record["Members"]:
            chosen = primary == [member["ReplicationGroupRegion"], member["ReplicationGroupId"]]
            member.update(Role="PRIMARY" if chosen else "SECONDARY", _Since=time.time())
    for member in record["Members"]:
        group = _group_of(member)
        if group["Status"] == "modifying" and primary is not None:
            group["Status"] = "available"
    record["Status"] = "available" if len(record["Members"]) > 1 else "primary-only"


def describe_global_replication_groups(request: dict) -> dict:
    name = request.get("GlobalReplicationGroupId")
    found = [_find(name)] if name else sorted(
        store.global_groups.values(), key=lambda g: g["GlobalReplicationGroupId"])
    return {"GlobalReplicationGroups": [shown(g, request.get("ShowMemberInfo", False))
                                        for g in found]}


def with_followed(name: str, request: dict) -> dict:
    """The request of a new secondary, with what it has from its primary."""
    record = _find(name)
    _require(record, "available", "primary-only")
    for member in _FOLLOWED:
        if member in request:
            raise store.refusal("InvalidParameterCombination",
                                f"{member} of a secondary is that of its global datastore.")
    if any(m["ReplicationGroupRegion"] == get_region() for m in record["Members"]):
        raise store.refusal("InvalidParameterValue",
                            f"The global datastore has a member in {get_region()} already.")
    if len(record["Members"]) >= _MOST_MEMBERS:
        raise store.refusal("InvalidParameterValue",
                            f"A global datastore has at most {_MOST_MEMBERS} members.")
    leader = _leader(record)
    with request_scope(get_account_id(), leader["ARN"].split(":")[3]):
        shards = store.shards(leader)
    replicas = len(next(iter(shards.values()))) - 1
    taken = {"Engine": leader["Engine"], "EngineVersion": leader["_Version"],
             "CacheNodeType": leader["CacheNodeType"],
             "TransitEncryptionEnabled": leader["TransitEncryptionEnabled"],
             "AtRestEncryptionEnabled": leader["AtRestEncryptionEnabled"],
             "AutomaticFailoverEnabled": leader["AutomaticFailover"] == "enabled"}
    if leader["_AuthToken"]:
        taken["AuthToken"] = leader["_AuthToken"]
    if leader["ClusterEnabled"]:
        taken.update(ClusterMode="enabled", NumNodeGroups=len(shards))
    if "NumCacheClusters" not in request:
        taken["ReplicasPerNodeGroup"] = replicas
    return {**taken, **request}


def join(name: str, group: dict) -> None:
    record = _find(name)
    record["Members"].append({
        "ReplicationGroupId": group["ReplicationGroupId"],
        "ReplicationGroupRegion": get_region(), "Role": "SECONDARY", "Status": "associating",
        "_Since": time.time()})
    record["Status"] = "modifying"


def associated(group: dict) -> None:
    record = of(group)
    if record is None:
        return
    nodes.member_of(record, group)["Status"] = "associated"
    if all(m["Status"] == "associated" for m in record["Members"]):
        settled(record["GlobalReplicationGroupId"])


def _require_secondary(record: dict, region: str, name: str) -> dict:
    member = next((m for m in record["Members"] if (
        m["ReplicationGroupRegion"], m["ReplicationGroupId"]) == (region, name.lower())), None)
    if member is None or member["Role"] == "PRIMARY":
        raise store.refusal("InvalidParameterValue",
                            f"{name} in {region} is no secondary of global datastore "
                            f"{record['GlobalReplicationGroupId']}.")
    return member


def failover_global_replication_group(request: dict) -> dict:
    record = _find(request["GlobalReplicationGroupId"])
    _require(record, "available")
    member = _require_secondary(record, request["PrimaryRegion"],
                                request["PrimaryReplicationGroupId"])
    record["Status"] = "modifying"
    _group_of(member)["Status"] = "modifying"
    _move(record, primary=[member["ReplicationGroupRegion"], member["ReplicationGroupId"]])
    return {"GlobalReplicationGroup": shown(record)}


def disassociate_global_replication_group(request: dict) -> dict:
    record = _find(request["GlobalReplicationGroupId"])
    _require(record, "available")
    member = _require_secondary(record, request["ReplicationGroupRegion"],
                                request["ReplicationGroupId"])
    record["Members"].remove(member)
    record["Status"] = "modifying"
    _move(record)
    view = shown(record)
    view["Members"].append({**member, "Status": "disassociating",
                            "AutomaticFailover": _group_of(member)["AutomaticFailover"]})
    return {"GlobalReplicationGroup": view}


def modify_global_replication_group(request: dict) -> dict:
    record = _find(request["GlobalReplicationGroupId"])
    _require(record, "available", "primary-only")
    kind = request.get("CacheNodeType")
    if kind is not None and not is_cache_node_type(kind):
        raise store.refusal("InvalidParameterValue", f"Invalid Cache Node Type: {kind}")
    if "GlobalReplicationGroupDescription" in request:
        record["GlobalReplicationGroupDescription"] = request["GlobalReplicationGroupDescription"]
    pending = {n: request[n] for n in ("CacheNodeType", "Engine", "EngineVersion")
               if n in request}
    for member in record["Members"]:
        with request_scope(get_account_id(), member["ReplicationGroupRegion"]):
            changes.apply(_group_of(member), pending)
    record["Status"] = "modifying"
    _move(record)
    return {"GlobalReplicationGroup": shown(record)}


def delete_global_replication_group(request: dict) -> dict:
    record = _find(request["GlobalReplicationGroupId"])
    _require(record, "available", "primary-only")
    if len(record["Members"]) > 1:
        raise store.refusal("InvalidGlobalReplicationGroupState",
                            "The global datastore has secondaries; disassociate them first.")
    leader, view = _leader(record), shown(record)
    store.global_groups.pop(record["GlobalReplicationGroupId"])
    store.tags.pop(record["ARN"], None)
    if not request["RetainPrimaryReplicationGroup"]:
        with request_scope(get_account_id(), leader["ARN"].split(":")[3]):
            groups.remove(leader)
    return {"GlobalReplicationGroup": {**view, "Status": "deleting"}}
