"""What keeps data, and what backs it up."""

import json
from typing import Iterator

from .reading import Reading, Resource, listed, or_none


class DataReading(Reading):
    def _buckets(self) -> Iterator[Resource]:
        s3 = self._client("s3")
        for bucket in s3.list_buckets()["Buckets"]:
            name = bucket["Name"]
            tags = or_none(s3.get_bucket_tagging, "NoSuchTagSet", Bucket=name)
            if not tags or not self._mine(tags["TagSet"]):
                continue
            policy = or_none(s3.get_bucket_policy, "NoSuchBucketPolicy", Bucket=name)
            logging = s3.get_bucket_logging(Bucket=name).get("LoggingEnabled")
            lifecycle = or_none(s3.get_bucket_lifecycle_configuration,
                                 "NoSuchLifecycleConfiguration", Bucket=name)
            rules = (lifecycle or {}).get("Rules", [])
            yield Resource("Bucket", _bucket_key(name, self.name, logging, rules), {
                "Tags": tags["TagSet"], "Logging": logging,
                "Lifecycle": rules,
                "Encryption": s3.get_bucket_encryption(Bucket=name)[
                    "ServerSideEncryptionConfiguration"]["Rules"],
                "Versioning": s3.get_bucket_versioning(Bucket=name).get("Status"),
                "PublicAccess": s3.get_public_access_block(Bucket=name)[
                    "PublicAccessBlockConfiguration"],
                "Ownership": s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"],
                "Replication": (or_none(
                    s3.get_bucket_replication, "ReplicationConfigurationNotFoundError",
                    Bucket=name) or {}).get("ReplicationConfiguration"),
                "Statements": listed(json.loads(policy["Policy"])["Statement"])
                if policy else None}, [f"arn:aws:s3:::{name}", name])

    def _images(self) -> Iterator[Resource]:
        ecr = self._client("ecr")
        for each in ecr.describe_repositories()["repositories"]:
            if each["repositoryName"].startswith(f"{self.name}/"):
                rules = or_none(ecr.get_lifecycle_policy, "LifecyclePolicyNotFoundException",
                                 repositoryName=each["repositoryName"])
                yield Resource("Repository", each["repositoryName"], {
                    **each, "Lifecycle": rules and json.loads(rules["lifecyclePolicyText"]),
                    "Tags": ecr.list_tags_for_resource(
                        resourceArn=each["repositoryArn"])["tags"]}, [each["repositoryArn"]])

    def _databases(self) -> Iterator[Resource]:
        rds = self._client("rds")
        for each in rds.describe_db_instances()["DBInstances"]:
            if each["DBInstanceIdentifier"].startswith(self.name):
                yield Resource("DBInstance", each["DBInstanceIdentifier"], each, [
                    each["DBInstanceArn"], each["DbiResourceId"],
                    *([each["Endpoint"]["Address"]] if each.get("Endpoint") else [])])
        for each in rds.describe_db_clusters()["DBClusters"]:
            if each["DBClusterIdentifier"].startswith(self.name):
                yield Resource("DBCluster", each["DBClusterIdentifier"], each, [
                    each["DBClusterArn"], each["DbClusterResourceId"], each["Endpoint"],
                    each.get("ReaderEndpoint", "")])
        for each in rds.describe_db_subnet_groups()["DBSubnetGroups"]:
            if f"of {self.name}" in each["DBSubnetGroupDescription"]:
                yield Resource("DBSubnetGroup", each["DBSubnetGroupDescription"], each, [
                    each["DBSubnetGroupArn"], each["DBSubnetGroupName"]])
        for kind, groups, parameters in (
                ("DBParameterGroup", rds.describe_db_parameter_groups()["DBParameterGroups"],
                 rds.describe_db_parameters),
                ("DBClusterParameterGroup",
                 rds.describe_db_cluster_parameter_groups()["DBClusterParameterGroups"],
                 rds.describe_db_cluster_parameters)):
            for each in groups:
                if f"of {self.name}" not in each["Description"]:
                    continue
                set_ = parameters(**{f"{kind}Name": each[f"{kind}Name"]}, Source="user")
                yield Resource(kind, each["Description"], {
                    "Family": each["DBParameterGroupFamily"], "Parameters": {
                        p["ParameterName"]: p.get("ParameterValue") for p in set_["Parameters"]}},
                    [each[f"{kind}Arn"], each[f"{kind}Name"]])

    def _caches(self) -> Iterator[Resource]:
        cache = self._client("elasticache")
        for each in cache.describe_replication_groups()["ReplicationGroups"]:
            if f"of {self.name}" in each["Description"]:
                yield Resource("ReplicationGroup", "cache", each, [
                    each["ARN"], each["ReplicationGroupId"]])
        for each in cache.describe_cache_parameter_groups()["CacheParameterGroups"]:
            if f"of {self.name}" in each["Description"]:
                set_ = cache.describe_cache_parameters(
                    CacheParameterGroupName=each["CacheParameterGroupName"], Source="user")
                yield Resource("CacheParameterGroup", "cache", {
                    "Family": each["CacheParameterGroupFamily"], "Parameters": {
                        p["ParameterName"]: p["ParameterValue"] for p in set_["Parameters"]}},
                    [each["ARN"], each["CacheParameterGroupName"]])
        for each in cache.describe_cache_subnet_groups()["CacheSubnetGroups"]:
            if f"of {self.name}" in each["CacheSubnetGroupDescription"]:
                yield Resource("CacheSubnetGroup", "cache", each, [
                    each["ARN"], each["CacheSubnetGroupName"]])

    def _kafka(self) -> Iterator[Resource]:
        kafka = self._client("kafka")
        for each in kafka.list_clusters()["ClusterInfoList"]:
            if each["ClusterName"].startswith(self.name):
                told = kafka.describe_cluster_v2(ClusterArn=each["ClusterArn"])["ClusterInfo"]
                yield Resource("KafkaCluster", "kafka", told, [each["ClusterArn"]])
                yield from self._scaling("kafka", each["ClusterArn"])

    def _scaling(self, namespace: str, resource_id: str) -> Iterator[Resource]:
        """What Application Auto Scaling does to one resource."""
        scaling = self._client("application-autoscaling")
        for each in scaling.describe_scalable_targets(
                ServiceNamespace=namespace, ResourceIds=[resource_id])["ScalableTargets"]:
            yield Resource("ScalableTarget", each["ScalableDimension"], each,
                           [each["ScalableTargetARN"]])
        for each in scaling.describe_scaling_policies(
                ServiceNamespace=namespace, ResourceId=resource_id)["ScalingPolicies"]:
            yield Resource("ScalingPolicy", each["PolicyName"].removeprefix(f"{self.name}-"), each,
                           [each["PolicyARN"]])

    def _secrets(self) -> Iterator[Resource]:
        secrets = self._client("secretsmanager")
        for each in secrets.get_paginator("list_secrets").paginate().build_full_result()[
                "SecretList"]:
            if not self._mine(each.get("Tags")):
                continue
            value = json.loads(secrets.get_secret_value(SecretId=each["ARN"])["SecretString"])
            yield Resource("Secret", each.get("Description", each["Name"]), {
                **{n: each.get(n) for n in ("Description", "KmsKeyId", "RotationEnabled", "Tags",
                                            "RotationRules")},
                # Never the values, save for those that are no secret.
                "Fields": sorted(value)}, [each["ARN"], each["Name"]])

    def _tables(self) -> Iterator[Resource]:
        dynamodb = self._client("dynamodb")
        for name in dynamodb.list_tables()["TableNames"]:
            if name.startswith(self.name):
                told = dynamodb.describe_table(TableName=name)["Table"]
                backups = dynamodb.describe_continuous_backups(TableName=name)[
                    "ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
                yield Resource("Table", name, {
                    **{n: told.get(n) for n in ("KeySchema", "AttributeDefinitions",
                                                "BillingModeSummary", "SSEDescription")},
                    "PointInTimeRecovery": backups["PointInTimeRecoveryStatus"]},
                    [told["TableArn"]])

    def _backups(self) -> Iterator[Resource]:
        backup = self._client("backup")
        for each in backup.list_backup_plans()["BackupPlansList"]:
            if each["BackupPlanName"] == self.name:
                told = backup.get_backup_plan(BackupPlanId=each["BackupPlanId"])["BackupPlan"]
                yield Resource("BackupPlan", "daily", told, [each["BackupPlanId"]])


def _bucket_key(name: str, environment: str, logging: dict | None, rules: list) -> str:
    """What the bucket is for: by where its accesses are logged to, and else by how it empties."""
    if logging:
        return logging["TargetPrefix"].removesuffix("-access/")
    return "cdn-logs" if "cdn" in name.removeprefix(environment) else "logs"
