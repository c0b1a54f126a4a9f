"""Buckets: encryption, lifecycle, logging, ownership and tags; a full bucket is not deleted."""

from xml.sax.saxutils import escape

from ministack.core.responses import get_region
from ministack.services import s3

from ..errors import ResourceError, from_response
from . import s3_replication
from .s3_replication_template import replication
from .handler import extend, tag_map

SERVICE = "S3"
_NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
_EMULATED = frozenset({
    "BucketName", "BucketEncryption", "LifecycleConfiguration", "LoggingConfiguration",
    "OwnershipControls", "PublicAccessBlockConfiguration", "Tags", "VersioningConfiguration",
    "CorsConfiguration", "WebsiteConfiguration", "ReplicationConfiguration",
})


def _element(name: str, value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(k, v) for k, v in value.items())}</{name}>"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{name}>{escape(text)}</{name}>"


def _document(root: str, body: str) -> bytes:
    return f"<{root} {_NAMESPACE}>{body}</{root}>".encode()


def _encryption(configuration: dict) -> bytes:
    rules = [{
        "ApplyServerSideEncryptionByDefault": rule.get("ServerSideEncryptionByDefault"),
        "BucketKeyEnabled": str(rule.get("BucketKeyEnabled", False)).lower(),
    } for rule in configuration["ServerSideEncryptionConfiguration"]]
    return _document("ServerSideEncryptionConfiguration", _element("Rule", rules))


def _lifecycle_rule(rule: dict) -> dict:
    transitions = list(rule.get("Transitions") or [])
    if rule.get("Transition"):
        transitions.append(rule["Transition"])
    old_transitions = list(rule.get("NoncurrentVersionTransitions") or [])
    expiration = {"Days": rule.get("ExpirationInDays"), "Date": rule.get("ExpirationDate")}
    if rule.get("ExpiredObjectDeleteMarker"):
        expiration["ExpiredObjectDeleteMarker"] = "true"
    noncurrent = rule.get("NoncurrentVersionExpiration") or {
        "NoncurrentDays": rule.get("NoncurrentVersionExpirationInDays")}
    filled = {
        "ID": rule.get("Id"), "Status": rule["Status"],
        "Filter": {"Prefix": rule.get("Prefix", "")} if rule.get("Prefix") else None,
        "Transition": [{"Days": t.get("TransitionInDays"), "Date": t.get("TransitionDate"),
                        "StorageClass": t["StorageClass"]} for t in transitions],
        "Expiration": expiration if any(expiration.values()) else None,
        "NoncurrentVersionTransition": [
            {"NoncurrentDays": t["TransitionInDays"], "StorageClass": t["StorageClass"]}
            for t in old_transitions],
        "NoncurrentVersionExpiration": noncurrent if any(noncurrent.values()) else None,
        "AbortIncompleteMultipartUpload": rule.get("AbortIncompleteMultipartUpload"),
    }
    return {k: v for k, v in filled.items() if v}


def _lifecycle(configuration: dict) -> bytes:
    return _document("LifecycleConfiguration",
                     _element("Rule", [_lifecycle_rule(r) for r in configuration["Rules"]]))



def _replication(configuration: dict) -> bytes:
    """An empty prefix is a filter of its own: it takes every object."""
    body = "".join(_element(name, value) for name, value in replication(configuration).items())
    return _document("ReplicationConfiguration", body.replace("<Filter></Filter>",
                                                              "<Filter><Prefix/></Filter>"))


def _logging(configuration: dict) -> bytes:
    return _document("BucketLoggingStatus", _element("LoggingEnabled", {
        "TargetBucket": configuration.get("DestinationBucketName"),
        "TargetPrefix": configuration.get("LogFilePrefix", "")}))


_CONFIGURATIONS = (
    ("BucketEncryption", _encryption, s3._put_bucket_encryption, s3._delete_bucket_encryption),
    ("LifecycleConfiguration", _lifecycle, s3._put_bucket_lifecycle, s3._delete_bucket_lifecycle),
    ("LoggingConfiguration", _logging, s3._put_bucket_logging,
     lambda name: s3._bucket_logging_config.pop(name, None)),
    ("OwnershipControls",
     lambda c: _document("OwnershipControls", _element("Rule", c["Rules"])),
     s3._put_bucket_ownership_controls, s3._delete_bucket_ownership_controls),
    ("ReplicationConfiguration", _replication, s3._put_bucket_replication,
     s3._delete_bucket_replication),
)


def _apply(name: str, properties: dict, old: dict | None = None) -> None:
    unknown = sorted(set(properties) - _EMULATED)
    if unknown:
        raise ResourceError(SERVICE, "NotImplemented",
                            f"The emulator does not know {', '.join(unknown)} of a bucket.", 501)
    for prop, document, put, delete in _CONFIGURATIONS:
        if prop in properties:
            from_response(SERVICE, put(name, document(properties[prop])))
        elif prop in (old or {}):
            delete(name)
    if (properties.get("VersioningConfiguration") or {}).get("Status") == "Suspended":
        s3._bucket_versioning[name] = "Suspended"
    s3._bucket_tags[name] = tag_map(properties)


def _create(original):
    def create(logical_id, properties, stack_name):
        unknown = sorted(set(properties) - _EMULATED)
        if unknown:
            _apply("", properties)
        name, attributes = original(logical_id, properties, stack_name)
        _apply(name, properties)
        return name, attributes
    return create


def _update(original):
    def update(physical_id, old, new, stack_name):
        name, attributes = original(physical_id, old, new, stack_name)
        _apply(name, new, old)
        return name, attributes
    return update


def _refuse_delete(physical_id, properties):
    bucket = s3._buckets.get(physical_id)
    if bucket is None:
        return
    versions = any(key[0] == physical_id and kept for key, kept in s3._object_versions.items())
    if bucket.get("objects") or versions:
        raise ResourceError(
            SERVICE, "BucketNotEmpty",
            "The bucket you tried to delete is not empty. You must delete all versions in the "
            "bucket.", 409)


def _create_bucket(original):
    """Outside of us-east-1 a bucket of one's own is refused, in it it is taken as it is."""
    def create(name, *arguments, **named):
        if name in s3._buckets and get_region() != "us-east-1":
            return s3._error(
                "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket "
                "succeeded and you already own it.", 409, f"/{name}")
        return original(name, *arguments, **named)
    return create


def install() -> None:
    s3._create_bucket = _create_bucket(s3._create_bucket)
    extend("AWS::S3::Bucket", create=_create, update=_update,
           refuse_delete=lambda _: _refuse_delete)
    s3_replication.install()
