"""What services do by themselves goes on after a kill: copies of objects, gateways, alarms."""

import tempfile
import time
import unittest

from botocore.exceptions import ClientError

from tests.support import ACCOUNT, Emulator


class ContinuityTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.emulator = Emulator(0.2, folder.name)
        self.addCleanup(lambda: self.emulator.stop())

    def wait(self, what, seconds: float = 20):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = what()
            if found:
                return found
            time.sleep(0.1)
        self.fail("That did not happen in time")

    def kill_once_saved(self):
        self.emulator.wait_for_save()
        self.emulator.stop(kill=True)
        self.emulator.start()

    def head(self, region: str, bucket: str, key: str) -> dict | None:
        try:
            return self.emulator.client("s3", region).head_object(Bucket=bucket, Key=key)
        except ClientError as error:
            self.assertEqual(error.response["Error"]["Code"], "404")
            return None

    def test_a_copy_on_its_way(self):
        here, there = (self.emulator.client("s3", region) for region in ("us-east-1", "us-west-2"))
        here.create_bucket(Bucket="first")
        there.create_bucket(Bucket="second",
                            CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
        for client, bucket in ((here, "first"), (there, "second")):
            client.put_bucket_versioning(Bucket=bucket,
                                         VersioningConfiguration={"Status": "Enabled"})
        here.put_bucket_replication(Bucket="first", ReplicationConfiguration={
            "Role": f"arn:aws:iam::{ACCOUNT}:role/copy", "Rules": [{
                "ID": "all", "Priority": 1, "Status": "Enabled", "Filter": {"Prefix": ""},
                "DeleteMarkerReplication": {"Status": "Enabled"},
                "Destination": {"Bucket": "arn:aws:s3:::second"}}]})
        self.emulator.control("POST", "lag", {"kind": "s3", "seconds": 10})
        version = here.put_object(Bucket="first", Key="a", Body=b"one")["VersionId"]
        self.kill_once_saved()
        self.assertEqual(self.head("us-east-1", "first", "a")["ReplicationStatus"], "PENDING")
        copy = self.wait(lambda: self.head("us-west-2", "second", "a"))
        self.assertEqual((copy["VersionId"], copy["ReplicationStatus"]), (version, "REPLICA"))
        self.assertEqual(self.head("us-east-1", "first", "a")["ReplicationStatus"], "COMPLETED")
        self.kill_once_saved()
        got = self.emulator.client("s3", "us-west-2").get_object(Bucket="second", Key="a")
        self.assertEqual((got["Body"].read(), got["VersionId"]), (b"one", version))
        self.emulator.client("s3").delete_object(Bucket="first", Key="a")
        self.kill_once_saved()
        self.wait(lambda: self.head("us-west-2", "second", "a") is None)

    def test_a_gateway_on_its_way(self):
        ec2 = self.emulator.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.1.0/24")["Subnet"]["SubnetId"]
        gateway = ec2.create_nat_gateway(
            SubnetId=subnet, ConnectivityType="private")["NatGateway"]["NatGatewayId"]

        def state():
            return self.emulator.client("ec2").describe_nat_gateways(
                NatGatewayIds=[gateway])["NatGateways"][0]["State"]

        self.wait(lambda: state() == "available")
        ec2.delete_nat_gateway(NatGatewayId=gateway)
        self.kill_once_saved()
        self.wait(lambda: state() == "deleted")
        self.emulator.client("ec2").delete_subnet(SubnetId=subnet)

    def test_an_alarm(self):
        cloudwatch = self.emulator.client("cloudwatch")
        cloudwatch.put_metric_alarm(
            AlarmName="quiet", Threshold=1.0, EvaluationPeriods=1, TreatMissingData="breaching",
            ComparisonOperator="GreaterThanThreshold", Metrics=[
                {"Id": "errors", "ReturnData": False, "MetricStat": {
                    "Stat": "Sum", "Period": 60,
                    "Metric": {"Namespace": "shop", "MetricName": "errors"}}},
                {"Id": "all", "Expression": "errors * 2", "ReturnData": True}])
        self.kill_once_saved()

        def alarm():
            return self.emulator.client("cloudwatch").describe_alarms(
                AlarmNames=["quiet"])["MetricAlarms"][0]

        self.wait(lambda: alarm()["StateValue"] == "ALARM")
        self.assertEqual(len(alarm()["Metrics"]), 2)


if __name__ == "__main__":
    unittest.main()
