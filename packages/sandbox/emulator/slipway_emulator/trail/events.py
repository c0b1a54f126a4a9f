"""What the history keeps: management events that changed something."""

import json
import re
import time

from ministack.core.iam_evaluator import request_caller_arn
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.core.router import extract_access_key_id

from .operations import asked

_KEPT_SECONDS = 90 * 24 * 60 * 60
_MOST = 5000
# Services whose events are told in this region only.
# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
_GLOBAL = frozenset({"iam", "route53", "cloudfront"})
_GLOBAL_REGION = "us-east-1"
_READS = re.compile(r"(Get|List|Describe|Head|BatchGet|Lookup|Search|Filter|Test|Validate|Select"
                    r"|Query|Scan|Detect|Simulate|Estimate)")
# Calls on data, which the history does not have.
# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
_DATA = {
    "s3": re.compile(r"(.*Object.*|.*MultipartUpload|UploadPart.*|RestoreObject)"),
    "dynamodb": re.compile(r".*(Item|Items|Transaction|Statement)$"),
    "sqs": re.compile(r".*Message(Batch|Visibility|VisibilityBatch)?$"),
    "sns": re.compile(r"Publish(Batch)?$"),
    "lambda": re.compile(r"Invoke.*"),
    "kinesis": re.compile(r"Put.*"),
    "logs": re.compile(r"PutLogEvents|.*Query"),
    "monitoring": re.compile(r"PutMetricData"),
}
_SECRETS = re.compile(r"password|secretstring|secretbinary|authtoken|privatekey", re.I)
# Which parameters name a resource that the event lists.
_RESOURCES = {
    "dBInstanceIdentifier": "AWS::RDS::DBInstance",
    "dBClusterIdentifier": "AWS::RDS::DBCluster",
    "bucketName": "AWS::S3::Bucket",
    "groupId": "AWS::EC2::SecurityGroup",
    "vpcId": "AWS::EC2::VPC",
    "tableName": "AWS::DynamoDB::Table",
    "roleName": "AWS::IAM::Role",
    "topicArn": "AWS::SNS::Topic",
    "functionName": "AWS::Lambda::Function",
    "keyId": "AWS::KMS::Key",
}

# Oldest first, by account and region.
_kept: dict[str, list[dict]] = {}


def _place(service: str) -> str:
    region = _GLOBAL_REGION if service in _GLOBAL else get_region()
    return f"{get_account_id()} {region}"


def of_here() -> list[dict]:
    """Newest first; what is older than 90 days is gone."""
    oldest = time.time() - _KEPT_SECONDS
    kept = _kept.get(f"{get_account_id()} {get_region()}", [])
    return [event for event in reversed(kept) if event["EventTime"] >= oldest]


def record(service: str, method: str, path: str, headers: dict, body: bytes, query: dict) -> None:
    """Called once a call went through."""
    found = asked(service, method, path, headers, body, query)
    if found is None:
        return
    name, parameters = found
    data = _DATA.get(service)
    if _READS.match(name) or (data and data.fullmatch(name)) or service in ("sts", "cloudtrail"):
        return
    event = _event(service, name, _without_secrets(parameters), headers, query)
    kept = _kept.setdefault(_place(service), [])
    kept.append(event)
    del kept[:-_MOST]


def _event(service: str, name: str, parameters: dict, headers: dict, query: dict) -> dict:
    identity = _identity(headers, query)
    source, event_id, at = f"{service}.amazonaws.com", new_uuid(), time.time()
    record = {
        "eventVersion": "1.11", "userIdentity": identity,
        "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at)),
        "eventSource": source, "eventName": name, "awsRegion": _place(service).split()[1],
        "sourceIPAddress": headers.get("x-forwarded-for", "127.0.0.1").split(",")[0],
        "userAgent": headers.get("user-agent", ""), "requestParameters": parameters,
        "responseElements": None, "requestID": new_uuid(), "eventID": event_id,
        "readOnly": False, "eventType": "AwsApiCall", "managementEvent": True,
        "recipientAccountId": get_account_id(), "eventCategory": "Management",
    }
    return {
        "EventId": event_id, "EventName": name, "ReadOnly": "false",
        "AccessKeyId": identity.get("accessKeyId", ""), "EventTime": int(at),
        "EventSource": source, "Username": _username(identity),
        "Resources": [{"ResourceType": kind, "ResourceName": str(parameters[key])}
                      for key, kind in _RESOURCES.items() if parameters.get(key)],
        "CloudTrailEvent": json.dumps(record),
    }


def _identity(headers: dict, query: dict) -> dict:
    """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html"""
    account, arn = get_account_id(), request_caller_arn(headers, query)
    key = extract_access_key_id(headers, query) or ""
    common = {"arn": arn, "accountId": account, "accessKeyId": key}
    if ":assumed-role/" in arn:
        return {"type": "AssumedRole", "principalId": f"AROAEXAMPLE:{arn.split('/')[-1]}",
                **common}
    if ":user/" in arn:
        return {"type": "IAMUser", "principalId": "AIDAEXAMPLE", **common,
                "userName": arn.split("/")[-1]}
    return {"type": "Root", "principalId": account, **common}


def _username(identity: dict) -> str:
    return identity.get("userName") or (
        "root" if identity["type"] == "Root" else identity["arn"].split("/")[-1])


def _without_secrets(value):
    if isinstance(value, dict):
        return {k: "HIDDEN_DUE_TO_SECURITY_REASONS" if _SECRETS.search(k) else _without_secrets(v)
                for k, v in value.items()}
    return [_without_secrets(item) for item in value] if isinstance(value, list) else value


def get_state() -> dict:
    return {place: list(events) for place, events in _kept.items()}


def load_persisted_state(state: dict) -> None:
    _kept.clear()
    _kept.update(state)


def reset() -> None:
    _kept.clear()
