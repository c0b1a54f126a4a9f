"""RDS instances: statuses, changes, standbys, replicas over regions, snapshots, restores."""

from behaviours.databases import POSTGRES, DatabaseTest
from slipway_contract import behaviour

_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide"
_API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference"
_COST = "a db.t4g.medium for half an hour"


class InstanceTest(DatabaseTest):
    @behaviour(f"{_GUIDE}/accessing-monitoring.html", cost=_COST)
    def test_creation(self):
        """A new instance is creating and has no endpoint, is backed up, and then is available."""
        rds = self.client("rds")
        name = self.make_instance("creation", BackupRetentionPeriod=1)
        new = self.instance(name)
        if new["DBInstanceStatus"] == "creating":
            self.assertNotIn("Endpoint", new)
        self.refused("DBInstanceAlreadyExists", rds.create_db_instance,
                     DBInstanceIdentifier=name, **POSTGRES)
        made = self.in_status(name)
        self.assertRegex(made["EngineVersion"], r"^17\.\d+$")
        self.assertIn(name, made["Endpoint"]["Address"])
        self.wait_for("a restorable time", lambda: self.instance(name).get("LatestRestorableTime"))
        kept = rds.describe_db_snapshots(DBInstanceIdentifier=name, SnapshotType="automated")
        self.assertEqual([s["Status"] for s in kept["DBSnapshots"]], ["available"])
        self.assertIn("DB instance created", self.messages("db-instance", name))

    @behaviour(f"{_GUIDE}/USER_ModifyInstance.ApplyImmediately.html", cost=_COST)
    def test_modification(self):
        """A modification waits for the maintenance window unless it is asked to be applied at once."""
        rds = self.client("rds")
        name = self.make_instance("modification", BackupRetentionPeriod=0)
        self.in_status(name)
        waits = rds.modify_db_instance(DBInstanceIdentifier=name,
                                       DBInstanceClass="db.t4g.large")["DBInstance"]
        self.assertEqual((waits["PendingModifiedValues"], waits["DBInstanceClass"]),
                         ({"DBInstanceClass": "db.t4g.large"}, "db.t4g.medium"))
        now = rds.modify_db_instance(DBInstanceIdentifier=name, AllocatedStorage=30,
                                     ApplyImmediately=True)["DBInstance"]
        self.assertEqual(now["PendingModifiedValues"]["AllocatedStorage"], 30)
        done = self.in_status(name)
        self.assertEqual((done["AllocatedStorage"], done["DBInstanceClass"]), (30, "db.t4g.large"))

    @behaviour(f"{_GUIDE}/USER_DeleteInstance.html", cost=_COST)
    def test_deletion(self):
        """Deletion protection and the choice about the final snapshot stand before a deletion."""
        rds = self.client("rds")
        name = self.make_instance("deletion", DeletionProtection=True, BackupRetentionPeriod=0)
        self.in_status(name)
        self.refused("InvalidParameterCombination", rds.delete_db_instance,
                     DBInstanceIdentifier=name, SkipFinalSnapshot=True)
        rds.modify_db_instance(DBInstanceIdentifier=name, DeletionProtection=False,
                               ApplyImmediately=True)
        self.in_status(name)
        self.refused("InvalidParameterCombination", rds.delete_db_instance,
                     DBInstanceIdentifier=name)
        final = self.name("final")
        going = rds.delete_db_instance(DBInstanceIdentifier=name,
                                       FinalDBSnapshotIdentifier=final)["DBInstance"]
        self.assertEqual(going["DBInstanceStatus"], "deleting")
        self.clean_up(rds.delete_db_snapshot, DBSnapshotIdentifier=final)
        self.refused("InvalidDBInstanceState", rds.delete_db_instance,
                     DBInstanceIdentifier=name, SkipFinalSnapshot=True)
        self.end_instance(name)
        self.wait_for("the final snapshot", lambda: rds.describe_db_snapshots(
            DBSnapshotIdentifier=final)["DBSnapshots"][0]["Status"] == "available", minutes=30)
        self.refused("DBInstanceNotFound", rds.describe_db_instances, DBInstanceIdentifier=name)

    @behaviour(f"{_GUIDE}/USER_StopInstance.html", cost=_COST)
    def test_stop_and_start(self):
        """A stopped instance takes no changes and is available again after its start."""
        rds = self.client("rds")
        name = self.make_instance("stop", BackupRetentionPeriod=0)
        self.in_status(name)
        self.refused("InvalidDBInstanceState", rds.start_db_instance, DBInstanceIdentifier=name)
        rds.stop_db_instance(DBInstanceIdentifier=name)
        self.in_status(name, "stopped")
        self.refused("InvalidDBInstanceState", rds.reboot_db_instance, DBInstanceIdentifier=name)
        rds.start_db_instance(DBInstanceIdentifier=name)
        self.in_status(name)


class StandbyTest(DatabaseTest):
    @behaviour(f"{_GUIDE}/Concepts.MultiAZSingleStandby.html",
               cost="a Multi-AZ db.t4g.medium for half an hour")
    def test_failover(self):
        """A reboot with failover makes the standby's zone the primary's, and the other way round."""
        rds = self.client("rds")
        name = self.make_instance("standby", MultiAZ=True, BackupRetentionPeriod=0)
        before = self.in_status(name)
        zones = before["AvailabilityZone"], before["SecondaryAvailabilityZone"]
        self.assertNotEqual(*zones)
        rds.reboot_db_instance(DBInstanceIdentifier=name, ForceFailover=True)
        self.wait_for("the other zone",
                      lambda: self.instance(name)["AvailabilityZone"] == zones[1], minutes=15)
        after = self.in_status(name)
        self.assertEqual(after["SecondaryAvailabilityZone"], zones[0])
        self.assertEqual(after["Endpoint"], before["Endpoint"])
        self.wait_for("the event", lambda: any(
            "Multi-AZ instance failover completed" in m
            for m in self.messages("db-instance", name)))

    @behaviour(f"{_API}/API_RebootDBInstance.html", cost=_COST)
    def test_no_standby(self):
        """An instance without a standby cannot be failed over."""
        name = self.make_instance("single", BackupRetentionPeriod=0)
        self.in_status(name)
        self.refused("InvalidParameterCombination", self.client("rds").reboot_db_instance,
                     DBInstanceIdentifier=name, ForceFailover=True)


class ReplicaTest(DatabaseTest):
    @behaviour(f"{_GUIDE}/USER_ReadRepl.XRgn.html",
               cost="two db.t4g.medium and a key for an hour")
    def test_replica_in_another_region(self):
        """A replica in another region needs a key of that region, reports its lag, and stands alone on both sides once promoted."""
        west = self.client("rds", self.second_region)
        source = self.make_instance("source", StorageEncrypted=True, BackupRetentionPeriod=1)
        self.refused("InvalidDBInstanceState", self.client("rds").promote_read_replica,
                     DBInstanceIdentifier=source)
        source_arn = self.in_status(source)["DBInstanceArn"]
        replica = self.name("replica")
        request = {"DBInstanceIdentifier": replica, "SourceDBInstanceIdentifier": source_arn,
                   "DBInstanceClass": "db.t4g.medium", "SourceRegion": self.region}
        self.refused("InvalidParameterCombination", west.create_db_instance_read_replica, **request)
        made = west.create_db_instance_read_replica(**request, KmsKeyId=self._key())["DBInstance"]
        self.addCleanup(self.end_instance, replica, self.second_region)
        self.in_status(replica, region=self.second_region)
        self.assertEqual(made["ReadReplicaSourceDBInstanceIdentifier"], source_arn)
        self.assertEqual(self.instance(source)["ReadReplicaDBInstanceIdentifiers"],
                         [made["DBInstanceArn"]])
        self.refused("InvalidDBInstanceState", self.client("rds").stop_db_instance,
                     DBInstanceIdentifier=source)
        self.wait_for("its lag", lambda: self.has_metric(
            self.second_region, "ReplicaLag", DBInstanceIdentifier=replica), minutes=20)

        west.promote_read_replica(DBInstanceIdentifier=replica, BackupRetentionPeriod=3)
        self.wait_for("its independence", lambda: "ReadReplicaSourceDBInstanceIdentifier" not in
                      self.instance(replica, self.second_region), minutes=30)
        alone = self.in_status(replica, region=self.second_region)
        self.assertEqual(alone["BackupRetentionPeriod"], 3)
        self.wait_for("that its source knows", lambda: not self.instance(source)[
            "ReadReplicaDBInstanceIdentifiers"], minutes=10)
        self.refused("InvalidDBInstanceState", west.promote_read_replica,
                     DBInstanceIdentifier=replica)

    def _key(self) -> str:
        kms = self.client("kms", self.second_region)
        made = kms.create_key(Description="slipway-contract")["KeyMetadata"]
        self.clean_up(kms.schedule_key_deletion, KeyId=made["KeyId"], PendingWindowInDays=7)
        return made["Arn"]

    @behaviour(f"{_GUIDE}/USER_ReadRepl.Create.html", cost=_COST)
    def test_source_without_backups(self):
        """An instance without automated backups can have no replica."""
        source = self.make_instance("bare", BackupRetentionPeriod=0)
        self.in_status(source)
        self.refused("InvalidDBInstanceState", self.client("rds").create_db_instance_read_replica,
                     DBInstanceIdentifier=self.name("replica"), SourceDBInstanceIdentifier=source)


class SnapshotTest(DatabaseTest):
    @behaviour(f"{_GUIDE}/USER_CopySnapshot.html", cost="two db.t4g.medium for an hour")
    def test_copy_over_regions(self):
        """A snapshot is copied to another region and an instance restored from it there."""
        rds, west = self.client("rds"), self.client("rds", self.second_region)
        source = self.make_instance("origin", BackupRetentionPeriod=0)
        self.in_status(source)
        name, copy = self.name("snapshot"), self.name("copy")
        made = rds.create_db_snapshot(DBInstanceIdentifier=source,
                                      DBSnapshotIdentifier=name)["DBSnapshot"]
        self.clean_up(rds.delete_db_snapshot, DBSnapshotIdentifier=name)
        self.refused("DBSnapshotAlreadyExists", self._taken(rds, name, source),
                     DBInstanceIdentifier=source, DBSnapshotIdentifier=name)
        west.copy_db_snapshot(SourceDBSnapshotIdentifier=made["DBSnapshotArn"],
                              TargetDBSnapshotIdentifier=copy, SourceRegion=self.region)
        self.clean_up(west.delete_db_snapshot, DBSnapshotIdentifier=copy)
        self._taken(west, copy)
        restored = self.name("restored")
        west.restore_db_instance_from_db_snapshot(
            DBInstanceIdentifier=restored, DBSnapshotIdentifier=copy,
            DBInstanceClass="db.t4g.medium")
        self.addCleanup(self.end_instance, restored, self.second_region)
        found = self.in_status(restored, region=self.second_region)
        self.assertEqual((found["MasterUsername"], found["AllocatedStorage"]), ("contract", 20))
        self.refused("DBSnapshotNotFound", west.describe_db_snapshots, DBSnapshotIdentifier=name)

    def _taken(self, rds, snapshot: str, source: str | None = None):
        self.wait_for("the snapshot", lambda: rds.describe_db_snapshots(
            DBSnapshotIdentifier=snapshot)["DBSnapshots"][0]["Status"] == "available", minutes=40)
        if source:
            self.in_status(source)
        return rds.create_db_snapshot

    @behaviour(f"{_GUIDE}/USER_PIT.html", cost="two db.t4g.medium for an hour")
    def test_point_in_time(self):
        """Automated backups restore an instance of another name as of the latest restorable time."""
        rds = self.client("rds")
        source = self.make_instance("backed", BackupRetentionPeriod=1)
        self.in_status(source)
        self.wait_for("a restorable time", lambda: self.instance(source).get(
            "LatestRestorableTime"), minutes=15)
        backups = rds.describe_db_instance_automated_backups(DBInstanceIdentifier=source)[
            "DBInstanceAutomatedBackups"]
        self.assertEqual([b["Status"] for b in backups], ["active"])
        self.refused("InvalidParameterCombination", rds.restore_db_instance_to_point_in_time,
                     SourceDBInstanceIdentifier=source,
                     TargetDBInstanceIdentifier=self.name("none"))
        target = self.name("restored")
        rds.restore_db_instance_to_point_in_time(
            SourceDBInstanceIdentifier=source, TargetDBInstanceIdentifier=target,
            UseLatestRestorableTime=True)
        self.addCleanup(self.end_instance, target)
        self.assertEqual(self.in_status(target)["DBInstanceClass"], "db.t4g.medium")


class RefusalTest(DatabaseTest):
    @behaviour(f"{_API}/API_CreateDBInstance.html")
    def test_requests(self):
        """Requests that make no sense, or name what is not there, are refused."""
        rds, new = self.client("rds"), {**POSTGRES, "DBInstanceIdentifier": self.name("never")}
        for code, change in (
                ("InvalidParameterValue", {"DBInstanceIdentifier": "two--hyphens"}),
                ("InvalidParameterValue", {"AllocatedStorage": 5}),
                ("InvalidParameterValue", {"MasterUserPassword": "short"}),
                ("InvalidParameterValue", {"BackupRetentionPeriod": 36}),
                ("InvalidParameterCombination", {"EngineVersion": "17.999"}),
                ("DBSubnetGroupNotFoundFault", {"DBSubnetGroupName": "no-such-group"}),
        ):
            with self.subTest(change=change):
                self.refused(code, rds.create_db_instance, **{**new, **change})
        for call, code, request in (
                (rds.describe_db_instances, "DBInstanceNotFound", {"DBInstanceIdentifier": "no-x"}),
                (rds.promote_read_replica, "DBInstanceNotFound", {"DBInstanceIdentifier": "no-x"}),
                (rds.describe_db_clusters, "DBClusterNotFoundFault",
                 {"DBClusterIdentifier": "no-x"}),
                (rds.describe_global_clusters, "GlobalClusterNotFoundFault",
                 {"GlobalClusterIdentifier": "no-x"}),
        ):
            with self.subTest(call.__name__):
                self.refused(code, call, **request)


class TagsTest(DatabaseTest):
    @behaviour(f"{_GUIDE}/USER_Tagging.html")
    def test_tags(self):
        """Tags are added, replaced, removed and listed by the resource's ARN."""
        rds, name = self.client("rds"), self.name("tagged")
        arn = rds.create_db_parameter_group(
            DBParameterGroupName=name, DBParameterGroupFamily="postgres17", Description="contract",
            Tags=[{"Key": "kept", "Value": "first"}, {"Key": "gone", "Value": ""}])[
                "DBParameterGroup"]["DBParameterGroupArn"]
        self.clean_up(rds.delete_db_parameter_group, DBParameterGroupName=name)
        rds.add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "kept", "Value": "second"}])
        rds.remove_tags_from_resource(ResourceName=arn, TagKeys=["gone"])
        self.assertEqual(rds.list_tags_for_resource(ResourceName=arn)["TagList"],
                         [{"Key": "kept", "Value": "second"}])
