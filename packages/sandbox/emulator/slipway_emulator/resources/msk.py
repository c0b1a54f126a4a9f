"""MSK by template: the properties become the request of CreateCluster."""

import json

from ministack.services import msk
from ministack.services.cloudformation import provisioners

from ..errors import ResourceError, from_response
from . import msk_api
from .handler import register, tag_map

SERVICE = "Kafka"
# https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html; 3.5.1 ended
# on 2025-10-23.
_VERSIONS = ("3.6.0", "3.7.x", "3.7.x.kraft", "3.8.x", "3.8.x.kraft", "3.9.x", "3.9.x.kraft",
             "4.0.x.kraft", "4.1.x.kraft")
_CHANGES = {"EnhancedMonitoring", "NumberOfBrokerNodes", "OpenMonitoring", "LoggingInfo",
            "ClientAuthentication", "EncryptionInfo", "BrokerNodeGroupInfo"}


def _camel(value):
    if isinstance(value, dict):
        return {_member(name): _camel(inner) for name, inner in value.items()}
    return [_camel(each) for each in value] if isinstance(value, list) else value


def _member(name: str) -> str:
    return name.replace("EBS", "Ebs", 1)[:1].lower() + name.replace("EBS", "Ebs", 1)[1:]


def _check(properties: dict) -> None:
    version = properties["KafkaVersion"]
    if version not in _VERSIONS:
        raise ResourceError(SERVICE, "BadRequestException",
                            f"Unsupported KafkaVersion [{version}]. Valid values: "
                            f"{', '.join(_VERSIONS)}")
    zones = len(properties["BrokerNodeGroupInfo"]["ClientSubnets"])
    if zones not in (2, 3) or int(properties["NumberOfBrokerNodes"]) % zones:
        raise ResourceError(
            SERVICE, "BadRequestException",
            "The number of broker nodes must be a multiple of Availability Zones in the Client "
            "Subnets parameter.")


def _create(logical_id, properties, stack_name):
    _check(properties)
    request = _camel({n: v for n, v in properties.items() if n != "Tags"})
    request["numberOfBrokerNodes"] = int(properties["NumberOfBrokerNodes"])
    request["tags"] = tag_map(properties)
    response = msk._create_cluster(json.dumps(request).encode())
    from_response(SERVICE, response)
    arn = json.loads(response[2])["clusterArn"]
    return arn, {"Arn": arn}


def _update(physical_id, old, new, stack_name, logical_id=None):
    _check(new)
    record = msk._clusters[physical_id]
    changed = {n for n in new if new[n] != old.get(n)} - {"Tags"}
    unknown = sorted(changed - _CHANGES)
    if unknown:
        raise ResourceError(SERVICE, "NotImplemented",
                            f"The emulator does not change {', '.join(unknown)} of a cluster.", 501)
    for name in changed:
        record[name] = _camel(new[name])
    record["Tags"] = tag_map(new)
    msk._tags[physical_id] = dict(record["Tags"])
    return physical_id, {"Arn": physical_id}


def _delete(physical_id, properties):
    if physical_id in msk._clusters:
        from_response(SERVICE, msk._delete_cluster(physical_id))


def _without_what_is_not_set(original):
    """A cluster tells nothing of logs, monitoring and encryption that nobody asked for."""
    def create(body):
        response = original(body)
        for record in msk._clusters.values():
            for name in ("OpenMonitoring", "LoggingInfo", "ClientAuthentication",
                         "EncryptionInfo"):
                if record.get(name) == {}:
                    del record[name]
        return response
    return create


def install() -> None:
    msk_api.install()
    msk._create_cluster = _without_what_is_not_set(msk._create_cluster)
    register("AWS::MSK::Cluster", _create, _delete, _update)
    provisioners._STACK_TAG_PROPERTY["AWS::MSK::Cluster"] = ("Tags", "map")
