"""Kafka clusters as version 2 of the API tells them, and updates of them."""

from slipway_contract import behaviour

from .compute import ComputeTest

_V2 = "https://docs.aws.amazon.com/MSK/2.0/APIReference"
_V1 = "https://docs.aws.amazon.com/msk/1.0/apireference"
_COST = "three kafka.t3.small for an hour and a half"


class KafkaTest(ComputeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kafka, cls.cluster = cls.client("kafka"), cls.name("kafka")
        cls.arn = cls.kafka.create_cluster(
            ClusterName=cls.cluster, KafkaVersion="3.8.x", NumberOfBrokerNodes=3,
            Tags={"Contract": "yes"}, BrokerNodeGroupInfo={
                "InstanceType": "kafka.t3.small", "ClientSubnets": list(cls.subnets.values()),
                "StorageInfo": {"EbsStorageInfo": {"VolumeSize": 10}}})["ClusterArn"]
        cls.end(cls.kafka.delete_cluster, ClusterArn=cls.arn)

    def active(self) -> dict:
        def there():
            found = self.kafka.describe_cluster_v2(ClusterArn=self.arn)["ClusterInfo"]
            return found if found["State"] == "ACTIVE" else None

        return self.wait_for("the cluster", there, minutes=60)

    @behaviour(f"{_V2}/v2-clusters-clusterarn.html", cost=_COST)
    def test_as_version_2_tells_it(self):
        """Version 2 tells a provisioned cluster with its brokers and with its tags as they were given."""
        found = self.active()
        self.assertEqual(found["ClusterType"], "PROVISIONED")
        self.assertEqual(found["Tags"], {"Contract": "yes"})
        told = found["Provisioned"]
        self.assertEqual(told["NumberOfBrokerNodes"], 3)
        self.assertEqual(told["BrokerNodeGroupInfo"]["InstanceType"], "kafka.t3.small")
        self.assertEqual(told["CurrentBrokerSoftwareInfo"]["KafkaVersion"], "3.8.x")

    @behaviour(f"{_V1}/clusters-clusterarn-nodes-storage.html", cost=_COST)
    def test_storage_grows(self):
        """Storage of the brokers grows, by an operation that gives the cluster a new version, and never shrinks."""
        before = self.active()["CurrentVersion"]

        def grow(gigabytes: int, version: str):
            return self.kafka.update_broker_storage(
                ClusterArn=self.arn, CurrentVersion=version, TargetBrokerEBSVolumeInfo=[
                    {"KafkaBrokerNodeId": "All", "VolumeSizeGB": gigabytes}])

        self.refused("BadRequestException", lambda: grow(5, before))
        self.refused("BadRequestException", lambda: grow(20, "K0000000000000"))
        operation = grow(20, before)["ClusterOperationArn"]
        self.wait_for("the operation", lambda: self.kafka.describe_cluster_operation(
            ClusterOperationArn=operation)["ClusterOperationInfo"]["OperationState"]
            == "UPDATE_COMPLETE", minutes=60)
        found = self.active()
        self.assertNotEqual(found["CurrentVersion"], before)
        self.assertEqual(found["Provisioned"]["BrokerNodeGroupInfo"]["StorageInfo"][
            "EbsStorageInfo"]["VolumeSize"], 20)

    @behaviour(f"{_V2}/v2-clusters-clusterarn.html", cost="nothing")
    def test_unknown_cluster(self):
        """A cluster that is not there is not found."""
        self.refused("NotFoundException", self.kafka.describe_cluster_v2,
                     ClusterArn=self.arn.replace(self.cluster, "nowhere"))

    @behaviour("https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html", cost=_COST)
    def test_storage_is_a_scalable_target(self):
        """Storage of brokers is a target of Application Auto Scaling, with a policy that holds it below a share in use."""
        self.active()
        scaling = self.client("application-autoscaling")
        place = {"ServiceNamespace": "kafka", "ResourceId": self.arn,
                 "ScalableDimension": "kafka:broker-storage:VolumeSize"}
        policy = {**place, "PolicyName": self.name("grow"), "PolicyType": "TargetTrackingScaling",
                  "TargetTrackingScalingPolicyConfiguration": {
                      "TargetValue": 60.0, "DisableScaleIn": True, "PredefinedMetricSpecification": {
                          "PredefinedMetricType": "KafkaBrokerStorageUtilization"}}}
        self.refused("ObjectNotFoundException", scaling.put_scaling_policy, **policy)
        self.refused("ValidationException", scaling.register_scalable_target, **place,
                     MinCapacity=20, MaxCapacity=10)
        target = scaling.register_scalable_target(
            **place, MinCapacity=1, MaxCapacity=100, Tags={"Contract": "yes"})["ScalableTargetARN"]
        self.clean_up(scaling.deregister_scalable_target, **place)
        [told] = scaling.describe_scalable_targets(
            ServiceNamespace="kafka", ResourceIds=[self.arn])["ScalableTargets"]
        self.assertEqual((told["MinCapacity"], told["MaxCapacity"], told["ScalableTargetARN"]),
                         (1, 100, target))
        self.assertEqual(scaling.list_tags_for_resource(ResourceARN=target)["Tags"],
                         {"Contract": "yes"})
        scaling.register_scalable_target(**place, MaxCapacity=200)
        arn = scaling.put_scaling_policy(**policy)["PolicyARN"]
        self.assertEqual(scaling.put_scaling_policy(**policy)["PolicyARN"], arn)
        [kept] = scaling.describe_scaling_policies(**place)["ScalingPolicies"]
        self.assertEqual(kept["TargetTrackingScalingPolicyConfiguration"],
                         policy["TargetTrackingScalingPolicyConfiguration"])
        scaling.delete_scaling_policy(**place, PolicyName=policy["PolicyName"])
        self.refused("ObjectNotFoundException", scaling.delete_scaling_policy, **place,
                     PolicyName=policy["PolicyName"])
        scaling.put_scaling_policy(**policy)
        scaling.deregister_scalable_target(**place)
        self.assertEqual(scaling.describe_scaling_policies(**place)["ScalingPolicies"], [])
        self.refused("ObjectNotFoundException", scaling.deregister_scalable_target, **place)
