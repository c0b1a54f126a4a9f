"""What AWS refuses is refused, in its words; what is not emulated is an error."""

import copy
import json

from botocore.exceptions import ClientError

from tests.support import ACCOUNT, EmulatorTest
from tests.templates import attribute, platform, ref, resource, small

DATABASE = {"DBInstanceIdentifier": "refused", "Engine": "postgres", "EngineVersion": "17.11",
            "DBInstanceClass": "db.t4g.micro", "AllocatedStorage": "20", "StorageType": "gp3",
            "MasterUsername": "portal", "MasterUserPassword": "long-enough-1"}
# One change to the platform's template that makes AWS refuse it, and what the event says.
REFUSED_RESOURCES = [
    ("Vpc", {"CidrBlock": "10.20.0.0/15"}, "The CIDR '10.20.0.0/15' is invalid"),
    ("Vpc", {"CidrBlock": "10.20.0.0/29"}, "is invalid"),
    ("Vpc", {"CidrBlock": "10.20.0.300/16"}, "This is not a valid CIDR block"),
    ("PublicA", {"CidrBlock": "10.99.1.0/24"}, "The CIDR '10.99.1.0/24' is invalid"),
    ("PublicA", {"CidrBlock": "10.20.2.0/25"}, "conflicts with another subnet"),
    ("PublicA", {"Colour": "red"}, "extraneous key [Colour] is not permitted"),
    ("Bucket", {"BucketName": "Not_A_Bucket"}, "The specified bucket is not valid"),
    ("Bucket", {"BucketName": "10.0.0.1"}, "The specified bucket is not valid"),
    ("Bucket", {"AccelerateConfiguration": {"AccelerationStatus": "Enabled"}},
     "does not know AccelerateConfiguration"),
    ("Database", {"AllocatedStorage": "19"}, "Invalid storage size"),
    ("Database", {"DBInstanceIdentifier": "double--hyphen"}, "is not a valid identifier"),
    ("Database", {"DBInstanceIdentifier": "1st"}, "is not a valid identifier"),
    ("Database", {"EngineVersion": "15.4"}, "Cannot find version 15.4 for postgres"),
    ("Database", {"EngineVersion": "99.1"}, "Cannot find version 99.1 for postgres"),
    ("Database", {"DBInstanceClass": "db.t9.huge"}, "Invalid DB Instance class: db.t9.huge"),
    ("Database", {"MasterUserPassword": "short"}, "not a valid password"),
    ("Database", {"BackupRetentionPeriod": 36}, "Invalid backup retention period"),
    ("Parameters", {"Family": "postgres9"}, "postgres9 cannot be found"),
    ("SubnetGroup", {"SubnetIds": [ref("PublicA")]}, "cover at least 2 AZs"),
    ("Cluster", {"Version": "1.28"}, "unsupported Kubernetes version 1.28"),
    ("Cluster", {"Name": "-x"}, "is not valid"),
    ("Cluster", {"ResourcesVpcConfig": {"SubnetIds": [ref("PublicA")]}},
     "at least two different AZs"),
    ("Nodes", {"ScalingConfig": {"MinSize": 3, "DesiredSize": 2, "MaxSize": 5}},
     "can't be greater than desired size"),
    ("Nodes", {"ScalingConfig": {"MinSize": 1, "DesiredSize": 9, "MaxSize": 5}},
     "can't be greater than max size"),
    ("Nodes", {"InstanceTypes": ["t3.gigantic"]}, "do not exist: [t3.gigantic]"),
    ("DatabaseIn", {"FromPort": 6000}, "for portRange"),
    ("PublicRoute", {"RouteTableId": "rtb-00000000"}, "does not exist"),
    ("Balancer", {"Subnets": [ref("PublicA")]}, "two different Availability Zones"),
]


class RefusalsTest(EmulatorTest):
    def refused(self, call, **request) -> tuple[int, str, str]:
        with self.assertRaises(ClientError) as caught:
            call(**request)
        answer = caught.exception.response
        return (answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"],
                answer["Error"]["Message"])

    def test_resources(self):
        whole = platform("refused")
        for logical_id, change, expected in REFUSED_RESOURCES:
            with self.subTest(logical_id, change=change):
                template = copy.deepcopy(whole)
                template.pop("Outputs")
                template["Resources"][logical_id]["Properties"].update(change)
                stack = self.settled(self.create("refused", template))
                self.assertEqual(stack["StackStatus"], "ROLLBACK_COMPLETE")
                failed = {e["LogicalResourceId"]: e["ResourceStatusReason"]
                          for e in self.events("refused")
                          if e["ResourceStatus"] == "CREATE_FAILED"}
                self.assertIn(expected, failed.get(logical_id, str(failed)))
                self.assertEqual(self.destroy("refused")["StackStatus"], "DELETE_COMPLETE")

    def test_direct_calls(self):
        ec2, rds, eks, s3 = (self.emulator.client(s) for s in ("ec2", "rds", "eks", "s3"))
        vpc = ec2.create_vpc(CidrBlock="10.50.0.0/16")["Vpc"]["VpcId"]
        subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.50.{i}.0/24",
                                     AvailabilityZone=f"us-east-1{z}")["Subnet"]["SubnetId"]
                   for i, z in enumerate("ab")]
        network = {"subnetIds": subnets}
        role = f"arn:aws:iam::{ACCOUNT}:role/cluster"
        table = [
            (ec2.create_vpc, {"CidrBlock": "10.0.0.0/8"}, "InvalidVpc.Range"),
            (ec2.create_vpc, {"CidrBlock": "ten"}, "InvalidParameterValue"),
            (ec2.create_subnet, {"VpcId": vpc, "CidrBlock": "10.51.0.0/24"},
             "InvalidSubnet.Range"),
            (ec2.create_subnet, {"VpcId": vpc, "CidrBlock": "10.50.1.128/25"},
             "InvalidSubnet.Conflict"),
            (ec2.create_subnet, {"VpcId": "vpc-1", "CidrBlock": "10.50.9.0/24"},
             "InvalidVpcID.NotFound"),
            (ec2.create_nat_gateway, {"SubnetId": subnets[0]}, "MissingParameter"),
            (s3.create_bucket, {"Bucket": "xn--reserved"}, "InvalidBucketName"),
            (eks.create_cluster, {"name": "old", "version": "1.28", "roleArn": role,
                                  "resourcesVpcConfig": network}, "InvalidParameterException"),
            (rds.create_db_instance, self.database(EngineVersion="15.4"),
             "InvalidParameterCombination"),
            (rds.create_db_instance, self.database(AllocatedStorage=5), "InvalidParameterValue"),
        ]
        for call, request, code in table:
            with self.subTest(call.__name__, request=request):
                self.assertEqual(self.refused(call, **request)[:2], (400, code))
        rds.create_db_instance(**self.database(DeletionProtection=True))
        status, code, message = self.refused(
            rds.delete_db_instance, DBInstanceIdentifier="refused", SkipFinalSnapshot=True)
        self.assertEqual((status, code), (400, "InvalidParameterCombination"))
        rds.modify_db_instance(DBInstanceIdentifier="refused", DeletionProtection=False,
                               ApplyImmediately=True)
        rds.delete_db_instance(DBInstanceIdentifier="refused", SkipFinalSnapshot=True)

    def database(self, **more) -> dict:
        request = {**DATABASE, "AllocatedStorage": 20, **more}
        return request

    def test_a_protected_database_stops_the_deletion_of_its_stack(self):
        template = {"Resources": {"Database": resource(
            "AWS::RDS::DBInstance", {**DATABASE, "DBInstanceIdentifier": "guarded",
                                     "DeletionProtection": True}, DeletionPolicy="Delete")}}
        self.deploy("guarded", template)
        self.assertEqual(self.destroy("guarded")["StackStatus"], "DELETE_FAILED")
        reason = [e["ResourceStatusReason"] for e in self.events("guarded")
                  if e["ResourceStatus"] == "DELETE_FAILED"][0]
        self.assertIn("Cannot delete protected DB Instance", reason)
        rds = self.emulator.client("rds")
        found = rds.describe_db_instances(DBInstanceIdentifier="guarded")["DBInstances"][0]
        self.assertEqual(found["DBInstanceStatus"], "available")
        rds.modify_db_instance(DBInstanceIdentifier="guarded", DeletionProtection=False,
                               ApplyImmediately=True)
        self.assertEqual(self.destroy("guarded")["StackStatus"], "DELETE_COMPLETE")

    def test_read_replicas_follow_their_source(self):
        template = {"Resources": {
            "Database": resource("AWS::RDS::DBInstance", {
                **DATABASE, "DBInstanceIdentifier": "source", "BackupRetentionPeriod": 7},
                DeletionPolicy="Delete"),
            "Replica": resource("AWS::RDS::DBInstance", {
                "DBInstanceIdentifier": "replica", "DBInstanceClass": "db.t4g.micro",
                "SourceDBInstanceIdentifier": ref("Database")}, DeletionPolicy="Delete"),
        }, "Outputs": {"Reader": {"Value": attribute("Replica", "Endpoint.Address")}}}
        self.deploy("replicas", template)
        found = {d["DBInstanceIdentifier"]: d for d in self.emulator.client(
            "rds").describe_db_instances()["DBInstances"]}
        self.assertEqual(found["source"]["ReadReplicaDBInstanceIdentifiers"], ["replica"])
        self.assertEqual(found["replica"]["ReadReplicaSourceDBInstanceIdentifier"], "source")
        self.assertEqual(found["replica"]["EngineVersion"], "17.11")
        self.assertEqual(self.destroy("replicas")["StackStatus"], "DELETE_COMPLETE")

    def test_unknown_types_are_refused_before_anything_is_made(self):
        for kind in ("AWS::EC2::Volume", "AWS::Nothing::Here", "Custom::Thing",
                     "AWS::CloudFormation::WaitCondition", "AWS::CloudFormation::Stack"):
            template = small()
            template["Resources"]["Other"] = resource(kind)
            body = json.dumps(template)
            for call, more in ((self.cloudformation.create_stack, {"StackName": "unknown"}),
                               (self.cloudformation.validate_template, {}),
                               (self.cloudformation.create_change_set, {
                                   "StackName": "unknown", "ChangeSetName": "x",
                                   "ChangeSetType": "CREATE"})):
                with self.subTest(kind, call=call.__name__):
                    status, code, message = self.refused(call, TemplateBody=body, **more)
                    self.assertEqual((status, code), (400, "ValidationError"))
                    self.assertIn(f"Unrecognized resource types: [{kind}]", message)
        self.assertEqual(self.refused(self.cloudformation.describe_stacks,
                                      StackName="unknown")[1], "ValidationError")

    def test_templates(self):
        cloudformation, s3 = self.cloudformation, self.emulator.client("s3")
        large = small()
        large["Description"] = "x"
        large["Metadata"] = {"Filler": "y" * 52_000}
        body = json.dumps(large)
        code, message = self.refused(cloudformation.create_stack, StackName="large",
                                     TemplateBody=body)[1:]
        self.assertEqual(code, "ValidationError")
        self.assertIn("less than or equal to 51200", message)
        s3.create_bucket(Bucket="staging")
        s3.put_object(Bucket="staging", Key="a/template.json", Body=body.encode())
        for number, url in enumerate((f"{self.emulator.url}/staging/a/template.json",
                                      "https://staging.s3.us-east-1.amazonaws.com/a/template.json")):
            stack = f"staged-{number}"
            cloudformation.create_stack(StackName=stack, TemplateURL=url)
            self.assertEqual(self.settled(stack)["StackStatus"], "CREATE_COMPLETE")
            self.destroy(stack)
        large["Metadata"] = {"Filler": "y" * 1_000_001}
        s3.put_object(Bucket="staging", Key="huge.json", Body=json.dumps(large).encode())
        self.assertEqual(self.refused(
            cloudformation.create_stack, StackName="huge",
            TemplateURL=f"{self.emulator.url}/staging/huge.json")[1], "ValidationError")
        for template in ("{", "{}", '{"Resources": {"A": {"Type": "AWS::EC2::VPC", '
                                    '"DependsOn": "B"}}}'):
            self.assertEqual(self.refused(cloudformation.create_stack, StackName="broken",
                                          TemplateBody=template)[1], "ValidationError")

    def test_unknown_actions_are_errors(self):
        table = [
            ("ec2", "describe_instance_event_windows", {}),
            ("rds", "describe_reserved_db_instances_offerings", {}),
            ("iam", "list_server_certificates", {}),
            ("eks", "describe_cluster_versions", {}),
            ("cloudformation", "list_stack_sets", {}),
            ("secretsmanager", "stop_replication_to_replica", {"SecretId": "x"}),
            ("kms", "describe_custom_key_stores", {}),
            ("elbv2", "describe_account_limits", {}),
            ("sns", "list_origination_numbers", {}),
            ("cloudwatch", "describe_insight_rules", {}),
            ("ce", "get_cost_and_usage", {
                "TimePeriod": {"Start": "2026-01-01", "End": "2026-02-01"},
                "Granularity": "DAILY", "Metrics": ["UnblendedCost"]}),
            ("fis", "list_experiments", {}),
            ("pricing", "describe_services", {}),
            ("redshift", "describe_clusters", {}),
        ]
        for service, operation, request in table:
            with self.subTest(service, operation=operation):
                status, code, _ = self.refused(
                    getattr(self.emulator.client(service), operation), **request)
                self.assertTrue(400 <= status < 500 or status == 501, (status, code))

    def test_accounts_and_regions_are_apart(self):
        identity = self.emulator.client("sts").get_caller_identity()
        self.assertEqual(identity["Account"], ACCOUNT)
        other = "111122223333"
        here = self.emulator.client("ec2").create_vpc(CidrBlock="10.60.0.0/16")["Vpc"]["VpcId"]
        for client in (self.emulator.client("ec2", region="us-west-2"),
                       self.emulator.client("ec2", account=other)):
            self.assertNotIn(here, [v["VpcId"] for v in client.describe_vpcs()["Vpcs"]])
        iam = self.emulator.client("iam", account=other)
        role = iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                "Action": "sts:AssumeRole"}]}))["Role"]["Arn"]
        session = self.emulator.client("sts").assume_role(
            RoleArn=role, RoleSessionName="portal")["Credentials"]
        assumed = self.emulator.client("sts", account=session["AccessKeyId"])
        self.assertEqual(assumed.get_caller_identity()["Account"], other)
