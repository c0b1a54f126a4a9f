"""The record of a database instance: how it begins, and how it is shown."""

import json
import secrets as randoms
import time
import uuid

from ministack.core.responses import get_account_id, get_region
from ministack.services import kms, rds, secretsmanager

from ... import darkness
from ...errors import from_response
from ...offered import RDS_ENGINE_VERSIONS
from ...quotas import limits
from . import network, store

# As the request says them.
PLAIN = (
    "AllocatedStorage", "AutoMinorVersionUpgrade", "BackupRetentionPeriod", "BackupTarget",
    "CACertificateIdentifier", "CopyTagsToSnapshot", "DBInstanceClass", "DatabaseInsightsMode",
    "DedicatedLogVolume", "DeletionProtection", "EngineLifecycleSupport", "Iops", "LicenseModel",
    "MaxAllocatedStorage", "MonitoringInterval", "MonitoringRoleArn", "MultiAZ", "NetworkType",
    "PerformanceInsightsKMSKeyId", "PerformanceInsightsRetentionPeriod", "PreferredBackupWindow",
    "PreferredMaintenanceWindow", "PromotionTier", "PubliclyAccessible", "StorageThroughput",
    "StorageType")
# Under another name in the record.
RENAMED = {"EnableIAMDatabaseAuthentication": "IAMDatabaseAuthenticationEnabled",
           "EnablePerformanceInsights": "PerformanceInsightsEnabled",
           "EnableCloudwatchLogsExports": "EnabledCloudwatchLogsExports"}
# Of a new instance, however it comes about; what SDKs add for requests over regions means nothing.
TAKEN = (*PLAIN, *RENAMED, "AvailabilityZone", "DBInstanceIdentifier", "DBParameterGroupName",
         "DBSubnetGroupName", "ManageMasterUserPassword", "MasterUserSecretKmsKeyId",
         "OptionGroupName", "Port", "PreSignedUrl", "SourceRegion", "Tags",
         "VpcSecurityGroupIds", "KmsKeyId", "DBName")
DEFAULT_PORT = {"postgres": 5432, "aurora-postgresql": 5432, "mysql": 3306, "aurora-mysql": 3306}
_DEFAULTS = {
    "AllocatedStorage": 20, "AutoMinorVersionUpgrade": True, "BackupRetentionPeriod": 1,
    "BackupTarget": "region", "CACertificateIdentifier": "rds-ca-rsa2048-g1",
    "CopyTagsToSnapshot": False, "DatabaseInsightsMode": "standard", "DedicatedLogVolume": False,
    "DeletionProtection": False, "EnabledCloudwatchLogsExports": [],
    "EngineLifecycleSupport": "open-source-rds-extended-support",
    "IAMDatabaseAuthenticationEnabled": False, "MonitoringInterval": 0, "MultiAZ": False,
    "NetworkType": "IPV4", "PerformanceInsightsEnabled": False,
    "PreferredBackupWindow": "03:00-04:00", "PreferredMaintenanceWindow": "sun:05:00-sun:06:00",
    "PubliclyAccessible": False, "StorageEncrypted": False, "StorageType": "gp2"}
# Logs are shipped every five minutes:
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
_LOG_SECONDS = 300


def new_instance(request: dict, origin: dict | None = None) -> dict:
    """``origin``: what it takes over from a source, a snapshot or its cluster."""
    name = request["DBInstanceIdentifier"].lower()
    if name in store.instances:
        raise store.refusal("DBInstanceAlreadyExists", "DB instance already exists")
    limits.require("AWS::RDS::DBInstance")
    group = network.subnet_group(request.get("DBSubnetGroupName"))
    record = {**_DEFAULTS, **(origin or {}), **settings(request)}
    engine = record["Engine"]
    version = record["EngineVersion"].split(".")
    family = f"{engine}{version[0]}" if "postgres" in engine else f"{engine}{'.'.join(version[:2])}"
    record.update({
        "DBInstanceIdentifier": name,
        "DBInstanceArn": store.arn("db", name),
        "DbiResourceId": store.lasting_id("db-"),
        "DBInstanceStatus": "creating",
        "InstanceCreateTime": time.time(),
        "Endpoint": {"Address": store.host(name), "HostedZoneId": "Z2R2ITUGPM61AM",
                     "Port": request.get("Port") or record.pop("_Port", DEFAULT_PORT[engine])},
        "DbInstancePort": 0,
        "DBSubnetGroup": group,
        "VpcSecurityGroups": network.security_groups(request.get("VpcSecurityGroupIds"), group),
        "DBSecurityGroups": [], "DomainMemberships": [], "AssociatedRoles": [], "StatusInfos": [],
        "ReadReplicaDBInstanceIdentifiers": [], "PendingModifiedValues": {},
        "DBParameterGroups": [{
            "DBParameterGroupName": request.get("DBParameterGroupName") or f"default.{family}",
            "ParameterApplyStatus": "in-sync"}],
        "OptionGroupMemberships": [{
            "OptionGroupName": request.get("OptionGroupName")
            or f"default:{engine}-{'-'.join(version[:1 if 'postgres' in engine else 2])}",
            "Status": "in-sync"}],
        "CertificateDetails": {"CAIdentifier": record["CACertificateIdentifier"],
                               "ValidTill": time.time() + 365 * 86400},
    })
    record.setdefault("LicenseModel",
                      "postgresql-license" if "postgres" in engine else "general-public-license")
    if record["StorageType"] == "gp3" and not engine.startswith("aurora"):
        record.setdefault("Iops", 3000)
        record.setdefault("StorageThroughput", 125)
    if record["PerformanceInsightsEnabled"]:
        record.setdefault("PerformanceInsightsRetentionPeriod", 7)
    place(record, request.get("AvailabilityZone"))
    store.instances[name] = record
    store.set_tags(record["DBInstanceArn"], request.get("Tags"))
    return record


def settings(request: dict) -> dict:
    found = {n: request[n] for n in PLAIN if n in request}
    found.update((ours, request[theirs]) for theirs, ours in RENAMED.items() if theirs in request)
    return found


def exported(record: dict, change: dict) -> list[str]:
    kept = set(record["EnabledCloudwatchLogsExports"]).difference(change.get("DisableLogTypes", []))
    return sorted(kept.union(change.get("EnableLogTypes", [])))


def place(record: dict, zone: str | None = None, avoid: tuple = ()) -> None:
    """Chooses the zone, and the standby's if it has one; never a dark one if there is another."""
    zones = sorted(network.zones(record["DBSubnetGroup"]),
                   key=lambda z: (darkness.is_zone_dark(z), z in avoid))
    if record["MultiAZ"]:
        if zone:
            raise store.refusal("InvalidParameterCombination",
                                "Requesting a specific availability zone is not valid for Multi-AZ "
                                "instances.")
        if len(zones) < 2:
            raise store.refusal("DBSubnetGroupDoesNotCoverEnoughAZs",
                                "The DB subnet group doesn't meet Availability Zone (AZ) coverage "
                                "requirement. Add subnets to cover at least 2 AZs.")
        record["SecondaryAvailabilityZone"] = zones[1]
    elif zone and zone not in zones:
        raise store.refusal("InvalidVPCNetworkStateFault",
                            f"The DB subnet group has no subnet in {zone}")
    record["AvailabilityZone"] = zone or zones[0]


def full_version(engine: str, version: str | None) -> str:
    """The newest that fits: "17" and no version at all are answered by a minor version."""
    offered = (rds.AURORA_POSTGRESQL_ENGINE_VERSION_SET if engine == "aurora-postgresql"
               else RDS_ENGINE_VERSIONS[engine])
    if version in offered:
        return version
    fitting = [v for v in offered if "-" not in v
               and (not version or v.startswith(f"{version}."))]
    if not fitting:
        raise store.refusal("InvalidParameterCombination",
                            f"Cannot find version {version} for {engine}")
    return max(fitting, key=lambda v: [int(n) for n in v.split(".")])


def encryption(encrypted: bool, key: str | None) -> dict:
    """The members that say how storage is encrypted; the key must be one of this region."""
    if not encrypted:
        return {"StorageEncrypted": False}
    if not key or key == "alias/aws/rds":
        managed = uuid.uuid5(uuid.NAMESPACE_DNS, f"{get_account_id()}.{get_region()}.rds")
        key = f"arn:aws:kms:{get_region()}:{get_account_id()}:key/{managed}"
    elif not key.endswith(":alias/aws/rds"):
        found = kms._resolve_key(key)
        if found is None and not _is_managed(key):
            raise store.refusal("KMSKeyNotAccessibleFault",
                                f"The specified KMS key [{key}] does not exist, is not enabled or "
                                "you do not have permissions to access it.")
        key = found["Arn"] if found else key
    return {"StorageEncrypted": True, "KmsKeyId": key}


def _is_managed(key: str) -> bool:
    return key == encryption(True, None)["KmsKeyId"]


def manage_password(request: dict, record: dict, kind: str) -> None:
    """``ManageMasterUserPassword``: the password is a secret of Secrets Manager's."""
    if not request.get("ManageMasterUserPassword") or record.get("MasterUserSecret"):
        return
    password = randoms.token_urlsafe(20)
    lasting = record.get("DbiResourceId") or record["DbClusterResourceId"]
    response = secretsmanager._create_secret({
        "Name": f"rds!{kind}-{uuid.uuid5(uuid.NAMESPACE_DNS, lasting)}",
        "Description": "The secret associated with the primary RDS DB "
                       f"{'instance' if kind == 'db' else 'cluster'}: "
                       f"{record.get('DBInstanceArn') or record['DBClusterArn']}",
        "SecretString": json.dumps(
            {"username": record["MasterUsername"], "password": password})})
    from_response("SecretsManager", response)
    record["_MasterUserPassword"] = password
    record["MasterUserSecret"] = {"SecretArn": json.loads(response[2])["ARN"],
                                  "SecretStatus": "active"}
    if request.get("MasterUserSecretKmsKeyId"):
        record["MasterUserSecret"]["KmsKeyId"] = request["MasterUserSecretKmsKeyId"]


def forget_password(record: dict) -> None:
    arn = (record.pop("MasterUserSecret", None) or {}).get("SecretArn")
    name, secret = secretsmanager._resolve(arn) if arn else (None, None)
    if secret is not None:
        secretsmanager._purge_secret(name, secret)


def shown(record: dict) -> dict:
    """The instance as ``DescribeDBInstances`` shows it now."""
    view = {**record, "TagList": store.tags.get(record["DBInstanceArn"], [])}
    if record["DBInstanceStatus"] == "creating":
        view.pop("InstanceCreateTime")
        view.pop("Endpoint")
    if record.get("DBClusterIdentifier"):
        cluster = store.clusters[record["DBClusterIdentifier"]]
        view["BackupRetentionPeriod"] = cluster["BackupRetentionPeriod"]
    elif restorable_since(record) is not None:
        view["LatestRestorableTime"] = restorable_until(record)
    if not record["MultiAZ"]:
        view.pop("SecondaryAvailabilityZone", None)
    view["PendingModifiedValues"] = {n: "****" if n == "MasterUserPassword" else v
                                     for n, v in record["PendingModifiedValues"].items()}
    return view


def restorable_since(record: dict) -> float | None:
    """None while nothing is backed up."""
    if not record["BackupRetentionPeriod"] or "_FirstBackup" not in record:
        return None
    return max(record["_FirstBackup"], time.time() - record["BackupRetentionPeriod"] * 86400)


def restorable_until(record: dict) -> float:
    """When logs were last shipped."""
    return max(record["_FirstBackup"], time.time() // _LOG_SECONDS * _LOG_SECONDS)
