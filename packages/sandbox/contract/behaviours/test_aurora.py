"""Aurora PostgreSQL: clusters and their failover, global databases, switchover and failover over regions."""

from datetime import datetime, timezone

from behaviours.databases import AURORA, PASSWORD, DatabaseTest
from slipway_contract import behaviour

_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide"
_API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference"
_TWO = "two db.r6g.large for half an hour"
_GLOBAL = "db.r6g.large in two regions for an hour"


class ClusterTest(DatabaseTest):
    @behaviour(f"{_GUIDE}/Concepts.AuroraHighAvailability.html", cost=_TWO)
    def test_failover(self):
        """A failover makes the named reader the writer, behind the same endpoints, and needs a reader."""
        rds = self.client("rds")
        name = self.make_cluster("failover")
        self.cluster_available(name)
        first = self.add_instance(name, "first")
        self.in_status(first)
        self.assertEqual(self.writers(name), [first])
        self.refused("InvalidDBClusterStateFault", rds.failover_db_cluster,
                     DBClusterIdentifier=name)
        second = self.add_instance(name, "second")
        self.in_status(second)
        before = self.cluster(name)
        self.assertNotEqual(before["Endpoint"], before["ReaderEndpoint"])
        self.assertTrue(before["MultiAZ"])
        rds.failover_db_cluster(DBClusterIdentifier=name, TargetDBInstanceIdentifier=second)
        self.wait_for("the other writer", lambda: self.writers(name) == [second], minutes=15)
        after = self.cluster_available(name)
        self.assertEqual((after["Endpoint"], after["ReaderEndpoint"]),
                         (before["Endpoint"], before["ReaderEndpoint"]))
        self.wait_for("the event", lambda: any(
            f"Completed failover to DB instance: {second}" in m
            for m in self.messages("db-cluster", name)))
        self.wait_for("the reader's lag", lambda: self.has_metric(
            self.region, "AuroraReplicaLag", DBInstanceIdentifier=first), minutes=20)

    @behaviour(f"{_GUIDE}/USER_DeleteCluster.html", cost="a db.r6g.large for half an hour")
    def test_deletion(self):
        """A cluster is deleted after its instances, and not while it is protected."""
        rds = self.client("rds")
        name = self.make_cluster("deletion", DeletionProtection=True)
        self.cluster_available(name)
        only = self.add_instance(name, "only")
        self.in_status(only)
        self.refused("InvalidParameterCombination", rds.delete_db_cluster,
                     DBClusterIdentifier=name, SkipFinalSnapshot=True)
        rds.modify_db_cluster(DBClusterIdentifier=name, DeletionProtection=False,
                              ApplyImmediately=True)
        self.cluster_available(name)
        self.refused("InvalidDBClusterStateFault", rds.delete_db_cluster,
                     DBClusterIdentifier=name, SkipFinalSnapshot=True)
        self.end_instance(only)
        self.refused("InvalidParameterCombination", rds.delete_db_cluster,
                     DBClusterIdentifier=name)
        rds.delete_db_cluster(DBClusterIdentifier=name, SkipFinalSnapshot=True)

    @behaviour(f"{_GUIDE}/aurora-cluster-stop-start.html", cost="a db.r6g.large for half an hour")
    def test_stop_and_start(self):
        """A stopped cluster has its instances stopped, is to be started by AWS in seven days, and starts with them."""
        rds = self.client("rds")
        name = self.make_cluster("stop")
        self.cluster_available(name)
        only = self.add_instance(name, "only")
        self.in_status(only)
        self.refused("InvalidDBClusterStateFault", rds.stop_db_instance,
                     DBInstanceIdentifier=only)
        self.refused("InvalidDBClusterStateFault", rds.start_db_cluster,
                     DBClusterIdentifier=name)
        rds.stop_db_cluster(DBClusterIdentifier=name)
        self.wait_for("its stop", lambda: self.cluster(name)["Status"] == "stopped", minutes=30)
        self.in_status(only, "stopped")
        restart = self.cluster(name)["AutomaticRestartTime"]
        self.assertAlmostEqual((restart - datetime.now(timezone.utc)).total_seconds(), 7 * 86400,
                               delta=3600)
        self.refused("InvalidDBClusterStateFault", rds.modify_db_cluster,
                     DBClusterIdentifier=name, BackupRetentionPeriod=3, ApplyImmediately=True)
        rds.start_db_cluster(DBClusterIdentifier=name)
        self.cluster_available(name)
        self.in_status(only)
        self.assertNotIn("AutomaticRestartTime", self.cluster(name))

    @behaviour(f"{_GUIDE}/aurora-serverless-v2.create.html",
               cost="a serverless instance for half an hour")
    def test_serverless(self):
        """A serverless instance needs the capacity range of its cluster and reports its capacity."""
        rds = self.client("rds")
        name = self.make_cluster("serverless")
        self.cluster_available(name)
        self.refused("InvalidParameterCombination", rds.create_db_instance,
                     DBInstanceIdentifier=self.name("early"), DBClusterIdentifier=name,
                     DBInstanceClass="db.serverless", Engine=AURORA["Engine"])
        rds.modify_db_cluster(
            DBClusterIdentifier=name, ApplyImmediately=True,
            ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 2})
        self.cluster_available(name)
        member = self.add_instance(name, "member", DBInstanceClass="db.serverless")
        self.in_status(member)
        self.wait_for("its capacity", lambda: self.has_metric(
            self.region, "ServerlessDatabaseCapacity", DBInstanceIdentifier=member), minutes=20)

    @behaviour(f"{_GUIDE}/aurora-restore-snapshot.html", cost="Aurora storage for an hour")
    def test_snapshots(self):
        """A cluster is restored from a snapshot, and to a point in time, without instances at first."""
        rds = self.client("rds")
        name, snapshot = self.make_cluster("origin"), self.name("snapshot")
        self.cluster_available(name)
        rds.create_db_cluster_snapshot(DBClusterIdentifier=name,
                                       DBClusterSnapshotIdentifier=snapshot)
        self.clean_up(rds.delete_db_cluster_snapshot, DBClusterSnapshotIdentifier=snapshot)
        self.wait_for("the snapshot", lambda: rds.describe_db_cluster_snapshots(
            DBClusterSnapshotIdentifier=snapshot)["DBClusterSnapshots"][0]["Status"]
            == "available", minutes=30)
        self.cluster_available(name)
        for target, restore, request in (
                (self.name("restored"), rds.restore_db_cluster_from_snapshot,
                 {"SnapshotIdentifier": snapshot, "Engine": AURORA["Engine"]}),
                (self.name("in-time"), rds.restore_db_cluster_to_point_in_time,
                 {"SourceDBClusterIdentifier": name, "UseLatestRestorableTime": True})):
            restore(DBClusterIdentifier=target, **request)
            self.addCleanup(self.end_cluster, target)
            found = self.cluster_available(target)
            self.assertEqual((found["DBClusterMembers"], found["MasterUsername"]),
                             ([], "contract"))

    @behaviour(f"{_API}/API_CreateDBCluster.html")
    def test_refusals(self):
        """Clusters that make no sense are refused."""
        create = self.client("rds").create_db_cluster
        new = {**AURORA, "DBClusterIdentifier": self.name("never"), "MasterUsername": "contract",
               "MasterUserPassword": PASSWORD}
        for code, change in (
                ("InvalidParameterValue", {"BackupRetentionPeriod": 0}),
                ("InvalidParameterValue", {"ServerlessV2ScalingConfiguration": {
                    "MinCapacity": 0.5, "MaxCapacity": 1000}}),
                ("InvalidParameterCombination", {"EngineVersion": "17.999"}),
                ("GlobalClusterNotFoundFault", {"GlobalClusterIdentifier": "no-such-cluster"})):
            with self.subTest(change=change):
                self.refused(code, create, **{**new, **change})


class GlobalTest(DatabaseTest):
    """A global database: a primary with one instance, and a secondary cluster without any yet."""

    def setUp(self):
        super().setUp()
        self.rds, self.west = self.client("rds"), self.client("rds", self.second_region)
        self.everywhere = self.name("global")
        self.first = self.make_cluster("first")
        self.cluster_available(self.first)
        self.first_arn = self.cluster(self.first)["DBClusterArn"]
        self.writer = self.add_instance(self.first, "writer")
        self.in_status(self.writer)
        self.rds.create_global_cluster(GlobalClusterIdentifier=self.everywhere,
                                       SourceDBClusterIdentifier=self.first_arn)
        self.clean_up(self.rds.delete_global_cluster, GlobalClusterIdentifier=self.everywhere)
        self.clean_up(self._leave, cluster=self.first_arn)
        self.second = self.make_cluster("second", self.second_region,
                                        GlobalClusterIdentifier=self.everywhere)
        self.second_arn = self.cluster_available(self.second, self.second_region)["DBClusterArn"]
        self.addCleanup(self._part)

    def add_reader(self) -> str:
        """An instance of the secondary; the last of a primary stays while others follow it."""
        reader = self.add_instance(self.second, "reader", self.second_region)
        self.addCleanup(self._part)
        self.in_status(reader, region=self.second_region)
        return reader

    def _part(self) -> None:
        """Takes the secondary out, whichever it is by now; the primary goes later."""
        if len(self.members()) > 1:
            secondary = next(a for a, m in self.members().items() if not m["IsWriter"])
            self._leave(secondary)
        if self.first_arn not in self.members():
            self._leave(self.second_arn)

    def _leave(self, cluster: str) -> None:
        if cluster in self.members():
            self.settled()
            self.rds.remove_from_global_cluster(GlobalClusterIdentifier=self.everywhere,
                                                DbClusterIdentifier=cluster)
            self.wait_for("leaving", lambda: cluster not in self.members(), minutes=15)

    def found(self) -> dict:
        return self.west.describe_global_clusters(
            GlobalClusterIdentifier=self.everywhere)["GlobalClusters"][0]

    def members(self) -> dict[str, dict]:
        return {m["DBClusterArn"]: m for m in self.found()["GlobalClusterMembers"]}

    def settled(self) -> dict:
        def there():
            found = self.found()
            return found if found["Status"] == "available" and not found.get(
                "FailoverState", {}).get("Status") else None

        return self.wait_for("the global cluster", there, minutes=30)

    def writing(self, cluster: str) -> None:
        """Roles as everybody tells them, with the cluster as the primary."""
        self.settled()
        self.assertEqual({a for a, m in self.members().items() if m["IsWriter"]}, {cluster})
        self.cluster_available(self.first)
        self.cluster_available(self.second, self.second_region)
        self.assertEqual((len(self.writers(self.first)),
                          len(self.writers(self.second, self.second_region))),
                         (1, 0) if cluster == self.first_arn else (0, 1))

    @behaviour(f"{_GUIDE}/aurora-global-database-disaster-recovery.html", cost=_GLOBAL)
    def test_switchover(self):
        """A switchover swaps the roles of the clusters, for which the secondary needs an instance."""
        self.assertEqual(self.members()[self.first_arn]["Readers"], [self.second_arn])
        request = {"GlobalClusterIdentifier": self.everywhere,
                   "TargetDbClusterIdentifier": self.second_arn}
        self.refused("InvalidDBClusterStateFault", self.west.switchover_global_cluster, **request)
        self.add_reader()
        self.writing(self.first_arn)
        self.wait_for("the lag", lambda: self.has_metric(
            self.second_region, "AuroraGlobalDBReplicationLag",
            DBClusterIdentifier=self.second), minutes=20)
        self.refused("InvalidDBClusterStateFault", self.rds.failover_global_cluster,
                     GlobalClusterIdentifier=self.everywhere, AllowDataLoss=True,
                     TargetDbClusterIdentifier=self.first_arn)
        begun = self.west.switchover_global_cluster(**request)["GlobalCluster"]
        self.assertEqual((begun["FailoverState"]["FromDbClusterArn"],
                          begun["FailoverState"]["ToDbClusterArn"],
                          begun["FailoverState"]["IsDataLossAllowed"]),
                         (self.first_arn, self.second_arn, False))
        self.refused("InvalidGlobalClusterStateFault", self.west.switchover_global_cluster,
                     **request)
        self.writing(self.second_arn)
        self.rds.switchover_global_cluster(GlobalClusterIdentifier=self.everywhere,
                                           TargetDbClusterIdentifier=self.first_arn)
        self.writing(self.first_arn)

    @behaviour(f"{_GUIDE}/aurora-global-database-disaster-recovery.html", cost=_GLOBAL)
    def test_failover(self):
        """A failover that allows data loss makes the secondary the primary, and the old primary follows it later."""
        self.add_reader()
        request = {"GlobalClusterIdentifier": self.everywhere,
                   "TargetDbClusterIdentifier": self.second_arn}
        self.refused("InvalidParameterCombination", self.west.failover_global_cluster,
                     **request, AllowDataLoss=True, Switchover=True)
        begun = self.west.failover_global_cluster(**request, AllowDataLoss=True)["GlobalCluster"]
        self.assertTrue(begun["FailoverState"]["IsDataLossAllowed"])
        self.wait_for("the new primary", lambda: self.members()[self.second_arn]["IsWriter"],
                      minutes=30)
        self.wait_for("the old one in step", lambda: self.members()[self.first_arn].get(
            "SynchronizationStatus") == "connected", minutes=60)
        self.writing(self.second_arn)

    @behaviour(f"{_GUIDE}/aurora-global-database-detaching.html", cost=_GLOBAL)
    def test_leaving(self):
        """A secondary that leaves stands alone and writes; a primary leaves last."""
        self.add_reader()
        self.refused("InvalidGlobalClusterStateFault", self.rds.remove_from_global_cluster,
                     GlobalClusterIdentifier=self.everywhere, DbClusterIdentifier=self.first_arn)
        self.refused("InvalidGlobalClusterStateFault", self.rds.delete_global_cluster,
                     GlobalClusterIdentifier=self.everywhere)
        self.refused("InvalidDBClusterStateFault", self.west.delete_db_cluster,
                     DBClusterIdentifier=self.second, SkipFinalSnapshot=True)
        self.refused("InvalidGlobalClusterStateFault", self.rds.delete_db_cluster,
                     DBClusterIdentifier=self.first, SkipFinalSnapshot=True)
        self.refused("InvalidDBClusterStateFault", self.rds.delete_db_instance,
                     DBInstanceIdentifier=self.writer, SkipFinalSnapshot=True)
        self._leave(self.second_arn)
        self.wait_for("its writer", lambda: self.writers(self.second, self.second_region),
                      minutes=15)
        self.cluster_available(self.second, self.second_region)
