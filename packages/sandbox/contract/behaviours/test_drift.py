"""Drift of stacks: what CloudFormation finds, what it names, and what it puts back."""

import json

from slipway_contract import behaviour
from slipway_contract.stacks import StackTest, log_group, template, vpc

_GUIDE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide"
_API = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference"


def _security_group() -> dict:
    return {"Type": "AWS::EC2::SecurityGroup", "Properties": {
        "GroupDescription": "drift", "VpcId": {"Ref": "Vpc"},
        "SecurityGroupIngress": [
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8"}]}}


class DriftTest(StackTest):
    def setUp(self):
        super().setUp()
        self.logs = self.client("logs")
        self.ec2 = self.client("ec2")

    def _drift(self, stack: str) -> dict[str, dict]:
        detection = self.cloudformation.detect_stack_drift(StackName=stack)[
            "StackDriftDetectionId"]

        def ended():
            found = self.cloudformation.describe_stack_drift_detection_status(
                StackDriftDetectionId=detection)
            return None if found["DetectionStatus"] == "DETECTION_IN_PROGRESS" else found

        self.assertEqual(self.wait_for("the detection", ended)["DetectionStatus"],
                         "DETECTION_COMPLETE")
        found = self.cloudformation.describe_stack_resource_drifts(StackName=stack)
        return {d["LogicalResourceId"]: d for d in found["StackResourceDrifts"]}

    def _change_set(self, resources: dict, **more) -> dict:
        change_set = self.cloudformation.create_change_set(
            StackName=self.stack_name, ChangeSetName="revert",
            TemplateBody=json.dumps(resources), DeploymentMode="REVERT_DRIFT", **more)["Id"]

        def described():
            found = self.cloudformation.describe_change_set(
                ChangeSetName=change_set, IncludePropertyValues=True)
            return found if found["Status"] in ("CREATE_COMPLETE", "FAILED") else None

        return self.wait_for("the change set", described, minutes=2)

    @behaviour(f"{_API}/API_DescribeStackResourceDrifts.html")
    def test_drift_is_named(self):
        """A detection names each property that differs, with what was applied and what is there,
        and each resource that is gone; a stack as it was applied is in sync."""
        stack = self.create(template(Vpc=vpc(), Group=_security_group(), Kept=log_group(7),
                                     Gone=log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        self.assertEqual({d["StackResourceDriftStatus"] for d in self._drift(stack).values()},
                         {"IN_SYNC"})
        ids = self.physical_ids(stack)
        self.logs.put_retention_policy(logGroupName=ids["Kept"], retentionInDays=30)
        self.logs.delete_log_group(logGroupName=ids["Gone"])
        self.ec2.authorize_security_group_ingress(GroupId=ids["Group"], IpPermissions=[{
            "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
            "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
        found = self._drift(stack)
        self.assertEqual(
            {name: d["StackResourceDriftStatus"] for name, d in found.items()},
            {"Vpc": "IN_SYNC", "Group": "MODIFIED", "Kept": "MODIFIED", "Gone": "DELETED"})
        self.assertEqual(
            [(d["PropertyPath"], d["ExpectedValue"], d["ActualValue"], d["DifferenceType"])
             for d in found["Kept"]["PropertyDifferences"]],
            [("/RetentionInDays", "7", "30", "NOT_EQUAL")])
        added = found["Group"]["PropertyDifferences"]
        self.assertEqual([d["DifferenceType"] for d in added], ["ADD"])
        self.assertRegex(added[0]["PropertyPath"], r"^/SecurityGroupIngress/\d+$")
        self.assertIn("0.0.0.0/0", added[0]["ActualValue"])

    @behaviour(f"{_GUIDE}/drift-aware-change-sets.html")
    def test_drift_is_put_back(self):
        """A drift-aware change set tells what is there and what the template says, and its
        execution puts back what was changed or deleted; one without the mode does not see it."""
        resources = template(Kept=log_group(7), Gone=log_group(7))
        stack = self.create(resources)
        self.settled(stack, "CREATE_COMPLETE")
        ids = self.physical_ids(stack)
        self.logs.put_retention_policy(logGroupName=ids["Kept"], retentionInDays=30)
        self.logs.delete_log_group(logGroupName=ids["Gone"])
        found = self._change_set(resources)
        self.assertEqual((found["Status"], found["DeploymentMode"], found["StackDriftStatus"]),
                         ("CREATE_COMPLETE", "REVERT_DRIFT", "DRIFTED"))
        changes = {c["ResourceChange"]["LogicalResourceId"]: c["ResourceChange"]
                   for c in found["Changes"]}
        self.assertEqual({n: c["ResourceDriftStatus"] for n, c in changes.items()},
                         {"Kept": "MODIFIED", "Gone": "DELETED"})
        kept = changes["Kept"]
        self.assertEqual((kept["Action"], kept["Replacement"]), ("Modify", "False"))
        target = kept["Details"][0]["Target"]
        self.assertEqual(
            (target["Name"], target["BeforeValue"], target["AfterValue"],
             target["BeforeValueFrom"], target["AfterValueFrom"]),
            ("RetentionInDays", "30", "7", "ACTUAL_STATE", "TEMPLATE"))
        self.cloudformation.execute_change_set(ChangeSetName=found["ChangeSetId"])
        self.settled(stack, "UPDATE_COMPLETE")
        self.assertEqual({d["StackResourceDriftStatus"] for d in self._drift(stack).values()},
                         {"IN_SYNC"})

    @behaviour(f"{_GUIDE}/drift-aware-change-sets.html")
    def test_drift_is_taken_over(self):
        """Where the template says what is there already, the resource is not changed, and is in
        sync afterwards."""
        stack = self.create(template(Kept=log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        self.logs.put_retention_policy(
            logGroupName=self.physical_ids(stack)["Kept"], retentionInDays=30)
        found = self._change_set(template(Kept=log_group(30)))
        self.assertEqual([c["ResourceChange"]["Action"] for c in found["Changes"]],
                         ["SyncWithActual"])
        self.cloudformation.execute_change_set(ChangeSetName=found["ChangeSetId"])
        self.settled(stack, "UPDATE_COMPLETE")
        self.assertEqual({d["StackResourceDriftStatus"] for d in self._drift(stack).values()},
                         {"IN_SYNC"})
