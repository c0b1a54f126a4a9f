"""Change sets: what they say, what they do, when they no longer can."""

import json

from slipway_contract import behaviour
from slipway_contract.stacks import StackTest, log_group, subnet, template, vpc

_GUIDE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide"
_API = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference"


class ChangeSetTest(StackTest):
    def _change_set(self, resources: dict, name: str = "change", **more) -> str:
        return self.cloudformation.create_change_set(
            StackName=self.stack_name, ChangeSetName=name, TemplateBody=json.dumps(resources),
            **more)["Id"]

    def _ready(self, change_set: str) -> dict:
        def described():
            found = self.cloudformation.describe_change_set(ChangeSetName=change_set)
            return found if found["Status"] in ("CREATE_COMPLETE", "FAILED") else None

        return self.wait_for("the change set", described, minutes=2)

    @behaviour(f"{_GUIDE}/using-cfn-updating-stacks-changesets.html")
    def test_change_set_says_what_it_does(self):
        """A change set names what it adds, modifies, replaces and removes, and its execution does
        that."""
        stack = self.create(template(Vpc=vpc(), Subnet=subnet("10.77.1.0/24"),
                                     Logs=log_group(7), Old=log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        change_set = self._change_set(template(
            Vpc=vpc(), Subnet=subnet("10.77.2.0/24"), Logs=log_group(90), New=log_group(7)))
        found = self._ready(change_set)
        self.assertEqual((found["Status"], found["ExecutionStatus"]),
                         ("CREATE_COMPLETE", "AVAILABLE"))
        changes = {c["ResourceChange"]["LogicalResourceId"]: c["ResourceChange"]
                   for c in found["Changes"]}
        self.assertEqual({name: (c["Action"], c.get("Replacement"))
                          for name, c in changes.items()}, {
            "Subnet": ("Modify", "True"), "Logs": ("Modify", "False"),
            "New": ("Add", None), "Old": ("Remove", None)})
        self.cloudformation.execute_change_set(ChangeSetName=change_set)
        self.settled(stack, "UPDATE_COMPLETE")
        self.assertEqual(set(self.physical_ids(stack)), {"Vpc", "Subnet", "Logs", "New"})

    @behaviour(f"{_API}/API_CreateChangeSet.html")
    def test_change_set_makes_a_stack(self):
        """A change set of type CREATE makes a stack in review, and its execution creates the
        resources."""
        change_set = self._change_set(template(Logs=log_group(7)), ChangeSetType="CREATE")
        self.clean_up(self._delete_stack)
        self._ready(change_set)
        self.assertEqual(self.described(self.stack_name)["StackStatus"], "REVIEW_IN_PROGRESS")
        self.cloudformation.execute_change_set(ChangeSetName=change_set)
        self.settled(self.stack_name, "CREATE_COMPLETE")

    def _delete_stack(self):
        stack = self.described(self.stack_name)["StackId"]
        self.cloudformation.delete_stack(StackName=stack)
        self.settled(stack, "DELETE_COMPLETE")

    @behaviour(f"{_API}/API_DescribeChangeSet.html")
    def test_change_set_without_a_change(self):
        """A change set without a change fails and says so."""
        stack = self.create(template(Logs=log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        found = self._ready(self._change_set(template(Logs=log_group(7))))
        self.assertEqual((found["Status"], found["ExecutionStatus"]), ("FAILED", "UNAVAILABLE"))
        self.assertIn("didn't contain changes", found["StatusReason"])
        self.refused("InvalidChangeSetStatus", self.cloudformation.execute_change_set,
                     ChangeSetName=found["ChangeSetId"])

    @behaviour(f"{_GUIDE}/using-cfn-updating-stacks-changesets-execute.html")
    def test_execution_ends_the_others(self):
        """The execution of one change set ends all others of the stack."""
        stack = self.create(template(Logs=log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        one = self._change_set(template(Logs=log_group(14)), "one")
        two = self._change_set(template(Logs=log_group(30)), "two")
        self._ready(one)
        self._ready(two)
        self.cloudformation.execute_change_set(ChangeSetName=one)
        self.settled(stack, "UPDATE_COMPLETE")
        self.refused("ChangeSetNotFound", self.cloudformation.describe_change_set,
                     ChangeSetName=two)

    @behaviour(f"{_API}/API_DeleteChangeSet.html")
    def test_deleted_change_set(self):
        """A deleted change set changes nothing and is not found any more."""
        stack = self.create(template(Logs=log_group(7)))
        self.settled(stack, "CREATE_COMPLETE")
        change_set = self._change_set(template(Logs=log_group(14)))
        self._ready(change_set)
        self.cloudformation.delete_change_set(ChangeSetName=change_set)
        self.refused("ChangeSetNotFound", self.cloudformation.describe_change_set,
                     ChangeSetName=change_set)
        self.assertEqual(self.described(stack)["StackStatus"], "CREATE_COMPLETE")
