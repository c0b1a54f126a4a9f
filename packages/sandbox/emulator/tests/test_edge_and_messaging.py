"""Queues, distributions, dashboards, backup plans and replication by template, read back by their own APIs."""

import json
import unittest

from tests.support import ACCOUNT, EmulatorTest
from tests.templates import attribute, ref, resource

ORIGIN = {"Id": "balancer", "DomainName": "origin.example.com",
          "CustomOriginConfig": {"OriginProtocolPolicy": "https-only"}}


def distribution(**more) -> dict:
    return resource("AWS::CloudFront::Distribution", {"DistributionConfig": {
        "Enabled": True, "Comment": "edge", "Origins": [ORIGIN],
        "DefaultCacheBehavior": {"TargetOriginId": "balancer",
                                 "ViewerProtocolPolicy": "redirect-to-https",
                                 "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"},
        **more}})


class EdgeAndMessagingTest(EmulatorTest):
    def failed(self, name: str, template: dict) -> str:
        """Why the stack was not made."""
        stack = self.settled(self.create(name, template))
        self.assertEqual(stack["StackStatus"], "ROLLBACK_COMPLETE")
        return next(e["ResourceStatusReason"] for e in self.events(stack["StackId"])
                    if e["ResourceStatus"] == "CREATE_FAILED")

    def test_queues(self):
        sqs = self.emulator.client("sqs")
        template = {"Resources": {
            "Queue": resource("AWS::SQS::Queue", {
                "QueueName": "work", "VisibilityTimeout": 300,
                "RedrivePolicy": {"deadLetterTargetArn": attribute("Failed", "Arn"),
                                  "maxReceiveCount": 5}}),
            "Failed": resource("AWS::SQS::Queue", {"QueueName": "failed"}),
            "Policy": resource("AWS::SQS::QueuePolicy", {
                "Queues": [ref("Queue")], "PolicyDocument": {"Version": "2012-10-17",
                                                             "Statement": []}}),
        }}
        self.deploy("queues", template)
        url = sqs.get_queue_url(QueueName="work")["QueueUrl"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        self.assertEqual(found["VisibilityTimeout"], "300")
        self.assertEqual(json.loads(found["RedrivePolicy"])["deadLetterTargetArn"],
                         f"arn:aws:sqs:us-east-1:{ACCOUNT}:failed")
        self.assertIn("Policy", found)
        self.assertIn("already exists", self.failed("taken", {"Resources": {
            "Again": resource("AWS::SQS::Queue", {"QueueName": "work"})}}))
        self.assertIn("Dead letter target does not exist", self.failed("nowhere", {"Resources": {
            "Queue": resource("AWS::SQS::Queue", {"RedrivePolicy": {
                "deadLetterTargetArn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:nowhere",
                "maxReceiveCount": 1}})}}))
        self.destroy("queues")
        self.assertEqual(sqs.list_queues().get("QueueUrls", []), [])

    def test_distributions(self):
        cloudfront = self.emulator.client("cloudfront")
        stack = self.deploy("edge", {"Resources": {"Edge": distribution()}, "Outputs": {
            "Name": {"Value": attribute("Edge", "DomainName")}}})
        found = cloudfront.list_distributions()["DistributionList"]["Items"]
        self.assertEqual([d["DomainName"] for d in found], [stack["Outputs"][0]["OutputValue"]])
        config = cloudfront.get_distribution_config(Id=found[0]["Id"])["DistributionConfig"]
        self.assertEqual(config["Origins"]["Items"][0]["DomainName"], "origin.example.com")
        self.assertIn("origins or origin groups do not exist", self.failed(
            "astray", {"Resources": {"Edge": distribution(DefaultCacheBehavior={
                "TargetOriginId": "elsewhere", "ViewerProtocolPolicy": "allow-all"})}}))
        self.assertIn("trusted certificate", self.failed(
            "unproved", {"Resources": {"Edge": distribution(Aliases=["www.example.com"])}}))
        self.assertIn("isn't in us-east-1", self.failed("far", {"Resources": {
            "Edge": distribution(Aliases=["www.example.com"], ViewerCertificate={
                "AcmCertificateArn": f"arn:aws:acm:us-west-2:{ACCOUNT}:certificate/1"})}}))
        self.destroy("edge")
        self.assertEqual(cloudfront.list_distributions()["DistributionList"].get("Items", []), [])

    def test_kafka(self):
        kafka = self.emulator.client("kafka")

        def cluster(**more) -> dict:
            return resource("AWS::MSK::Cluster", {
                "ClusterName": "orders", "KafkaVersion": "3.9.x", "NumberOfBrokerNodes": 3,
                "BrokerNodeGroupInfo": {
                    "InstanceType": "kafka.m5.large", "ClientSubnets": ["a", "b", "c"],
                    "StorageInfo": {"EBSStorageInfo": {"VolumeSize": 1000}}},
                "EncryptionInfo": {"EncryptionInTransit": {"ClientBroker": "TLS",
                                                           "InCluster": True}}, **more})
        self.deploy("kafka", {"Resources": {"Kafka": cluster()}},
                    Tags=[{"Key": "slipway:owner", "Value": "payments"}])
        arn = self.physical_ids("kafka")["Kafka"]
        found = kafka.describe_cluster(ClusterArn=arn)["ClusterInfo"]
        broker = found["BrokerNodeGroupInfo"]
        self.assertEqual((found["State"], found["CurrentBrokerSoftwareInfo"]["KafkaVersion"],
                          found["NumberOfBrokerNodes"], broker["InstanceType"],
                          broker["StorageInfo"]["EbsStorageInfo"]["VolumeSize"]),
                         ("ACTIVE", "3.9.x", 3, "kafka.m5.large", 1000))
        self.assertEqual(found["EncryptionInfo"]["EncryptionInTransit"]["ClientBroker"], "TLS")
        self.assertEqual(found["Tags"]["slipway:owner"], "payments")
        self.assertIn("Unsupported KafkaVersion", self.failed("old", {"Resources": {
            "Kafka": cluster(ClusterName="old", KafkaVersion="3.5.1")}}))
        self.assertIn("multiple of Availability Zones", self.failed("uneven", {"Resources": {
            "Kafka": cluster(ClusterName="uneven", NumberOfBrokerNodes=4)}}))
        self.destroy("kafka")
        self.assertEqual(kafka.list_clusters()["ClusterInfoList"], [])

    def test_one_analyzer_of_access(self):
        access = self.emulator.client("accessanalyzer")

        def template(name: str) -> dict:
            return {"Resources": {"Access": resource("AWS::AccessAnalyzer::Analyzer", {
                "AnalyzerName": name, "Type": "ACCOUNT",
                "Tags": [{"Key": "slipway:owner", "Value": "payments"}]})}}
        self.deploy("access", template("outside"))
        [found] = access.list_analyzers()["analyzers"]
        self.assertEqual((found["name"], found["status"], found["tags"]["slipway:owner"]),
                         ("outside", "ACTIVE", "payments"))
        self.assertIn("Maximum number of ACCOUNT analyzers", self.failed("more", template("more")))
        self.destroy("access")
        self.assertEqual(access.list_analyzers()["analyzers"], [])

    def test_kafka_with_storage_that_grows(self):
        scaling = self.emulator.client("application-autoscaling")

        def template(most: int, percent: int) -> dict:
            return {"Resources": {
                "Kafka": resource("AWS::MSK::Cluster", {
                    "ClusterName": "growing", "KafkaVersion": "3.9.x", "NumberOfBrokerNodes": 3,
                    "BrokerNodeGroupInfo": {"InstanceType": "kafka.m5.large",
                                            "ClientSubnets": ["a", "b", "c"]}}),
                "Storage": resource("AWS::ApplicationAutoScaling::ScalableTarget", {
                    "ServiceNamespace": "kafka", "ResourceId": attribute("Kafka", "Arn"),
                    "ScalableDimension": "kafka:broker-storage:VolumeSize",
                    "MinCapacity": 1, "MaxCapacity": most}),
                "Grow": resource("AWS::ApplicationAutoScaling::ScalingPolicy", {
                    "PolicyName": "grow", "PolicyType": "TargetTrackingScaling",
                    "ScalingTargetId": ref("Storage"),
                    "TargetTrackingScalingPolicyConfiguration": {
                        "TargetValue": percent, "DisableScaleIn": True,
                        "PredefinedMetricSpecification": {
                            "PredefinedMetricType": "KafkaBrokerStorageUtilization"}}})}}
        self.deploy("growing", template(2000, 60))
        self.cloudformation.update_stack(
            StackName="growing", TemplateBody=json.dumps(template(3000, 70)))
        self.settled("growing")
        [target] = scaling.describe_scalable_targets(ServiceNamespace="kafka")["ScalableTargets"]
        self.assertEqual((target["MinCapacity"], target["MaxCapacity"]), (1, 3000))
        [policy] = scaling.describe_scaling_policies(ServiceNamespace="kafka")["ScalingPolicies"]
        self.assertEqual(policy["TargetTrackingScalingPolicyConfiguration"]["TargetValue"], 70)
        self.destroy("growing")
        self.assertEqual(scaling.describe_scalable_targets(ServiceNamespace="kafka")[
            "ScalableTargets"], [])

    def test_tables_and_single_instances(self):
        template = {"Resources": {
            "Table": resource("AWS::DynamoDB::Table", {
                "TableName": "items", "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
                "SSESpecification": {"SSEEnabled": True, "SSEType": "KMS"}}),
            "Vpc": resource("AWS::EC2::VPC", {"CidrBlock": "10.9.0.0/16"}),
            "Subnet": resource("AWS::EC2::Subnet", {
                "VpcId": ref("Vpc"), "CidrBlock": "10.9.1.0/24",
                "AvailabilityZone": "us-east-1a"}),
            "Template": resource("AWS::EC2::LaunchTemplate", {"LaunchTemplateData": {
                "ImageId": "resolve:ssm:/aws/service/al2023", "InstanceType": "t3.micro"}}),
            "Bastion": resource("AWS::EC2::Instance", {
                "SubnetId": ref("Subnet"), "LaunchTemplate": {
                    "LaunchTemplateId": ref("Template"),
                    "Version": attribute("Template", "LatestVersionNumber")}}),
        }}
        self.deploy("single", template)
        ids = self.physical_ids("single")
        dynamodb, ec2 = (self.emulator.client(name) for name in ("dynamodb", "ec2"))
        table = dynamodb.describe_table(TableName="items")["Table"]
        self.assertEqual((table["TableStatus"], table["SSEDescription"]["Status"]),
                         ("ACTIVE", "ENABLED"))
        recovery = dynamodb.describe_continuous_backups(TableName="items")[
            "ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        self.assertEqual(recovery["PointInTimeRecoveryStatus"], "ENABLED")
        found = ec2.describe_instances(InstanceIds=[ids["Bastion"]])["Reservations"][0]
        self.assertEqual([(i["SubnetId"], i["InstanceType"], i["ImageId"][:4])
                          for i in found["Instances"]], [(ids["Subnet"], "t3.micro", "ami-")])
        template["Resources"]["Bastion"]["Properties"]["UserData"] = "x"
        self.assertIn("does not know UserData", self.failed(
            "odd", {"Resources": {k: v for k, v in template["Resources"].items()
                                  if k != "Table"}}))
        self.destroy("single")
        self.assertEqual(dynamodb.list_tables()["TableNames"], [])

    def test_dashboards(self):
        cloudwatch = self.emulator.client("cloudwatch")
        self.deploy("graphs", {"Resources": {"Page": resource("AWS::CloudWatch::Dashboard", {
            "DashboardName": "graphs", "DashboardBody": '{"widgets":[]}'})}})
        body = cloudwatch.get_dashboard(DashboardName="graphs")["DashboardBody"]
        self.assertEqual(json.loads(body), {"widgets": []})
        self.destroy("graphs")
        self.assertEqual(cloudwatch.list_dashboards()["DashboardEntries"], [])

    def test_backup_plans(self):
        backup = self.emulator.client("backup")

        def plan(vault: str) -> dict:
            return resource("AWS::Backup::BackupPlan", {"BackupPlan": {
                "BackupPlanName": "daily", "BackupPlanRule": [{
                    "RuleName": "daily", "TargetBackupVault": vault,
                    "ScheduleExpression": "cron(0 5 * * ? *)",
                    "Lifecycle": {"DeleteAfterDays": 35}}]}})
        self.deploy("backups", {"Resources": {
            "Plan": plan("Default"),
            "Selection": resource("AWS::Backup::BackupSelection", {
                "BackupPlanId": ref("Plan"), "BackupSelection": {
                    "SelectionName": "all", "IamRoleArn": f"arn:aws:iam::{ACCOUNT}:role/backup",
                    "Resources": [f"arn:aws:rds:us-east-1:{ACCOUNT}:cluster:orders"]}})}})
        ids = self.physical_ids("backups")
        rules = backup.get_backup_plan(BackupPlanId=ids["Plan"])["BackupPlan"]["Rules"]
        self.assertEqual([r["TargetBackupVaultName"] for r in rules], ["Default"])
        selected = backup.list_backup_selections(BackupPlanId=ids["Plan"])["BackupSelectionsList"]
        self.assertEqual([f"{s['SelectionId']}_{ids['Plan']}" for s in selected],
                         [ids["Selection"]])
        self.assertIn("does not exist", self.failed(
            "unvaulted", {"Resources": {"Plan": plan("nowhere")}}))
        self.destroy("backups")
        self.assertEqual(backup.list_backup_plans()["BackupPlansList"], [])

    def test_replication(self):
        s3 = self.emulator.client("s3")
        versioned = {"VersioningConfiguration": {"Status": "Enabled"}}
        template = {"Resources": {
            "Source": resource("AWS::S3::Bucket", {
                **versioned, "BucketName": "source", "ReplicationConfiguration": {
                    "Role": f"arn:aws:iam::{ACCOUNT}:role/copy", "Rules": [{
                        "Id": "copy", "Status": "Enabled", "Priority": 1,
                        "Filter": {"Prefix": ""},
                        "DeleteMarkerReplication": {"Status": "Enabled"},
                        "Destination": {"Bucket": "arn:aws:s3:::target",
                                        "ReplicationTime": {"Status": "Enabled",
                                                            "Time": {"Minutes": 15}},
                                        "Metrics": {"Status": "Enabled",
                                                    "EventThreshold": {"Minutes": 15}}}}]}},
                DependsOn="Target"),
            "Target": resource("AWS::S3::Bucket", {**versioned, "BucketName": "target"}),
        }}
        self.deploy("replicated", template)
        found = s3.get_bucket_replication(Bucket="source")["ReplicationConfiguration"]["Rules"][0]
        self.assertEqual((found["ID"], found["Filter"], found["DeleteMarkerReplication"]),
                         ("copy", {"Prefix": ""}, {"Status": "Enabled"}))
        self.assertEqual(found["Destination"]["Bucket"], "arn:aws:s3:::target")
        del template["Resources"]["Source"]["Properties"]["ReplicationConfiguration"]
        self.cloudformation.update_stack(StackName="replicated", TemplateBody=json.dumps(template))
        self.assertEqual(self.settled("replicated")["StackStatus"], "UPDATE_COMPLETE")
        with self.assertRaisesRegex(s3.exceptions.ClientError, "replication configuration"):
            s3.get_bucket_replication(Bucket="source")
        self.destroy("replicated")

    def test_a_datastore_is_taken_apart_and_logs_are_delivered(self):
        redis = {"ReplicationGroupDescription": "test", "Engine": "redis", "EngineVersion": "7.1",
                 "CacheNodeType": "cache.r7g.large", "NumCacheClusters": 1,
                 "LogDeliveryConfigurations": [{
                     "LogType": "slow-log", "LogFormat": "json",
                     "DestinationType": "cloudwatch-logs", "DestinationDetails": {
                         "CloudWatchLogsDetails": {"LogGroup": "slow"}}}]}
        self.deploy("global", {"Resources": {
            "Cache": resource("AWS::ElastiCache::ReplicationGroup", redis),
            "Global": resource("AWS::ElastiCache::GlobalReplicationGroup", {
                "GlobalReplicationGroupIdSuffix": "apart",
                "Members": [{"ReplicationGroupId": ref("Cache"), "Role": "PRIMARY"}]})}})
        ids = self.physical_ids("global")
        here, there = (self.emulator.client("elasticache", region)
                       for region in ("us-east-1", "us-west-2"))
        logs = here.describe_replication_groups(ReplicationGroupId=ids["Cache"])[
            "ReplicationGroups"][0]["LogDeliveryConfigurations"]
        self.assertEqual([(each["LogType"], each["Status"]) for each in logs],
                         [("slow-log", "active")])
        there.create_replication_group(
            ReplicationGroupId="follower", ReplicationGroupDescription="follows",
            GlobalReplicationGroupId=ids["Global"])
        self.assertEqual(self.destroy("global")["StackStatus"], "DELETE_COMPLETE")
        self.assertEqual(here.describe_global_replication_groups()["GlobalReplicationGroups"], [])
        left = there.describe_replication_groups()["ReplicationGroups"]
        self.assertEqual([g["ReplicationGroupId"] for g in left], ["follower"])


if __name__ == "__main__":
    unittest.main()
