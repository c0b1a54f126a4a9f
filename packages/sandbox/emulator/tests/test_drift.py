"""Drift of everything that is emulated, who made it, and putting it back."""

import json

from tests.support import EmulatorTest
from tests.templates import platform

NAME = "drift-dev"


class DriftTest(EmulatorTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for service in ("rds", "eks", "s3", "logs", "iam", "cloudtrail"):
            setattr(cls, service, cls.emulator.client(service))

    def drift(self) -> dict[str, dict]:
        self.cloudformation.detect_stack_drift(StackName=NAME)
        found, more = {}, {}
        while True:
            page = self.cloudformation.describe_stack_resource_drifts(StackName=NAME, **more)
            found.update((d["LogicalResourceId"], d) for d in page["StackResourceDrifts"])
            if not page.get("NextToken"):
                return found
            more = {"NextToken": page["NextToken"]}

    def drifted(self) -> dict[str, list]:
        return {name: sorted(p["PropertyPath"] for p in d.get("PropertyDifferences", []))
                for name, d in self.drift().items()
                if d["StackResourceDriftStatus"] != "IN_SYNC"}

    def change(self, ids: dict, types: dict) -> dict[str, list]:
        """Changes something of each kind by a person's hand; what that comes to."""
        user = self.iam.create_user(UserName="sam")["User"]["UserName"]
        key = self.iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]
        rds = self.emulator.client("rds", account=key)
        rds.modify_db_instance(DBInstanceIdentifier=ids[types["AWS::RDS::DBInstance"]],
                               BackupRetentionPeriod=9, ApplyImmediately=True)
        nodes = self.physical(types, ids, "AWS::EKS::Nodegroup").split("/")
        self.eks.update_nodegroup_config(clusterName=nodes[0], nodegroupName=nodes[1],
                                         scalingConfig={"minSize": 1, "maxSize": 9,
                                                        "desiredSize": 2})
        self.s3.put_bucket_versioning(
            Bucket=self.physical(types, ids, "AWS::S3::Bucket"),
            VersioningConfiguration={"Status": "Suspended"})
        self.logs.put_retention_policy(
            logGroupName=self.physical(types, ids, "AWS::Logs::LogGroup"), retentionInDays=1)
        return {types["AWS::RDS::DBInstance"]: ["/BackupRetentionPeriod"],
                types["AWS::EKS::Nodegroup"]: ["/ScalingConfig/MaxSize"],
                types["AWS::S3::Bucket"]: ["/VersioningConfiguration/Status"],
                types["AWS::Logs::LogGroup"]: ["/RetentionInDays"]}

    @staticmethod
    def physical(types: dict, ids: dict, kind: str) -> str:
        return ids[types[kind]]

    def test_found_told_and_put_back(self):
        template = platform(NAME)
        self.deploy(NAME, template, Tags=[{"Key": "slipway:owner", "Value": "storefront"}])
        self.assertEqual(self.drifted(), {})
        ids = self.physical_ids(NAME)
        types = {}
        for name, each in template["Resources"].items():
            types.setdefault(each["Type"], name)
        expected = self.change(ids, types)
        found = self.drifted()
        self.assertEqual({n: found.get(n) for n in expected}, expected, found)
        self.assertEqual(set(found), set(expected))
        told = self.cloudtrail.lookup_events(LookupAttributes=[
            {"AttributeKey": "EventName", "AttributeValue": "ModifyDBInstance"}])["Events"]
        self.assertEqual([e["Username"] for e in told], ["sam"])
        record = json.loads(told[0]["CloudTrailEvent"])
        self.assertEqual(record["requestParameters"]["backupRetentionPeriod"], "9")
        self.assertEqual(record["userIdentity"]["type"], "IAMUser")
        nodes = self.cloudtrail.lookup_events(LookupAttributes=[
            {"AttributeKey": "EventSource", "AttributeValue": "eks.amazonaws.com"}])["Events"]
        self.assertEqual([e["EventName"] for e in nodes], ["UpdateNodegroupConfig"])
        self.put_back(template)
        self.assertEqual(self.drifted(), {})
        self.assertEqual(self.rds.describe_db_instances(
            DBInstanceIdentifier=ids[types["AWS::RDS::DBInstance"]])[
                "DBInstances"][0]["BackupRetentionPeriod"],
            template["Resources"][types["AWS::RDS::DBInstance"]]["Properties"].get(
                "BackupRetentionPeriod"))

    def put_back(self, template: dict) -> None:
        made = self.cloudformation.create_change_set(
            StackName=NAME, ChangeSetName="revert", TemplateBody=json.dumps(template),
            Capabilities=["CAPABILITY_NAMED_IAM"], DeploymentMode="REVERT_DRIFT")["Id"]
        self.cloudformation.execute_change_set(ChangeSetName=made)
        stack = self.settled(NAME)
        self.assertEqual(stack["StackStatus"], "UPDATE_COMPLETE")
