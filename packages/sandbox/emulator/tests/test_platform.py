"""Every emulated type, made, read back through its own service, and gone after destroy."""

import json

from tests.support import ACCOUNT, EmulatorTest
from tests.templates import platform

NAME = "orders-dev"
STACK_TAGS = [{"Key": "slipway:owner", "Value": "storefront"}]


def as_map(tags, key="Key", value="Value") -> dict:
    return {t[key]: t[value] for t in tags}


class PlatformTest(EmulatorTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for service in ("ec2", "eks", "rds", "iam", "kms", "logs", "s3", "ecr", "acm", "elbv2",
                        "wafv2", "sns", "cloudwatch", "cloudtrail", "ssm", "secretsmanager",
                        "resourcegroupstaggingapi"):
            setattr(cls, service, cls.emulator.client(service))

    def test_create_read_back_destroy(self):
        before = self.everything()
        stack = self.deploy(NAME, platform(NAME), Tags=STACK_TAGS)
        self.ids = self.physical_ids(NAME)
        self.outputs = as_map(stack["Outputs"], "OutputKey", "OutputValue")
        for part in (self.network, self.rules, self.cluster, self.database, self.entry,
                     self.identity, self.storage, self.observation):
            with self.subTest(part.__name__):
                part()
        key_id = self.ids["Key"]
        self.assertEqual(self.destroy(NAME)["StackStatus"], "DELETE_COMPLETE")
        self.assertEqual(self.everything(), before)
        key = self.kms.describe_key(KeyId=key_id)["KeyMetadata"]
        self.assertEqual(key["KeyState"], "PendingDeletion")

    def everything(self) -> dict:
        """How many of each kind there are; keys aside, which AWS keeps until their time is up."""
        ec2 = self.ec2
        return {name: len(found) for name, found in {
            "vpcs": ec2.describe_vpcs()["Vpcs"],
            "subnets": ec2.describe_subnets()["Subnets"],
            "gateways": ec2.describe_internet_gateways()["InternetGateways"],
            "tables": ec2.describe_route_tables()["RouteTables"],
            "addresses": ec2.describe_addresses()["Addresses"],
            "nats": [g for g in ec2.describe_nat_gateways()["NatGateways"]
                     if g["State"] != "deleted"],
            "groups": ec2.describe_security_groups()["SecurityGroups"],
            "flow logs": ec2.describe_flow_logs()["FlowLogs"],
            "endpoints": ec2.describe_vpc_endpoints()["VpcEndpoints"],
            "acls": ec2.describe_network_acls()["NetworkAcls"],
            "templates": ec2.describe_launch_templates()["LaunchTemplates"],
            # AWS shows a deleted NAT gateway for an hour, with its tags.
            "tags": [t for t in ec2.describe_tags()["Tags"]
                     if not t["ResourceId"].startswith("nat-")],
            "log groups": self.logs.describe_log_groups()["logGroups"],
            "roles": self.iam.list_roles()["Roles"],
            "policies": self.iam.list_policies(Scope="Local")["Policies"],
            "profiles": self.iam.list_instance_profiles()["InstanceProfiles"],
            "providers": self.iam.list_open_id_connect_providers()[
                "OpenIDConnectProviderList"],
            "clusters": self.eks.list_clusters()["clusters"],
            "aliases": [a for a in self.kms.list_aliases()["Aliases"]
                        if not a["AliasName"].startswith("alias/aws/")],
            "databases": self.rds.describe_db_instances()["DBInstances"],
            "snapshots": self.rds.describe_db_snapshots()["DBSnapshots"],
            "subnet groups": self.rds.describe_db_subnet_groups()["DBSubnetGroups"],
            "parameter groups": self.rds.describe_db_parameter_groups()["DBParameterGroups"],
            "secrets": self.secretsmanager.list_secrets(IncludePlannedDeletion=True)[
                "SecretList"],
            "repositories": self.ecr.describe_repositories()["repositories"],
            "buckets": self.s3.list_buckets()["Buckets"],
            "certificates": self.acm.list_certificates()["CertificateSummaryList"],
            "balancers": self.elbv2.describe_load_balancers()["LoadBalancers"],
            "target groups": self.elbv2.describe_target_groups()["TargetGroups"],
            "firewalls": self.wafv2.list_web_acls(Scope="REGIONAL")["WebACLs"],
            "topics": self.sns.list_topics()["Topics"],
            "subscriptions": self.sns.list_subscriptions()["Subscriptions"],
            "alarms": self.cloudwatch.describe_alarms()["MetricAlarms"],
            "trails": self.cloudtrail.describe_trails()["trailList"],
            "parameters": self.ssm.describe_parameters()["Parameters"],
        }.items()}

    def network(self):
        ids, ec2 = self.ids, self.ec2
        vpc = ec2.describe_vpcs(VpcIds=[ids["Vpc"]])["Vpcs"][0]
        self.assertEqual((vpc["CidrBlock"], vpc["State"]), ("10.20.0.0/16", "available"))
        tags = as_map(vpc["Tags"])
        self.assertEqual(tags["slipway:environment"], NAME)
        self.assertEqual(tags["slipway:owner"], "storefront")
        self.assertEqual(tags["aws:cloudformation:logical-id"], "Vpc")
        self.assertTrue(ec2.describe_vpc_attribute(
            VpcId=ids["Vpc"], Attribute="enableDnsHostnames")["EnableDnsHostnames"]["Value"])
        subnets = ec2.describe_subnets(
            Filters=[{"Name": "vpc-id", "Values": [ids["Vpc"]]}])["Subnets"]
        self.assertEqual({(s["CidrBlock"], s["AvailabilityZone"], s["MapPublicIpOnLaunch"])
                          for s in subnets},
                         {("10.20.1.0/24", "us-east-1a", True),
                          ("10.20.2.0/24", "us-east-1b", False)})
        nat = ec2.describe_nat_gateways(NatGatewayIds=[ids["Nat"]])["NatGateways"][0]
        self.assertEqual((nat["State"], nat["SubnetId"]), ("available", ids["PublicA"]))
        address = ec2.describe_addresses(PublicIps=[ids["Address"]])["Addresses"][0]
        self.assertEqual(nat["NatGatewayAddresses"][0]["AllocationId"], address["AllocationId"])
        self.assertIn("AssociationId", address)
        self.assertEqual(as_map(nat["Tags"])["slipway:owner"], "storefront")
        table = ec2.describe_route_tables(RouteTableIds=[ids["PublicTable"]])["RouteTables"][0]
        self.assertIn(("0.0.0.0/0", ids["Internet"]), [
            (r["DestinationCidrBlock"], r.get("GatewayId")) for r in table["Routes"]])
        self.assertEqual(table["Associations"][0]["SubnetId"], ids["PublicA"])
        flow = ec2.describe_flow_logs(FlowLogIds=[ids["FlowLog"]])["FlowLogs"][0]
        self.assertEqual((flow["ResourceId"], flow["LogGroupName"], flow["FlowLogStatus"]),
                         (ids["Vpc"], ids["FlowLogs"], "ACTIVE"))
        self.assertEqual(as_map(flow["Tags"])["slipway:environment"], NAME)
        endpoint = ec2.describe_vpc_endpoints(
            VpcEndpointIds=[ids["Endpoint"]])["VpcEndpoints"][0]
        self.assertEqual((endpoint["ServiceName"], endpoint["RouteTableIds"]),
                         ("com.amazonaws.us-east-1.s3", [ids["PublicTable"]]))
        template = ec2.describe_launch_template_versions(
            LaunchTemplateId=ids["LaunchTemplate"])["LaunchTemplateVersions"][0]
        self.assertEqual(template["LaunchTemplateData"]["MetadataOptions"]["HttpTokens"],
                         "required")

    def rules(self):
        ids = self.ids
        groups = {g["GroupId"]: g for g in self.ec2.describe_security_groups(
            GroupIds=[ids["DatabaseGroup"], ids["ClusterGroup"]])["SecurityGroups"]}
        incoming = groups[ids["DatabaseGroup"]]["IpPermissions"][0]
        self.assertEqual((incoming["FromPort"], incoming["UserIdGroupPairs"][0]["GroupId"]),
                         (5432, ids["ClusterGroup"]))
        outgoing = [p for p in groups[ids["ClusterGroup"]]["IpPermissionsEgress"]
                    if p.get("FromPort") == 5432][0]
        self.assertEqual(outgoing["UserIdGroupPairs"][0]["GroupId"], ids["DatabaseGroup"])
        acl = self.ec2.describe_network_acls(NetworkAclIds=[ids["Acl"]])["NetworkAcls"][0]
        entry = [e for e in acl["Entries"] if e["RuleNumber"] == 100][0]
        self.assertEqual((entry["Protocol"], entry["PortRange"], entry["RuleAction"]),
                         ("6", {"From": 443, "To": 443}, "allow"))
        self.assertEqual(acl["Associations"][0]["SubnetId"], ids["PublicB"])

    def cluster(self):
        ids, eks = self.ids, self.eks
        found = eks.describe_cluster(name=NAME)["cluster"]
        self.assertEqual((found["version"], found["status"]), ("1.34", "ACTIVE"))
        self.assertEqual(found["endpoint"], self.outputs["ClusterEndpoint"])
        self.assertEqual(found["resourcesVpcConfig"]["vpcId"], ids["Vpc"])
        self.assertEqual(found["accessConfig"]["authenticationMode"], "API_AND_CONFIG_MAP")
        self.assertEqual(found["encryptionConfig"][0]["resources"], ["secrets"])
        self.assertEqual(found["tags"]["slipway:owner"], "storefront")
        own = self.ec2.describe_security_groups(
            GroupIds=[found["resourcesVpcConfig"]["clusterSecurityGroupId"]])
        self.assertEqual(own["SecurityGroups"][0]["VpcId"], ids["Vpc"])
        name = self.outputs["NodegroupId"].split("/")[1]
        nodes = eks.describe_nodegroup(clusterName=NAME, nodegroupName=name)["nodegroup"]
        self.assertEqual(nodes["scalingConfig"], {"minSize": 1, "desiredSize": 2, "maxSize": 20})
        self.assertEqual((nodes["status"], nodes["capacityType"], nodes["instanceTypes"]),
                         ("ACTIVE", "SPOT", ["t3.medium"]))
        self.assertEqual(nodes["tags"]["slipway:environment"], NAME)
        addon = eks.describe_addon(clusterName=NAME, addonName="vpc-cni")["addon"]
        self.assertEqual(addon["status"], "ACTIVE")
        role = self.iam.get_role(RoleName=ids["NodeRole"])["Role"]["Arn"]
        policies = eks.list_associated_access_policies(clusterName=NAME, principalArn=role)
        self.assertEqual(policies["associatedAccessPolicies"][0]["accessScope"],
                         {"type": "namespace", "namespaces": ["system"]})
        identities = eks.list_pod_identity_associations(clusterName=NAME)["associations"]
        self.assertEqual(identities[0]["serviceAccount"], "api")
        provider = self.iam.get_open_id_connect_provider(
            OpenIDConnectProviderArn=ids["Oidc"])
        self.assertEqual(f"https://{provider['Url']}", found["identity"]["oidc"]["issuer"])
        self.assertEqual(provider["ClientIDList"], ["sts.amazonaws.com"])

    def database(self):
        ids = self.ids
        found = self.rds.describe_db_instances(DBInstanceIdentifier=NAME)["DBInstances"][0]
        asked = {"DBInstanceStatus": "available", "Engine": "postgres", "EngineVersion": "17.11",
                 "DBInstanceClass": "db.t4g.medium", "AllocatedStorage": 50,
                 "StorageType": "gp3", "StorageEncrypted": True, "MultiAZ": True,
                 "BackupRetentionPeriod": 7, "MasterUsername": "portal",
                 "EnabledCloudwatchLogsExports": ["postgresql"]}
        self.assertEqual({k: found[k] for k in asked}, asked)
        self.assertEqual(found["Endpoint"]["Address"], self.outputs["DatabaseEndpoint"])
        self.assertEqual(found["DBSubnetGroup"]["VpcId"], ids["Vpc"])
        self.assertEqual(found["DBParameterGroups"][0]["DBParameterGroupName"],
                         ids["Parameters"])
        self.assertEqual(found["VpcSecurityGroups"][0]["VpcSecurityGroupId"],
                         ids["DatabaseGroup"])
        self.assertEqual(as_map(found["TagList"])["slipway:owner"], "storefront")
        self.assertEqual(found["KmsKeyId"],
                         self.kms.describe_key(KeyId=ids["Key"])["KeyMetadata"]["Arn"])
        value = json.loads(self.secretsmanager.get_secret_value(
            SecretId=self.outputs["SecretArn"])["SecretString"])
        self.assertEqual((value["username"], value["host"], value["port"], value["engine"]),
                         ("portal", found["Endpoint"]["Address"], 5432, "postgres"))
        self.assertRegex(value["password"], r"^[A-Za-z0-9]{30}$")
        secret = self.secretsmanager.describe_secret(SecretId=self.outputs["SecretArn"])
        self.assertEqual(secret["RotationRules"]["AutomaticallyAfterDays"], 30)
        parameters = self.rds.describe_db_parameters(
            DBParameterGroupName=ids["Parameters"], Source="user")["Parameters"]
        self.assertIn(("rds.force_ssl", "1"), [
            (p["ParameterName"], p.get("ParameterValue")) for p in parameters])

    def entry(self):
        ids = self.ids
        balancer = self.elbv2.describe_load_balancers(Names=[NAME])["LoadBalancers"][0]
        self.assertEqual((balancer["DNSName"], balancer["VpcId"], balancer["State"]["Code"]),
                         (self.outputs["LoadBalancerDns"], ids["Vpc"], "active"))
        self.assertEqual({z["ZoneName"] for z in balancer["AvailabilityZones"]},
                         {"us-east-1a", "us-east-1b"})
        listener = self.elbv2.describe_listeners(
            LoadBalancerArn=ids["Balancer"])["Listeners"][0]
        self.assertEqual((listener["Port"], listener["Protocol"]), (443, "HTTPS"))
        self.assertEqual(listener["DefaultActions"][0]["TargetGroupArn"], ids["Targets"])
        acl = self.wafv2.get_web_acl_for_resource(ResourceArn=ids["Balancer"])["WebACL"]
        self.assertIn(acl["Id"], ids["Firewall"])
        certificate = self.acm.describe_certificate(
            CertificateArn=ids["Certificate"])["Certificate"]
        self.assertEqual(certificate["DomainName"], f"{NAME}.example.com")

    def identity(self):
        ids = self.ids
        role = self.iam.get_role(RoleName=ids["ClusterRole"])["Role"]
        self.assertEqual(as_map(role["Tags"])["slipway:environment"], NAME)
        policy = self.iam.get_role_policy(RoleName=ids["FlowRole"], PolicyName="write")
        self.assertEqual(policy["PolicyDocument"]["Statement"][0]["Action"], "logs:PutLogEvents")
        profile = self.iam.get_instance_profile(InstanceProfileName=ids["NodeProfile"])
        self.assertEqual(profile["InstanceProfile"]["Roles"][0]["RoleName"], ids["NodeRole"])
        key = self.kms.describe_key(KeyId=ids["Key"])["KeyMetadata"]
        self.assertTrue(self.kms.get_key_rotation_status(KeyId=key["KeyId"])[
            "KeyRotationEnabled"])
        aliases = self.kms.list_aliases(KeyId=key["KeyId"])["Aliases"]
        self.assertEqual(aliases[0]["AliasName"], f"alias/{NAME}")

    def storage(self):
        bucket = f"{NAME}-logs"
        self.assertEqual(self.s3.get_bucket_versioning(Bucket=bucket)["Status"], "Enabled")
        self.assertEqual(as_map(self.s3.get_bucket_tagging(Bucket=bucket)["TagSet"])[
            "slipway:environment"], NAME)
        rule = self.s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"][0]
        self.assertEqual((rule["ID"], rule["Expiration"]["Days"]), ("old", 90))
        blocked = self.s3.get_public_access_block(Bucket=bucket)
        self.assertTrue(all(blocked["PublicAccessBlockConfiguration"].values()))
        encryption = self.s3.get_bucket_encryption(Bucket=bucket)
        self.assertEqual(encryption["ServerSideEncryptionConfiguration"]["Rules"][0][
            "ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"], "AES256")
        self.assertIn("cloudtrail", self.s3.get_bucket_policy(Bucket=bucket)["Policy"])
        repository = self.ecr.describe_repositories(
            repositoryNames=[f"{NAME}/api"])["repositories"][0]
        self.assertTrue(repository["imageScanningConfiguration"]["scanOnPush"])

    def observation(self):
        ids = self.ids
        alarm = self.cloudwatch.describe_alarms()["MetricAlarms"][0]
        self.assertEqual((alarm["MetricName"], alarm["Threshold"], alarm["AlarmActions"]),
                         ("CPUUtilization", 80.0, [ids["Topic"]]))
        group = self.logs.describe_log_groups(logGroupNamePrefix=ids["FlowLogs"])["logGroups"][0]
        self.assertEqual(group["retentionInDays"], 30)
        subscription = self.sns.list_subscriptions_by_topic(
            TopicArn=ids["Topic"])["Subscriptions"][0]
        self.assertEqual(subscription["Endpoint"], "ops@example.com")
        topic = self.sns.get_topic_attributes(TopicArn=ids["Topic"])["Attributes"]
        self.assertEqual((topic["KmsMasterKeyId"], topic["SubscriptionsPending"]),
                         (ids["Key"], "1"))
        trail = self.cloudtrail.describe_trails()["trailList"][0]
        self.assertEqual(trail["S3BucketName"], f"{NAME}-logs")
        self.assertTrue(self.cloudtrail.get_trail_status(Name=trail["Name"])["IsLogging"])
        self.assertEqual(
            self.ssm.get_parameter(Name=f"/{NAME}/endpoint")["Parameter"]["Value"],
            self.outputs["DatabaseEndpoint"])
        tagged = self.resourcegroupstaggingapi.get_resources(
            TagFilters=[{"Key": "slipway:owner", "Values": ["storefront"]}])
        self.assertGreater(len(tagged["ResourceTagMappingList"]), 10)
        self.assertTrue(all(ACCOUNT in m["ResourceARN"] or ":s3:" in m["ResourceARN"]
                            for m in tagged["ResourceTagMappingList"]))
