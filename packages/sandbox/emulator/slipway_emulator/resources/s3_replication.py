"""Replication as AWS does it: later, by version, not while either region is dark."""

import copy

from ministack.services import s3

from .. import agenda, darkness, lag, pauses

_RETRY_SECONDS = 1.0


def install() -> None:
    record = s3._record_object_version
    s3._maybe_replicate = _mark
    s3._maybe_replicate_delete_marker = _mark_deletion
    s3._record_object_version = _recorded(record)
    _record_replica.original = record
    s3._put_bucket_versioning = _versioning(s3._put_bucket_versioning)
    _restore_statuses()


def _restore_statuses() -> None:
    """After a restart: ministack keeps the status with the version, not with the object on top."""
    for (account, (bucket, key)), versions in s3._object_versions._data.items():
        objects = (s3._buckets.get_scoped(account, None, bucket) or {}).get("objects", {})
        for version in versions:
            if key in objects and objects[key].get("version_id") == version["version_id"]:
                objects[key]["replication_status"] = version.get("replication_status")


def _mark(bucket: str, key: str, obj: dict, data, tags: dict | None = None) -> None:
    """A write that a rule covers is pending until it is copied."""
    rule, _ = s3._replication_rule_for(bucket, key, tags)
    if rule is not None:
        obj["replication_status"] = "PENDING"


def _recorded(original):
    def record(bucket, key, prior, obj, data):
        version = original(bucket, key, prior, obj, data)
        if version and obj.get("replication_status") == "PENDING":
            _later(bucket, _copy_version, key=key, version=version)
        return version

    return record


def _later(bucket: str, work, **arguments) -> None:
    agenda.later(lag.seconds("s3", s3.bucket_region(bucket)), work, bucket=bucket, **arguments)


def _stands_still(source: str, target: str) -> bool:
    regions = [s3.bucket_region(bucket) or "" for bucket in (source, target)]
    return any(map(darkness.is_region_dark, regions)) or pauses.is_paused(source, regions[1])


def _version(bucket: str, key: str, version: str) -> dict | None:
    return next((v for v in s3._object_versions.get((bucket, key)) or ()
                 if v["version_id"] == version), None)


def _set_status(bucket: str, key: str, version: str, status: str) -> None:
    entry = _version(bucket, key, version)
    if entry is not None:
        entry["replication_status"] = status
    record = (s3._buckets.get(bucket) or {"objects": {}})["objects"].get(key)
    if record is not None and record.get("version_id") == version:
        record["replication_status"] = status
        s3._persist_object(bucket, key, record)


@agenda.task
def _copy_version(bucket: str, key: str, version: str) -> agenda.NotYet | None:
    entry = _version(bucket, key, version)
    if entry is None or bucket not in s3._buckets:
        return None
    tags = s3._object_tags.get((bucket, key, version)) or {}
    rule, role = s3._replication_rule_for(bucket, key, tags)
    target = rule and s3._replication_destination(bucket, key, rule, role)
    if not target:
        _set_status(bucket, key, version, "FAILED")
        return None
    name, account, destination = target
    if _stands_still(bucket, name):
        return agenda.NotYet(_RETRY_SECONDS)
    # The latest version's bytes may be on disk only.
    body = entry.get("data")
    if body is None:
        body = s3._read_body(bucket, key, entry)
    replica = copy.deepcopy(s3._object_record_from_version({**entry, "data": body}))
    replica["replication_status"] = "REPLICA"
    if (rule.get("Destination") or {}).get("StorageClass"):
        replica["storage_class"] = rule["Destination"]["StorageClass"]
    with s3._in_account(account):
        _record_replica(name, key, destination, replica, body, version)
        if tags:
            s3._object_tags[(name, key, version)] = dict(tags)
    _set_status(bucket, key, version, "COMPLETED")
    return None


def _record_replica(name: str, key: str, destination: dict, replica: dict, body: bytes,
                    version: str) -> None:
    """Under the version that it has at its source."""
    prior = destination["objects"].get(key)
    destination["objects"][key] = replica
    minted = _record_replica.original(name, key, prior, replica, body)
    _version(name, key, minted)["version_id"] = replica["version_id"] = version
    s3._persist_object(name, key, replica)


def _mark_deletion(bucket: str, key: str) -> None:
    rule = _marker_rule(bucket, key)
    versions = s3._object_versions.get((bucket, key)) or ()
    if rule is not None and versions:
        _later(bucket, _copy_marker, key=key, version=versions[-1]["version_id"])


def _marker_rule(bucket: str, key: str) -> dict | None:
    """The rule that copies delete markers of the key: one without a filter by tags that says so."""
    rule, _ = s3._replication_rule_for(bucket, key, None)
    says_so = rule is not None and (
        "Filter" not in rule
        or (rule.get("DeleteMarkerReplication") or {}).get("Status") == "Enabled")
    return rule if says_so else None


@agenda.task
def _copy_marker(bucket: str, key: str, version: str) -> agenda.NotYet | None:
    rule = _marker_rule(bucket, key)
    role = (s3._bucket_replication.get(bucket) or {}).get("Role", "")
    target = rule and s3._replication_destination(bucket, key, rule, role)
    if not target:
        return None
    name, account, destination = target
    if _stands_still(bucket, name):
        return agenda.NotYet(_RETRY_SECONDS)
    with s3._in_account(account):
        minted = s3._record_delete_marker(name, key, destination["objects"].get(key))
        destination["objects"].pop(key, None)
        marker = _version(name, key, minted)
        marker["version_id"] = version
        s3._persist_delete_marker(name, key, marker)
    return None


def _versioning(original):
    """The versioning of a bucket that replicates must stay on."""
    def put(bucket, body, *more):
        if s3._bucket_replication.get(bucket) and b"Suspended" in body:
            return s3._error(
                "InvalidBucketState",
                "A replication configuration is present on this bucket, so you cannot change the "
                "versioning state. To change the versioning state, first delete the replication "
                "configuration.", 409, f"/{bucket}")
        return original(bucket, body, *more)

    return put
