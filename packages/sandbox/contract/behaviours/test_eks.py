"""Clusters and node groups: what takes time, what is refused, where nodes stand."""

from slipway_contract import behaviour

from .compute import ComputeTest

_GUIDE = "https://docs.aws.amazon.com/eks/latest/userguide"
_API = "https://docs.aws.amazon.com/eks/latest/APIReference"
_COST = "a cluster and three t3.medium for an hour"
_VERSION, _NEXT, _AFTER_NEXT = "1.33", "1.34", "1.35"


class ClusterTest(ComputeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.eks, cls.cluster = cls.client("eks"), cls.name("cluster")
        cls.eks.create_cluster(
            name=cls.cluster, version=_VERSION,
            roleArn=cls.role("eks.amazonaws.com", "AmazonEKSClusterPolicy"),
            resourcesVpcConfig={"subnetIds": list(cls.subnets.values())})
        cls.addClassCleanup(cls._without_cluster)
        cls.eks.get_waiter("cluster_active").wait(
            name=cls.cluster, WaiterConfig=cls.patience())
        cls.nodes = cls.name("nodes")
        cls.eks.create_nodegroup(
            clusterName=cls.cluster, nodegroupName=cls.nodes, nodeRole=cls.node_role(),
            subnets=list(cls.subnets.values()), instanceTypes=["t3.medium"],
            scalingConfig={"minSize": 1, "maxSize": 5, "desiredSize": 3})
        cls.addClassCleanup(cls._without_nodes)
        cls.eks.get_waiter("nodegroup_active").wait(
            clusterName=cls.cluster, nodegroupName=cls.nodes, WaiterConfig=cls.patience())

    @classmethod
    def patience(cls) -> dict:
        return {"Delay": 1, "MaxAttempts": 1200}

    @classmethod
    def _without_nodes(cls):
        names = {"clusterName": cls.cluster, "nodegroupName": cls.nodes}
        cls.eks.delete_nodegroup(**names)
        cls.eks.get_waiter("nodegroup_deleted").wait(**names, WaiterConfig=cls.patience())

    @classmethod
    def _without_cluster(cls):
        cls.eks.delete_cluster(name=cls.cluster)
        cls.eks.get_waiter("cluster_deleted").wait(
            name=cls.cluster, WaiterConfig=cls.patience())

    def nodegroup(self) -> dict:
        return self.eks.describe_nodegroup(
            clusterName=self.cluster, nodegroupName=self.nodes)["nodegroup"]

    def configure(self, **changes) -> dict:
        return self.eks.update_nodegroup_config(
            clusterName=self.cluster, nodegroupName=self.nodes, **changes)["update"]

    def successful(self, update: dict, **names) -> dict:
        def there():
            found = self.eks.describe_update(
                name=self.cluster, updateId=update["id"], **names)["update"]
            self.assertIn(found["status"], ("InProgress", "Successful"), found["errors"])
            return found if found["status"] == "Successful" else None

        return self.wait_for(f"update {update['type']}", there, minutes=30)


class NodegroupTest(ClusterTest):
    @behaviour(f"{_GUIDE}/managed-node-groups.html", cost=_COST)
    def test_group_behind_it(self):
        """A node group's nodes are the instances of one Auto Scaling group, spread over its zones."""
        [group] = self.nodegroup()["resources"]["autoScalingGroups"]
        nodes = self.settled(group["name"])
        self.assertEqual({n["AvailabilityZone"] for n in nodes}, set(self.subnets))
        self.assertEqual({n["InstanceType"] for n in nodes}, {"t3.medium"})
        tags = {t["Key"]: t["Value"] for t in self.group(group["name"])["Tags"]}
        self.assertEqual(tags["eks:nodegroup-name"], self.nodes)

    @behaviour(f"{_API}/API_UpdateNodegroupConfig.html", cost=_COST)
    def test_update_takes_time(self):
        """A change of the scaling configuration is an update in progress at first, and reaches the Auto Scaling group."""
        update = self.configure(scalingConfig={"desiredSize": 4})
        self.assertEqual((update["status"], update["type"]), ("InProgress", "ConfigUpdate"))
        self.assertIn({"type": "DesiredSize", "value": "4"}, update["params"])
        self.assertEqual(self.nodegroup()["status"], "UPDATING")
        self.refused("ResourceInUseException", self.configure, scalingConfig={"desiredSize": 5})
        self.successful(update, nodegroupName=self.nodes)
        after = self.nodegroup()
        self.assertEqual(after["status"], "ACTIVE")
        self.assertEqual(after["scalingConfig"], {"minSize": 1, "maxSize": 5, "desiredSize": 4})
        [group] = after["resources"]["autoScalingGroups"]
        self.assertEqual(len(self.settled(group["name"])), 4)
        listed = self.eks.list_updates(name=self.cluster, nodegroupName=self.nodes)
        self.assertIn(update["id"], listed["updateIds"])

    @behaviour(f"{_API}/API_NodegroupScalingConfig.html", cost=_COST)
    def test_a_size_that_an_autoscaler_asked_for(self):
        """The desired size is the Auto Scaling group's, also where a cluster autoscaler has set it there."""
        before = self.nodegroup()
        [group] = before["resources"]["autoScalingGroups"]
        size = before["scalingConfig"]["desiredSize"]
        self.scaling.set_desired_capacity(
            AutoScalingGroupName=group["name"], DesiredCapacity=size - 1)
        self.wait_for("the desired size", lambda: self.nodegroup()["scalingConfig"] == {
            **before["scalingConfig"], "desiredSize": size - 1}, minutes=10)
        self.scaling.set_desired_capacity(AutoScalingGroupName=group["name"], DesiredCapacity=size)
        self.wait_for("the desired size", lambda: self.nodegroup()["scalingConfig"] ==
                      before["scalingConfig"], minutes=10)
        self.settled(group["name"])

    @behaviour(f"{_API}/API_NodegroupScalingConfig.html", cost=_COST)
    def test_bounds(self):
        """A desired size outside of the bounds, and bounds that contradict, are refused."""
        before = self.nodegroup()["scalingConfig"]
        for wrong in ({"desiredSize": 9}, {"minSize": 9}, {"desiredSize": 0}):
            self.refused("InvalidParameterException", self.configure, scalingConfig=wrong)
        self.assertEqual(self.nodegroup()["scalingConfig"], before)

    @behaviour(f"{_API}/API_UpdateNodegroupConfig.html", cost=_COST)
    def test_labels_and_taints(self):
        """Labels and taints are added, changed and removed by name."""
        self.successful(self.configure(
            labels={"addOrUpdateLabels": {"tier": "web", "gone": "soon"}},
            taints={"addOrUpdateTaints": [
                {"key": "only", "value": "web", "effect": "NO_SCHEDULE"}]}),
            nodegroupName=self.nodes)
        self.successful(self.configure(
            labels={"addOrUpdateLabels": {"tier": "api"}, "removeLabels": ["gone"]},
            taints={"removeTaints": [{"key": "only", "value": "web", "effect": "NO_SCHEDULE"}]}),
            nodegroupName=self.nodes)
        after = self.nodegroup()
        self.assertEqual(after["labels"], {"tier": "api"})
        self.assertFalse(after.get("taints"))

    @behaviour(f"{_API}/API_DeleteCluster.html", cost=_COST)
    def test_cluster_with_nodes(self):
        """A cluster that has node groups is not deleted."""
        self.refused("ResourceInUseException", self.eks.delete_cluster, name=self.cluster)

    @behaviour(f"{_API}/API_DescribeUpdate.html", cost=_COST)
    def test_unknown_names(self):
        """Updates, node groups and clusters that there are not are not found."""
        unknown = "00000000-0000-4000-8000-000000000000"
        for call, request in (
                (self.eks.describe_update, {"name": self.cluster, "updateId": unknown}),
                (self.eks.list_updates, {"name": self.name("none")}),
                (self.eks.update_nodegroup_config, {
                    "clusterName": self.cluster, "nodegroupName": "none", "labels": {
                        "removeLabels": ["a"]}})):
            self.refused("ResourceNotFoundException", call, **request)


class VersionTest(ClusterTest):
    @behaviour(f"{_GUIDE}/update-cluster.html", cost=_COST)
    def test_one_minor_version_at_a_time(self):
        """A cluster goes up by one minor version at a time, and its node group after it."""
        for wrong in (_VERSION, _AFTER_NEXT, "1.10"):
            self.refused("InvalidParameterException", self.eks.update_cluster_version,
                         name=self.cluster, version=wrong)
        self.refused("InvalidParameterException", self.eks.update_nodegroup_version,
                     clusterName=self.cluster, nodegroupName=self.nodes, version=_NEXT)
        update = self.eks.update_cluster_version(name=self.cluster, version=_NEXT)["update"]
        self.assertEqual(update["type"], "VersionUpdate")
        self.refused("ResourceInUseException", self.eks.update_cluster_version,
                     name=self.cluster, version=_NEXT)
        self.successful(update)
        self.assertEqual(self.eks.describe_cluster(name=self.cluster)["cluster"]["version"], _NEXT)
        self.assertEqual(self.nodegroup()["version"], _VERSION)
        [group] = self.nodegroup()["resources"]["autoScalingGroups"]
        old = {n["InstanceId"] for n in self.settled(group["name"])}
        self.successful(self.eks.update_nodegroup_version(
            clusterName=self.cluster, nodegroupName=self.nodes)["update"],
            nodegroupName=self.nodes)
        self.assertEqual(self.nodegroup()["version"], _NEXT)
        new = {n["InstanceId"] for n in self.settled(group["name"])}
        self.assertEqual((len(new), old & new), (3, set()))

    @behaviour(f"{_API}/API_UpdateClusterConfig.html", cost=_COST)
    def test_deletion_protection(self):
        """A cluster under deletion protection is not deleted."""
        protect = lambda on: self.successful(self.eks.update_cluster_config(
            name=self.cluster, deletionProtection=on)["update"])
        protect(True)
        cluster = self.eks.describe_cluster(name=self.cluster)["cluster"]
        self.assertIs(cluster["deletionProtection"], True)
        protect(False)


class ZoneLossTest(ClusterTest):
    @behaviour("https://docs.aws.amazon.com/eks/latest/best-practices/reliability.html",
               sandbox_only=True, alone=True)
    def test_loss_of_a_zone(self):
        """With a zone gone the control plane goes on, and the node group's nodes stand in the others."""
        lost, *others = sorted(self.subnets)
        [group] = self.nodegroup()["resources"]["autoScalingGroups"]
        self.settled(group["name"])
        self.darken_zone(lost)
        self.wait_for("nodes in the other zones", lambda: {
            i["AvailabilityZone"] for i in self.settled(group["name"])} == set(others), minutes=10)
        self.assertEqual(self.nodegroup()["status"], "ACTIVE")
        self.assertEqual(
            self.eks.describe_cluster(name=self.cluster)["cluster"]["status"], "ACTIVE")


class LaunchTemplateTest(ClusterTest):
    @behaviour(f"{_GUIDE}/launch-templates.html", cost=_COST)
    def test_node_group_of_a_template(self):
        """A node group of a launch template names it with its version, has no disk of its own, and takes another version."""
        template = self.ec2.create_launch_template(
            LaunchTemplateName=self.name("template"), LaunchTemplateData={
                "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 30}}]}
            )["LaunchTemplate"]
        self.clean_up(self.ec2.delete_launch_template,
                      LaunchTemplateId=template["LaunchTemplateId"])
        names = {"clusterName": self.cluster, "nodegroupName": self.name("templated")}
        request = {
            **names, "nodeRole": self.node_role(), "subnets": list(self.subnets.values()),
            "instanceTypes": ["t3.medium"],
            "scalingConfig": {"minSize": 1, "maxSize": 1, "desiredSize": 1}}
        self.refused("InvalidRequestException", self.eks.create_nodegroup, **request,
                     launchTemplate={"id": template["LaunchTemplateId"], "version": "7"})
        self.eks.create_nodegroup(
            **request, launchTemplate={"id": template["LaunchTemplateId"], "version": "1"})
        self.addCleanup(self._without, names)
        self.eks.get_waiter("nodegroup_active").wait(**names, WaiterConfig=self.patience())
        found = self.eks.describe_nodegroup(**names)["nodegroup"]
        self.assertEqual(found["launchTemplate"], {
            "id": template["LaunchTemplateId"], "name": template["LaunchTemplateName"],
            "version": "1"})
        self.assertNotIn("diskSize", found)
        self.ec2.create_launch_template_version(
            LaunchTemplateId=template["LaunchTemplateId"], SourceVersion="1",
            LaunchTemplateData={"BlockDeviceMappings": [
                {"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 40}}]})
        update = self.eks.update_nodegroup_version(
            **names, launchTemplate={"id": template["LaunchTemplateId"], "version": "2"})["update"]
        self.successful(update, nodegroupName=names["nodegroupName"])
        self.assertEqual(
            self.eks.describe_nodegroup(**names)["nodegroup"]["launchTemplate"]["version"], "2")

    def _without(self, names: dict) -> None:
        self.eks.delete_nodegroup(**names)
        self.eks.get_waiter("nodegroup_deleted").wait(**names, WaiterConfig=self.patience())
