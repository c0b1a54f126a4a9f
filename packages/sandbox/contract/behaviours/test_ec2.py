"""Networks: ranges, what holds what, gateways, finding things."""

from slipway_contract import behaviour

from .network import NetworkTest

_VPC = "https://docs.aws.amazon.com/vpc/latest/userguide"
_EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference"


class RangeTest(NetworkTest):
    @behaviour(f"{_VPC}/vpc-cidr-blocks.html")
    def test_range_of_a_vpc(self):
        """The range of a VPC is from a /16 to a /28."""
        for cidr in ("10.0.0.0/15", "10.0.0.0/29"):
            self.refused("InvalidVpc.Range", self.ec2.create_vpc, CidrBlock=cidr)

    @behaviour(f"{_VPC}/subnet-sizing.html")
    def test_range_of_a_subnet(self):
        """A subnet lies inside of its VPC, is from a /16 to a /28, and overlaps no other."""
        self.subnet("10.78.1.0/24")
        for cidr in ("10.79.0.0/24", "10.78.2.0/29"):
            self.refused("InvalidSubnet.Range", self.subnet, cidr=cidr)
        for cidr in ("10.78.1.0/24", "10.78.0.0/20", "10.78.1.128/25"):
            self.refused("InvalidSubnet.Conflict", self.subnet, cidr=cidr)

    @behaviour(f"{_VPC}/subnet-sizing.html")
    def test_addresses_of_a_subnet(self):
        """AWS keeps five addresses of each subnet."""
        self.assertEqual(self.subnet("10.78.3.0/28")["AvailableIpAddressCount"], 11)

    @behaviour(f"{_VPC}/subnet-sizing.html")
    def test_malformed_range(self):
        """What is no range is refused."""
        self.refused("InvalidParameterValue", self.subnet, cidr="10.78.1.0/33")

    @behaviour(f"{_EC2}/errors-overview.html")
    def test_unknown_network(self):
        """What is to lie in a VPC that does not exist is refused."""
        missing = "vpc-0123456789abcdef0"
        self.refused("InvalidVpcID.NotFound", self.ec2.create_subnet, VpcId=missing,
                     CidrBlock="10.78.1.0/24")
        self.refused("InvalidVpcID.NotFound", self.ec2.describe_vpcs, VpcIds=[missing])
        self.refused("InvalidVpcID.NotFound", self.ec2.delete_vpc, VpcId=missing)


class DependencyTest(NetworkTest):
    @behaviour(f"{_VPC}/delete-vpc.html")
    def test_vpc_with_a_subnet(self):
        """A VPC with a subnet in it is not deleted."""
        self.subnet()
        self.refused("DependencyViolation", self.ec2.delete_vpc, VpcId=self.vpc)

    @behaviour(f"{_VPC}/delete-vpc.html")
    def test_vpc_with_a_gateway(self):
        """A VPC with an internet gateway attached is not deleted, and neither is the gateway."""
        gateway = self.internet_gateway()
        self.refused("DependencyViolation", self.ec2.delete_vpc, VpcId=self.vpc)
        self.refused("DependencyViolation", self.ec2.delete_internet_gateway,
                     InternetGatewayId=gateway)

    @behaviour(f"{_VPC}/VPC_Internet_Gateway.html")
    def test_one_gateway(self):
        """A VPC has one internet gateway, and a gateway one VPC."""
        attached = self.internet_gateway()
        other = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.clean_up(self.ec2.delete_internet_gateway, InternetGatewayId=other)
        self.refused("InvalidParameterValue", self.ec2.attach_internet_gateway,
                     InternetGatewayId=other, VpcId=self.vpc)
        self.refused("Resource.AlreadyAssociated", self.ec2.attach_internet_gateway,
                     InternetGatewayId=attached, VpcId=self.vpc)

    @behaviour(f"{_VPC}/deleting-security-groups.html")
    def test_group_that_another_names(self):
        """A security group that a rule of another group names is not deleted."""
        one, two = self.group("one"), self.group("two")
        rule = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
                 "UserIdGroupPairs": [{"GroupId": one}]}]
        self.ec2.authorize_security_group_ingress(GroupId=two, IpPermissions=rule)
        self.clean_up(self.ec2.revoke_security_group_ingress, GroupId=two, IpPermissions=rule)
        self.refused("DependencyViolation", self.ec2.delete_security_group, GroupId=one)

    @behaviour(f"{_VPC}/deleting-security-groups.html")
    def test_default_group(self):
        """Each VPC has a default security group, which cannot be deleted."""
        groups = self.filtered(self.ec2.describe_security_groups, "SecurityGroups",
                               vpc_id=self.vpc, group_name="default")
        self.assertEqual(len(groups), 1)
        self.refused("CannotDelete", self.ec2.delete_security_group,
                     GroupId=groups[0]["GroupId"])

    @behaviour(f"{_VPC}/security-group-rules.html")
    def test_rule_twice(self):
        """The same rule a second time is refused, as is a second group of one name."""
        group = self.group()
        rule = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
                 "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]
        self.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule)
        self.refused("InvalidPermission.Duplicate", self.ec2.authorize_security_group_ingress,
                     GroupId=group, IpPermissions=rule)
        self.refused("InvalidGroup.Duplicate", self.group)

    @behaviour(f"{_VPC}/WorkWithRouteTables.html")
    def test_route_tables(self):
        """The main route table and one that a subnet uses are not deleted."""
        main = self.filtered(self.ec2.describe_route_tables, "RouteTables", vpc_id=self.vpc,
                             **{"association.main": "true"})
        self.assertEqual(len(main), 1)
        self.refused("DependencyViolation", self.ec2.delete_route_table,
                     RouteTableId=main[0]["RouteTableId"])
        table = self.ec2.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"]
        self.clean_up(self.ec2.delete_route_table, RouteTableId=table)
        used = self.ec2.associate_route_table(
            RouteTableId=table, SubnetId=self.subnet()["SubnetId"])["AssociationId"]
        self.refused("DependencyViolation", self.ec2.delete_route_table, RouteTableId=table)
        self.ec2.disassociate_route_table(AssociationId=used)

    @behaviour(f"{_EC2}/API_CreateRoute.html")
    def test_routes(self):
        """A route table has the VPC's local route, takes one route a destination, and none over a
        gateway that is not there."""
        table = self.ec2.create_route_table(VpcId=self.vpc)["RouteTable"]
        self.clean_up(self.ec2.delete_route_table, RouteTableId=table["RouteTableId"])
        self.assertEqual([(r["DestinationCidrBlock"], r["GatewayId"]) for r in table["Routes"]],
                         [("10.78.0.0/16", "local")])
        route = {"RouteTableId": table["RouteTableId"], "DestinationCidrBlock": "0.0.0.0/0"}
        self.refused("InvalidInternetGatewayID.NotFound", self.ec2.create_route,
                     GatewayId="igw-0123456789abcdef0", **route)
        gateway = self.internet_gateway()
        self.ec2.create_route(GatewayId=gateway, **route)
        self.clean_up(self.ec2.delete_route, **route)
        self.refused("RouteAlreadyExists", self.ec2.create_route, GatewayId=gateway, **route)


class NatGatewayTest(NetworkTest):
    @behaviour(f"{_VPC}/nat-gateway-troubleshooting.html",
               cost="a public NAT gateway and an address for some minutes")
    def test_life_of_a_nat_gateway(self):
        """A NAT gateway is pending before it is available, holds its subnet and its address, and
        is still seen as deleted."""
        self.internet_gateway()
        address = self.ec2.allocate_address(Domain="vpc")["AllocationId"]
        self.clean_up(self.ec2.release_address, AllocationId=address)
        subnet = self.subnet()["SubnetId"]
        made = self.ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
        self.assertEqual(made["State"], "pending")
        self.nat_gateway_in(made["NatGatewayId"], "available")
        self.refused("DependencyViolation", self.ec2.delete_subnet, SubnetId=subnet)
        self.refused("InvalidIPAddress.InUse", self.ec2.release_address, AllocationId=address)
        self.ec2.delete_nat_gateway(NatGatewayId=made["NatGatewayId"])
        gone = self.nat_gateway_in(made["NatGatewayId"], "deleted")
        self.assertIn("DeleteTime", gone)
        self.ec2.release_address(AllocationId=address)

    @behaviour(f"{_EC2}/API_CreateNatGateway.html", cost="a private NAT gateway for some minutes")
    def test_the_same_request(self):
        """The same request for a NAT gateway with the same client token makes one."""
        request = {"SubnetId": self.subnet()["SubnetId"], "ConnectivityType": "private",
                   "ClientToken": self.name("token")}
        made = self.nat_gateway(**request)
        again = self.ec2.create_nat_gateway(**request)["NatGateway"]["NatGatewayId"]
        self.assertEqual(again, made)
        self.nat_gateway_in(made, "available")

    @behaviour(f"{_EC2}/API_CreateNatGateway.html")
    def test_what_a_nat_gateway_needs(self):
        """A public NAT gateway needs an address, and any a subnet that exists."""
        self.refused("InvalidSubnetID.NotFound", self.ec2.create_nat_gateway,
                     SubnetId="subnet-0123456789abcdef0", ConnectivityType="private")
        self.refused("MissingParameter", self.ec2.create_nat_gateway,
                     SubnetId=self.subnet()["SubnetId"])


class AclTest(NetworkTest):
    @behaviour(f"{_VPC}/vpc-network-acls.html")
    def test_subnets_and_entries(self):
        """A subnet is with the default ACL until it is moved; entries are told by number, and one that has subnets stays."""
        subnet = self.subnet()["SubnetId"]

        def of_subnet() -> tuple[dict, str]:
            [acl] = self.ec2.describe_network_acls(Filters=[
                {"Name": "association.subnet-id", "Values": [subnet]}])["NetworkAcls"]
            [association] = [a["NetworkAclAssociationId"] for a in acl["Associations"]
                             if a["SubnetId"] == subnet]
            return acl, association

        default, association = of_subnet()
        self.assertTrue(default["IsDefault"])
        acl = self.ec2.create_network_acl(VpcId=self.vpc)["NetworkAcl"]["NetworkAclId"]
        self.clean_up(self.ec2.delete_network_acl, NetworkAclId=acl)
        entry = {"NetworkAclId": acl, "RuleNumber": 100, "Protocol": "6", "RuleAction": "allow",
                 "Egress": False, "CidrBlock": "10.78.0.0/16"}
        self.refused("MissingParameter", self.ec2.create_network_acl_entry, **entry)
        ports = {"PortRange": {"From": 5432, "To": 5432}}
        self.ec2.create_network_acl_entry(**entry, **ports)
        self.refused("NetworkAclEntryAlreadyExists", self.ec2.create_network_acl_entry, **entry,
                     **ports)
        [found] = self.ec2.describe_network_acls(NetworkAclIds=[acl], Filters=[
            {"Name": "entry.rule-number", "Values": ["100"]},
            {"Name": "entry.egress", "Values": ["false"]}])["NetworkAcls"]
        self.assertIn(ports["PortRange"], [e.get("PortRange") for e in found["Entries"]])
        self.ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=acl)
        moved, association = of_subnet()
        self.assertEqual(moved["NetworkAclId"], acl)
        self.refused("DependencyViolation", self.ec2.delete_network_acl, NetworkAclId=acl)
        self.ec2.replace_network_acl_association(
            AssociationId=association, NetworkAclId=default["NetworkAclId"])
        self.assertTrue(of_subnet()[0]["IsDefault"])


class FlowLogTest(NetworkTest):
    @behaviour(f"{_EC2}/API_CreateFlowLogs.html")
    def test_flow_log(self):
        """A flow log to CloudWatch Logs keeps its role, interval and tags, and has the usual format."""
        role = "arn:aws:iam::123456789012:role/contract-flow-logs"
        request = {
            "ResourceIds": [self.vpc], "ResourceType": "VPC", "TrafficType": "ALL",
            "LogGroupName": self.name("flow-logs"), "MaxAggregationInterval": 60,
            "TagSpecifications": [{"ResourceType": "vpc-flow-log",
                                   "Tags": [{"Key": "contract", "Value": "yes"}]}]}
        self.refused("MissingParameter", self.ec2.create_flow_logs, **request)
        made = self.ec2.create_flow_logs(**request, DeliverLogsPermissionArn=role)["FlowLogIds"]
        self.clean_up(self.ec2.delete_flow_logs, FlowLogIds=made)
        [found] = self.ec2.describe_flow_logs(FlowLogIds=made)["FlowLogs"]
        self.assertEqual(found["DeliverLogsPermissionArn"], role)
        self.assertEqual(found["MaxAggregationInterval"], 60)
        self.assertEqual(found["Tags"], [{"Key": "contract", "Value": "yes"}])
        self.assertTrue(found["LogFormat"].startswith("${version} ${account-id}"))


class GroupRuleTest(NetworkTest):
    @behaviour(f"{_EC2}/API_RevokeSecurityGroupEgress.html")
    def test_rule_of_all_protocols(self):
        """A new group lets everything out by one rule, which is revoked whatever ports are named with it."""
        group = self.group()

        def rules() -> list[dict]:
            return self.ec2.describe_security_group_rules(Filters=[
                {"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]

        self.assertEqual([(r["IsEgress"], r["IpProtocol"]) for r in rules()], [(True, "-1")])
        self.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{
            "IpProtocol": "-1", "FromPort": 0, "ToPort": 0,
            "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
        self.assertEqual(rules(), [])

    @behaviour("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html",
               cost="a t3.micro for some minutes")
    def test_instance_of_a_launch_template(self):
        """An instance takes type, groups and image of its launch template, and tells by tags which one it was."""
        group, subnet = self.group(), self.subnet()
        template = self.ec2.create_launch_template(
            LaunchTemplateName=self.name("template"), LaunchTemplateData={
                "ImageId": "resolve:ssm:/aws/service/ami-amazon-linux-latest/"
                           "al2023-ami-kernel-default-x86_64",
                "InstanceType": "t3.micro", "SecurityGroupIds": [group]})["LaunchTemplate"]
        self.clean_up(self.ec2.delete_launch_template,
                      LaunchTemplateId=template["LaunchTemplateId"])
        [made] = self.ec2.run_instances(
            MinCount=1, MaxCount=1, SubnetId=subnet["SubnetId"], LaunchTemplate={
                "LaunchTemplateId": template["LaunchTemplateId"], "Version": "1"})["Instances"]
        self.addCleanup(self._terminate, made["InstanceId"])
        [[found]] = [r["Instances"] for r in self.ec2.describe_instances(
            InstanceIds=[made["InstanceId"]])["Reservations"]]
        self.assertEqual(found["InstanceType"], "t3.micro")
        self.assertTrue(found["ImageId"].startswith("ami-"))
        self.assertEqual([g["GroupId"] for g in found["SecurityGroups"]], [group])
        self.assertEqual(found["Placement"]["AvailabilityZone"], subnet["AvailabilityZone"])
        tags = {t["Key"]: t["Value"] for t in found["Tags"]}
        self.assertEqual(tags["aws:ec2launchtemplate:id"], template["LaunchTemplateId"])

    def _terminate(self, instance: str) -> None:
        self.ec2.terminate_instances(InstanceIds=[instance])
        self.ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance])

    @behaviour(f"{_EC2}/API_MonitorInstances.html")
    def test_monitoring_of_no_instance(self):
        """Detailed monitoring of an instance that is not there is refused."""
        self.refused("InvalidInstanceID.NotFound", self.ec2.monitor_instances,
                     InstanceIds=["i-0123456789abcdef0"])


class FilterTest(NetworkTest):
    @behaviour(f"{_EC2}/API_DescribeSubnets.html")
    def test_subnets(self):
        """Subnets are found by VPC, zone, range and tag, where all filters must hold."""
        zones = self.ec2.describe_availability_zones(Filters=[
            {"Name": "zone-type", "Values": ["availability-zone"]},
            {"Name": "state", "Values": ["available"]}])["AvailabilityZones"]
        first, second = sorted(zone["ZoneName"] for zone in zones)[:2]
        tags = [{"ResourceType": "subnet", "Tags": [{"Key": "tier", "Value": "data"}]}]
        one = self.subnet("10.78.1.0/24", AvailabilityZone=first, TagSpecifications=tags)
        two = self.subnet("10.78.2.0/24", AvailabilityZone=second)
        find = lambda **filters: {s["SubnetId"] for s in self.filtered(
            self.ec2.describe_subnets, "Subnets", vpc_id=self.vpc, **filters)}
        self.assertEqual(find(), {one["SubnetId"], two["SubnetId"]})
        self.assertEqual(find(availability_zone=second), {two["SubnetId"]})
        self.assertEqual(find(cidr_block="10.78.1.0/24"), {one["SubnetId"]})
        self.assertEqual(find(**{"tag:tier": "data"}), {one["SubnetId"]})
        self.assertEqual(find(tag_key="tier"), {one["SubnetId"]})
        self.assertEqual(find(availability_zone=second, tag_key="tier"), set())

    @behaviour(f"{_EC2}/API_DescribeVpcs.html")
    def test_wildcards(self):
        """The values of a filter may hold an asterisk and a question mark."""
        name = self.name("wild")
        self.ec2.create_tags(Resources=[self.vpc], Tags=[{"Key": "Name", "Value": name}])
        for value in (f"{name[:-3]}*", f"{name[:-1]}?"):
            found = self.filtered(self.ec2.describe_vpcs, "Vpcs", **{"tag:Name": value})
            self.assertEqual([v["VpcId"] for v in found], [self.vpc], value)

    @behaviour(f"{_EC2}/errors-overview.html")
    def test_unknown_filter(self):
        """A filter that does not exist is refused."""
        for call in (self.ec2.describe_vpcs, self.ec2.describe_subnets,
                     self.ec2.describe_security_groups, self.ec2.describe_route_tables):
            self.refused("InvalidParameterValue", call,
                         Filters=[{"Name": "no-such-filter", "Values": ["x"]}])

    @behaviour(f"{_EC2}/API_DescribeRouteTables.html")
    def test_other_filters(self):
        """Gateways are found by the VPC they are attached to, route tables by the subnets that use
        them, network ACLs by whether they are the default."""
        gateway = self.internet_gateway()
        found = self.filtered(self.ec2.describe_internet_gateways, "InternetGateways",
                              **{"attachment.vpc-id": self.vpc})
        self.assertEqual([g["InternetGatewayId"] for g in found], [gateway])
        subnet = self.subnet()["SubnetId"]
        table = self.ec2.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"]
        self.clean_up(self.ec2.delete_route_table, RouteTableId=table)
        used = self.ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        self.clean_up(self.ec2.disassociate_route_table, AssociationId=used["AssociationId"])
        found = self.filtered(self.ec2.describe_route_tables, "RouteTables",
                              **{"association.subnet-id": subnet})
        self.assertEqual([t["RouteTableId"] for t in found], [table])
        found = self.filtered(self.ec2.describe_network_acls, "NetworkAcls", vpc_id=self.vpc,
                              default="true")
        self.assertEqual(len(found), 1)

    @behaviour("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html")
    def test_tags(self):
        """Tags given with the creation and afterwards are shown, and a tag that is deleted is
        not."""
        subnet = self.subnet(TagSpecifications=[{
            "ResourceType": "subnet", "Tags": [{"Key": "a", "Value": "1"}]}])["SubnetId"]
        self.ec2.create_tags(Resources=[subnet], Tags=[{"Key": "b", "Value": "2"}])
        shown = lambda: {t["Key"]: t["Value"] for t in self.ec2.describe_subnets(
            SubnetIds=[subnet])["Subnets"][0].get("Tags", [])}
        self.assertEqual(shown(), {"a": "1", "b": "2"})
        self.ec2.delete_tags(Resources=[subnet], Tags=[{"Key": "a"}])
        self.assertEqual(shown(), {"b": "2"})
