"""Experiments: what they target, in which order, and how they end."""

import time

from slipway_contract import behaviour

from .compute import ComputeTest
from .test_s3_replication import ReplicationTest

_GUIDE = "https://docs.aws.amazon.com/fis/latest/userguide"
_API = "https://docs.aws.amazon.com/fis/latest/APIReference"
_COST = "some minutes of fault injection, a t3.micro"
_NONE = [{"source": "none"}]
_WAIT = {"actionId": "aws:fis:wait", "parameters": {"duration": "PT10M"}}


class ExperimentTest(ComputeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fis = cls.client("fis")
        cls.role_arn = cls.role("fis.amazonaws.com", "AmazonEC2FullAccess",
                                "CloudWatchReadOnlyAccess")

    def template(self, actions: dict, targets: dict | None = None, **more) -> str:
        made = self.fis.create_experiment_template(
            clientToken=self.name("token"), description="contract", roleArn=self.role_arn,
            **{"stopConditions": _NONE, **more}, actions=actions,
            targets=targets or {})["experimentTemplate"]["id"]
        self.clean_up(self.fis.delete_experiment_template, id=made)
        return made

    def started(self, template: str) -> str:
        made = self.fis.start_experiment(
            clientToken=self.name("token"), experimentTemplateId=template)["experiment"]["id"]
        self.clean_up(self.fis.stop_experiment, id=made)
        return made

    def experiment(self, experiment: str) -> dict:
        return self.fis.get_experiment(id=experiment)["experiment"]

    def comes_to(self, experiment: str, status: str) -> dict:
        def there():
            found = self.experiment(experiment)
            return found if found["state"]["status"] == status else None

        return self.wait_for(f"the experiment to be {status}", there, minutes=5)

    def statuses(self, experiment: dict) -> dict[str, str]:
        return {name: a["state"]["status"] for name, a in experiment["actions"].items()}

    def instance(self) -> str:
        made = self.ec2.run_instances(
            ImageId=self.image(), InstanceType="t3.micro", MinCount=1, MaxCount=1,
            SubnetId=next(iter(self.subnets.values())))["Instances"][0]["InstanceId"]
        self.clean_up(self.ec2.terminate_instances, InstanceIds=[made])
        self.comes_to_state(made, "running")
        return made

    def comes_to_state(self, instance: str, state: str) -> None:
        self.wait_for(f"the instance to be {state}", lambda: self.ec2.describe_instances(
            InstanceIds=[instance])["Reservations"][0]["Instances"][0]["State"]["Name"] == state,
            minutes=5)

    def arn(self, instance: str) -> str:
        account = self.client("sts").get_caller_identity()["Account"]
        return f"arn:aws:ec2:{self.region}:{account}:instance/{instance}"


class LifeTest(ExperimentTest):
    @behaviour(f"{_GUIDE}/stop-experiment.html", cost=_COST)
    def test_stopping(self):
        """Stopping an experiment stops what runs and cancels what waits for it."""
        experiment = self.started(self.template(
            {"first": _WAIT, "second": {**_WAIT, "startAfter": ["first"]}}))
        running = self.comes_to(experiment, "running")
        self.assertEqual(self.statuses(running), {"first": "running", "second": "pending"})
        self.fis.stop_experiment(id=experiment)
        stopped = self.comes_to(experiment, "stopped")
        self.assertEqual(self.statuses(stopped), {"first": "stopped", "second": "cancelled"})
        self.assertGreaterEqual(stopped["endTime"], stopped["startTime"])
        listed = self.fis.list_experiments(
            experimentTemplateId=stopped["experimentTemplateId"])["experiments"]
        self.assertEqual([(e["id"], e["state"]["status"]) for e in listed],
                         [(experiment, "stopped")])

    @behaviour(f"{_GUIDE}/stop-conditions.html", cost=_COST)
    def test_stop_condition(self):
        """An experiment stops when the alarm of its stop condition goes on."""
        cloudwatch, alarm = self.client("cloudwatch"), self.name("alarm")
        cloudwatch.put_metric_alarm(
            AlarmName=alarm, Namespace=self.name("metrics"), MetricName="m", Statistic="Sum",
            Period=60, EvaluationPeriods=1, Threshold=1, TreatMissingData="ignore",
            ComparisonOperator="GreaterThanThreshold")
        self.clean_up(cloudwatch.delete_alarms, AlarmNames=[alarm])
        [found] = cloudwatch.describe_alarms(AlarmNames=[alarm])["MetricAlarms"]
        experiment = self.started(self.template({"wait": _WAIT}, stopConditions=[
            {"source": "aws:cloudwatch:alarm", "value": found["AlarmArn"]}]))
        self.comes_to(experiment, "running")
        cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="contract")
        self.assertEqual(self.statuses(self.comes_to(experiment, "stopped")), {"wait": "stopped"})

    @behaviour(f"{_API}/API_StartExperiment.html", cost=_COST)
    def test_client_token(self):
        """The same token again starts nothing new."""
        template = self.template({"wait": _WAIT})
        token = self.name("token")
        first, second = (self.fis.start_experiment(
            clientToken=token, experimentTemplateId=template)["experiment"]["id"]
            for _ in range(2))
        self.clean_up(self.fis.stop_experiment, id=first)
        self.assertEqual(first, second)

    @behaviour(f"{_API}/API_CreateExperimentTemplate.html")
    def test_refusals(self):
        """Actions that there are not, without what they need or in a circle are refused."""
        for actions in (
                {"a": {"actionId": "aws:none:such", "parameters": {}}},
                {"a": {"actionId": "aws:fis:wait"}},
                {"a": {**_WAIT, "startAfter": ["b"]}},
                {"a": {**_WAIT, "startAfter": ["b"]}, "b": {**_WAIT, "startAfter": ["a"]}},
                {"a": {"actionId": "aws:ec2:terminate-instances",
                       "targets": {"Instances": "none"}}}):
            self.refused("ValidationException", self.template, actions=actions)
        self.refused("ResourceNotFoundException", self.fis.get_experiment,
                     id="EXP000000000000000")
        self.refused("ResourceNotFoundException", self.fis.start_experiment,
                     clientToken="t", experimentTemplateId="EXT000000000000000")


class TargetTest(ExperimentTest):
    @behaviour(f"{_GUIDE}/targets.html", cost=_COST)
    def test_no_target(self):
        """An experiment whose target is nothing that exists fails."""
        experiment = self.started(self.template(
            {"end": {"actionId": "aws:ec2:terminate-instances", "targets": {"Instances": "i"}}},
            {"i": {"resourceType": "aws:ec2:instance", "selectionMode": "ALL",
                   "resourceTags": {self.name("tag"): "none"}}}))
        self.assertEqual(self.statuses(self.comes_to(experiment, "failed")), {"end": "cancelled"})

    @behaviour(f"{_GUIDE}/fis-actions-reference.html", cost=_COST)
    def test_stopped_instances(self):
        """Instances that an experiment stops are started again when it is stopped."""
        instance = self.instance()
        experiment = self.started(self.template(
            {"stop": {"actionId": "aws:ec2:stop-instances", "targets": {"Instances": "i"},
                      "parameters": {"startInstancesAfterDuration": "PT10M"}}},
            {"i": {"resourceType": "aws:ec2:instance", "selectionMode": "ALL",
                   "resourceArns": [self.arn(instance)]}}))
        self.comes_to_state(instance, "stopped")
        [target] = self.fis.list_experiment_resolved_targets(
            experimentId=experiment)["resolvedTargets"]
        self.assertEqual(target["targetName"], "i")
        self.assertIn(self.arn(instance), target["targetInformation"].values())
        self.fis.stop_experiment(id=experiment)
        self.comes_to(experiment, "stopped")
        self.comes_to_state(instance, "running")

    @behaviour(f"{_GUIDE}/fis-actions-reference.html", cost=_COST)
    def test_terminated_instances(self):
        """An action without a duration completes once it is done, and its experiment with it."""
        instance = self.instance()
        experiment = self.started(self.template(
            {"end": {"actionId": "aws:ec2:terminate-instances", "targets": {"Instances": "i"}}},
            {"i": {"resourceType": "aws:ec2:instance", "selectionMode": "ALL",
                   "resourceArns": [self.arn(instance)]}}))
        self.assertEqual(self.statuses(self.comes_to(experiment, "completed")),
                         {"end": "completed"})
        self.comes_to_state(instance, "terminated")


class ConnectivityTest(ExperimentTest):
    @behaviour(f"{_GUIDE}/fis-actions-reference.html", sandbox_only=True, alone=True)
    def test_zone_without_connectivity(self):
        """Cutting off the subnets of a zone takes what stands in it, the zone's calls go on, and the end gives it back."""
        instance = self.instance()
        experiment = self.started(self.template(
            {"cut": {"actionId": "aws:network:disrupt-connectivity",
                     "targets": {"Subnets": "zone"},
                     "parameters": {"duration": "PT10M", "scope": "all"}}},
            {"zone": {"resourceType": "aws:ec2:subnet", "selectionMode": "ALL",
                      "resourceTags": {self.label: "a"}}}))
        self.comes_to(experiment, "running")
        health = lambda: self.ec2.describe_instance_status(InstanceIds=[instance])[
            "InstanceStatuses"][0]["SystemStatus"]["Status"]
        self.wait_for("the loss to be seen", lambda: health() == "impaired", minutes=5)
        self.assertEqual(self.sandbox.ask("GET", "darkness")["zones"], [f"{self.region}a"])
        self.fis.stop_experiment(id=experiment)
        self.comes_to(experiment, "stopped")
        self.wait_for("the zone to be back", lambda: health() == "ok", minutes=5)

    @behaviour(f"{_GUIDE}/fis-actions-reference.html", sandbox_only=True, alone=True)
    def test_order_and_time(self):
        """An action that starts after another begins when that one's time is over, and faults end by themselves."""
        short = {"duration": "PT1S"}
        experiment = self.started(self.template(
            {"cut": {"actionId": "aws:network:disrupt-connectivity",
                     "targets": {"Subnets": "zone"}, "parameters": {**short, "scope": "all"}},
             "wait": {"actionId": "aws:fis:wait", "parameters": short, "startAfter": ["cut"]}},
            {"zone": {"resourceType": "aws:ec2:subnet", "selectionMode": "COUNT(1)",
                      "resourceTags": {self.label: "b"}}}))
        began = time.monotonic()
        done = self.comes_to(experiment, "completed")
        self.assertGreaterEqual(time.monotonic() - began, 1.8)
        cut, wait = done["actions"]["cut"], done["actions"]["wait"]
        self.assertGreaterEqual(wait["startTime"], cut["endTime"])
        self.assertEqual(self.sandbox.ask("GET", "darkness")["zones"], [])

    @behaviour(f"{_GUIDE}/fis-actions-reference.html", sandbox_only=True, alone=True)
    def test_api_errors(self):
        """Injected errors hit the operations that they name, and no others."""
        experiment = self.started(self.template(
            {"throttle": {"actionId": "aws:fis:inject-api-throttle-error",
                          "targets": {"Roles": "role"}, "parameters": {
                              "duration": "PT10M", "service": "ec2",
                              "operations": "DescribeVolumes", "percentage": "100"}}},
            {"role": {"resourceType": "aws:iam:role", "selectionMode": "ALL",
                      "resourceArns": [self.role_arn]}}))
        self.comes_to(experiment, "running")
        self.refused("RequestLimitExceeded", self.ec2.describe_volumes)
        self.ec2.describe_vpcs()
        self.fis.stop_experiment(id=experiment)
        self.comes_to(experiment, "stopped")
        self.ec2.describe_volumes()


class ReplicationPauseTest(ReplicationTest):
    @behaviour(f"{_GUIDE}/fis-actions-reference.html", sandbox_only=True)
    def test_paused_replication(self):
        """While its replication is paused nothing of a bucket is copied, and what was written meanwhile is copied afterwards."""
        fis = self.client("fis")
        self.replicate()
        tag = self.name("tag")
        self.s3.put_bucket_tagging(Bucket=self.source, Tagging={
            "TagSet": [{"Key": tag, "Value": "source"}]})
        template = fis.create_experiment_template(
            clientToken=self.name("token"), description="contract", stopConditions=_NONE,
            roleArn=self.role, targets={"source": {
                "resourceType": "aws:s3:bucket", "selectionMode": "ALL",
                "resourceTags": {tag: "source"}}},
            actions={"pause": {
                "actionId": "aws:s3:bucket-pause-replication", "targets": {"Buckets": "source"},
                "parameters": {"duration": "PT10M", "region": self.second_region}}},
        )["experimentTemplate"]["id"]
        self.clean_up(fis.delete_experiment_template, id=template)
        experiment = fis.start_experiment(
            clientToken=self.name("token"), experimentTemplateId=template)["experiment"]["id"]
        self.clean_up(fis.stop_experiment, id=experiment)
        state = lambda: fis.get_experiment(id=experiment)["experiment"]["state"]["status"]
        self.wait_for("the pause", lambda: state() == "running")
        self.s3.put_object(Bucket=self.source, Key="a", Body=b"one")
        copied = lambda: self.s3.head_object(Bucket=self.source, Key="a")["ReplicationStatus"]
        time.sleep(3)
        self.assertEqual(copied(), "PENDING")
        fis.stop_experiment(id=experiment)
        self.wait_for("the copy", lambda: copied() == "COMPLETED")
