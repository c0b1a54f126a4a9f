"""MSK's calls that ministack lacks: clusters as version 2 of the API tells them, and updates of them.

https://docs.aws.amazon.com/MSK/2.0/APIReference/v2-clusters-clusterarn.html and
https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn.html
"""

import json
import re
import uuid
from urllib.parse import unquote

from ministack.services import msk

from .. import agenda
from ..errors import ResourceError
from ..pace import pace

_PROVISIONED = (
    "BrokerNodeGroupInfo", "CurrentBrokerSoftwareInfo", "ClientAuthentication", "EncryptionInfo",
    "EnhancedMonitoring", "OpenMonitoring", "LoggingInfo", "NumberOfBrokerNodes",
    "ZookeeperConnectString", "ZookeeperConnectStringTls", "StorageMode")
_V2_CLUSTER = re.compile(r"/api/v2/clusters/(?P<arn>.+)")
_OPERATION = re.compile(r"/v1/operations/(?P<arn>.+)")
_UPDATE = re.compile(r"/v1/clusters/(?P<arn>.+?)/(?P<what>nodes/count|nodes/storage|nodes/type|"
                     r"monitoring|version)")


def _refuse(message: str, code: str = "BadRequestException", status: int = 400):
    raise ResourceError("Kafka", code, message, status)


def _cluster(arn: str) -> dict:
    return msk._clusters.get(arn) or _refuse(
        "The specified cluster doesn't exist.", "NotFoundException", 404)


def _told(record: dict) -> dict:
    """Keys of tags are the caller's, and stay as they are."""
    names = ("ClusterArn", "ClusterName", "CreationTime", "CurrentVersion", "State")
    return {
        **msk._camelize({n: record[n] for n in names}), "clusterType": "PROVISIONED",
        "tags": dict(msk._tags.get(record["ClusterArn"]) or {}),
        "provisioned": msk._camelize({
            n: record[n] for n in _PROVISIONED if record.get(n) not in (None, "")})}


def _count(record: dict, request: dict) -> None:
    wanted, zones = request["targetNumberOfBrokerNodes"], len(
        record["BrokerNodeGroupInfo"]["clientSubnets"])
    if wanted % zones or wanted < record["NumberOfBrokerNodes"]:
        _refuse("The number of broker nodes must be a multiple of Availability Zones in the "
                "Client Subnets parameter, and not less than now.")
    record["NumberOfBrokerNodes"] = wanted


def _storage(record: dict, request: dict) -> None:
    [volume] = request["targetBrokerEBSVolumeInfo"]
    if volume.get("kafkaBrokerNodeId") != "All":
        _refuse("The emulator changes the storage of all brokers only.")
    storage = record["BrokerNodeGroupInfo"].setdefault("storageInfo", {}).setdefault(
        "ebsStorageInfo", {})
    if volume["volumeSizeGB"] <= storage.get("volumeSize", 0):
        _refuse("The volume size of a broker can only grow.")
    storage["volumeSize"] = volume["volumeSizeGB"]


def _type(record: dict, request: dict) -> None:
    record["BrokerNodeGroupInfo"]["instanceType"] = request["targetInstanceType"]


def _monitoring(record: dict, request: dict) -> None:
    for name in ("EnhancedMonitoring", "OpenMonitoring", "LoggingInfo"):
        key = name[0].lower() + name[1:]
        if request.get(key):
            record[name] = request[key]


def _version(record: dict, request: dict) -> None:
    record["CurrentBrokerSoftwareInfo"]["KafkaVersion"] = request["targetKafkaVersion"]


_UPDATES = {
    "nodes/count": ("INCREASE_BROKER_COUNT", _count),
    "nodes/storage": ("UPDATE_BROKER_STORAGE", _storage),
    "nodes/type": ("UPDATE_BROKER_TYPE", _type),
    "monitoring": ("UPDATE_MONITORING", _monitoring),
    "version": ("UPDATE_CLUSTER_KAFKA_VERSION", _version),
}


def _update(arn: str, what: str, request: dict) -> dict:
    record = _cluster(arn)
    if record["State"] != "ACTIVE":
        _refuse(f"The cluster is {record['State']}; it can be updated once it is ACTIVE.")
    if request.get("currentVersion") != record["CurrentVersion"]:
        _refuse("This operation cannot be performed because the version of the cluster is not the "
                "current one.")
    kind, change = _UPDATES[what]
    change(record, request)
    operation = f"{arn.replace(':cluster/', ':cluster-operation/')}/{uuid.uuid4()}"
    record["State"] = "UPDATING"
    record["_operations"] = {**record.get("_operations", {}), operation: {
        "operationArn": operation, "clusterArn": arn, "operationType": kind,
        "operationState": "UPDATE_IN_PROGRESS", "creationTime": msk._now_iso()}}
    agenda.later(pace.update_seconds("AWS::MSK::Cluster"), finish, arn=arn, operation=operation)
    return {"clusterArn": arn, "clusterOperationArn": operation}


@agenda.task
def finish(arn: str, operation: str) -> None:
    record = msk._clusters.get(arn)
    if record is None:
        return
    record["State"] = "ACTIVE"
    record["CurrentVersion"] = f"K{uuid.uuid4().hex[:13].upper()}"
    record["_operations"][operation].update(
        operationState="UPDATE_COMPLETE", endTime=msk._now_iso())


def _operation(arn: str) -> dict:
    for record in msk._clusters.values():
        if arn in record.get("_operations", {}):
            return {"clusterOperationInfo": record["_operations"][arn]}
    return _refuse("The specified operation doesn't exist.", "NotFoundException", 404)


def _answer(method: str, path: str, body: bytes) -> dict | None:
    """None for a path of ministack's."""
    if found := _V2_CLUSTER.fullmatch(path):
        if method == "GET" and "/" not in found["arn"].partition(":cluster/")[2].partition("/")[2]:
            return {"clusterInfo": _told(_cluster(unquote(found["arn"])))}
    elif (found := _OPERATION.fullmatch(path)) and method == "GET":
        return _operation(unquote(found["arn"]))
    elif (found := _UPDATE.fullmatch(path)) and method == "PUT":
        return _update(unquote(found["arn"]), found["what"], json.loads(body or b"{}"))
    return None


def _requests(original):
    async def handle(method, path, headers, body, query_params):
        with agenda.lock:
            agenda.run_due()
            try:
                told = _answer(method, path, body)
            except ResourceError as error:
                return msk._error(error.code, error.message, error.status)
            except (KeyError, TypeError, ValueError):
                return msk._error("BadRequestException", "The request is not valid.", 400)
        if told is None:
            return await original(method, path, headers, body, query_params)
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()

    return handle


def _without_operations(original):
    def describe(arn):
        record = msk._clusters.get(arn)
        if record is None or "_operations" not in record:
            return original(arn)
        return msk._json({"ClusterInfo": {k: v for k, v in record.items() if k != "_operations"}})

    return describe


def install() -> None:
    msk.handle_request = _requests(msk.handle_request)
    msk._describe_cluster = _without_operations(msk._describe_cluster)
