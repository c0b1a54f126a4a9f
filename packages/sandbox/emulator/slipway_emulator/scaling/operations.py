"""What each operation does, with the refusals of its page.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html
"""

import time
import uuid

from ministack.core.responses import get_account_id
from ministack.services import msk

from ..errors import ResourceError
from . import store

_NAMESPACE, _DIMENSION = "kafka", "kafka:broker-storage:VolumeSize"
_METRIC = "KafkaBrokerStorageUtilization"
_ROLE = ("role/aws-service-role/kafka.application-autoscaling.amazonaws.com/"
         "AWSServiceRoleForApplicationAutoScaling_KafkaCluster")
_SUSPENDED = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")


def refuse(code: str, message: str, status: int = 400):
    raise ResourceError("ApplicationAutoScaling", code, message, status)


def _key(request: dict) -> str:
    found = request["ServiceNamespace"], request["ResourceId"], request["ScalableDimension"]
    if (found[0], found[2]) != (_NAMESPACE, _DIMENSION):
        refuse("NotImplemented", f"Only {_DIMENSION} is emulated, not {found[2]}.", 501)
    return store.target_key(*found)


def _target(request: dict) -> dict:
    key = _key(request)
    return store.targets.get(key) or refuse(
        "ObjectNotFoundException",
        f"No scalable target found for service namespace: {request['ServiceNamespace']}, resource "
        f"ID: {request['ResourceId']}, scalable dimension: {request['ScalableDimension']}")


def register_scalable_target(request: dict) -> dict:
    key = _key(request)
    if request["ResourceId"] not in msk._clusters:
        refuse("ValidationException", f"MSK cluster doesn't exist: {request['ResourceId']}")
    target = store.targets.get(key) or {
        "ServiceNamespace": request["ServiceNamespace"], "ResourceId": request["ResourceId"],
        "ScalableDimension": request["ScalableDimension"], "CreationTime": time.time(),
        "RoleARN": f"arn:aws:iam::{get_account_id()}:{_ROLE}",
        "SuspendedState": dict.fromkeys(_SUSPENDED, False),
        "ScalableTargetARN": store.arn("scalable-target/", uuid.uuid4().hex)}
    changed = {**target, **{n: request[n] for n in ("MinCapacity", "MaxCapacity") if n in request},
               "SuspendedState": {**target["SuspendedState"], **request.get("SuspendedState", {})}}
    for name, word in (("MinCapacity", "Minimum"), ("MaxCapacity", "Maximum")):
        if name not in changed:
            refuse("ValidationException",
                   f"{word} capacity must be specified when registering a new scalable target")
    if changed["MinCapacity"] > changed["MaxCapacity"]:
        refuse("ValidationException", "Maximum capacity cannot be less than minimum capacity")
    store.targets[key] = changed
    if request.get("Tags"):
        store.tags[changed["ScalableTargetARN"]] = dict(request["Tags"])
    return {"ScalableTargetARN": changed["ScalableTargetARN"]}


def describe_scalable_targets(request: dict) -> dict:
    wanted = request.get("ResourceIds")
    return {"ScalableTargets": [
        target for target in store.targets.values()
        if target["ServiceNamespace"] == request["ServiceNamespace"]
        and (not wanted or target["ResourceId"] in wanted)
        and target["ScalableDimension"] == request.get("ScalableDimension",
                                                       target["ScalableDimension"])]}


def deregister_scalable_target(request: dict) -> dict:
    """Its policies go with it."""
    target, key = _target(request), _key(request)
    for arn, policy in store.policies.items():
        if store.target_key(*(policy[n] for n in (
                "ServiceNamespace", "ResourceId", "ScalableDimension"))) == key:
            store.policies.pop(arn)
    store.tags.pop(target["ScalableTargetARN"], None)
    store.targets.pop(key)
    return {}


def _policy(request: dict) -> dict | None:
    names = ("PolicyName", "ServiceNamespace", "ResourceId", "ScalableDimension")
    return next((p for p in store.policies.values()
                 if all(p[n] == request[n] for n in names)), None)


def _check_tracking(request: dict) -> dict:
    """Storage of brokers only grows, by the one metric that is there for it, from 10 to 80 per cent."""
    if request.get("PolicyType") != "TargetTrackingScaling":
        refuse("ValidationException",
               "Only the policy type TargetTrackingScaling is supported for this dimension.")
    tracking = request.get("TargetTrackingScalingPolicyConfiguration") or refuse(
        "ValidationException", "A target tracking policy needs its configuration.")
    if tracking.get("PredefinedMetricSpecification", {}).get("PredefinedMetricType") != _METRIC:
        refuse("ValidationException", f"Use the predefined metric {_METRIC}.")
    return tracking


def put_scaling_policy(request: dict) -> dict:
    _target(request)
    earlier = _policy(request)
    policy = {
        "PolicyName": request["PolicyName"], "ServiceNamespace": request["ServiceNamespace"],
        "ResourceId": request["ResourceId"], "ScalableDimension": request["ScalableDimension"],
        "PolicyType": request.get("PolicyType") or (earlier or {}).get("PolicyType"),
        "TargetTrackingScalingPolicyConfiguration": _check_tracking(request), "Alarms": [],
        "CreationTime": (earlier or {}).get("CreationTime", time.time()),
        "PolicyARN": (earlier or {}).get("PolicyARN") or store.arn(
            "scalingPolicy:", f"{uuid.uuid4()}:resource/{_NAMESPACE}/{request['ResourceId']}"
            f":policyName/{request['PolicyName']}", "autoscaling")}
    store.policies[policy["PolicyARN"]] = policy
    return {"PolicyARN": policy["PolicyARN"], "Alarms": []}


def describe_scaling_policies(request: dict) -> dict:
    names = request.get("PolicyNames")
    return {"ScalingPolicies": [
        policy for policy in store.policies.values()
        if policy["ServiceNamespace"] == request["ServiceNamespace"]
        and (not names or policy["PolicyName"] in names)
        and all(policy[n] == request.get(n, policy[n])
                for n in ("ResourceId", "ScalableDimension"))]}


def delete_scaling_policy(request: dict) -> dict:
    policy = _policy(request) or refuse(
        "ObjectNotFoundException",
        f"No scaling policy found for service namespace: {request['ServiceNamespace']}, resource "
        f"ID: {request['ResourceId']}, scalable dimension: {request['ScalableDimension']}, policy "
        f"name: {request['PolicyName']}")
    store.policies.pop(policy["PolicyARN"])
    return {}


def _tagged(request: dict) -> str:
    arn = request["ResourceARN"]
    if not any(t["ScalableTargetARN"] == arn for t in store.targets.values()):
        refuse("ResourceNotFoundException", f"Resource not found: {arn}")
    return arn


def list_tags_for_resource(request: dict) -> dict:
    return {"Tags": dict(store.tags.get(_tagged(request)) or {})}


def tag_resource(request: dict) -> dict:
    arn = _tagged(request)
    store.tags[arn] = {**(store.tags.get(arn) or {}), **request["Tags"]}
    return {}


def untag_resource(request: dict) -> dict:
    arn = _tagged(request)
    store.tags[arn] = {k: v for k, v in (store.tags.get(arn) or {}).items()
                       if k not in request["TagKeys"]}
    return {}


BY_NAME = {
    "DeleteScalingPolicy": delete_scaling_policy,
    "DeregisterScalableTarget": deregister_scalable_target,
    "DescribeScalableTargets": describe_scalable_targets,
    "DescribeScalingPolicies": describe_scaling_policies,
    "ListTagsForResource": list_tags_for_resource,
    "PutScalingPolicy": put_scaling_policy,
    "RegisterScalableTarget": register_scalable_target,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
}
