"""What behaviours of machines share: a network over zones, an image, roles."""

import json

from slipway_contract import ContractTest
from slipway_contract.case import _forgiving

_NODE_POLICIES = ("AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy",
                  "AmazonEC2ContainerRegistryReadOnly")


class ComputeTest(ContractTest):
    """A VPC with a public subnet in each of three zones, for the whole class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ec2, cls.scaling = cls.client("ec2"), cls.client("autoscaling")
        cls.vpc = cls.ec2.create_vpc(CidrBlock="10.79.0.0/16")["Vpc"]["VpcId"]
        cls.end(cls.ec2.delete_vpc, VpcId=cls.vpc)
        gateway = cls.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        cls.end(cls.ec2.delete_internet_gateway, InternetGatewayId=gateway)
        cls.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=cls.vpc)
        cls.end(cls.ec2.detach_internet_gateway, InternetGatewayId=gateway, VpcId=cls.vpc)
        cls.label = cls.name("zone")
        cls.subnets = {f"{cls.region}{letter}": cls._subnet(number, letter)
                       for number, letter in enumerate("abc")}

    @classmethod
    def _subnet(cls, number: int, letter: str) -> str:
        zone = f"{cls.region}{letter}"
        subnet = cls.ec2.create_subnet(
            VpcId=cls.vpc, CidrBlock=f"10.79.{number}.0/24", AvailabilityZone=zone,
            TagSpecifications=[{"ResourceType": "subnet", "Tags": [
                {"Key": cls.label, "Value": letter}]}])["Subnet"]["SubnetId"]
        cls.end(cls.ec2.delete_subnet, SubnetId=subnet)
        cls.ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
        return subnet

    @classmethod
    def end(cls, call, **request) -> None:
        """As ``clean_up``, for what the class made."""
        cls.addClassCleanup(_forgiving, call, request)

    @classmethod
    def role(cls, service: str, *policies: str) -> str:
        """The ARN of a role that the service may take on."""
        iam, name = cls.client("iam"), cls.name(service.partition(".")[0], 60)
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Principal": {"Service": service},
                "Action": "sts:AssumeRole"}]}))["Role"]["Arn"]
        cls.end(iam.delete_role, RoleName=name)
        for policy in policies:
            policy_arn = f"arn:aws:iam::aws:policy/{policy}"
            iam.attach_role_policy(RoleName=name, PolicyArn=policy_arn)
            cls.end(iam.detach_role_policy, RoleName=name, PolicyArn=policy_arn)
        return arn

    @classmethod
    def node_role(cls) -> str:
        return cls.role("ec2.amazonaws.com", *_NODE_POLICIES)

    @classmethod
    def image(cls) -> str:
        images = cls.ec2.describe_images(Owners=["amazon"], Filters=[
            {"Name": "name", "Values": ["al2023-ami-2023*x86_64*"]}])["Images"]
        return images[0]["ImageId"]

    def group(self, name: str) -> dict:
        [found] = self.scaling.describe_auto_scaling_groups(
            AutoScalingGroupNames=[name])["AutoScalingGroups"]
        return found

    def serving(self, name: str) -> list[dict]:
        return [i for i in self.group(name)["Instances"]
                if i["LifecycleState"] == "InService" and i["HealthStatus"] == "Healthy"]

    def settled(self, name: str) -> list[dict]:
        """The group's instances once exactly those that are wanted serve."""
        def there():
            group, serving = self.group(name), self.serving(name)
            return serving if len(serving) == len(group["Instances"]) == group[
                "DesiredCapacity"] else None

        return self.wait_for(f"the instances of {name}", there, minutes=10)

    def darken_zone(self, zone: str) -> None:
        fault = self.sandbox.start_fault({"kind": "dark"}, {"zone": zone})
        self.addCleanup(self.sandbox.end_fault, fault)

    def lighten_zones(self) -> None:
        self.sandbox.ask("DELETE", "faults", {"kind": "dark"})
