"""Parameters of a group, by where their values come from.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheParameters.html
"""

from ministack.services import elasticache

from ...query_protocol import takes
from . import store

_SOURCES = ("user", "system", "engine-default")


@takes("CacheParameterGroupName", "Source", "MaxRecords", "Marker")
def describe_cache_parameters(request: dict) -> dict:
    name, source = request["CacheParameterGroupName"], request.get("Source")
    if name not in elasticache._param_groups:
        raise store.refusal("CacheParameterGroupNotFound", f"CacheParameterGroup {name} not found.")
    if source is not None and source not in _SOURCES:
        raise store.refusal("InvalidParameterValue",
                            f"Source must be one of {', '.join(_SOURCES)}.")
    values = elasticache._param_group_params.get(name) or {}
    return {"Parameters": [
        {"ParameterName": parameter, "ParameterValue": str(
            value.get("Value", value.get("ParameterValue", ""))),
         "Description": value.get("Description", ""), "Source": value.get("Source", "system"),
         "DataType": value.get("DataType", "string"),
         "AllowedValues": value.get("AllowedValues", ""),
         "IsModifiable": value.get("IsModifiable", True),
         "MinimumEngineVersion": value.get("MinimumEngineVersion", "5.0.0"),
         "ChangeType": "requires-reboot" if parameter == "cluster-enabled" else "immediate"}
        for parameter, value in values.items()
        if source is None or value.get("Source", "system") == source]}
