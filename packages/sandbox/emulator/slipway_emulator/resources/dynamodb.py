"""DynamoDB tables by template: encryption and point-in-time recovery, which ministack loses."""

from ministack.services import dynamodb

from .handler import extend


def _apply(name: str, properties: dict) -> None:
    specification = dict(properties.get("SSESpecification") or {})
    if specification:
        specification["Enabled"] = specification.pop("SSEEnabled", False)
    dynamodb._tables[name]["SSEDescription"] = dynamodb._sse_description_from_spec(
        specification or None)
    recovery = properties.get("PointInTimeRecoverySpecification") or {}
    dynamodb._pitr_settings[name] = bool(recovery.get("PointInTimeRecoveryEnabled"))


def _create(original):
    def create(logical_id, properties, stack_name):
        name, attributes = original(logical_id, properties, stack_name)
        _apply(name, properties)
        return name, attributes
    return create


def _update(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        name, attributes = original(physical_id, old, new, stack_name, logical_id)
        _apply(name, new)
        return name, attributes
    return update


def install() -> None:
    extend("AWS::DynamoDB::Table", create=_create, update=_update)
