"""Databases: the members ministack's CloudFormation leaves out, and refusal of protected ones."""

import json
import secrets as randoms

from ministack.core.responses import get_account_id, get_region
from ministack.services import ec2, rds, secretsmanager
from ministack.services.cloudformation import provisioners

from ..errors import ResourceError, from_response
from .handler import extend

SERVICE = "Rds"


def _members(properties: dict) -> dict:
    """Record members that come straight from the template."""
    members = {}
    if str(properties.get("Engine", "")).startswith("postgres") and not properties.get("DBName"):
        members["DBName"] = ""
    for name in ("Iops", "StorageThroughput", "PerformanceInsightsRetentionPeriod"):
        if properties.get(name):
            members[name] = int(properties[name])
    if properties.get("StorageType") == "gp3":
        members.setdefault("Iops", 3000)
        members.setdefault("StorageThroughput", 125)
    exports = list(properties.get("EnableCloudwatchLogsExports") or [])
    members["EnabledCloudwatchLogsExports"] = exports
    if properties.get("CACertificateIdentifier"):
        members["CACertificateIdentifier"] = properties["CACertificateIdentifier"]
    return members


def _encryption(properties: dict) -> dict:
    if str(properties.get("StorageEncrypted", False)).lower() != "true":
        return {}
    key = properties.get("KmsKeyId") or "alias/aws/rds"
    if not key.startswith("arn:"):
        kind = key if key.startswith("alias/") else f"key/{key}"
        key = f"arn:aws:kms:{get_region()}:{get_account_id()}:{kind}"
    return {"KmsKeyId": key}


def _zone(properties: dict, instance: dict) -> dict:
    if properties.get("AvailabilityZone"):
        return {}
    zones = sorted({
        ec2._subnets[s["SubnetIdentifier"]]["AvailabilityZone"]
        for s in instance["DBSubnetGroup"].get("Subnets", [])
        if s.get("SubnetIdentifier") in ec2._subnets})
    return {"AvailabilityZone": zones[0]} if zones else {}


def _managed_password(properties: dict, instance: dict) -> None:
    if str(properties.get("ManageMasterUserPassword", False)).lower() != "true":
        return
    password = randoms.token_urlsafe(20)
    response = secretsmanager._create_secret({
        "Name": f"rds!db-{instance['DbiResourceId'].lower()}",
        "Description": f"The secret associated with the primary RDS DB instance: "
                       f"{instance['DBInstanceArn']}",
        "SecretString": json.dumps(
            {"username": instance["MasterUsername"], "password": password})})
    from_response("SecretsManager", response)
    instance["_MasterUserPassword"] = password
    instance["MasterUserSecret"] = {
        "SecretArn": json.loads(response[2])["ARN"], "SecretStatus": "active",
        "KmsKeyId": (properties.get("MasterUserSecret") or {}).get("KmsKeyId", "")}


_COPIED_FROM_SOURCE = (
    "Engine", "EngineVersion", "AllocatedStorage", "StorageEncrypted", "MasterUsername",
    "_MasterUserPassword", "DBName", "LicenseModel", "OptionGroupMemberships")


def _source(properties: dict) -> dict | None:
    """The instance this one is a read replica of."""
    name = str(properties.get("SourceDBInstanceIdentifier") or "").rsplit(":", 1)[-1]
    if not name:
        return None
    source = rds._instances.get(name)
    if source is None:
        raise ResourceError(SERVICE, "DBInstanceNotFound", f"DBInstance {name} not found.", 404)
    if not source["BackupRetentionPeriod"]:
        raise ResourceError(
            SERVICE, "InvalidDBInstanceState",
            "Automated backups are not enabled for this database instance. To enable automated "
            "backups, use ModifyDBInstance to set the backup retention period to a non-zero "
            "value.")
    return source


def _follow(replica: dict, source: dict) -> None:
    replica.update({name: source[name] for name in _COPIED_FROM_SOURCE if name in source})
    replica["ReadReplicaSourceDBInstanceIdentifier"] = source["DBInstanceIdentifier"]
    replica.setdefault("BackupRetentionPeriod", 0)
    if not replica["DBSubnetGroup"].get("Subnets"):
        replica["DBSubnetGroup"] = source["DBSubnetGroup"]
    source.setdefault("ReadReplicaDBInstanceIdentifiers", []).append(
        replica["DBInstanceIdentifier"])


def _unfollow(physical_id: str, instance: dict) -> None:
    source = rds._instances.get(instance.get("ReadReplicaSourceDBInstanceIdentifier") or "")
    if source is not None:
        source["ReadReplicaDBInstanceIdentifiers"] = [
            r for r in source["ReadReplicaDBInstanceIdentifiers"] if r != physical_id]


def _attributes(instance: dict, attributes: dict) -> dict:
    secret = instance.get("MasterUserSecret") or {}
    return {**attributes, "MasterUserSecret.SecretArn": secret.get("SecretArn", ""),
            "Endpoint.HostedZoneId": instance["Endpoint"]["HostedZoneId"]}


def _create(original):
    def create(logical_id, properties, stack_name):
        identifier = properties.get("DBInstanceIdentifier")
        if identifier and identifier.lower() in rds._instances:
            raise ResourceError(SERVICE, "DBInstanceAlreadyExists", "DB instance already exists")
        group = properties.get("DBSubnetGroupName")
        if group and group not in rds._subnet_groups:
            raise ResourceError(SERVICE, "DBSubnetGroupNotFoundFault",
                                f"DBSubnetGroup doesn't exist : {group}")
        source = _source(properties)
        if source is not None:
            properties = {"BackupRetentionPeriod": 0, **properties, "Engine": source["Engine"],
                          "EngineVersion": source["EngineVersion"],
                          "StorageType": properties.get("StorageType", source["StorageType"])}
        if identifier:
            properties = {**properties, "DBInstanceIdentifier": identifier.lower()}
        name, attributes = original(logical_id, properties, stack_name)
        instance = rds._instances[name]
        instance.update({**_members(properties), **_encryption(properties)})
        if source is not None:
            _follow(instance, source)
        instance.update(_zone(properties, instance))
        _managed_password(properties, instance)
        return name, _attributes(instance, attributes)
    return create


def _update(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        name, attributes = original(physical_id, old, new, stack_name, logical_id)
        instance = rds._instances[name]
        source = rds._instances.get(instance.get("ReadReplicaSourceDBInstanceIdentifier") or "")
        instance.update({**_members(new), **_zone(new, instance)})
        if source is not None:
            instance.update({n: source[n] for n in _COPIED_FROM_SOURCE if n in source})
        return name, _attributes(instance, attributes)
    return update


def _delete(original):
    def delete(physical_id, properties):
        instance = rds._instances.get(physical_id) or {}
        arn = (instance.get("MasterUserSecret") or {}).get("SecretArn")
        original(physical_id, properties)
        _unfollow(physical_id, instance)
        rds._tags.pop(instance.get("DBInstanceArn", ""), None)
        name, secret = secretsmanager._resolve(arn) if arn else (None, None)
        if secret is not None:
            secretsmanager._purge_secret(name, secret)
    return delete


def _refuse_delete(physical_id, properties):
    if (rds._instances.get(physical_id) or {}).get("DeletionProtection"):
        raise ResourceError(
            SERVICE, "InvalidParameterCombination",
            "Cannot delete protected DB Instance, please disable deletion protection and "
            "try again.")


def _refuse_group_delete(physical_id, properties):
    for instance in rds._instances.values():
        if instance["DBSubnetGroup"].get("DBSubnetGroupName") == physical_id:
            raise ResourceError(
                SERVICE, "InvalidDBSubnetGroupStateFault",
                f"Cannot delete the subnet group '{physical_id}' because at least one database "
                f"instance: {instance['DBInstanceIdentifier']} is still using it.")


def _instance_xml(original):
    def xml(instance):
        text = original(instance)
        exports = "".join(f"<member>{name}</member>"
                          for name in instance.get("EnabledCloudwatchLogsExports") or [])
        text = text.replace(
            "<EnabledCloudwatchLogsExports/>",
            f"<EnabledCloudwatchLogsExports>{exports}</EnabledCloudwatchLogsExports>")
        secret = instance.get("MasterUserSecret")
        if secret:
            fields = "".join(f"<{k}>{v}</{k}>" for k, v in secret.items() if v)
            text += f"<MasterUserSecret>{fields}</MasterUserSecret>"
        return text
    return xml


def install() -> None:
    rds._instance_xml = _instance_xml(rds._instance_xml)
    extend("AWS::RDS::DBInstance", create=_create, update=_update, delete=_delete,
           refuse_delete=lambda _: _refuse_delete)
    extend("AWS::RDS::DBSubnetGroup", refuse_delete=lambda _: _refuse_group_delete)
    provisioners._STACK_TAG_PROPERTY.setdefault("AWS::RDS::DBSubnetGroup", ("Tags", "list"))
