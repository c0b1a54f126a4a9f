"""Node groups and zones: by template, over restarts, in the dark."""

import json
import time
import unittest

from .support import ACCOUNT, Emulator, EmulatorTest

ROLE = f"arn:aws:iam::{ACCOUNT}:role/nodes"
ZONES = ("us-east-1a", "us-east-1b", "us-east-1c")


def network(ec2) -> list[str]:
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    return [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=zone)[
        "Subnet"]["SubnetId"] for n, zone in enumerate(ZONES)]


def nodegroup_template(subnets: list[str], desired: int) -> dict:
    return {"Resources": {"Nodes": {"Type": "AWS::EKS::Nodegroup", "Properties": {
        "ClusterName": "main", "NodegroupName": "nodes", "NodeRole": ROLE, "Subnets": subnets,
        "InstanceTypes": ["m5.large"],
        "ScalingConfig": {"MinSize": 1, "MaxSize": 6, "DesiredSize": desired}}}}}


def eventually(what, seconds: float = 15):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("It did not come to that")


class World:
    """A cluster, and looks at the instances behind its node group."""

    def __init__(self, emulator: Emulator):
        self.ec2, self.eks, self.scaling = (
            emulator.client(s) for s in ("ec2", "eks", "autoscaling"))

    def cluster(self) -> list[str]:
        subnets = network(self.ec2)
        self.eks.create_cluster(name="main", version="1.33", roleArn=ROLE,
                                resourcesVpcConfig={"subnetIds": subnets})
        eventually(lambda: self.eks.describe_cluster(name="main")["cluster"]["status"] == "ACTIVE")
        return subnets

    def nodegroup(self) -> dict:
        return self.eks.describe_nodegroup(clusterName="main", nodegroupName="nodes")["nodegroup"]

    def serving(self) -> list[str]:
        """Zones of the instances that serve."""
        [group] = self.nodegroup()["resources"]["autoScalingGroups"]
        [found] = self.scaling.describe_auto_scaling_groups(
            AutoScalingGroupNames=[group["name"]])["AutoScalingGroups"]
        return sorted(i["AvailabilityZone"] for i in found["Instances"]
                      if i["LifecycleState"] == "InService" and i["HealthStatus"] == "Healthy")


class TemplateTest(EmulatorTest):
    resource_seconds = 0.02

    def test_a_stack_changes_a_node_group_as_a_call_does(self):
        world = World(self.emulator)
        subnets = world.cluster()
        self.deploy("nodes", nodegroup_template(subnets, 3))
        eventually(lambda: world.serving() == list(ZONES))
        self.cloudformation.update_stack(
            StackName="nodes", TemplateBody=json.dumps(nodegroup_template(subnets, 5)))
        self.assertEqual(self.settled("nodes")["StackStatus"], "UPDATE_COMPLETE")
        self.assertEqual(world.nodegroup()["scalingConfig"]["desiredSize"], 5)
        eventually(lambda: len(world.serving()) == 5)
        [update] = world.eks.list_updates(name="main", nodegroupName="nodes")["updateIds"]
        found = world.eks.describe_update(name="main", nodegroupName="nodes", updateId=update)
        self.assertEqual(found["update"]["status"], "Successful")
        self.cloudformation.update_stack(
            StackName="nodes", TemplateBody=json.dumps(nodegroup_template(subnets, 9)))
        self.assertEqual(self.settled("nodes")["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
        self.assertEqual(world.nodegroup()["scalingConfig"]["desiredSize"], 5)
        self.assertEqual(self.destroy("nodes")["StackStatus"], "DELETE_COMPLETE")
        eventually(lambda: not world.scaling.describe_auto_scaling_groups()["AutoScalingGroups"])


class RestartTest(unittest.TestCase):
    def setUp(self):
        self.emulator = Emulator(resource_seconds=0.3)
        self.addCleanup(self.emulator.close)
        self.world = World(self.emulator)

    def restart(self):
        time.sleep(0.8)
        self.emulator.stop(kill=True)
        self.emulator.start()
        self.world = World(self.emulator)

    def test_an_update_and_a_dark_zone_go_on_after_a_kill(self):
        subnets = self.world.cluster()
        self.world.eks.create_nodegroup(
            clusterName="main", nodegroupName="nodes", nodeRole=ROLE, subnets=subnets,
            instanceTypes=["m5.large"],
            scalingConfig={"minSize": 1, "maxSize": 6, "desiredSize": 3})
        self.restart()
        eventually(lambda: self.world.nodegroup()["status"] == "ACTIVE")
        eventually(lambda: self.world.serving() == list(ZONES))
        update = self.world.eks.update_nodegroup_config(
            clusterName="main", nodegroupName="nodes",
            scalingConfig={"desiredSize": 4})["update"]["id"]
        self.emulator.control("POST", "darkness", {"regions": [], "zones": [ZONES[0]]})
        self.restart()
        self.assertEqual(self.emulator.control("GET", "darkness")["zones"], [ZONES[0]])
        eventually(lambda: self.world.eks.describe_update(
            name="main", nodegroupName="nodes", updateId=update)["update"][
                "status"] == "Successful")
        eventually(lambda: self.world.serving() == [ZONES[1], ZONES[1], ZONES[2], ZONES[2]])


class DarkTest(EmulatorTest):
    resource_seconds = 0.02

    def tearDown(self):
        super().tearDown()
        self.dark()

    def dark(self, *zones: str, regions=()):
        self.emulator.control("POST", "darkness", {"regions": list(regions), "zones": list(zones)})

    def test_what_stands_in_a_dark_zone_is_lost_until_there_is_light(self):
        ec2, elb = self.emulator.client("ec2"), self.emulator.client("elbv2")
        subnets = network(ec2)
        instances = [ec2.run_instances(
            ImageId="ami-0abcdef1234567890", InstanceType="t3.micro", MinCount=1, MaxCount=1,
            SubnetId=s)["Instances"][0] for s in subnets]
        self.assertEqual([i["Placement"]["AvailabilityZone"] for i in instances], list(ZONES))
        ids = [i["InstanceId"] for i in instances]
        balancer = elb.create_load_balancer(Name="lb", Subnets=subnets)["LoadBalancers"][0]
        target = elb.create_target_group(Name="web", Protocol="HTTP", Port=80,
                                         VpcId=instances[0]["VpcId"])["TargetGroups"][0]
        elb.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=[
                {"Type": "forward", "TargetGroupArn": target["TargetGroupArn"]}])
        elb.register_targets(TargetGroupArn=target["TargetGroupArn"],
                             Targets=[{"Id": i} for i in ids[:2]])

        def told():
            healths = elb.describe_target_health(
                TargetGroupArn=target["TargetGroupArn"])["TargetHealthDescriptions"]
            statuses = ec2.describe_instance_status(InstanceIds=ids)["InstanceStatuses"]
            [served] = [b for b in self.emulator.control("GET", "world")["balancers"]
                        if b["dnsName"] == balancer["DNSName"].lower()]
            return ([h["TargetHealth"]["State"] for h in healths],
                    [s["SystemStatus"]["Status"] for s in statuses], served["serves"])

        well = (["healthy"] * 2, ["ok"] * 3, True)
        self.assertEqual(told(), well)
        self.dark(ZONES[0])
        self.assertEqual(told(), (["unhealthy", "healthy"], ["impaired", "ok", "ok"], True))
        self.dark(*ZONES[:2])
        self.assertEqual(told(), (["unhealthy"] * 2, ["impaired", "impaired", "ok"], False))
        self.dark(regions=["us-east-1"])
        self.assertEqual(told(), (["unhealthy"] * 2, ["impaired"] * 3, False))
        self.dark()
        self.assertEqual(told(), well)


if __name__ == "__main__":
    unittest.main()
