"""SNS: the attributes of topics that ministack's CloudFormation leaves out; mail to be confirmed."""

from ministack.services import sns

from ..errors import ResourceError
from .handler import extend

SERVICE = "Sns"
_ATTRIBUTES = ("KmsMasterKeyId", "SignatureVersion", "TracingConfig")
_REFUSED = ("FifoTopic", "ContentBasedDeduplication", "ArchivePolicy", "DataProtectionPolicy",
            "DeliveryStatusLogging", "FifoThroughputScope")
_CONFIRMED_BY_THE_RECEIVER = ("email", "email-json", "http", "https")


def _apply(arn: str, properties: dict) -> None:
    attributes = sns._topics[arn]["attributes"]
    for name in _ATTRIBUTES:
        if properties.get(name):
            attributes[name] = str(properties[name])
        else:
            attributes.pop(name, None)


def _refuse(properties: dict) -> None:
    unknown = [name for name in _REFUSED if properties.get(name)]
    if unknown:
        raise ResourceError(SERVICE, "NotImplemented",
                            f"The emulator does not know {', '.join(unknown)} of a topic.", 501)


def _create(original):
    def create(logical_id, properties, stack_name):
        _refuse(properties)
        arn, attributes = original(logical_id, properties, stack_name)
        _apply(arn, properties)
        return arn, attributes
    return create


def _update(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        _refuse(new)
        arn, attributes = original(physical_id, old, new, stack_name, logical_id)
        _apply(arn, new)
        return arn, attributes
    return update


def _create_subscription(original):
    def create(logical_id, properties, stack_name):
        arn, attributes = original(logical_id, properties, stack_name)
        if properties.get("Protocol") in _CONFIRMED_BY_THE_RECEIVER:
            for subscription in sns._topics[properties["TopicArn"]]["subscriptions"]:
                if subscription["arn"] == arn:
                    subscription["confirmed"] = False
        return arn, attributes
    return create


def install() -> None:
    extend("AWS::SNS::Topic", create=_create, update=_update)
    extend("AWS::SNS::Subscription", create=_create_subscription)
