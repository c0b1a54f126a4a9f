"""Databases: work goes on after a kill, zones and regions go dark, lag shows, templates make them."""

import json
import tempfile
import time
import unittest
from datetime import datetime, timedelta, timezone

from botocore.exceptions import ClientError

from tests.support import Emulator, EmulatorTest, eventually
from tests.templates import attribute, ref, resource

POSTGRES = {"Engine": "postgres", "EngineVersion": "17", "DBInstanceClass": "db.r6g.large",
            "AllocatedStorage": 100, "MasterUsername": "portal", "BackupRetentionPeriod": 7,
            "MasterUserPassword": "long-enough-1"}
AURORA = {"Engine": "aurora-postgresql", "EngineVersion": "17"}
SECOND = "us-west-2"


class Databases:
    """What the tests ask of RDS."""

    emulator: Emulator

    def rds(self, region: str = "us-east-1"):
        return self.emulator.client("rds", region)

    def instance(self, name: str, region: str = "us-east-1") -> dict:
        return self.rds(region).describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]

    def cluster(self, name: str, region: str = "us-east-1") -> dict:
        return self.rds(region).describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]

    def writer(self, name: str, region: str = "us-east-1") -> list[str]:
        return [m["DBInstanceIdentifier"] for m in self.cluster(name, region)["DBClusterMembers"]
                if m["IsClusterWriter"]]

    def events(self, name: str, kind: str = "db-instance") -> list[str]:
        return [e["Message"] for e in self.rds().describe_events(
            SourceIdentifier=name, SourceType=kind)["Events"]]

    def available(self, name: str, region: str = "us-east-1") -> dict:
        return eventually(lambda: (found := self.instance(name, region))["DBInstanceStatus"]
                         == "available" and found)

    def refused(self, call, **request) -> str:
        with self.assertRaises(ClientError) as caught:
            call(**request)
        return caught.exception.response["Error"]["Code"]

    def dark(self, regions=(), zones=()):
        self.emulator.control("POST", "darkness", {"regions": list(regions), "zones": list(zones)})

    def global_database(self, name: str) -> tuple[str, str]:
        """Two instances in the first region, one in the second; the ARNs of both clusters."""
        east, west = self.rds(), self.rds(SECOND)
        first, second = f"{name}-1", f"{name}-2"
        east.create_db_cluster(DBClusterIdentifier=first, MasterUsername="portal",
                               MasterUserPassword="long-enough-1", **AURORA)
        for letter in "ab":
            east.create_db_instance(DBInstanceIdentifier=f"{first}{letter}", Engine=AURORA["Engine"],
                                    DBClusterIdentifier=first, DBInstanceClass="db.r6g.large")
        eventually(lambda: self.cluster(first)["Status"] == "available")
        east.create_global_cluster(GlobalClusterIdentifier=name, SourceDBClusterIdentifier=self
                                   .cluster(first)["DBClusterArn"])
        west.create_db_cluster(DBClusterIdentifier=second, GlobalClusterIdentifier=name, **AURORA)
        west.create_db_instance(DBInstanceIdentifier=f"{second}a", Engine=AURORA["Engine"],
                                DBClusterIdentifier=second, DBInstanceClass="db.r6g.large")
        for letter in "ab":
            self.available(f"{first}{letter}")
        self.available(f"{second}a", SECOND)
        return self.cluster(first)["DBClusterArn"], self.cluster(second, SECOND)["DBClusterArn"]


class DatabasesTest(Databases, EmulatorTest):
    resource_seconds = 0.02

    def tearDown(self):
        self.dark()
        for kind in ("rds", "aurora"):
            self.emulator.control("POST", "lag", {"kind": kind, "seconds": None})
        super().tearDown()

    def lag(self, region: str, name: str, since: datetime | None = None,
            **dimensions) -> list[float]:
        now = datetime.now(timezone.utc)
        return [p["Average"] for p in self.emulator.client(
            "cloudwatch", region).get_metric_statistics(
                Namespace="AWS/RDS", MetricName=name, Period=60, Statistics=["Average"],
                StartTime=since or now - timedelta(minutes=5), EndTime=now,
                Dimensions=[{"Name": k, "Value": v} for k, v in dimensions.items()])["Datapoints"]]

    def test_a_dark_zone_moves_what_has_a_standby(self):
        rds = self.rds()
        rds.create_db_instance(DBInstanceIdentifier="standby", MultiAZ=True, **POSTGRES)
        rds.create_db_instance(DBInstanceIdentifier="alone", **POSTGRES)
        self.global_database("zoned")
        before, alone = self.available("standby"), self.available("alone")
        zone = before["AvailabilityZone"]
        self.assertEqual((self.writer("zoned-1"), alone["AvailabilityZone"]),
                         (["zoned-1a"], zone))
        self.dark(zones=[zone])
        # A point stands for its whole minute: the first that knows of the dark is this minute's.
        since = datetime.now(timezone.utc).replace(second=0, microsecond=0)
        moved = eventually(lambda: (found := self.instance("standby"))["AvailabilityZone"] != zone
                          and found)
        self.assertEqual((moved["AvailabilityZone"], moved["SecondaryAvailabilityZone"]),
                         (before["SecondaryAvailabilityZone"], zone))
        self.assertEqual(self.events("standby")[-2:], ["Multi-AZ instance failover started.",
                                                       "Multi-AZ instance failover completed"])
        eventually(lambda: self.writer("zoned-1") == ["zoned-1b"])
        self.assertIn("Completed failover to DB instance: zoned-1b",
                      self.events("zoned-1", "db-cluster"))
        for call, request in (
                (rds.reboot_db_instance, {"DBInstanceIdentifier": "standby",
                                          "ForceFailover": True}),
                (rds.failover_db_cluster, {"DBClusterIdentifier": "zoned-1",
                                           "TargetDBInstanceIdentifier": "zoned-1a"})):
            self.available("standby")
            eventually(lambda: self.cluster("zoned-1")["Status"] == "available")
            self.assertEqual(self.refused(call, **request), "InvalidDBInstanceState")
        alone = self.instance("alone")
        self.assertEqual((alone["AvailabilityZone"], alone["DBInstanceStatus"]),
                         (zone, "available"))
        self.assertNotEqual(self.lag("us-east-1", "CPUUtilization", since,
                                     DBInstanceIdentifier="standby"), [])
        self.assertEqual(self.lag("us-east-1", "CPUUtilization", since,
                                  DBInstanceIdentifier="alone"), [])

    def test_a_writer_that_was_busy_when_its_zone_went_dark_is_replaced_then(self):
        rds = self.rds()
        rds.create_db_cluster(DBClusterIdentifier="busy", MasterUsername="portal",
                              MasterUserPassword="long-enough-1", **AURORA)
        for letter in "ab":
            rds.create_db_instance(
                DBInstanceIdentifier=f"busy-{letter}", Engine=AURORA["Engine"],
                AvailabilityZone=f"us-east-1{letter}", DBClusterIdentifier="busy",
                DBInstanceClass="db.r6g.large")
        for letter in "ab":
            self.available(f"busy-{letter}")
        self.assertEqual(self.writer("busy"), ["busy-a"])
        rds.modify_db_cluster(DBClusterIdentifier="busy", BackupRetentionPeriod=3,
                              ApplyImmediately=True)
        self.dark(zones=["us-east-1a"])
        eventually(lambda: self.writer("busy") == ["busy-b"])

    def test_changes_one_upon_another_are_all_made(self):
        rds = self.rds()
        rds.create_db_instance(DBInstanceIdentifier="changed", **POSTGRES)
        self.available("changed")
        for turn in range(10):
            # RDS takes a second change until the first one shows, some seconds later on AWS.
            wanted = 110 + 10 * turn
            kind = "db.r6g.large" if turn % 2 else "db.r6g.xlarge"
            rds.modify_db_instance(DBInstanceIdentifier="changed", AllocatedStorage=wanted,
                                   ApplyImmediately=True)
            try:
                rds.modify_db_instance(DBInstanceIdentifier="changed", DBInstanceClass=kind,
                                       ApplyImmediately=True)
            except ClientError as error:
                self.assertEqual(error.response["Error"]["Code"], "InvalidDBInstanceState")
                kind = self.instance("changed")["DBInstanceClass"]
            eventually(lambda: (found := self.available("changed"))["AllocatedStorage"] == wanted
                       and found["DBInstanceClass"] == kind
                       and not found["PendingModifiedValues"])

    def test_an_instance_that_is_deleted_goes_while_its_cluster_stops(self):
        rds = self.rds()
        rds.create_db_cluster(DBClusterIdentifier="stopped", MasterUsername="portal",
                              MasterUserPassword="long-enough-1", **AURORA)
        for letter in "ab":
            rds.create_db_instance(
                DBInstanceIdentifier=f"stopped-{letter}", Engine=AURORA["Engine"],
                DBClusterIdentifier="stopped", DBInstanceClass="db.r6g.large")
        for letter in "ab":
            self.available(f"stopped-{letter}")
        rds.delete_db_instance(DBInstanceIdentifier="stopped-b")
        rds.stop_db_cluster(DBClusterIdentifier="stopped")
        eventually(lambda: self.cluster("stopped")["Status"] == "stopped")
        eventually(lambda: [m["DBInstanceIdentifier"] for m in self.cluster("stopped")[
            "DBClusterMembers"]] == ["stopped-a"])

    def test_what_is_stopped_for_seven_days_is_started(self):
        rds = self.rds()
        rds.create_db_instance(DBInstanceIdentifier="week", **POSTGRES)
        rds.create_db_cluster(DBClusterIdentifier="weeks", MasterUsername="portal",
                              MasterUserPassword="long-enough-1", **AURORA)
        self.available("week")
        eventually(lambda: self.cluster("weeks")["Status"] == "available")
        rds.stop_db_instance(DBInstanceIdentifier="week")
        rds.stop_db_cluster(DBClusterIdentifier="weeks")
        eventually(lambda: self.instance("week")["DBInstanceStatus"] == "stopped")
        eventually(lambda: self.cluster("weeks")["Status"] == "stopped")
        self.emulator.control("POST", "time", {"seconds": 6 * 86400})
        self.assertEqual(self.cluster("weeks")["Status"], "stopped")
        self.emulator.control("POST", "time", {"seconds": 86400})
        self.available("week")
        eventually(lambda: self.cluster("weeks")["Status"] == "available")

    def test_lag_follows_what_is_set_and_what_is_dark(self):
        self.rds().create_db_instance(DBInstanceIdentifier="source", **POSTGRES)
        source = self.available("source")["DBInstanceArn"]
        self.rds(SECOND).create_db_instance_read_replica(
            DBInstanceIdentifier="follower", SourceDBInstanceIdentifier=source,
            SourceRegion="us-east-1")
        self.available("follower", SECOND)
        replica = lambda: self.lag(SECOND, "ReplicaLag", DBInstanceIdentifier="follower")[-1]
        self.assertAlmostEqual(replica(), 1, delta=0.1)
        self.emulator.control("POST", "lag", {"kind": "rds", "seconds": 100})
        self.assertAlmostEqual(replica(), 100, delta=6)
        self.emulator.control("POST", "lag", {"kind": "rds", "seconds": 0})
        self.dark(regions=["us-east-1"])
        time.sleep(1.2)
        self.assertGreater(replica(), 1)
        self.dark()
        self.assertEqual(replica(), 0)
        self.assertEqual(self.lag("us-east-1", "ReplicaLag", DBInstanceIdentifier="source"), [])

        self.global_database("behind")
        secondary = lambda: self.lag(SECOND, "AuroraGlobalDBReplicationLag",
                                     DBClusterIdentifier="behind-2")[-1]
        self.assertAlmostEqual(secondary(), 200, delta=20)
        self.emulator.control("POST", "lag", {"kind": "aurora", "seconds": 3})
        self.assertAlmostEqual(secondary(), 3000, delta=200)
        self.assertEqual(self.lag("us-east-1", "AuroraGlobalDBReplicationLag",
                                  DBClusterIdentifier="behind-1"), [])

    def test_a_lost_primary_region_comes_back_as_a_secondary(self):
        first, second = self.global_database("lost")
        west = self.rds(SECOND)
        west.switchover_global_cluster(GlobalClusterIdentifier="lost",
                                       TargetDbClusterIdentifier=second)
        self.dark(regions=["us-east-1"])
        # Lost on the way: the switchover is given up, and another is not begun.
        eventually(lambda: self.cluster("lost-2", SECOND)["Status"] == "available")
        self.assertEqual(self.writer("lost-2", SECOND), [])
        self.assertEqual(self.refused(
            west.switchover_global_cluster, GlobalClusterIdentifier="lost",
            TargetDbClusterIdentifier=second), "InvalidDBClusterStateFault")
        west.failover_global_cluster(GlobalClusterIdentifier="lost", AllowDataLoss=True,
                                     TargetDbClusterIdentifier=second)

        def members() -> dict:
            found = west.describe_global_clusters(GlobalClusterIdentifier="lost")[
                "GlobalClusters"][0]["GlobalClusterMembers"]
            return {m["DBClusterArn"]: (m["IsWriter"], m["SynchronizationStatus"]) for m in found}

        eventually(lambda: members() == {first: (False, "pending-resync"),
                                        second: (True, "connected")})
        # Nobody could tell the old primary: it writes on until its region is back.
        self.assertEqual((self.writer("lost-1"), self.writer("lost-2", SECOND)),
                         (["lost-1a"], ["lost-2a"]))
        self.dark()
        eventually(lambda: members()[first] == (False, "connected"))
        self.assertEqual(self.writer("lost-1"), [])
        kept = [s["DBClusterSnapshotIdentifier"] for s in self.rds()
                .describe_db_cluster_snapshots(DBClusterIdentifier="lost-1")["DBClusterSnapshots"]]
        self.assertTrue(any(n.startswith("rds:unplanned-global-failover-lost-1") for n in kept))

    def test_templates(self):
        template = {"Resources": {
            "Cluster": resource("AWS::RDS::DBCluster", {
                **AURORA, "MasterUsername": "portal", "ManageMasterUserPassword": True,
                "StorageEncrypted": True, "BackupRetentionPeriod": 35,
                "DBClusterParameterGroupName": ref("Parameters"),
                "ServerlessV2ScalingConfiguration": {"MinCapacity": 0.5, "MaxCapacity": 16},
            }, DeletionPolicy="Delete"),
            "Parameters": resource("AWS::RDS::DBClusterParameterGroup", {
                "Description": "parameters", "Family": "aurora-postgresql17",
                "Parameters": {"rds.force_ssl": "1"}}),
            "Writer": resource("AWS::RDS::DBInstance", {
                "DBClusterIdentifier": ref("Cluster"), "DBInstanceClass": "db.serverless",
                "Engine": AURORA["Engine"]}),
            "Everywhere": resource("AWS::RDS::GlobalCluster", {
                "GlobalClusterIdentifier": "templated", "SourceDBClusterIdentifier":
                    ref("Cluster")}),
            "Database": resource("AWS::RDS::DBInstance", {
                **POSTGRES, "AllocatedStorage": "100", "MultiAZ": "true"},
                DeletionPolicy="Snapshot"),
        }, "Outputs": {"Writer": {"Value": attribute("Cluster", "Endpoint.Address")},
                       "Reader": {"Value": attribute("Cluster", "ReadEndpoint.Address")},
                       "Secret": {"Value": attribute("Cluster", "MasterUserSecret.SecretArn")}}}
        stack = self.deploy("templated", template)
        outputs = {o["OutputKey"]: o["OutputValue"] for o in stack["Outputs"]}
        ids = self.physical_ids("templated")
        made = self.cluster(ids["Cluster"])
        self.assertEqual((made["Endpoint"], made["ReaderEndpoint"], made["Status"]),
                         (outputs["Writer"], outputs["Reader"], "available"))
        self.assertEqual(made["MasterUserSecret"]["SecretArn"], outputs["Secret"])
        self.assertEqual(self.instance(ids["Database"])["DBInstanceStatus"], "available")
        template["Resources"]["Database"]["Properties"]["DBInstanceClass"] = "db.r6g.xlarge"
        template["Resources"]["Cluster"]["Properties"]["ServerlessV2ScalingConfiguration"][
            "MaxCapacity"] = 32
        self.cloudformation.update_stack(StackName="templated", TemplateBody=json.dumps(template))
        self.assertEqual(self.settled("templated")["StackStatus"], "UPDATE_COMPLETE")
        changed = self.instance(ids["Database"])
        self.assertEqual((changed["DBInstanceClass"], changed["DBInstanceStatus"]),
                         ("db.r6g.xlarge", "available"))
        self.assertEqual(self.cluster(ids["Cluster"])["ServerlessV2ScalingConfiguration"],
                         {"MinCapacity": 0.5, "MaxCapacity": 32.0})
        self.assertEqual(self.destroy("templated")["StackStatus"], "DELETE_COMPLETE")
        self.assertEqual(self.rds().describe_global_clusters(
            Filters=[{"Name": "db-cluster-id", "Values": [made["DBClusterArn"]]}])[
                "GlobalClusters"], [])
        left = self.rds().describe_db_snapshots(DBInstanceIdentifier=ids["Database"])
        self.assertEqual([s["SnapshotType"] for s in left["DBSnapshots"]], ["manual"])


    def test_a_replica_whose_template_names_no_source_any_more_is_promoted(self):
        source = resource("AWS::RDS::DBInstance", POSTGRES, DeletionPolicy="Delete")
        kept = {"DBInstanceClass": POSTGRES["DBInstanceClass"]}
        replica = resource("AWS::RDS::DBInstance", {
            **kept, "SourceDBInstanceIdentifier": ref("Source")}, DeletionPolicy="Delete")
        template = {"Resources": {"Source": source, "Replica": replica}}
        self.deploy("promoted", template)
        ids = self.physical_ids("promoted")
        read = lambda: [self.instance(ids["Source"])["ReadReplicaDBInstanceIdentifiers"],
                        self.instance(ids["Replica"]).get("ReadReplicaSourceDBInstanceIdentifier")]
        self.assertEqual(read(), [[ids["Replica"]], ids["Source"]])
        replica["Properties"] = kept
        self.cloudformation.update_stack(StackName="promoted", TemplateBody=json.dumps(template))
        self.assertEqual(self.settled("promoted")["StackStatus"], "UPDATE_COMPLETE")
        self.assertEqual(self.physical_ids("promoted"), ids)
        self.assertEqual(read(), [[], None])
        self.assertEqual(self.destroy("promoted")["StackStatus"], "DELETE_COMPLETE")


class DatabasePersistenceTest(Databases, unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.emulator = Emulator(0.0, folder.name)
        self.addCleanup(lambda: self.emulator.stop())

    def restart(self, resource_seconds: float):
        """A kill, some time after the last change; a busy machine saves every second or so."""
        time.sleep(1.6)
        self.emulator.stop(kill=True)
        self.emulator.resource_seconds = resource_seconds
        self.emulator.start()

    def test_everything_outlives_a_kill(self):
        self.rds().create_db_instance(DBInstanceIdentifier="kept", MultiAZ=True, **POSTGRES)
        self.global_database("world")
        read = lambda: [self.instance("kept"), self.cluster("world-1"),
                        self.cluster("world-2", SECOND),
                        self.rds().describe_global_clusters()["GlobalClusters"],
                        self.rds().describe_db_snapshots()["DBSnapshots"],
                        self.events("kept")]
        shape = lambda picture: json.loads(json.dumps(picture, default=str), object_hook=lambda d: {
            k: v for k, v in d.items() if k not in ("LatestRestorableTime", "ResponseMetadata")})
        before = shape(read())
        self.restart(0.0)
        self.assertEqual(shape(read()), before)

    def test_work_that_a_kill_caught_goes_on(self):
        first, second = self.global_database("moving")
        self.rds().create_db_instance(DBInstanceIdentifier="source", **POSTGRES)
        self.rds(SECOND).create_db_instance_read_replica(
            DBInstanceIdentifier="replica", SourceRegion="us-east-1",
            SourceDBInstanceIdentifier=self.available("source")["DBInstanceArn"])
        self.available("replica", SECOND)
        self.restart(0.6)
        west = self.rds(SECOND)
        self.rds().create_db_instance(DBInstanceIdentifier="new", **POSTGRES)
        west.promote_read_replica(DBInstanceIdentifier="replica")
        west.switchover_global_cluster(GlobalClusterIdentifier="moving",
                                       TargetDbClusterIdentifier=second)
        self.assertEqual(self.instance("new")["DBInstanceStatus"], "creating")
        self.assertEqual(self.rds().describe_global_clusters()["GlobalClusters"][0]["Status"],
                         "switching-over")
        self.restart(0.1)
        self.available("new")
        eventually(lambda: self.writer("moving-2", SECOND) == ["moving-2a"])
        self.assertEqual(self.writer("moving-1"), [])
        self.available("replica", SECOND)
        self.assertEqual(self.instance("source")["ReadReplicaDBInstanceIdentifiers"], [])
