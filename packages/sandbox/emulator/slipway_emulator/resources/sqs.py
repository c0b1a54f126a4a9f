"""SQS: no queue takes another's name, and dead letters have a queue to go to."""

import json

from ministack.services import sqs

from ..errors import ResourceError
from .handler import extend

SERVICE = "Sqs"


def _create(original):
    def create(logical_id, properties, stack_name):
        name = properties.get("QueueName")
        if name and name in sqs._queue_name_to_url:
            raise ResourceError(SERVICE, "QueueAlreadyExists",
                                f"A queue named {name} already exists.")
        _require_dead_letters(properties)
        return original(logical_id, properties, stack_name)
    return create


def _update(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        _require_dead_letters(new)
        return original(physical_id, old, new, stack_name, logical_id)
    return update


def _require_dead_letters(properties: dict) -> None:
    policy = properties.get("RedrivePolicy")
    if not policy:
        return
    policy = json.loads(policy) if isinstance(policy, str) else policy
    arn = policy["deadLetterTargetArn"]
    if not any(q["attributes"]["QueueArn"] == arn for q in sqs._queues.values()):
        raise ResourceError(
            SERVICE, "InvalidParameterValue",
            f"Value {json.dumps(policy)} for parameter RedrivePolicy is invalid. Reason: Dead "
            "letter target does not exist.")


def install() -> None:
    extend("AWS::SQS::Queue", create=_create, update=_update)
