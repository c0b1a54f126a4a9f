"""Stacks of behaviours: small templates of things that cost nothing, and what happened to them."""

import json

from .case import ContractTest


def ref(name: str) -> dict:
    return {"Ref": name}


def vpc(cidr: str = "10.77.0.0/16") -> dict:
    return {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": cidr}}


def subnet(cidr: str, **more) -> dict:
    """In the VPC that the template calls Vpc."""
    return {"Type": "AWS::EC2::Subnet",
            "Properties": {"VpcId": ref("Vpc"), "CidrBlock": cidr}, **more}


def log_group(days: int, **more) -> dict:
    return {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": days}, **more}


def nat_gateway(subnet_name: str) -> dict:
    """An address and a private NAT gateway, which takes a minute or more to become available."""
    return {"Type": "AWS::EC2::NatGateway", "Properties": {
        "ConnectivityType": "private", "SubnetId": ref(subnet_name)}}


def template(**resources) -> dict:
    return {"Resources": resources}


class StackTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.cloudformation = self.client("cloudformation")
        self.stack_name = self.name("stack")

    def create(self, resources: dict, **more) -> str:
        """Its ARN; it is deleted when the test has ended."""
        stack_id = self.cloudformation.create_stack(
            StackName=self.stack_name, TemplateBody=json.dumps(resources), **more)["StackId"]
        self.addCleanup(self._destroy, stack_id)
        return stack_id

    def update(self, resources: dict, **more) -> None:
        self.cloudformation.update_stack(
            StackName=self.stack_name, TemplateBody=json.dumps(resources), **more)

    def _destroy(self, stack_id: str) -> None:
        self.settled(stack_id)
        self.cloudformation.delete_stack(StackName=stack_id)
        self.settled(stack_id)

    def described(self, stack: str) -> dict:
        return self.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]

    def settled(self, stack: str, wanted: str | None = None, minutes: float = 10) -> dict:
        """The stack when nothing is in progress any more; its status as wanted."""
        def at_rest():
            found = self.described(stack)
            return None if found["StackStatus"].endswith("_IN_PROGRESS") else found

        found = self.wait_for(f"stack {stack} at rest", at_rest, minutes)
        if wanted:
            self.assertEqual(found["StackStatus"], wanted,
                             [(e[0], e[2]) for e in self.events(stack) if "FAILED" in e[1]])
        return found

    def events(self, stack: str) -> list[tuple[str, str, str]]:
        """(logical id, status, reason), oldest first; the stack's own are under its name."""
        pages = self.cloudformation.get_paginator("describe_stack_events").paginate(
            StackName=stack)
        found = [event for page in pages for event in page["StackEvents"]]
        return [(e["LogicalResourceId"], e["ResourceStatus"], e.get("ResourceStatusReason", ""))
                for e in reversed(found)]

    def physical_ids(self, stack: str) -> dict[str, str]:
        listed = self.cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
        return {r["LogicalResourceId"]: r.get("PhysicalResourceId", "") for r in listed}
