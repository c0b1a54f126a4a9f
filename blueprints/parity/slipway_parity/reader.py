"""What stands of one environment, by AWS's own APIs: a list of resources as AWS describes them.

Found by the tags of the environment or by its name, whichever engine made it.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator
from urllib.parse import unquote

from botocore.exceptions import ClientError

ENVIRONMENT_TAG = "slipway:environment-id"


@dataclass
class Resource:
    type: str
    """What tells it from others of its type and is not made up by AWS or the engine."""
    key: str
    properties: dict
    """Everything by which others name it: ids, ARNs, names that are made up."""
    ids: list[str] = field(default_factory=list)


class Reader:
    def __init__(self, client: Callable[[str], Any], name: str, environment_id: str):
        self._client, self.name, self.environment_id = client, name, environment_id

    def read(self) -> list[Resource]:
        found: list[Resource] = []
        for read in (self._network, self._machines, self._balancers, self._cluster, self._roles,
                     self._keys, self._logs, self._alarms, self._messages, self._buckets,
                     self._images, self._databases, self._caches, self._kafka, self._secrets,
                     self._firewall, self._distributions, self._tables, self._backups,
                     self._trails):
            found.extend(read())
        return found

    # --- what several need

    def _mine(self, tags) -> bool:
        return _tags(tags).get(ENVIRONMENT_TAG) == self.environment_id

    def _network(self) -> Iterator[Resource]:
        ec2 = self._client("ec2")
        mine = [{"Name": f"tag:{ENVIRONMENT_TAG}", "Values": [self.environment_id]}]
        vpcs = ec2.describe_vpcs(Filters=mine)["Vpcs"]
        if not vpcs:
            return
        [vpc] = vpcs
        within = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
        dns = {a: ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute=a)[a[0].upper() + a[1:]][
            "Value"] for a in ("enableDnsSupport", "enableDnsHostnames")}
        yield Resource("VPC", "vpc", {**vpc, **dns}, [vpc["VpcId"]])
        for each in ec2.describe_subnets(Filters=within)["Subnets"]:
            yield Resource("Subnet", _name(each), each, [each["SubnetId"]])
        for each in ec2.describe_route_tables(Filters=within)["RouteTables"]:
            if not any(a.get("Main") for a in each["Associations"]):
                yield Resource("RouteTable", _name(each), each, [each["RouteTableId"]])
        for each in ec2.describe_internet_gateways(Filters=[
                {"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}])["InternetGateways"]:
            yield Resource("InternetGateway", "internet", each, [each["InternetGatewayId"]])
        for each in ec2.describe_nat_gateways(Filter=within)["NatGateways"]:
            if each["State"] == "available":
                yield Resource("NatGateway", _name(each), each, [each["NatGatewayId"]])
        for each in ec2.describe_addresses(Filters=mine)["Addresses"]:
            yield Resource("EIP", _name(each), each, [each["AllocationId"], each["PublicIp"]])
        for each in ec2.describe_vpc_endpoints(Filters=within)["VpcEndpoints"]:
            yield Resource("VPCEndpoint", each["ServiceName"], each, [each["VpcEndpointId"]])
        for each in ec2.describe_network_acls(Filters=within)["NetworkAcls"]:
            if not each["IsDefault"]:
                yield Resource("NetworkAcl", _name(each), each, [each["NetworkAclId"]])
        for each in ec2.describe_flow_logs(Filters=[
                {"Name": "resource-id", "Values": [vpc["VpcId"]]}])["FlowLogs"]:
            yield Resource("FlowLog", "vpc", each, [each["FlowLogId"]])
        rules = [r for r in ec2.describe_security_group_rules()["SecurityGroupRules"]]
        for each in ec2.describe_security_groups(Filters=within)["SecurityGroups"]:
            if each["GroupName"] == "default":
                continue
            own = [{k: v for k, v in r.items() if k not in (
                "SecurityGroupRuleId", "SecurityGroupRuleArn", "GroupOwnerId", "Tags")}
                for r in rules if r["GroupId"] == each["GroupId"]]
            shown = {k: v for k, v in each.items() if not k.startswith("IpPermissions")}
            key = "eks" if each["GroupName"].startswith("eks-cluster-sg") else each["Description"]
            yield Resource("SecurityGroup", key, {**shown, "Rules": own},
                           [each["GroupId"], each["GroupName"]])

    def _machines(self) -> Iterator[Resource]:
        ec2 = self._client("ec2")
        for each in ec2.describe_launch_templates()["LaunchTemplates"]:
            if not self._mine(each.get("Tags")):
                continue
            [version] = ec2.describe_launch_template_versions(
                LaunchTemplateId=each["LaunchTemplateId"], Versions=["$Latest"])[
                "LaunchTemplateVersions"]
            yield Resource(
                "LaunchTemplate", _name(each), {**version["LaunchTemplateData"],
                                                "Tags": each.get("Tags")},
                [each["LaunchTemplateId"], each["LaunchTemplateName"]])
        for reservation in ec2.describe_instances(Filters=[
                {"Name": f"tag:{ENVIRONMENT_TAG}", "Values": [self.environment_id]}])[
                "Reservations"]:
            for each in reservation["Instances"]:
                name = _name(each)
                if "bastion" in name and each["State"]["Name"] == "running":
                    yield Resource("Instance", name, {
                        n: each.get(n) for n in ("InstanceType", "SubnetId", "Monitoring",
                                                 "SecurityGroups", "Tags")}
                        | {"Profile": each.get("IamInstanceProfile", {}).get("Arn")},
                        [each["InstanceId"]])

    def _balancers(self) -> Iterator[Resource]:
        elb = self._client("elbv2")
        balancers = elb.describe_load_balancers()["LoadBalancers"]
        tags = {}
        groups = elb.describe_target_groups()["TargetGroups"]
        arns = [b["LoadBalancerArn"] for b in balancers] + [g["TargetGroupArn"] for g in groups]
        for arn in arns:
            [told] = elb.describe_tags(ResourceArns=[arn])["TagDescriptions"]
            tags[arn] = told["Tags"]
        for each in balancers:
            arn = each["LoadBalancerArn"]
            if not self._mine(tags[arn]):
                continue
            attributes = elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
            yield Resource("LoadBalancer", "edge", {
                **each, "Tags": tags[arn],
                "Attributes": {a["Key"]: a["Value"] for a in attributes}},
                [arn, each["DNSName"], each["LoadBalancerName"], arn.split("loadbalancer/")[1]])
            for listener in elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]:
                yield Resource("Listener", str(listener["Port"]), listener,
                               [listener["ListenerArn"]])
        for each in groups:
            arn = each["TargetGroupArn"]
            if self._mine(tags[arn]):
                attributes = elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
                yield Resource("TargetGroup", "edge", {
                    **each, "Tags": tags[arn],
                    "Attributes": {a["Key"]: a["Value"] for a in attributes}},
                    [arn, each["TargetGroupName"], arn.split(":")[-1]])

    def _cluster(self) -> Iterator[Resource]:
        eks = self._client("eks")
        told = _or_none(eks.describe_cluster, "ResourceNotFoundException", name=self.name)
        if told is None:
            return
        cluster = told["cluster"]
        issuer = cluster["identity"]["oidc"]["issuer"]
        yield Resource("Cluster", "cluster", cluster, [
            cluster["arn"], cluster["endpoint"], issuer, issuer.removeprefix("https://")])
        for name in eks.list_nodegroups(clusterName=self.name)["nodegroups"]:
            each = eks.describe_nodegroup(clusterName=self.name, nodegroupName=name)["nodegroup"]
            yield Resource("Nodegroup", name, each, [each["nodegroupArn"]])
        for name in eks.list_addons(clusterName=self.name)["addons"]:
            each = eks.describe_addon(clusterName=self.name, addonName=name)["addon"]
            if each.get("configurationValues"):
                each["configurationValues"] = json.loads(each["configurationValues"])
            yield Resource("Addon", name, each, [each["addonArn"]])
        for principal in eks.list_access_entries(clusterName=self.name)["accessEntries"]:
            each = eks.describe_access_entry(
                clusterName=self.name, principalArn=principal)["accessEntry"]
            policies = eks.list_associated_access_policies(
                clusterName=self.name, principalArn=principal)["associatedAccessPolicies"]
            if self._mine(each.get("tags")):
                yield Resource("AccessEntry", "administrator", {**each, "Policies": policies},
                               [each["accessEntryArn"]])

    def _roles(self) -> Iterator[Resource]:
        iam = self._client("iam")
        for role in iam.get_paginator("list_roles").paginate().build_full_result()["Roles"]:
            name = role["RoleName"]
            tags = iam.list_role_tags(RoleName=name)["Tags"]
            if not self._mine(tags):
                continue
            inline = {}
            for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
                inline[policy] = _document(iam.get_role_policy(
                    RoleName=name, PolicyName=policy)["PolicyDocument"])
            yield Resource("Role", role.get("Description") or name, {
                "Description": role.get("Description"), "Tags": tags,
                "MaxSessionDuration": role.get("MaxSessionDuration"), "Path": role["Path"],
                "Trust": _document(role["AssumeRolePolicyDocument"]),
                "Managed": sorted(p["PolicyArn"] for p in iam.list_attached_role_policies(
                    RoleName=name)["AttachedPolicies"]),
                "Statements": [s for d in inline.values() for s in _listed(d["Statement"])]},
                [role["Arn"], name])
        for profile in iam.list_instance_profiles()["InstanceProfiles"]:
            if any(self._mine(iam.list_role_tags(RoleName=r["RoleName"])["Tags"])
                   for r in profile["Roles"]):
                yield Resource("InstanceProfile", "bastion", {
                    "Roles": [r["RoleName"] for r in profile["Roles"]]},
                    [profile["Arn"], profile["InstanceProfileName"]])
        for each in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
            told = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=each["Arn"])
            if self._mine(told.get("Tags")):
                yield Resource("OIDCProvider", "cluster", told, [each["Arn"]])

    def _keys(self) -> Iterator[Resource]:
        kms = self._client("kms")
        aliases: dict[str, list[str]] = {}
        for each in kms.get_paginator("list_aliases").paginate().build_full_result()["Aliases"]:
            aliases.setdefault(each.get("TargetKeyId", ""), []).append(each["AliasName"])
        for each in kms.get_paginator("list_keys").paginate().build_full_result()["Keys"]:
            key_id = each["KeyId"]
            told = kms.describe_key(KeyId=key_id)["KeyMetadata"]
            if told["KeyState"] != "Enabled" or told.get("KeyManager") == "AWS":
                continue
            tags = kms.list_resource_tags(KeyId=key_id).get("Tags", [])
            if not self._mine(tags):
                continue
            own = sorted(aliases.get(key_id, []))
            yield Resource("Key", own[0].rsplit("/", 1)[-1] if own else "none", {
                "Description": told["Description"], "KeySpec": told.get("KeySpec"),
                "Rotation": kms.get_key_rotation_status(KeyId=key_id)["KeyRotationEnabled"],
                "Aliases": own, "Tags": [
                    {"Key": t["TagKey"], "Value": t["TagValue"]} for t in tags],
                "Statements": _listed(json.loads(kms.get_key_policy(
                    KeyId=key_id, PolicyName="default")["Policy"])["Statement"])},
                [each["KeyArn"], key_id])

    def _logs(self) -> Iterator[Resource]:
        logs = self._client("logs")
        for each in logs.get_paginator("describe_log_groups").paginate().build_full_result()[
                "logGroups"]:
            arn = each["arn"].removesuffix(":*")
            tags = logs.list_tags_log_group(logGroupName=each["logGroupName"])["tags"]
            if self._mine(tags):
                yield Resource("LogGroup", each["logGroupName"], {
                    "retentionInDays": each.get("retentionInDays"),
                    "kmsKeyId": each.get("kmsKeyId"), "Tags": tags}, [arn])

    def _alarms(self) -> Iterator[Resource]:
        cloudwatch = self._client("cloudwatch")
        alarms = cloudwatch.get_paginator("describe_alarms").paginate(
            AlarmNamePrefix=f"{self.name}-").build_full_result()["MetricAlarms"]
        for each in alarms:
            yield Resource("Alarm", each["AlarmName"], each, [each["AlarmArn"]])
        for each in cloudwatch.list_dashboards(DashboardNamePrefix=self.name)["DashboardEntries"]:
            if each["DashboardName"] == self.name:
                body = json.loads(cloudwatch.get_dashboard(
                    DashboardName=self.name)["DashboardBody"])
                yield Resource("Dashboard", "dashboard", body, [])

    def _messages(self) -> Iterator[Resource]:
        sns, sqs = self._client("sns"), self._client("sqs")
        for each in sns.list_topics()["Topics"]:
            arn = each["TopicArn"]
            tags = sns.list_tags_for_resource(ResourceArn=arn)["Tags"]
            if not self._mine(tags):
                continue
            told = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
            subscriptions = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
            yield Resource("Topic", told.get("DisplayName") or "alarms", {
                "KmsMasterKeyId": told.get("KmsMasterKeyId"), "Tags": tags,
                "Statements": _listed(json.loads(told["Policy"])["Statement"]),
                "Subscriptions": [{n: s[n] for n in ("Protocol", "Endpoint")}
                                  for s in subscriptions]}, [arn, arn.rsplit(":", 1)[-1]])
        for url in sqs.list_queues(QueueNamePrefix=self.name).get("QueueUrls", []):
            told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
            shown = {n: told.get(n) for n in (
                "KmsMasterKeyId", "MessageRetentionPeriod", "VisibilityTimeout",
                "ReceiveMessageWaitTimeSeconds", "DelaySeconds", "MaximumMessageSize")}
            yield Resource("Queue", url.rsplit("/", 1)[-1], {
                **shown, "RedrivePolicy": json.loads(told.get("RedrivePolicy", "null")),
                "Tags": sqs.list_queue_tags(QueueUrl=url).get("Tags", {}),
                "Statements": _listed(json.loads(told.get("Policy") or '{"Statement": []}')[
                    "Statement"])}, [told["QueueArn"], url])

    def _buckets(self) -> Iterator[Resource]:
        s3 = self._client("s3")
        for bucket in s3.list_buckets()["Buckets"]:
            name = bucket["Name"]
            tags = _or_none(s3.get_bucket_tagging, "NoSuchTagSet", Bucket=name)
            if not tags or not self._mine(tags["TagSet"]):
                continue
            policy = _or_none(s3.get_bucket_policy, "NoSuchBucketPolicy", Bucket=name)
            logging = s3.get_bucket_logging(Bucket=name).get("LoggingEnabled")
            lifecycle = _or_none(s3.get_bucket_lifecycle_configuration,
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
                "Replication": (_or_none(
                    s3.get_bucket_replication, "ReplicationConfigurationNotFoundError",
                    Bucket=name) or {}).get("ReplicationConfiguration"),
                "Statements": _listed(json.loads(policy["Policy"])["Statement"])
                if policy else None}, [f"arn:aws:s3:::{name}", name])

    def _images(self) -> Iterator[Resource]:
        ecr = self._client("ecr")
        for each in ecr.describe_repositories()["repositories"]:
            if each["repositoryName"].startswith(f"{self.name}/"):
                rules = _or_none(ecr.get_lifecycle_policy, "LifecyclePolicyNotFoundException",
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

    def _firewall(self) -> Iterator[Resource]:
        waf = self._client("wafv2")
        for each in waf.list_web_acls(Scope="REGIONAL")["WebACLs"]:
            if each["Name"].startswith(self.name):
                told = waf.get_web_acl(Name=each["Name"], Scope="REGIONAL", Id=each["Id"])["WebACL"]
                yield Resource("WebACL", "firewall", told, [each["ARN"], each["Id"], each["Name"]])

    def _distributions(self) -> Iterator[Resource]:
        cloudfront = self._client("cloudfront")
        for each in cloudfront.list_distributions()["DistributionList"].get("Items", []):
            if each["Comment"] == f"Edge of {self.name}":
                told = cloudfront.get_distribution_config(Id=each["Id"])["DistributionConfig"]
                yield Resource("Distribution", "edge", told, [each["Id"], each["DomainName"]])

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

    def _trails(self) -> Iterator[Resource]:
        for each in self._client("cloudtrail").describe_trails()["trailList"]:
            if each["Name"] == self.name:
                yield Resource("Trail", "audit", each, [each["TrailARN"]])


def _tags(tags) -> dict[str, str]:
    if isinstance(tags, dict):
        return tags
    return {t.get("Key", t.get("TagKey")): t.get("Value", t.get("TagValue")) for t in tags or []}


def _name(record: dict) -> str:
    return _tags(record.get("Tags")).get("Name", "")


def _listed(value) -> list:
    return value if isinstance(value, list) else [value]


def _document(value) -> dict:
    return json.loads(unquote(value)) if isinstance(value, str) else value


def _or_none(call, code: str, **request):
    try:
        return call(**request)
    except ClientError as error:
        if error.response["Error"]["Code"] == code:
            return None
        raise


def _bucket_key(name: str, environment: str, logging: dict | None, rules: list) -> str:
    """What the bucket is for: by where its accesses are logged to, and else by how it empties."""
    if logging:
        return logging["TargetPrefix"].removesuffix("-access/")
    return "cdn-logs" if "cdn" in name.removeprefix(environment) else "logs"
