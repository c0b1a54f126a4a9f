"""Targets and policies by template.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html
and …-scalingpolicy.html
"""

from ..resources.handler import register
from . import operations, store

_PLACE = ("ServiceNamespace", "ResourceId", "ScalableDimension")


def _place(physical_id: str) -> dict:
    resource_id, dimension, namespace = physical_id.split("|")
    return {"ServiceNamespace": namespace, "ResourceId": resource_id, "ScalableDimension": dimension}


def _register(properties: dict) -> str:
    operations.register_scalable_target({
        **{n: properties[n] for n in (*_PLACE, "SuspendedState") if n in properties},
        **{n: int(properties[n]) for n in ("MinCapacity", "MaxCapacity")}})
    return store.target_key(*(properties[n] for n in _PLACE))


def _create_target(logical_id, properties, stack_name):
    key = _register(properties)
    return key, {"Id": key}


def _update_target(physical_id, old, new, stack_name, logical_id=None):
    return _create_target(logical_id, new, stack_name)


def _delete_target(physical_id, properties):
    if physical_id in store.targets:
        operations.deregister_scalable_target(_place(physical_id))


def _typed(tracking: dict) -> dict:
    """A template's texts as the service takes them."""
    flags = {n: str(tracking[n]).lower() == "true" for n in ("DisableScaleIn",) if n in tracking}
    return {**tracking, "TargetValue": float(tracking["TargetValue"]), **flags}


def _create_policy(logical_id, properties, stack_name):
    place = (_place(properties["ScalingTargetId"]) if "ScalingTargetId" in properties
             else {n: properties[n] for n in _PLACE})
    arn = operations.put_scaling_policy({
        **place, "PolicyName": properties["PolicyName"], "PolicyType": properties["PolicyType"],
        "TargetTrackingScalingPolicyConfiguration": _typed(
            properties["TargetTrackingScalingPolicyConfiguration"])})["PolicyARN"]
    return arn, {"Arn": arn}


def _update_policy(physical_id, old, new, stack_name, logical_id=None):
    return _create_policy(logical_id, new, stack_name)


def _delete_policy(physical_id, properties):
    store.policies.pop(physical_id, None)


def install() -> None:
    register("AWS::ApplicationAutoScaling::ScalableTarget", _create_target, _delete_target,
             _update_target)
    register("AWS::ApplicationAutoScaling::ScalingPolicy", _create_policy, _delete_policy,
             _update_policy)
