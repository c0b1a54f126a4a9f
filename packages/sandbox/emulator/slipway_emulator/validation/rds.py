"""RDS: identifiers, engine versions on offer, classes, storage, credentials, capacity."""

import re

from ministack.services import ec2, rds

from ..errors import ResourceError
from ..offered import RDS_ENGINE_VERSIONS, is_database_class

_DATABASE_NAME = re.compile(r"[A-Za-z](?:-?[A-Za-z0-9])*")
_MASTER_USER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")
# Least and greatest gigabytes of storage, by type, for PostgreSQL and MySQL.
_STORAGE_GB = {"gp2": (20, 65536), "gp3": (20, 65536), "io1": (100, 65536),
               "io2": (100, 65536), "standard": (5, 3072)}


def _rds_error(code: str, message: str) -> ResourceError:
    return ResourceError("Rds", code, message)


def check_database(properties: dict, creation: bool = True) -> None:
    """An instance as it is asked for, or as a modification would make it."""
    _check_identifier("DBInstanceIdentifier", properties.get("DBInstanceIdentifier"))
    kind = str(properties.get("DBInstanceClass", ""))
    if not is_database_class(kind) and kind != "db.serverless":
        raise _rds_error("InvalidParameterValue", f"Invalid DB Instance class: {kind}")
    if properties.get("SourceDBInstanceIdentifier") or properties.get("DBSnapshotIdentifier"):
        return
    engine, version = properties.get("Engine"), properties.get("EngineVersion")
    aurora = engine == "aurora-postgresql"
    check_engine(engine, cluster=aurora)
    if creation and aurora and not properties.get("DBClusterIdentifier"):
        raise _rds_error("InvalidParameterCombination",
                         "An Aurora DB instance belongs to a DB cluster: specify "
                         "DBClusterIdentifier.")
    if kind == "db.serverless" and not aurora:
        raise _rds_error("InvalidParameterValue", f"Invalid DB Instance class: {kind}")
    if version is not None:
        check_engine_version(engine, str(version))
    if not aurora:
        _check_storage(properties)
    _check_credentials(properties)
    retention = int(properties.get("BackupRetentionPeriod", 1))
    if not 0 <= retention <= 35:
        raise _rds_error("InvalidParameterValue",
                         f"Invalid backup retention period: {retention}. Must be between 0 "
                         "and 35")


def check_cluster(properties: dict) -> None:
    _check_identifier("DBClusterIdentifier", properties.get("DBClusterIdentifier"))
    if properties.get("SnapshotIdentifier") is None:
        check_engine(properties.get("Engine"), cluster=True)
    if properties.get("EngineVersion") is not None:
        check_engine_version("aurora-postgresql", str(properties["EngineVersion"]))
    if properties.get("EngineMode", "provisioned") != "provisioned":
        raise _rds_error("InvalidParameterValue",
                         f"The engine mode {properties['EngineMode']} is not available.")
    _check_credentials(properties)
    retention = int(properties.get("BackupRetentionPeriod", 1))
    if not 1 <= retention <= 35:
        raise _rds_error("InvalidParameterValue",
                         f"Invalid backup retention period: {retention}. Must be between 1 "
                         "and 35")
    _check_capacity(properties.get("ServerlessV2ScalingConfiguration"))


def _check_capacity(scaling: dict | None) -> None:
    """https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html"""
    if scaling is None:
        return
    least, most = float(scaling.get("MinCapacity", 0.5)), float(scaling.get("MaxCapacity", 0))
    if not (0 <= least <= most and 1 <= most <= 256 and least % 0.5 == most % 0.5 == 0):
        raise _rds_error("InvalidParameterValue",
                         f"Invalid serverless v2 capacity: from {least} to {most}. Capacity goes "
                         "in halves, the least from 0 and the most from 1 to 256.")


def _check_identifier(member: str, name: str | None) -> None:
    if name is not None and (len(name) > 63 or not _DATABASE_NAME.fullmatch(name)):
        raise _rds_error(
            "InvalidParameterValue",
            f"The parameter {member} is not a valid identifier. Identifiers must "
            "begin with a letter; must contain only ASCII letters, digits, and hyphens; and "
            "must not end with a hyphen or contain two consecutive hyphens.")


def _check_credentials(properties: dict) -> None:
    user = properties.get("MasterUsername")
    if user is not None and (not _MASTER_USER.fullmatch(user) or user in ("rdsadmin", "admin")
                             and "postgres" in str(properties.get("Engine"))):
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


def check_engine(engine: str | None, cluster: bool) -> None:
    """Of clusters, Aurora PostgreSQL is emulated."""
    if engine not in (("aurora-postgresql",) if cluster else RDS_ENGINE_VERSIONS):
        raise _rds_error("InvalidParameterValue", f"Invalid DB engine: {engine}")


def check_engine_version(engine: str, version: str) -> None:
    offered = (rds.AURORA_POSTGRESQL_ENGINE_VERSION_SET if engine == "aurora-postgresql"
               else RDS_ENGINE_VERSIONS[engine])
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
    families = {f"aurora-postgresql{v.split('.')[0]}"
                for v in rds.AURORA_POSTGRESQL_ENGINE_VERSION_SET} | {
        f"postgres{v.split('.')[0]}" for v in RDS_ENGINE_VERSIONS["postgres"]} | {
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
    "AWS::RDS::DBClusterParameterGroup": _check_parameter_group,
    "AWS::RDS::DBParameterGroup": _check_parameter_group,
    "AWS::RDS::DBSubnetGroup": _check_subnet_group,
}
