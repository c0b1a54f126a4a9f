"""What a stack does between request and end: order, events, rollback, deletion, tokens."""

import copy
import json
import time

from botocore.exceptions import ClientError

from tests.support import EmulatorTest
from tests.templates import attribute, ref, resource, small

REFUSED = "Instance limit reached"


def slow() -> dict:
    """A NAT gateway takes long enough to be caught in the middle."""
    template = small()
    template["Resources"].update({
        "Address": resource("AWS::EC2::EIP", {"Domain": "vpc"}),
        "Nat": resource("AWS::EC2::NatGateway", {
            "AllocationId": attribute("Address", "AllocationId"), "SubnetId": ref("Subnet")}),
    })
    return template


class LifecycleTest(EmulatorTest):
    resource_seconds = 0.3

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ec2, cls.logs = cls.emulator.client("ec2"), cls.emulator.client("logs")

    def code_of(self, call, **request) -> tuple[str, str]:
        with self.assertRaises(ClientError) as caught:
            call(**request)
        error = caught.exception.response["Error"]
        return error["Code"], error["Message"]

    def wait_for(self, what, seconds: float = 20):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = what()
            if found:
                return found
            time.sleep(0.03)
        self.fail("That did not happen in time")

    def fail_next(self, resource_type: str, times: int = 1):
        self.emulator.control("POST", "fail", {
            "type": resource_type, "message": REFUSED, "times": times})

    def of_vpc(self, stack: str) -> list:
        return self.ec2.describe_vpcs(Filters=[
            {"Name": "tag:aws:cloudformation:stack-name", "Values": [stack]}])["Vpcs"]

    def test_events_come_in_order_of_dependency(self):
        stack = self.deploy("order", small(), ClientRequestToken="order-1")
        events = self.events("order")
        seen = [(e["LogicalResourceId"], e["ResourceStatus"],
                 e.get("ResourceStatusReason", "")) for e in events]
        self.assertEqual(seen[0], ("order", "CREATE_IN_PROGRESS", "User Initiated"))
        self.assertEqual(seen[-1][:2], ("order", "CREATE_COMPLETE"))
        self.assertEqual([s[1:] for s in seen if s[0] == "Vpc"], [
            ("CREATE_IN_PROGRESS", ""),
            ("CREATE_IN_PROGRESS", "Resource creation Initiated"), ("CREATE_COMPLETE", "")])
        place = {s[:2]: i for i, s in enumerate(seen)}
        self.assertGreater(place["Subnet", "CREATE_IN_PROGRESS"], place["Vpc", "CREATE_COMPLETE"])
        self.assertLess(place["Logs", "CREATE_IN_PROGRESS"], place["Vpc", "CREATE_COMPLETE"])
        self.assertEqual({e["ClientRequestToken"] for e in events}, {"order-1"})
        self.assertEqual(stack["Outputs"][0]["OutputValue"], self.physical_ids("order")["Vpc"])
        by_arn = self.cloudformation.describe_stack_events(StackName=stack["StackId"])
        self.assertEqual(len(by_arn["StackEvents"]), len(events))
        template = self.cloudformation.get_template(StackName="order")["TemplateBody"]
        self.assertEqual(template["Resources"].keys(), small()["Resources"].keys())

    def test_statuses_move_while_the_stack_waits(self):
        self.create("moving", slow())
        find = lambda: self.ec2.describe_nat_gateways(Filters=[
            {"Name": "tag:aws:cloudformation:stack-name", "Values": ["moving"]}])["NatGateways"]
        pending = self.wait_for(find)
        self.assertEqual(pending[0]["State"], "pending")
        listed = {r["LogicalResourceId"]: r["ResourceStatus"] for r in
                  self.cloudformation.list_stack_resources(
                      StackName="moving")["StackResourceSummaries"]}
        self.assertEqual(listed["Nat"], "CREATE_IN_PROGRESS")
        self.assertEqual(self.settled("moving")["StackStatus"], "CREATE_COMPLETE")
        self.assertEqual(find()[0]["State"], "available")

    def test_failure_rolls_back_and_leaves_nothing(self):
        self.fail_next("AWS::EC2::NatGateway")
        stack = self.settled(self.create("failing", slow()))
        self.assertEqual(stack["StackStatus"], "ROLLBACK_COMPLETE")
        reasons = {(e["LogicalResourceId"], e["ResourceStatus"]): e.get("ResourceStatusReason")
                   for e in self.events("failing")}
        self.assertEqual(reasons["Nat", "CREATE_FAILED"], REFUSED)
        self.assertEqual(
            reasons["failing", "ROLLBACK_IN_PROGRESS"],
            "The following resource(s) failed to create: [Nat]. Rollback requested by user.")
        self.assertIn(("Vpc", "DELETE_COMPLETE"), reasons)
        self.assertEqual(self.of_vpc("failing"), [])
        for call, request in (
                (self.cloudformation.create_stack, {"TemplateBody": json.dumps(small())}),
                (self.cloudformation.update_stack, {"TemplateBody": json.dumps(small())}),
                (self.cloudformation.create_change_set, {
                    "TemplateBody": json.dumps(small()), "ChangeSetName": "again"})):
            code, _ = self.code_of(call, StackName="failing", **request)
            self.assertIn(code, ("AlreadyExistsException", "ValidationError"))
        self.assertEqual(self.destroy("failing")["StackStatus"], "DELETE_COMPLETE")

    def test_on_failure_do_nothing_and_delete(self):
        self.fail_next("AWS::EC2::Subnet")
        kept = self.settled(self.create("kept", small(), OnFailure="DO_NOTHING"))
        self.assertEqual(kept["StackStatus"], "CREATE_FAILED")
        self.assertEqual(len(self.of_vpc("kept")), 1)
        self.assertEqual(self.destroy("kept")["StackStatus"], "DELETE_COMPLETE")
        self.fail_next("AWS::EC2::Subnet")
        gone = self.settled(self.create("gone", small(), OnFailure="DELETE"))
        self.assertEqual(gone["StackStatus"], "DELETE_COMPLETE")
        self.assertEqual(self.of_vpc("gone"), [])

    def test_deletion_in_the_middle_of_a_creation(self):
        stack_id = self.create("midway", slow())
        self.wait_for(lambda: [e for e in self.events(stack_id)
                               if e["LogicalResourceId"] == "Nat" and e.get("PhysicalResourceId")])
        self.cloudformation.delete_stack(StackName="midway", ClientRequestToken="stop")
        self.assertEqual(self.cloudformation.describe_stacks(StackName=stack_id)["Stacks"][0][
            "StackStatus"], "DELETE_IN_PROGRESS")
        self.assertEqual(self.settled(stack_id)["StackStatus"], "DELETE_COMPLETE")
        told = [(e["LogicalResourceId"], e["ResourceStatus"], e.get("ResourceStatusReason", ""))
                for e in self.events(stack_id)]
        self.assertIn(("Nat", "CREATE_FAILED", "Resource creation cancelled"), told)
        self.assertIn(("Nat", "DELETE_COMPLETE", ""), told)
        self.assertEqual(told[-1][:2], ("midway", "DELETE_COMPLETE"))
        self.assertEqual(self.of_vpc("midway"), [])
        self.assertEqual(self.ec2.describe_addresses(Filters=[
            {"Name": "tag:aws:cloudformation:stack-name", "Values": ["midway"]}])["Addresses"], [])
        code, _ = self.code_of(self.cloudformation.describe_stacks, StackName="midway")
        self.assertEqual(code, "ValidationError")

    def test_a_deleted_stack_is_found_by_its_arn_and_its_name_is_free(self):
        first = self.deploy("again", small())["StackId"]
        self.destroy("again")
        second = self.deploy("again", small())["StackId"]
        self.assertNotEqual(first, second)
        self.assertEqual(self.cloudformation.describe_stacks(StackName=first)["Stacks"][0][
            "StackStatus"], "DELETE_COMPLETE")
        self.assertEqual({r["ResourceStatus"] for r in
                          self.cloudformation.describe_stack_resources(StackName=first)[
                              "StackResources"]}, {"DELETE_COMPLETE"})
        self.assertEqual(self.settled("again")["StackId"], second)
        self.destroy("again")

    def test_the_same_token_is_taken_once(self):
        request = {"StackName": "tokens", "TemplateBody": json.dumps(small()),
                   "ClientRequestToken": "first"}
        one = self.cloudformation.create_stack(**request)["StackId"]
        self.assertEqual(self.cloudformation.create_stack(**request)["StackId"], one)
        self.assertEqual(self.settled(one)["StackStatus"], "CREATE_COMPLETE")
        self.assertEqual(self.cloudformation.create_stack(**request)["StackId"], one)
        self.assertEqual(len(self.of_vpc("tokens")), 1)
        code, message = self.code_of(self.cloudformation.create_stack,
                                     **{**request, "ClientRequestToken": "second"})
        self.assertEqual((code, message),
                         ("AlreadyExistsException", "Stack [tokens] already exists"))
        code, _ = self.code_of(self.cloudformation.delete_stack, StackName="tokens",
                               ClientRequestToken="first")
        self.assertEqual(code, "TokenAlreadyExistsException")
        for _ in range(2):
            self.cloudformation.delete_stack(StackName=one, ClientRequestToken="third")
        self.assertEqual(self.settled(one)["StackStatus"], "DELETE_COMPLETE")
        begun = [e for e in self.events(one) if e["LogicalResourceId"] == "tokens"
                 and e["ResourceStatus"] == "DELETE_IN_PROGRESS"]
        self.assertEqual(len(begun), 1)

    def test_protected_things_are_not_deleted(self):
        template = small()
        template["Resources"]["Bucket"] = resource(
            "AWS::S3::Bucket", {"BucketName": "protected-things"})
        self.deploy("protected", template)
        s3 = self.emulator.client("s3")
        s3.put_object(Bucket="protected-things", Key="a", Body=b"1")
        stack = self.destroy("protected")
        self.assertEqual(stack["StackStatus"], "DELETE_FAILED")
        self.assertEqual(stack["StackStatusReason"],
                         "The following resource(s) failed to delete: [Bucket]. ")
        reason = [e["ResourceStatusReason"] for e in self.events("protected")
                  if e["ResourceStatus"] == "DELETE_FAILED"][0]
        self.assertIn("The bucket you tried to delete is not empty", reason)
        self.assertEqual(self.of_vpc("protected"), [])
        s3.delete_object(Bucket="protected-things", Key="a")
        self.assertEqual(self.destroy("protected")["StackStatus"], "DELETE_COMPLETE")

    def test_change_set_executes_exactly_what_it_says(self):
        self.deploy("changing", small())
        vpc = self.physical_ids("changing")["Vpc"]
        changed = small()
        resources = changed["Resources"]
        resources["Logs"]["Properties"]["RetentionInDays"] = 90
        resources["Subnet"]["Properties"]["CidrBlock"] = "10.7.2.0/24"
        resources["Extra"] = resource("AWS::Logs::LogGroup", {"RetentionInDays": 7})
        request = {"StackName": "changing", "ChangeSetName": "one",
                   "TemplateBody": json.dumps(changed), "ClientToken": "cs-1"}
        identifier = self.cloudformation.create_change_set(**request)["Id"]
        self.assertEqual(self.cloudformation.create_change_set(**request)["Id"], identifier)
        described = self.cloudformation.describe_change_set(ChangeSetName=identifier)
        self.assertEqual((described["Status"], described["ExecutionStatus"]),
                         ("CREATE_COMPLETE", "AVAILABLE"))
        changes = {c["ResourceChange"]["LogicalResourceId"]: c["ResourceChange"]
                   for c in described["Changes"]}
        self.assertEqual({k: (c["Action"], c.get("Replacement")) for k, c in changes.items()}, {
            "Logs": ("Modify", "False"), "Subnet": ("Modify", "True"), "Extra": ("Add", None)})
        self.assertEqual(changes["Subnet"]["Details"][0]["Target"], {
            "Attribute": "Properties", "Name": "CidrBlock", "RequiresRecreation": "Always"})
        for _ in range(2):
            self.cloudformation.execute_change_set(ChangeSetName=identifier,
                                                   ClientRequestToken="execute")
        code, _ = self.code_of(self.cloudformation.update_stack, StackName="changing",
                               TemplateBody=json.dumps(small()))
        self.assertEqual(code, "ValidationError")
        self.assertEqual(self.settled("changing")["StackStatus"], "UPDATE_COMPLETE")
        touched = {e["LogicalResourceId"] for e in self.events("changing")
                   if e.get("ClientRequestToken") == "execute"}
        self.assertEqual(touched, {"changing", "Logs", "Subnet", "Extra"})
        self.assertEqual(self.physical_ids("changing")["Vpc"], vpc)
        subnets = self.ec2.describe_subnets(
            Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
        self.assertEqual([s["CidrBlock"] for s in subnets], ["10.7.2.0/24"])
        self.destroy("changing")

    def test_a_change_set_expires_when_the_stack_changes(self):
        self.deploy("expiring", small())
        other, mine = small(), small()
        mine["Resources"]["Logs"]["Properties"]["RetentionInDays"] = 7
        other["Resources"]["Logs"]["Properties"]["RetentionInDays"] = 14
        identifier = self.cloudformation.create_change_set(
            StackName="expiring", ChangeSetName="mine", TemplateBody=json.dumps(mine))["Id"]
        self.cloudformation.update_stack(StackName="expiring", TemplateBody=json.dumps(other))
        self.settled("expiring")
        code, _ = self.code_of(self.cloudformation.execute_change_set, ChangeSetName=identifier)
        self.assertEqual(code, "InvalidChangeSetStatus")
        nothing = self.cloudformation.create_change_set(
            StackName="expiring", ChangeSetName="none", TemplateBody=json.dumps(other))["Id"]
        described = self.cloudformation.describe_change_set(ChangeSetName=nothing)
        self.assertEqual(described["Status"], "FAILED")
        self.assertIn("didn't contain changes", described["StatusReason"])
        self.destroy("expiring")

    def test_a_failed_update_goes_back(self):
        self.deploy("back", small())
        changed = copy.deepcopy(small())
        changed["Resources"]["Logs"]["Properties"]["RetentionInDays"] = 90
        changed["Resources"]["Vpc2"] = resource(
            "AWS::EC2::VPC", {"CidrBlock": "10.8.0.0/16"}, DependsOn="Logs")
        self.fail_next("AWS::EC2::VPC")
        self.cloudformation.update_stack(StackName="back", TemplateBody=json.dumps(changed))
        stack = self.settled("back")
        self.assertEqual(stack["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
        self.assertEqual(self.physical_ids("back").keys(), small()["Resources"].keys())
        group = self.logs.describe_log_groups(
            logGroupNamePrefix=self.physical_ids("back")["Logs"])["logGroups"][0]
        self.assertEqual(group["retentionInDays"], 30)
        self.assertEqual(self.destroy("back")["StackStatus"], "DELETE_COMPLETE")

    def test_an_update_can_be_cancelled(self):
        self.deploy("cancelled", small())
        self.cloudformation.update_stack(StackName="cancelled", TemplateBody=json.dumps(slow()))
        self.wait_for(lambda: [e for e in self.events("cancelled")
                               if e["LogicalResourceId"] == "Nat"])
        self.code_of(self.cloudformation.delete_stack, StackName="cancelled")
        self.cloudformation.cancel_update_stack(StackName="cancelled")
        self.assertEqual(self.settled("cancelled")["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
        self.assertEqual(self.physical_ids("cancelled").keys(), small()["Resources"].keys())
        self.assertEqual(self.ec2.describe_addresses(Filters=[{
            "Name": "tag:aws:cloudformation:stack-name",
            "Values": ["cancelled"]}])["Addresses"], [])
        self.destroy("cancelled")

    def test_a_removed_resource_is_deleted(self):
        self.deploy("less", slow())
        self.cloudformation.update_stack(StackName="less", TemplateBody=json.dumps(small()))
        self.assertEqual(self.settled("less")["StackStatus"], "UPDATE_COMPLETE")
        self.assertEqual(self.physical_ids("less").keys(), small()["Resources"].keys())
        left = self.ec2.describe_nat_gateways(Filters=[{
            "Name": "tag:aws:cloudformation:stack-name", "Values": ["less"]}])["NatGateways"]
        self.assertEqual([gateway["State"] for gateway in left], ["deleted"])
        self.destroy("less")
