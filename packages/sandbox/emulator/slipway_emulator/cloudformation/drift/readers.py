"""What a resource is like now, in the words of its template, beside the types that ministack reads.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
"""

import json

from ministack.services import (alb, cloudwatch, ec2, eks, elasticache, kms, msk, rds, s3,
                                secretsmanager)
from ministack.services.cloudformation import drift

from . import network
from .named import capital, names, pick, same_as, tags_of


def _instance(physical_id: str, properties: dict) -> dict | None:
    record = rds._instances.get(physical_id)
    if record is None:
        return None
    found = pick(record, properties, {
        "EnableIAMDatabaseAuthentication": "IAMDatabaseAuthenticationEnabled",
        "EnablePerformanceInsights": "PerformanceInsightsEnabled",
    })
    found["VPCSecurityGroups"] = names(record.get("VpcSecurityGroups"), "VpcSecurityGroupId")
    groups = names(record.get("DBParameterGroups"), "DBParameterGroupName")
    found["DBParameterGroupName"] = groups[0] if groups else None
    found["Tags"] = tags_of(rds._tags.get(record["DBInstanceArn"]) or record.get("TagList"))
    return found


def _cluster_of_databases(physical_id: str, properties: dict) -> dict | None:
    record = rds._clusters.get(physical_id)
    if record is None:
        return None
    found = pick(record, properties, {
        "EnableIAMDatabaseAuthentication": "IAMDatabaseAuthenticationEnabled",
        "EnableHttpEndpoint": "HttpEndpointEnabled",
        "DBClusterParameterGroupName": "DBClusterParameterGroup",
        "EnableCloudwatchLogsExports": "EnabledCloudwatchLogsExports",
    })
    found["VpcSecurityGroupIds"] = names(record.get("VpcSecurityGroups"), "VpcSecurityGroupId")
    found["Tags"] = tags_of(rds._tags.get(record["DBClusterArn"]) or record.get("TagList"))
    scaling = found.get("ServerlessV2ScalingConfiguration")
    if scaling:
        found["ServerlessV2ScalingConfiguration"] = {k: _whole(v) for k, v in scaling.items()}
    return found


def _whole(number):
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _nodegroup(physical_id: str, properties: dict) -> dict | None:
    record = eks._nodegroups.get(physical_id)
    if record is None:
        return None
    found = capital(record, keep=("labels", "tags"))
    wanted = properties.get("ScalingConfig") or {}
    found["ScalingConfig"] = {k: v for k, v in found.get("ScalingConfig", {}).items()
                              if k in wanted}
    return {**found, "Tags": record.get("tags", {}), "Labels": record.get("labels", {})}


def _eks_cluster(physical_id: str, properties: dict) -> dict | None:
    record = eks._clusters.get(physical_id)
    if record is None:
        return None
    access = record["resourcesVpcConfig"]
    wanted = properties.get("ResourcesVpcConfig") or {}
    shown = {"EndpointPublicAccess": access["endpointPublicAccess"],
             "EndpointPrivateAccess": access["endpointPrivateAccess"],
             "SubnetIds": access["subnetIds"], "SecurityGroupIds": access["securityGroupIds"],
             "PublicAccessCidrs": access["publicAccessCidrs"]}
    types = [{"Type": name} for entry in record["logging"]["clusterLogging"] if entry["enabled"]
             for name in entry["types"]]
    return {"Name": record["name"], "Version": record["version"], "RoleArn": record["roleArn"],
            "ResourcesVpcConfig": {k: v for k, v in shown.items() if k in wanted},
            "Logging": {"ClusterLogging": {"EnabledTypes": types}},
            "Tags": record.get("tags", {})}


def _replication_group(physical_id: str, properties: dict) -> dict | None:
    record = elasticache._replication_groups.get(physical_id)
    if record is None:
        return None
    switched = {"enabled": True, "disabled": False}
    return {"ReplicationGroupDescription": record["Description"],
            "CacheNodeType": record["CacheNodeType"], "Engine": record["Engine"],
            "EngineVersion": same_as(properties.get("EngineVersion"), record.get("_Version"),
                                     record.get("_FullVersion")),
            "AutomaticFailoverEnabled": switched.get(record["AutomaticFailover"]),
            "MultiAZEnabled": switched.get(record["MultiAZ"]),
            "SnapshotRetentionLimit": record["SnapshotRetentionLimit"],
            "SnapshotWindow": record["SnapshotWindow"],
            "AutoMinorVersionUpgrade": record["AutoMinorVersionUpgrade"],
            "TransitEncryptionEnabled": record["TransitEncryptionEnabled"],
            "AtRestEncryptionEnabled": record["AtRestEncryptionEnabled"]}


def _load_balancer(physical_id: str, properties: dict) -> dict | None:
    record = alb._lbs.get(physical_id)
    if record is None:
        return None
    wanted = [entry["Key"] for entry in properties.get("LoadBalancerAttributes") or ()]
    held = {entry["Key"]: entry["Value"] for entry in alb._lb_attrs.get(physical_id) or ()}
    return {"Scheme": record.get("Scheme"), "SecurityGroups": record.get("SecurityGroups"),
            "LoadBalancerAttributes": [{"Key": key, "Value": held[key]} for key in wanted
                                       if key in held],
            "Tags": tags_of(alb._tags.get(physical_id))}


def _target_group(physical_id: str, properties: dict) -> dict | None:
    record = alb._tgs.get(physical_id)
    if record is None:
        return None
    return {**pick(record, properties, {}), "Tags": tags_of(alb._tags.get(physical_id))}


def _alarm(physical_id: str, properties: dict) -> dict | None:
    record = cloudwatch._alarms.get(physical_id)
    if record is None:
        return None
    found = pick(record, properties, {})
    if "Threshold" in found:
        found["Threshold"] = _whole(float(found["Threshold"]))
    return found


def _role(physical_id: str, properties: dict) -> dict | None:
    found = _read_role(physical_id, properties)
    wanted = properties.get("AssumeRolePolicyDocument")
    if found and isinstance(wanted, str) and json.loads(wanted) == (
            found["AssumeRolePolicyDocument"]):
        found["AssumeRolePolicyDocument"] = wanted
    return found


def _secret(physical_id: str, properties: dict) -> dict | None:
    for name, record in secretsmanager._secrets.items():
        if physical_id in (name, record.get("ARN")) and not record.get("DeletedDate"):
            return _read_secret(name, properties)
    return None


def _key(physical_id: str, properties: dict) -> dict | None:
    record = kms._keys.get(physical_id)
    if record is None or record.get("KeyState") == "PendingDeletion":
        return None
    return {"Description": record.get("Description", ""), "Enabled": record.get("Enabled"),
            "EnableKeyRotation": bool(record.get("KeyRotationEnabled")),
            "Tags": {t["TagKey"]: t["TagValue"] for t in record.get("Tags") or ()}}


def _kafka(physical_id: str, properties: dict) -> dict | None:
    record = msk._clusters.get(physical_id)
    if record is None:
        return None
    nodes = record["BrokerNodeGroupInfo"]
    wanted = properties.get("BrokerNodeGroupInfo") or {}
    shown = {"ClientSubnets": nodes.get("clientSubnets"),
             "InstanceType": nodes.get("instanceType"),
             "SecurityGroups": nodes.get("securityGroups"),
             "StorageInfo": {"EBSStorageInfo": {
                 "VolumeSize": nodes["storageInfo"]["ebsStorageInfo"].get("volumeSize")}}}
    return {"ClusterName": record["ClusterName"],
            "BrokerNodeGroupInfo": {**wanted, **{k: v for k, v in shown.items() if k in wanted}},
            "NumberOfBrokerNodes": record["NumberOfBrokerNodes"],
            "EnhancedMonitoring": record.get("EnhancedMonitoring")}


def _bucket(physical_id: str, properties: dict) -> dict | None:
    found = _read_bucket(physical_id, properties)
    if found is not None:
        found["Tags"] = dict(s3._bucket_tags.get(physical_id) or {})
        found.setdefault("VersioningConfiguration", {"Status": "Suspended"})
    return found


_read_role = drift._DRIFT_READERS["AWS::IAM::Role"][0]
_read_secret = drift._DRIFT_READERS["AWS::SecretsManager::Secret"][0]
_read_bucket = drift._DRIFT_READERS["AWS::S3::Bucket"][0]

_READERS = {
    "AWS::RDS::DBInstance": (_instance, {
        "AllocatedStorage", "AutoMinorVersionUpgrade", "BackupRetentionPeriod",
        "CopyTagsToSnapshot", "DBInstanceClass", "DBParameterGroupName", "DeletionProtection",
        "EnableIAMDatabaseAuthentication", "EnablePerformanceInsights", "Engine", "EngineVersion",
        "Iops", "MaxAllocatedStorage", "MonitoringInterval", "MultiAZ", "PreferredBackupWindow",
        "PreferredMaintenanceWindow", "PromotionTier", "PubliclyAccessible", "StorageEncrypted",
        "StorageType", "VPCSecurityGroups", "Tags"}),
    "AWS::RDS::DBCluster": (_cluster_of_databases, {
        "BackupRetentionPeriod", "CopyTagsToSnapshot", "DBClusterParameterGroupName",
        "DatabaseName", "DeletionProtection", "EnableCloudwatchLogsExports",
        "EnableHttpEndpoint", "EnableIAMDatabaseAuthentication", "Engine", "EngineVersion",
        "Port", "PreferredBackupWindow", "PreferredMaintenanceWindow",
        "ServerlessV2ScalingConfiguration", "StorageEncrypted", "VpcSecurityGroupIds", "Tags"}),
    "AWS::EKS::Nodegroup": (_nodegroup, {
        "AmiType", "CapacityType", "InstanceTypes", "Labels", "ScalingConfig", "Subnets", "Tags",
        "UpdateConfig"}),
    "AWS::EKS::Cluster": (_eks_cluster, {
        "Logging", "Name", "ResourcesVpcConfig", "RoleArn", "Tags", "Version"}),
    "AWS::ElastiCache::ReplicationGroup": (_replication_group, {
        "AtRestEncryptionEnabled", "AutoMinorVersionUpgrade", "AutomaticFailoverEnabled",
        "CacheNodeType", "Engine", "EngineVersion", "MultiAZEnabled",
        "ReplicationGroupDescription", "SnapshotRetentionLimit", "SnapshotWindow",
        "TransitEncryptionEnabled"}),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (_load_balancer, {
        "LoadBalancerAttributes", "Scheme", "SecurityGroups", "Tags"}),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (_target_group, {
        "HealthCheckIntervalSeconds", "HealthCheckPath", "HealthCheckTimeoutSeconds",
        "HealthyThresholdCount", "Port", "Protocol", "TargetType", "UnhealthyThresholdCount",
        "VpcId", "Tags"}),
    "AWS::CloudWatch::Alarm": (_alarm, {
        "ActionsEnabled", "AlarmActions", "AlarmDescription", "AlarmName", "ComparisonOperator",
        "Dimensions", "EvaluationPeriods", "ExtendedStatistic", "MetricName", "Namespace",
        "OKActions", "Period", "Statistic", "Threshold", "TreatMissingData"}),
    "AWS::KMS::Key": (_key, {"Description", "EnableKeyRotation", "Enabled", "Tags"}),
    "AWS::MSK::Cluster": (_kafka, {
        "BrokerNodeGroupInfo", "ClusterName", "EnhancedMonitoring", "NumberOfBrokerNodes"}),
    "AWS::S3::Bucket": (_bucket, {"BucketName", "Tags", "VersioningConfiguration"}),
    "AWS::IAM::Role": (_role, drift._DRIFT_READERS["AWS::IAM::Role"][1]),
    "AWS::SecretsManager::Secret": (_secret, drift._DRIFT_READERS[
        "AWS::SecretsManager::Secret"][1]),
    **network.READERS,
}

# Types of which only their being there is checked.
_STORES = {
    "AWS::EC2::InternetGateway": lambda: ec2._internet_gateways,
    "AWS::EC2::NatGateway": lambda: ec2._nat_gateways,
    "AWS::EC2::NetworkAcl": lambda: ec2._network_acls,
    "AWS::EC2::RouteTable": lambda: ec2._route_tables,
    "AWS::EC2::VPCEndpoint": lambda: ec2._vpc_endpoints,
    "AWS::ElasticLoadBalancingV2::Listener": lambda: alb._listeners,
}


def install() -> None:
    for resource_type, (reader, properties) in _READERS.items():
        drift._DRIFT_READERS[resource_type] = (reader, frozenset(properties))
    for resource_type, store in _STORES.items():
        drift._DRIFT_READERS[resource_type] = (drift._exists_in(store), frozenset())
