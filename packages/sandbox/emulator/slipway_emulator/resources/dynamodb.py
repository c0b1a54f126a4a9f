"""DynamoDB tables by template: encryption and point-in-time recovery, which ministack loses; what a table can take."""

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


def _describing(original):
    def describe(name):
        found = original(name)
        warm = found.get("WarmThroughput")
        if warm and not warm["ReadUnitsPerSecond"]:
            # By request what a new table can take, else what was provisioned.
            # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
            provisioned = found.get("ProvisionedThroughput") or {}
            found["WarmThroughput"] = {
                **warm,
                "ReadUnitsPerSecond": provisioned.get("ReadCapacityUnits") or 12000,
                "WriteUnitsPerSecond": provisioned.get("WriteCapacityUnits") or 4000}
        return found
    return describe


def install() -> None:
    extend("AWS::DynamoDB::Table", create=_create, update=_update)
    dynamodb._table_description = _describing(dynamodb._table_description)
