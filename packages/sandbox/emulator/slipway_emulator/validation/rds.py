"""RDS: identifiers, engine versions on offer, classes, storage, credentials."""

import re

from ministack.services import ec2

from ..errors import ResourceError
from ..offered import RDS_ENGINE_VERSIONS, is_database_class

_DATABASE_NAME = re.compile(r"[A-Za-z](?:-?[A-Za-z0-9])*")
_MASTER_USER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")
# Least and greatest gigabytes of storage, by type, for PostgreSQL and MySQL.
_STORAGE_GB = {"gp2": (20, 65536), "gp3": (20, 65536), "io1": (100, 65536),
               "io2": (100, 65536), "standard": (5, 3072)}


def _rds_error(code: str, message: str) -> ResourceError:
    return ResourceError("Rds", code, message)


def _check_database(properties: dict) -> None:
    name = properties.get("DBInstanceIdentifier")
    if name is not None and (len(name) > 63 or not _DATABASE_NAME.fullmatch(name)):
        raise _rds_error(
            "InvalidParameterValue",
            "The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must "
            "begin with a letter; must contain only ASCII letters, digits, and hyphens; and "
            "must not end with a hyphen or contain two consecutive hyphens.")
    kind = str(properties.get("DBInstanceClass", ""))
    if not is_database_class(kind):
        raise _rds_error("InvalidParameterValue", f"Invalid DB Instance class: {kind}")
    source = properties.get("SourceDBInstanceIdentifier")
    if source:
        return
    engine, version = properties.get("Engine"), properties.get("EngineVersion")
    if engine not in RDS_ENGINE_VERSIONS:
        raise _rds_error("InvalidParameterValue", f"Invalid DB engine: {engine}")
    if version is not None:
        _check_engine_version(engine, str(version))
    _check_storage(properties)
    user = properties.get("MasterUsername")
    if user is not None and (not _MASTER_USER.fullmatch(user) or user in ("rdsadmin", "admin")
                             and engine == "postgres"):
        raise _rds_error(
            "InvalidParameterValue",
            f"MasterUsername {user} cannot be used as it is a reserved word used by the engine"
            if _MASTER_USER.fullmatch(user) else
            "The parameter MasterUsername must begin with a letter and contain only "
            "alphanumeric characters.")
    password = properties.get("MasterUserPassword")
    if password is not None and not (8 <= len(password) <= 128
                                     and not set('/"@ ') & set(password)):
        raise _rds_error("InvalidParameterValue",
                         "The parameter MasterUserPassword is not a valid password. Only "
                         "printable ASCII characters besides '/', '@', '\"', ' ' may be used, "
                         "and at least 8 of them.")
    retention = int(properties.get("BackupRetentionPeriod", 1))
    if not 0 <= retention <= 35:
        raise _rds_error("InvalidParameterValue",
                         f"Invalid backup retention period: {retention}. Must be between 0 "
                         "and 35")


def _check_engine_version(engine: str, version: str) -> None:
    offered = RDS_ENGINE_VERSIONS[engine]
    if version not in offered and not any(o.startswith(f"{version}.") for o in offered):
        raise _rds_error("InvalidParameterCombination",
                         f"Cannot find version {version} for {engine}")


def _check_storage(properties: dict) -> None:
    size, kind = int(properties.get("AllocatedStorage", 20)), properties.get("StorageType", "gp2")
    if kind not in _STORAGE_GB:
        raise _rds_error("InvalidParameterValue", f"Invalid storage type: {kind}")
    least, most = _STORAGE_GB[kind]
    if not least <= size <= most:
        raise _rds_error(
            "InvalidParameterValue",
            f"Invalid storage size for engine name {properties.get('Engine')} and storage type "
            f"{kind}: {size}")
    maximum = properties.get("MaxAllocatedStorage")
    if maximum is not None and int(maximum) < size:
        raise _rds_error("InvalidParameterCombination",
                         "Max storage size must be greater than storage size")


def _check_parameter_group(properties: dict) -> None:
    family = str(properties.get("Family", ""))
    families = {f"postgres{v.split('.')[0]}" for v in RDS_ENGINE_VERSIONS["postgres"]} | {
        f"mysql{'.'.join(v.split('.')[:2])}" for v in RDS_ENGINE_VERSIONS["mysql"]}
    if family not in families:
        raise _rds_error("InvalidParameterValue",
                         f"DBParameterGroupFamily {family} cannot be found, please refer to "
                         "supported DB engine versions")


def _check_subnet_group(properties: dict) -> None:
    zones = {ec2._subnets[s]["AvailabilityZone"]
             for s in properties.get("SubnetIds") or [] if s in ec2._subnets}
    if len(zones) < 2:
        raise _rds_error("DBSubnetGroupDoesNotCoverEnoughAZs",
                         "The DB subnet group doesn't meet Availability Zone (AZ) coverage "
                         "requirement. Add subnets to cover at least 2 AZs.")


CHECKS = {
    "AWS::RDS::DBInstance": _check_database,
    "AWS::RDS::DBParameterGroup": _check_parameter_group,
    "AWS::RDS::DBSubnetGroup": _check_subnet_group,
}
