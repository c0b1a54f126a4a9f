"""State and ids outlive a restart and a kill, and work that was caught in the middle goes on."""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from tests.support import ROOT, Emulator
from tests.templates import attribute, platform, ref, resource, small


class PersistenceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.emulator = Emulator(0.0, self.folder)
        self.addCleanup(lambda: self.emulator.stop())

    def restart(self, kill: bool, resource_seconds: float = 0.0):
        self.emulator.stop(kill=kill)
        self.emulator.resource_seconds = resource_seconds
        self.emulator.start()

    def cloudformation(self):
        return self.emulator.client("cloudformation")

    def create(self, name: str, template: dict):
        self.cloudformation().create_stack(StackName=name, TemplateBody=json.dumps(template),
                                           ClientRequestToken=f"{name}-token")

    def status(self, stack: str) -> str:
        return self.cloudformation().describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]

    def wait(self, what, seconds: float = 30):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = what()
            if found:
                return found
            time.sleep(0.05)
        self.fail("That did not happen in time")

    def picture(self, name: str) -> dict:
        """What a client sees of the stack and of some that it made."""
        answers = {
            "stack": self.cloudformation().describe_stacks(StackName=name)["Stacks"],
            "resources": self.cloudformation().describe_stack_resources(
                StackName=name)["StackResources"],
            "events": self.cloudformation().describe_stack_events(StackName=name)["StackEvents"],
            "cluster": self.emulator.client("eks").describe_cluster(name=name)["cluster"],
            "roles": self.emulator.client("iam").list_roles()["Roles"],
            "object": self.emulator.client("s3").get_object(
                Bucket=f"{name}-logs", Key="kept")["Body"].read(),
            "secret": self.emulator.client("secretsmanager").list_secrets()["SecretList"],
            "nat": self.emulator.client("ec2").describe_nat_gateways()["NatGateways"],
        }
        database = self.emulator.client("rds").describe_db_instances(
            DBInstanceIdentifier=name)["DBInstances"][0]
        answers["database"] = {k: v for k, v in database.items() if k != "LatestRestorableTime"}
        return answers

    def test_everything_outlives_restart_and_kill(self):
        self.create("kept", platform("kept"))
        self.wait(lambda: self.status("kept") == "CREATE_COMPLETE")
        self.emulator.client("s3").put_object(Bucket="kept-logs", Key="kept", Body=b"\x00bytes")
        before = self.picture("kept")
        self.emulator.wait_for_save()
        for kill in (False, True):
            with self.subTest(kill=kill):
                self.restart(kill)
                self.assertEqual(self.picture("kept"), before)

    def test_a_state_that_cannot_be_read_is_named_and_kept(self):
        self.emulator.stop()
        file = Path(self.folder, "state.json")
        whole = file.read_text()
        for text in (whole[:-20], "", "\x00\x01", "[]", "null"):
            with self.subTest(text=text[:10]):
                file.write_text(text)
                ended = subprocess.run(
                    [sys.executable, "-m", "slipway_emulator"], cwd=ROOT, capture_output=True,
                    text=True, timeout=30, env={**os.environ, "PORT": "0", "STATE_DIR": self.folder})
                self.assertEqual(ended.returncode, 1)
                self.assertIn(f"{file.resolve()} cannot be read", ended.stderr)
                self.assertNotIn("Traceback", ended.stderr)
                self.assertEqual(file.read_text(), text)
        file.write_text(whole)
        self.emulator.start()

    def test_a_creation_goes_on_after_a_kill(self):
        self.restart(kill=False, resource_seconds=0.5)
        template = small()
        template["Resources"].update({
            "Address": resource("AWS::EC2::EIP", {"Domain": "vpc"}),
            "Nat": resource("AWS::EC2::NatGateway", {
                "AllocationId": attribute("Address", "AllocationId"), "SubnetId": ref("Subnet")}),
            "Last": resource("AWS::Logs::LogGroup", {"RetentionInDays": 7}, DependsOn="Nat"),
        })
        self.create("midway", template)
        nats = lambda: self.emulator.client("ec2").describe_nat_gateways()["NatGateways"]
        made = self.wait(nats)[0]["NatGatewayId"]
        self.emulator.wait_for_save()
        self.restart(kill=True, resource_seconds=0.1)
        self.wait(lambda: self.status("midway") == "CREATE_COMPLETE")
        self.assertEqual([(n["NatGatewayId"], n["State"]) for n in nats()],
                         [(made, "available")])
        events = self.cloudformation().describe_stack_events(StackName="midway")["StackEvents"]
        self.assertEqual({e["ClientRequestToken"] for e in events}, {"midway-token"})
        self.create("midway", template)
        self.assertEqual(len(nats()), 1)

    def test_a_deletion_goes_on_after_a_kill(self):
        self.create("leaving", small())
        self.wait(lambda: self.status("leaving") == "CREATE_COMPLETE")
        stack_id = self.cloudformation().describe_stacks(StackName="leaving")["Stacks"][0][
            "StackId"]
        self.restart(kill=False, resource_seconds=6)
        self.cloudformation().delete_stack(StackName="leaving")
        self.emulator.wait_for_save()
        self.restart(kill=True)
        self.wait(lambda: self.status(stack_id) == "DELETE_COMPLETE")
        vpcs = self.emulator.client("ec2").describe_vpcs(
            Filters=[{"Name": "cidr", "Values": ["10.7.0.0/16"]}])["Vpcs"]
        self.assertEqual(vpcs, [])

    def test_an_update_goes_on_after_a_kill(self):
        self.create("changing", small())
        self.wait(lambda: self.status("changing") == "CREATE_COMPLETE")
        self.restart(kill=False, resource_seconds=6)
        changed = small()
        changed["Resources"]["Logs"]["Properties"]["RetentionInDays"] = 90
        self.cloudformation().update_stack(
            StackName="changing", TemplateBody=json.dumps(changed))
        self.emulator.wait_for_save()
        self.assertEqual(self.status("changing"), "UPDATE_IN_PROGRESS")
        self.restart(kill=True)
        self.wait(lambda: self.status("changing") == "UPDATE_COMPLETE")
        groups = self.emulator.client("logs").describe_log_groups()["logGroups"]
        self.assertEqual([g["retentionInDays"] for g in groups], [90])

    def test_a_torn_write_does_not_hurt(self):
        self.create("whole", small())
        self.wait(lambda: self.status("whole") == "CREATE_COMPLETE")
        self.emulator.stop()
        (Path(self.folder) / "state.tmp").write_text('{"format": 1, "servi')
        self.emulator.start()
        self.assertEqual(self.status("whole"), "CREATE_COMPLETE")

    def test_reset_forgets_everything(self):
        self.create("gone", small())
        self.emulator.control("POST", "reset")
        self.assertEqual(self.cloudformation().describe_stacks()["Stacks"], [])
        self.restart(kill=True)
        self.assertEqual(self.cloudformation().describe_stacks()["Stacks"], [])
