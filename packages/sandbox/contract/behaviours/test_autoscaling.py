"""Groups of instances: how many, where, and what replaces a lost one."""

from slipway_contract import behaviour

from .compute import ComputeTest

_GUIDE = "https://docs.aws.amazon.com/autoscaling/ec2/userguide"
_API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference"
_COST = "some t3.micro for some minutes"


class GroupTest(ComputeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.name("template")
        cls.ec2.create_launch_template(LaunchTemplateName=cls.template, LaunchTemplateData={
            "ImageId": cls.image(), "InstanceType": "t3.micro"})
        cls.end(cls.ec2.delete_launch_template, LaunchTemplateName=cls.template)

    def made(self, least: int = 0, most: int = 6, desired: int = 3, **more) -> str:
        name = self.name("group")
        self.scaling.create_auto_scaling_group(
            AutoScalingGroupName=name, MinSize=least, MaxSize=most, DesiredCapacity=desired,
            LaunchTemplate={"LaunchTemplateName": self.template, "Version": "$Latest"},
            VPCZoneIdentifier=",".join(self.subnets.values()), **more)
        self.addCleanup(self._gone, name)
        return name

    def _gone(self, name: str) -> None:
        found = self.scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])
        if found["AutoScalingGroups"] and not found["AutoScalingGroups"][0].get("Status"):
            self.scaling.delete_auto_scaling_group(AutoScalingGroupName=name, ForceDelete=True)
        self.wait_for(f"{name} gone", lambda: not self.scaling.describe_auto_scaling_groups(
            AutoScalingGroupNames=[name])["AutoScalingGroups"], minutes=10)

    def activities(self, name: str) -> list[dict]:
        return self.scaling.describe_scaling_activities(AutoScalingGroupName=name)["Activities"]


class CapacityTest(GroupTest):
    @behaviour(f"{_GUIDE}/auto-scaling-benefits.html", cost=_COST)
    def test_spread_over_zones(self):
        """A group's instances are real ones, spread evenly over its zones."""
        serving = self.settled(self.made(desired=3))
        self.assertEqual({i["AvailabilityZone"] for i in serving}, set(self.subnets))
        ids = [i["InstanceId"] for i in serving]
        found = [i for r in self.ec2.describe_instances(InstanceIds=ids)["Reservations"]
                 for i in r["Instances"]]
        for instance in found:
            zone = instance["Placement"]["AvailabilityZone"]
            self.assertEqual(instance["SubnetId"], self.subnets[zone])
            self.assertEqual(instance["State"]["Name"], "running")

    @behaviour(f"{_API}/API_SetDesiredCapacity.html", cost=_COST)
    def test_desired_capacity(self):
        """The desired capacity stays within the bounds, and a change of it is an activity that succeeds."""
        name = self.made(least=1, most=4, desired=1)
        before = {i["InstanceId"] for i in self.settled(name)}
        for desired in (0, 5):
            self.refused("ValidationError", self.scaling.set_desired_capacity,
                         AutoScalingGroupName=name, DesiredCapacity=desired)
        self.scaling.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=3)
        after = {i["InstanceId"] for i in self.settled(name)}
        self.assertTrue(before < after)
        started = [a for a in self.activities(name) if any(i in a["Description"] for i in after)]
        self.assertEqual({a["StatusCode"] for a in started}, {"Successful"})
        self.scaling.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=1)
        self.assertEqual(len(self.settled(name)), 1)

    @behaviour(f"{_API}/API_UpdateAutoScalingGroup.html", cost=_COST)
    def test_bounds(self):
        """New bounds move the desired capacity into them, and a desired capacity outside of them is refused."""
        name = self.made(least=0, most=4, desired=1)
        self.scaling.update_auto_scaling_group(AutoScalingGroupName=name, MinSize=2)
        self.assertEqual(self.group(name)["DesiredCapacity"], 2)
        self.scaling.update_auto_scaling_group(AutoScalingGroupName=name, MinSize=0, MaxSize=1)
        self.assertEqual(self.group(name)["DesiredCapacity"], 1)
        for wrong in ({"DesiredCapacity": 2}, {"MinSize": 3}):
            self.refused("ValidationError", self.scaling.update_auto_scaling_group,
                         AutoScalingGroupName=name, **wrong)
        self.assertEqual(self.group(name)["MaxSize"], 1)

    @behaviour(f"{_GUIDE}/as-suspend-resume-processes.html", cost=_COST)
    def test_suspended_launch(self):
        """A group whose Launch process is suspended starts nothing until it is resumed."""
        name = self.made(desired=0)
        self.scaling.suspend_processes(AutoScalingGroupName=name, ScalingProcesses=["Launch"])
        self.scaling.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=1)
        suspended = self.group(name)
        self.assertEqual([p["ProcessName"] for p in suspended["SuspendedProcesses"]], ["Launch"])
        self.assertEqual(suspended["Instances"], [])
        self.scaling.resume_processes(AutoScalingGroupName=name, ScalingProcesses=["Launch"])
        self.assertEqual(len(self.settled(name)), 1)

    @behaviour(f"{_API}/API_PutScalingPolicy.html", cost=_COST)
    def test_target_tracking_policy(self):
        """A target tracking policy is kept as it was put, and needs its group."""
        policy = {"PolicyName": "cpu", "PolicyType": "TargetTrackingScaling",
                  "TargetTrackingConfiguration": {
                      "PredefinedMetricSpecification": {
                          "PredefinedMetricType": "ASGAverageCPUUtilization"},
                      "TargetValue": 60.0, "DisableScaleIn": True}}
        self.refused("ValidationError", self.scaling.put_scaling_policy,
                     AutoScalingGroupName=self.name("none"), **policy)
        name = self.made(desired=0)
        arn = self.scaling.put_scaling_policy(AutoScalingGroupName=name, **policy)["PolicyARN"]
        [kept] = self.scaling.describe_policies(AutoScalingGroupName=name)["ScalingPolicies"]
        self.assertEqual(kept["PolicyARN"], arn)
        self.assertEqual(kept["TargetTrackingConfiguration"],
                         policy["TargetTrackingConfiguration"])

    @behaviour(f"{_API}/API_DeleteAutoScalingGroup.html", cost=_COST)
    def test_deletion(self):
        """A group with instances is deleted only by force, and its instances with it."""
        name = self.made(desired=1)
        [instance] = self.settled(name)
        self.refused("ResourceInUse", self.scaling.delete_auto_scaling_group,
                     AutoScalingGroupName=name)
        self.scaling.delete_auto_scaling_group(AutoScalingGroupName=name, ForceDelete=True)
        self.wait_for("the instance's end", lambda: self.ec2.describe_instances(
            InstanceIds=[instance["InstanceId"]])["Reservations"][0]["Instances"][0]["State"][
                "Name"] == "terminated", minutes=5)


class ReplacementTest(GroupTest):
    @behaviour(f"{_GUIDE}/ec2-auto-scaling-health-checks.html", cost=_COST)
    def test_terminated_instance(self):
        """An instance that somebody terminates is replaced."""
        name = self.made(desired=2)
        lost, kept = (i["InstanceId"] for i in self.settled(name))
        self.ec2.terminate_instances(InstanceIds=[lost])
        self.wait_for("a replacement", lambda: lost not in {
            i["InstanceId"] for i in self.group(name)["Instances"]}, minutes=10)
        self.assertIn(kept, {i["InstanceId"] for i in self.settled(name)})

    @behaviour(f"{_API}/API_SetInstanceHealth.html", cost=_COST)
    def test_unhealthy_instance(self):
        """An instance that is called unhealthy is terminated and replaced."""
        name = self.made(desired=1)
        [bad] = self.settled(name)
        self.scaling.set_instance_health(InstanceId=bad["InstanceId"], HealthStatus="Unhealthy",
                                         ShouldRespectGracePeriod=False)
        self.wait_for("a replacement", lambda: bad["InstanceId"] not in {
            i["InstanceId"] for i in self.group(name)["Instances"]}, minutes=10)
        self.settled(name)

    @behaviour(f"{_API}/API_TerminateInstanceInAutoScalingGroup.html", cost=_COST)
    def test_termination_with_less_capacity(self):
        """Terminating an instance of a group can lower its desired capacity, not below the minimum."""
        name = self.made(least=1, desired=2)
        first = self.settled(name)[0]["InstanceId"]
        activity = self.scaling.terminate_instance_in_auto_scaling_group(
            InstanceId=first, ShouldDecrementDesiredCapacity=True)["Activity"]
        self.assertIn(first, activity["Description"])
        [last] = self.settled(name)
        self.assertEqual(self.group(name)["DesiredCapacity"], 1)
        self.refused("ValidationError", self.scaling.terminate_instance_in_auto_scaling_group,
                     InstanceId=last["InstanceId"], ShouldDecrementDesiredCapacity=True)


class ZoneLossTest(GroupTest):
    @behaviour(f"{_GUIDE}/auto-scaling-benefits.html", sandbox_only=True, alone=True)
    def test_loss_of_a_zone(self):
        """A group replaces what a lost zone took by instances in its other zones, and spreads out again afterwards."""
        name = self.made(desired=3)
        self.settled(name)
        lost, *others = sorted(self.subnets)
        self.darken_zone(lost)
        ill = {s["InstanceId"] for s in self.ec2.describe_instance_status(Filters=[
            {"Name": "system-status.status", "Values": ["impaired"]}])["InstanceStatuses"]}
        self.assertTrue(ill)
        self.wait_for("the other zones to take over", lambda: len(self.serving(name)) == 3 and {
            i["AvailabilityZone"] for i in self.group(name)["Instances"]} == set(others),
            minutes=10)
        causes = [a["Cause"] for a in self.activities(name)]
        self.assertTrue(any("status checks failure" in c for c in causes), causes)
        self.refused("InsufficientInstanceCapacity", self.ec2.run_instances,
                     ImageId=self.image(), InstanceType="t3.micro", MinCount=1, MaxCount=1,
                     SubnetId=self.subnets[lost])
        self.lighten_zones()
        self.wait_for("the zone to be used again", lambda: {
            i["AvailabilityZone"] for i in self.serving(name)} == set(self.subnets), minutes=10)
