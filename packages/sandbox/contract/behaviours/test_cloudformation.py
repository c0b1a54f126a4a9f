"""Stacks: order and events, rollback, deletion, tokens, one change at a time."""

from slipway_contract import behaviour
from slipway_contract.stacks import StackTest, log_group, nat_gateway, ref, subnet, template, vpc

_GUIDE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide"
_API = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference"

# A range outside of its VPC: EC2 refuses it, so its creation fails in any account.
_OUTSIDE = subnet("192.168.0.0/24")


class CreationTest(StackTest):
    @behaviour(f"{_GUIDE}/view-stack-events.html")
    def test_events_of_a_creation(self):
        """Each resource begins and completes in events of its own, after those it refers to and
        before the stack completes."""
        stack = self.create(template(Vpc=vpc(), Subnet=subnet("10.77.1.0/24"), Logs=log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        events = self.events(stack)
        place = {(name, status): index for index, (name, status, _) in enumerate(events)}
        self.assertEqual(events[0][:2], (self.stack_name, "CREATE_IN_PROGRESS"))
        self.assertEqual(events[-1][:2], (self.stack_name, "CREATE_COMPLETE"))
        for name in ("Vpc", "Subnet", "Logs"):
            self.assertLess(place[name, "CREATE_IN_PROGRESS"], place[name, "CREATE_COMPLETE"])
        self.assertGreater(place["Subnet", "CREATE_IN_PROGRESS"], place["Vpc", "CREATE_COMPLETE"])

    @behaviour(f"{_API}/API_StackEvent.html")
    def test_physical_id_is_known_before_the_end(self):
        """A resource's physical id stands in the event that says its creation was initiated."""
        stack = self.create(template(Vpc=vpc()))
        self.settled(stack, "CREATE_COMPLETE")
        events = self.cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
        initiated = [e for e in events if e["LogicalResourceId"] == "Vpc"
                     and e.get("ResourceStatusReason") == "Resource creation Initiated"]
        self.assertEqual([e["PhysicalResourceId"] for e in initiated],
                         [self.physical_ids(stack)["Vpc"]])

    @behaviour(f"{_GUIDE}/stack-failure-options.html")
    def test_failed_creation_rolls_back(self):
        """A stack whose creation fails deletes what it had made and remains as
        ROLLBACK_COMPLETE."""
        stack = self.create(template(Vpc=vpc(), Subnet=_OUTSIDE))
        self.settled(stack, "ROLLBACK_COMPLETE")
        events = self.events(stack)
        statuses = [event[:2] for event in events]
        failed = [reason for name, status, reason in events
                  if (name, status) == ("Subnet", "CREATE_FAILED")]
        self.assertEqual(len(failed), 1)
        self.assertTrue(failed[0])
        self.assertIn((self.stack_name, "ROLLBACK_IN_PROGRESS"), statuses)
        self.assertIn(("Vpc", "DELETE_COMPLETE"), statuses)

    @behaviour(f"{_GUIDE}/cfn-console-create-stack.html")
    def test_rolled_back_stack_is_not_updated(self):
        """A stack that rolled back its creation can only be deleted, not updated."""
        stack = self.create(template(Vpc=vpc(), Subnet=_OUTSIDE))
        self.settled(stack, "ROLLBACK_COMPLETE")
        error = self.refused("ValidationError", self.update, resources=template(Vpc=vpc()))
        self.assertIn("ROLLBACK_COMPLETE", error["Message"])

    @behaviour(f"{_API}/API_CreateStack.html")
    def test_on_failure_do_nothing(self):
        """With OnFailure DO_NOTHING a failed creation keeps what it made, as CREATE_FAILED."""
        stack = self.create(template(Vpc=vpc(), Subnet=_OUTSIDE), OnFailure="DO_NOTHING")
        self.settled(stack, "CREATE_FAILED")
        made = self.physical_ids(stack)["Vpc"]
        self.assertEqual(
            self.client("ec2").describe_vpcs(VpcIds=[made])["Vpcs"][0]["VpcId"], made)

    @behaviour(f"{_API}/API_CreateStack.html")
    def test_request_token(self):
        """The same request with the same token is taken once, and the token of one kind of request
        is refused for another."""
        first = self.create(template(Logs=log_group(7)), ClientRequestToken="token-1")
        self.assertEqual(self.create(template(Logs=log_group(7)), ClientRequestToken="token-1"),
                         first)
        self.settled(first, "CREATE_COMPLETE")
        begun = [e for e in self.events(first)
                 if e[:2] == (self.stack_name, "CREATE_IN_PROGRESS")]
        self.assertEqual(len(begun), 1)
        self.refused("TokenAlreadyExistsException", self.cloudformation.delete_stack,
                     StackName=self.stack_name, ClientRequestToken="token-1")

    @behaviour(f"{_API}/API_CreateStack.html")
    def test_name_is_taken(self):
        """The name of a stack that exists is refused to another."""
        self.settled(self.create(template(Logs=log_group(7))))
        self.refused("AlreadyExistsException", self.create, resources=template(Logs=log_group(7)))

    @behaviour(f"{_API}/API_ValidateTemplate.html")
    def test_broken_template(self):
        """A template that refers to what is not in it is refused before anything is made."""
        broken = template(Subnet=subnet("10.77.1.0/24"))
        error = self.refused("ValidationError", self.create, resources=broken)
        self.assertIn("Vpc", error["Message"])
        self.refused("ValidationError", self.cloudformation.describe_stacks,
                     StackName=self.stack_name)


class DeletionTest(StackTest):
    @behaviour(f"{_API}/API_DeleteStack.html")
    def test_deleted_stack_is_found_by_its_id(self):
        """A deleted stack is found by its id only, and its name is free again."""
        first = self.create(template(Logs=log_group(7)))
        self.settled(first, "CREATE_COMPLETE")
        self.cloudformation.delete_stack(StackName=self.stack_name)
        self.settled(first, "DELETE_COMPLETE")
        self.refused("ValidationError", self.cloudformation.describe_stacks,
                     StackName=self.stack_name)
        self.assertNotEqual(self.create(template(Logs=log_group(7))), first)

    @behaviour(f"{_API}/API_DeleteStack.html", cost="a private NAT gateway for some minutes")
    def test_delete_in_mid_create(self):
        """A stack deleted while it is created stops creating and deletes what there is."""
        stack = self.create(template(Vpc=vpc(), Subnet=subnet("10.77.1.0/24"),
                                     Nat=nat_gateway("Subnet")))
        self.wait_for("the NAT gateway begun", lambda: [
            e for e in self.events(stack) if e[:2] == ("Nat", "CREATE_IN_PROGRESS")])
        self.cloudformation.delete_stack(StackName=stack)
        self.assertEqual(self.described(stack)["StackStatus"], "DELETE_IN_PROGRESS")
        self.settled(stack, "DELETE_COMPLETE")
        self.assertEqual(self.client("ec2").describe_vpcs(Filters=[
            {"Name": "tag:aws:cloudformation:stack-id", "Values": [stack]}])["Vpcs"], [])

    @behaviour(f"{_API}/API_DeleteStack.html")
    def test_delete_of_what_never_was(self):
        """Deleting a stack that does not exist succeeds."""
        self.cloudformation.delete_stack(StackName=self.name("never"))

    @behaviour(f"{_GUIDE}/using-cfn-protect-stacks.html")
    def test_termination_protection(self):
        """A stack with termination protection is not deleted."""
        stack = self.create(template(Logs=log_group(7)), EnableTerminationProtection=True)
        self.clean_up(self.cloudformation.update_termination_protection,
                      StackName=self.stack_name, EnableTerminationProtection=False)
        self.settled(stack, "CREATE_COMPLETE")
        error = self.refused("ValidationError", self.cloudformation.delete_stack,
                             StackName=self.stack_name)
        self.assertIn("TerminationProtection", error["Message"])

    @behaviour("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
               "aws-attribute-deletionpolicy.html")
    def test_retained(self):
        """A resource with DeletionPolicy Retain outlives its stack."""
        stack = self.create(template(Logs=log_group(7, DeletionPolicy="Retain")))
        self.settled(stack, "CREATE_COMPLETE")
        group = self.physical_ids(stack)["Logs"]
        self.clean_up(self.client("logs").delete_log_group, logGroupName=group)
        self.cloudformation.delete_stack(StackName=stack)
        self.settled(stack, "DELETE_COMPLETE")
        self.assertIn(("Logs", "DELETE_SKIPPED"), [e[:2] for e in self.events(stack)])
        kept = self.client("logs").describe_log_groups(logGroupNamePrefix=group)["logGroups"]
        self.assertEqual([g["logGroupName"] for g in kept], [group])


class UpdateTest(StackTest):
    def _two_groups(self, first: int, second: dict) -> dict:
        return template(First=log_group(first), Second={**second, "DependsOn": "First"})

    @behaviour(f"{_GUIDE}/using-cfn-updating-stacks.html")
    def test_only_what_changed(self):
        """An update touches only the resources that the new template changes."""
        stack = self.create(self._two_groups(7, log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        before = self.physical_ids(stack)
        self.update(self._two_groups(14, log_group(7)))
        self.settled(stack, "UPDATE_COMPLETE")
        touched = {name for name, status, _ in self.events(stack) if status.startswith("UPDATE")}
        self.assertEqual(touched, {self.stack_name, "First"})
        self.assertEqual(self.physical_ids(stack), before)

    @behaviour(f"{_GUIDE}/stack-failure-options.html")
    def test_failed_update_rolls_back(self):
        """A failed update restores what it had changed and ends as UPDATE_ROLLBACK_COMPLETE."""
        stack = self.create(template(Vpc=vpc(), Logs=log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        self.update(template(Vpc=vpc(), Logs=log_group(90),
                             Subnet={**_OUTSIDE, "DependsOn": "Logs"}))
        self.settled(stack, "UPDATE_ROLLBACK_COMPLETE")
        self.assertEqual(set(self.physical_ids(stack)), {"Vpc", "Logs"})
        group = self.client("logs").describe_log_groups(
            logGroupNamePrefix=self.physical_ids(stack)["Logs"])["logGroups"][0]
        self.assertEqual(group["retentionInDays"], 7)
        statuses = [status for name, status, _ in self.events(stack) if name == self.stack_name]
        self.assertLess(statuses.index("UPDATE_IN_PROGRESS"),
                        statuses.index("UPDATE_ROLLBACK_IN_PROGRESS"))

    @behaviour(f"{_GUIDE}/using-cfn-updating-stacks-update-behaviors.html")
    def test_replacement(self):
        """A change that needs replacement makes the new resource first and deletes the old one in
        the clean-up."""
        stack = self.create(template(Vpc=vpc(), Subnet=subnet("10.77.1.0/24")))
        self.settled(stack, "CREATE_COMPLETE")
        old = self.physical_ids(stack)["Subnet"]
        self.update(template(Vpc=vpc(), Subnet=subnet("10.77.2.0/24")))
        self.settled(stack, "UPDATE_COMPLETE")
        self.assertNotEqual(self.physical_ids(stack)["Subnet"], old)
        events = [e[:2] for e in self.events(stack)]
        clean_up = events.index((self.stack_name, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"))
        self.assertLess(events.index(("Subnet", "UPDATE_COMPLETE")), clean_up)
        self.assertLess(clean_up, events.index(("Subnet", "DELETE_COMPLETE")))

    @behaviour(f"{_API}/API_UpdateStack.html")
    def test_nothing_to_update(self):
        """An update without a change is refused."""
        self.settled(self.create(template(Logs=log_group(7))))
        error = self.refused("ValidationError", self.update, resources=template(Logs=log_group(7)))
        self.assertIn("No updates are to be performed", error["Message"])

    @behaviour(f"{_GUIDE}/using-cfn-updating-stacks.html",
               cost="a private NAT gateway for some minutes")
    def test_one_change_at_a_time(self):
        """A stack that is being changed refuses another change and, during an update, its
        deletion."""
        base = {"Vpc": vpc(), "Subnet": subnet("10.77.1.0/24")}
        stack = self.create(template(**base))
        self.settled(stack, "CREATE_COMPLETE")
        self.update(template(**base, Nat=nat_gateway("Subnet")))
        error = self.refused("ValidationError", self.update,
                             resources=template(**base, Logs=log_group(7)))
        self.assertIn("UPDATE_IN_PROGRESS", error["Message"])
        self.refused("ValidationError", self.cloudformation.delete_stack, StackName=stack)
        self.settled(stack, "UPDATE_COMPLETE")

    @behaviour(f"{_API}/API_CancelUpdateStack.html", cost="a private NAT gateway for some minutes")
    def test_cancel_update(self):
        """A cancelled update rolls back."""
        base = {"Vpc": vpc(), "Subnet": subnet("10.77.1.0/24")}
        stack = self.create(template(**base))
        self.settled(stack, "CREATE_COMPLETE")
        self.update(template(**base, Nat=nat_gateway("Subnet")))
        self.wait_for("the NAT gateway begun", lambda: [
            e for e in self.events(stack) if e[:2] == ("Nat", "CREATE_IN_PROGRESS")])
        self.cloudformation.cancel_update_stack(StackName=stack)
        self.settled(stack, "UPDATE_ROLLBACK_COMPLETE")
        self.assertEqual(set(self.physical_ids(stack)), {"Vpc", "Subnet"})

    @behaviour(f"{_GUIDE}/outputs-section-structure.html")
    def test_output_follows(self):
        """Outputs show the values of the resources after an update."""
        def with_output(days: int, **more) -> dict:
            return {**template(Vpc=vpc(), Logs=log_group(days), **more),
                    "Outputs": {"Where": {"Value": ref("Subnet" if more else "Vpc")}}}

        stack = self.create(with_output(7))
        outputs = self.settled(stack, "CREATE_COMPLETE")["Outputs"]
        self.assertEqual(outputs[0]["OutputValue"], self.physical_ids(stack)["Vpc"])
        self.update(with_output(14, Subnet=subnet("10.77.3.0/24")))
        outputs = self.settled(stack, "UPDATE_COMPLETE")["Outputs"]
        self.assertEqual(outputs[0]["OutputValue"], self.physical_ids(stack)["Subnet"])
