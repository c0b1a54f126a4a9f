"""What an account may have in a region is told, and kept to."""

from botocore.exceptions import ClientError

from tests.support import ACCOUNT, EmulatorTest

_VPC = {"ServiceCode": "vpc", "QuotaCode": "L-F678F1CE"}


class QuotaTest(EmulatorTest):
    def limit(self, service: str, code: str, value: int, region: str = "us-east-1") -> None:
        self.emulator.control("POST", "quotas", {
            "account": ACCOUNT, "region": region, "service": service, "code": code,
            "value": value})

    def code_of(self, call, **request) -> str:
        with self.assertRaises(ClientError) as refused:
            call(**request)
        return refused.exception.response["Error"]["Code"]

    def test_what_is_told_is_kept_to(self):
        ec2 = self.emulator.client("ec2")
        there = len(ec2.describe_vpcs()["Vpcs"])
        self.limit("vpc", "L-F678F1CE", there + 1)
        quotas = self.emulator.client("service-quotas")
        self.assertEqual(quotas.get_service_quota(**_VPC)["Quota"]["Value"], there + 1)
        ec2.create_vpc(CidrBlock="10.1.0.0/16")
        self.assertEqual(self.code_of(ec2.create_vpc, CidrBlock="10.2.0.0/16"), "VpcLimitExceeded")
        self.limit("ec2", "L-0263D0A3", 1)
        ec2.allocate_address(Domain="vpc")
        self.assertEqual(self.code_of(ec2.allocate_address, Domain="vpc"), "AddressLimitExceeded")
        other = self.emulator.client("ec2", "us-west-2")
        other.create_vpc(CidrBlock="10.1.0.0/16")
        self.assertGreater(self.emulator.client("service-quotas", "us-west-2").get_service_quota(
            **_VPC)["Quota"]["Value"], 5)

    def test_a_stack_is_kept_to_it_too(self):
        self.limit("ec2", "L-0263D0A3", 1)
        stack = self.settled(self.create("addresses", {"Resources": {
            "One": {"Type": "AWS::EC2::EIP"},
            "Two": {"Type": "AWS::EC2::EIP", "DependsOn": ["One"]}}}))
        self.assertEqual(stack["StackStatus"], "ROLLBACK_COMPLETE")
        reasons = [e.get("ResourceStatusReason", "") for e in self.events(stack["StackId"])
                   if e["ResourceStatus"] == "CREATE_FAILED"]
        self.assertIn("The maximum number of addresses has been reached", reasons[0])

    def test_databases(self):
        self.limit("rds", "L-7B6409FD", 0)
        self.assertEqual(self.code_of(
            self.emulator.client("rds").create_db_instance, DBInstanceIdentifier="one",
            Engine="postgres", DBInstanceClass="db.t3.medium", AllocatedStorage=20,
            MasterUsername="admin1", MasterUserPassword="not-a-secret"), "InstanceQuotaExceeded")

    def test_what_was_set_survives_a_restart(self):
        self.limit("vpc", "L-F678F1CE", 7)
        self.emulator.wait_for_save()
        self.emulator.stop(kill=True)
        self.emulator.start()
        self.assertEqual(self.emulator.client("service-quotas").get_service_quota(
            **_VPC)["Quota"]["Value"], 7)
