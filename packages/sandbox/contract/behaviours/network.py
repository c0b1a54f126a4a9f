"""What behaviours of networks share: a VPC, and what stands in it."""

from slipway_contract import ContractTest


class NetworkTest(ContractTest):
    """A VPC of 10.78.0.0/16 for each test."""

    def setUp(self):
        super().setUp()
        self.ec2 = self.client("ec2")
        self.vpc = self.ec2.create_vpc(CidrBlock="10.78.0.0/16")["Vpc"]["VpcId"]
        self.clean_up(self.ec2.delete_vpc, VpcId=self.vpc)
        self.ec2.get_waiter("vpc_available").wait(VpcIds=[self.vpc])

    def subnet(self, cidr: str = "10.78.1.0/24", **more) -> dict:
        made = self.ec2.create_subnet(VpcId=self.vpc, CidrBlock=cidr, **more)["Subnet"]
        self.clean_up(self.ec2.delete_subnet, SubnetId=made["SubnetId"])
        return made

    def internet_gateway(self) -> str:
        made = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.clean_up(self.ec2.delete_internet_gateway, InternetGatewayId=made)
        self.ec2.attach_internet_gateway(InternetGatewayId=made, VpcId=self.vpc)
        self.addCleanup(self._detach, made)
        return made

    def _detach(self, gateway: str) -> None:
        attached = self.ec2.describe_internet_gateways(InternetGatewayIds=[gateway])
        if attached["InternetGateways"][0]["Attachments"]:
            self.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)

    def nat_gateway(self, **request) -> str:
        made = self.ec2.create_nat_gateway(**request)["NatGateway"]["NatGatewayId"]
        self.addCleanup(self._end_nat_gateway, made)
        return made

    def _end_nat_gateway(self, gateway: str) -> None:
        self.ec2.delete_nat_gateway(NatGatewayId=gateway)
        self.nat_gateway_in(gateway, "deleted")

    def nat_gateway_in(self, gateway: str, state: str) -> dict:
        def there():
            found = self.ec2.describe_nat_gateways(NatGatewayIds=[gateway])["NatGateways"]
            return found[0] if found and found[0]["State"] == state else None

        return self.wait_for(f"{gateway} {state}", there, minutes=8)

    def group(self, name: str = "group") -> str:
        made = self.ec2.create_security_group(
            GroupName=name, Description="contract", VpcId=self.vpc)["GroupId"]
        self.clean_up(self.ec2.delete_security_group, GroupId=made)
        return made

    def filtered(self, call, key: str, **filters) -> list[dict]:
        return call(Filters=[{"Name": name.replace("_", "-"), "Values": [value]}
                             for name, value in filters.items()])[key]
