"""Networks, machines, and the way in."""

from typing import Iterator

from .reading import ENVIRONMENT_TAG, Reading, Resource, name_of


class EdgeReading(Reading):
    def _network(self) -> Iterator[Resource]:
        ec2 = self._client("ec2")
        mine = [{"Name": f"tag:{ENVIRONMENT_TAG}", "Values": [self.environment_id]}]
        vpcs = ec2.describe_vpcs(Filters=mine)["Vpcs"]
        if not vpcs:
            return
        [vpc] = vpcs
        within = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
        dns = {a: ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute=a)[a[0].upper() + a[1:]][
            "Value"] for a in ("enableDnsSupport", "enableDnsHostnames")}
        yield Resource("VPC", "vpc", {**vpc, **dns}, [vpc["VpcId"]])
        for each in ec2.describe_subnets(Filters=within)["Subnets"]:
            yield Resource("Subnet", name_of(each), each, [each["SubnetId"]])
        for each in ec2.describe_route_tables(Filters=within)["RouteTables"]:
            if not any(a.get("Main") for a in each["Associations"]):
                yield Resource("RouteTable", name_of(each), each, [each["RouteTableId"]])
        for each in ec2.describe_internet_gateways(Filters=[
                {"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}])["InternetGateways"]:
            yield Resource("InternetGateway", "internet", each, [each["InternetGatewayId"]])
        for each in ec2.describe_nat_gateways(Filter=within)["NatGateways"]:
            if each["State"] == "available":
                yield Resource("NatGateway", name_of(each), each, [each["NatGatewayId"]])
        for each in ec2.describe_addresses(Filters=mine)["Addresses"]:
            yield Resource("EIP", name_of(each), each, [each["AllocationId"], each["PublicIp"]])
        for each in ec2.describe_vpc_endpoints(Filters=within)["VpcEndpoints"]:
            yield Resource("VPCEndpoint", each["ServiceName"], each, [each["VpcEndpointId"]])
        for each in ec2.describe_network_acls(Filters=within)["NetworkAcls"]:
            if not each["IsDefault"]:
                yield Resource("NetworkAcl", name_of(each), each, [each["NetworkAclId"]])
        for each in ec2.describe_flow_logs(Filters=[
                {"Name": "resource-id", "Values": [vpc["VpcId"]]}])["FlowLogs"]:
            yield Resource("FlowLog", "vpc", each, [each["FlowLogId"]])
        rules = [r for r in ec2.describe_security_group_rules()["SecurityGroupRules"]]
        for each in ec2.describe_security_groups(Filters=within)["SecurityGroups"]:
            if each["GroupName"] == "default":
                continue
            own = [{k: v for k, v in r.items() if k not in (
                "SecurityGroupRuleId", "SecurityGroupRuleArn", "GroupOwnerId", "Tags")}
                for r in rules if r["GroupId"] == each["GroupId"]]
            shown = {k: v for k, v in each.items() if not k.startswith("IpPermissions")}
            key = "eks" if each["GroupName"].startswith("eks-cluster-sg") else each["Description"]
            yield Resource("SecurityGroup", key, {**shown, "Rules": own},
                           [each["GroupId"], each["GroupName"]])

    def _machines(self) -> Iterator[Resource]:
        ec2 = self._client("ec2")
        for each in ec2.describe_launch_templates()["LaunchTemplates"]:
            if not self._mine(each.get("Tags")):
                continue
            [version] = ec2.describe_launch_template_versions(
                LaunchTemplateId=each["LaunchTemplateId"], Versions=["$Latest"])[
                "LaunchTemplateVersions"]
            yield Resource(
                "LaunchTemplate", name_of(each), {**version["LaunchTemplateData"],
                                                "Tags": each.get("Tags")},
                [each["LaunchTemplateId"], each["LaunchTemplateName"]])
        for reservation in ec2.describe_instances(Filters=[
                {"Name": f"tag:{ENVIRONMENT_TAG}", "Values": [self.environment_id]}])[
                "Reservations"]:
            for each in reservation["Instances"]:
                name = name_of(each)
                if "bastion" in name and each["State"]["Name"] == "running":
                    yield Resource("Instance", name, {
                        n: each.get(n) for n in ("InstanceType", "SubnetId", "Monitoring",
                                                 "SecurityGroups", "Tags")}
                        | {"Profile": each.get("IamInstanceProfile", {}).get("Arn")},
                        [each["InstanceId"]])

    def _balancers(self) -> Iterator[Resource]:
        elb = self._client("elbv2")
        balancers = elb.describe_load_balancers()["LoadBalancers"]
        tags = {}
        groups = elb.describe_target_groups()["TargetGroups"]
        arns = [b["LoadBalancerArn"] for b in balancers] + [g["TargetGroupArn"] for g in groups]
        for arn in arns:
            [told] = elb.describe_tags(ResourceArns=[arn])["TagDescriptions"]
            tags[arn] = told["Tags"]
        for each in balancers:
            arn = each["LoadBalancerArn"]
            if not self._mine(tags[arn]):
                continue
            attributes = elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
            yield Resource("LoadBalancer", "edge", {
                **each, "Tags": tags[arn],
                "Attributes": {a["Key"]: a["Value"] for a in attributes}},
                [arn, each["DNSName"], each["LoadBalancerName"], arn.split("loadbalancer/")[1]])
            for listener in elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]:
                yield Resource("Listener", str(listener["Port"]), listener,
                               [listener["ListenerArn"]])
        for each in groups:
            arn = each["TargetGroupArn"]
            if self._mine(tags[arn]):
                attributes = elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
                yield Resource("TargetGroup", "edge", {
                    **each, "Tags": tags[arn],
                    "Attributes": {a["Key"]: a["Value"] for a in attributes}},
                    [arn, each["TargetGroupName"], arn.split(":")[-1]])

    def _firewall(self) -> Iterator[Resource]:
        waf = self._client("wafv2")
        for each in waf.list_web_acls(Scope="REGIONAL")["WebACLs"]:
            if each["Name"].startswith(self.name):
                told = waf.get_web_acl(Name=each["Name"], Scope="REGIONAL", Id=each["Id"])["WebACL"]
                yield Resource("WebACL", "firewall", told, [each["ARN"], each["Id"], each["Name"]])

    def _distributions(self) -> Iterator[Resource]:
        cloudfront = self._client("cloudfront")
        for each in cloudfront.list_distributions()["DistributionList"].get("Items", []):
            if each["Comment"] == f"Edge of {self.name}":
                told = cloudfront.get_distribution_config(Id=each["Id"])["DistributionConfig"]
                yield Resource("Distribution", "edge", told, [each["Id"], each["DomainName"]])
