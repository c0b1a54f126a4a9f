"""CloudTrail: trails as CloudFormation makes them."""

from ministack.services import cloudtrail, s3
from ministack.services.cloudformation import provisioners

from ..errors import ResourceError, from_response
from .handler import physical_name, register

SERVICE = "CloudTrail"


def _body(properties: dict, name: str) -> dict:
    kept = {k: v for k, v in properties.items()
            if k not in ("TrailName", "IsLogging", "Tags", "EventSelectors",
                         "AdvancedEventSelectors", "InsightSelectors", "KMSKeyId")}
    for flag in ("IncludeGlobalServiceEvents", "IsMultiRegionTrail", "EnableLogFileValidation"):
        if flag in kept:
            kept[flag] = str(kept[flag]).lower() == "true"
    return {**kept, "Name": name, **(
        {"KmsKeyId": properties["KMSKeyId"]} if properties.get("KMSKeyId") else {})}


def _apply(name: str, properties: dict) -> None:
    from_response(SERVICE, cloudtrail._update_trail(_body(properties, name)))
    logging = str(properties.get("IsLogging")).lower() == "true"
    from_response(SERVICE, (cloudtrail._start_logging if logging else cloudtrail._stop_logging)(
        {"Name": name}))
    selectors = {k: properties[k] for k in ("EventSelectors", "AdvancedEventSelectors")
                 if properties.get(k)}
    if selectors:
        from_response(SERVICE, cloudtrail._put_event_selectors({"TrailName": name, **selectors}))
    cloudtrail._trail_tags[cloudtrail._trails[name]["TrailARN"]] = provisioners._tag_map(
        properties.get("Tags"))


def _create(logical_id, properties, stack_name):
    if properties["S3BucketName"] not in s3._buckets:
        raise ResourceError(SERVICE, "S3BucketDoesNotExistException",
                            f"S3 bucket {properties['S3BucketName']} does not exist!")
    name = properties.get("TrailName") or physical_name(stack_name, logical_id, max_len=128)
    from_response(SERVICE, cloudtrail._create_trail(_body(properties, name)))
    try:
        _apply(name, properties)
    except Exception:
        _delete(name, properties)
        raise
    return name, _attributes(name)


def _attributes(name: str) -> dict:
    return {"Arn": cloudtrail._trails[name]["TrailARN"], "SnsTopicArn": ""}


def _update(physical_id, old, new, stack_name, logical_id):
    _apply(physical_id, new)
    return physical_id, _attributes(physical_id)


def _delete(physical_id, properties):
    trail = cloudtrail._trails.get(physical_id)
    if trail is not None:
        from_response(SERVICE, cloudtrail._delete_trail({"Name": physical_id}))
        cloudtrail._trail_tags.pop(trail["TrailARN"], None)


def install() -> None:
    register("AWS::CloudTrail::Trail", _create, _delete, _update)
