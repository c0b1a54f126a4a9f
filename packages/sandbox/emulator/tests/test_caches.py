"""Caches: zones go dark, lag shows, templates make them, work goes on after a kill."""

import json
import tempfile
import time
import unittest
from datetime import datetime, timedelta, timezone

from tests.support import Emulator, EmulatorTest, eventually
from tests.templates import attribute, ref, resource

SECOND = "us-west-2"
REDIS = {"ReplicationGroupDescription": "test", "Engine": "redis", "EngineVersion": "7.1",
         "CacheNodeType": "cache.r7g.large"}


class Caches:
    emulator: Emulator

    def cache(self, region: str = "us-east-1"):
        return self.emulator.client("elasticache", region)

    def group(self, name: str, region: str = "us-east-1") -> dict:
        return self.cache(region).describe_replication_groups(
            ReplicationGroupId=name)["ReplicationGroups"][0]

    def members(self, name: str) -> dict[str, dict]:
        """By role; the last of a role that several have."""
        return {m["CurrentRole"]: m for m in self.group(name)["NodeGroups"][0]["NodeGroupMembers"]}

    def available(self, name: str, region: str = "us-east-1") -> dict:
        return eventually(lambda: (found := self.group(name, region))["Status"] == "available"
                         and found)

    def datastore(self, name: str) -> str:
        """A primary and a secondary; the id of the global datastore."""
        self.cache().create_replication_group(
            ReplicationGroupId=f"{name}-1", NumCacheClusters=2, AutomaticFailoverEnabled=True,
            **REDIS)
        self.available(f"{name}-1")
        made = self.cache().create_global_replication_group(
            GlobalReplicationGroupIdSuffix=name, PrimaryReplicationGroupId=f"{name}-1")
        found = made["GlobalReplicationGroup"]["GlobalReplicationGroupId"]
        eventually(lambda: self.status(found) == "primary-only")
        self.cache(SECOND).create_replication_group(
            ReplicationGroupId=f"{name}-2", ReplicationGroupDescription="secondary",
            GlobalReplicationGroupId=found)
        eventually(lambda: self.status(found) == "available")
        return found

    def status(self, datastore: str) -> str:
        return self.cache(SECOND).describe_global_replication_groups(
            GlobalReplicationGroupId=datastore)["GlobalReplicationGroups"][0]["Status"]

    def roles(self, datastore: str) -> dict[str, str]:
        found = self.cache(SECOND).describe_global_replication_groups(
            GlobalReplicationGroupId=datastore, ShowMemberInfo=True)["GlobalReplicationGroups"][0]
        return {m["ReplicationGroupId"]: m["Role"] for m in found["Members"]}


class CachesTest(Caches, EmulatorTest):
    resource_seconds = 0.02

    def tearDown(self):
        self.emulator.control("POST", "darkness", {"regions": [], "zones": []})
        self.emulator.control("POST", "lag", {"kind": "elasticache", "seconds": None})
        super().tearDown()

    def metric(self, name: str, region: str, since: datetime | None = None,
               **dimensions) -> list[float]:
        now = datetime.now(timezone.utc)
        return [p["Average"] for p in self.emulator.client(
            "cloudwatch", region).get_metric_statistics(
                Namespace="AWS/ElastiCache", MetricName=name, Period=60, Statistics=["Average"],
                StartTime=since or now - timedelta(minutes=5), EndTime=now,
                Dimensions=[{"Name": k, "Value": v} for k, v in dimensions.items()])["Datapoints"]]

    def test_a_dark_zone_moves_the_primary_where_failover_is_automatic(self):
        for name, automatic in (("moves", True), ("stays", False)):
            self.cache().create_replication_group(
                ReplicationGroupId=name, NumCacheClusters=2, AutomaticFailoverEnabled=automatic,
                **REDIS)
            self.available(name)
        before = self.members("moves")
        zone = before["primary"]["PreferredAvailabilityZone"]
        self.assertEqual(self.members("stays")["primary"]["PreferredAvailabilityZone"], zone)
        self.emulator.control("POST", "darkness", {"regions": [], "zones": [zone]})
        # A point stands for its whole minute: the first that knows of the dark is this minute's.
        since = datetime.now(timezone.utc).replace(second=0, microsecond=0)
        replica = before["replica"]["CacheClusterId"]
        eventually(lambda: self.members("moves")["primary"]["CacheClusterId"] == replica)
        self.available("moves")
        self.assertEqual(self.members("stays")["primary"]["PreferredAvailabilityZone"], zone)
        lost = before["primary"]["CacheClusterId"]
        self.assertEqual(self.metric("CPUUtilization", "us-east-1", since,
                                     CacheClusterId=lost), [])
        self.assertEqual(self.metric("IsMaster", "us-east-1", since,
                                     CacheClusterId=replica)[-1:], [1.0])
        told = lambda: [e["Message"] for e in self.cache().describe_events(
            SourceIdentifier=lost, SourceType="cache-cluster")["Events"]][-1]
        self.assertEqual(told(), "Recovering cache nodes 0001")
        self.emulator.control("POST", "darkness", {"regions": [], "zones": []})
        eventually(lambda: told() == "Finished recovery for cache nodes 0001")

    def test_the_lag_of_a_global_datastore(self):
        self.datastore("behind")
        lag = lambda: self.metric("GlobalDatastoreReplicationLag", SECOND,
                                  ReplicationGroupId="behind-2")
        self.assertEqual(lag(), [0.5])
        self.emulator.control("POST", "lag", {"kind": "elasticache", "seconds": 30})
        self.assertEqual(lag(), [30.0])
        self.assertEqual(self.metric("GlobalDatastoreReplicationLag", "us-east-1",
                                     ReplicationGroupId="behind-1"), [])

    def test_templates(self):
        template = {"Resources": {
            "Cache": resource("AWS::ElastiCache::ReplicationGroup", {
                **REDIS, "NumNodeGroups": "3", "ReplicasPerNodeGroup": "1",
                "TransitEncryptionEnabled": "true", "CacheParameterGroupName": ref("Parameters"),
                "AuthToken": "0123456789abcdef"}, DeletionPolicy="Delete"),
            "Parameters": resource("AWS::ElastiCache::ParameterGroup", {
                "CacheParameterGroupFamily": "redis7", "Description": "parameters",
                "Properties": {"cluster-enabled": "yes"}}),
            "Everywhere": resource("AWS::ElastiCache::GlobalReplicationGroup", {
                "GlobalReplicationGroupIdSuffix": "templated", "Members": [{
                    "ReplicationGroupId": ref("Single"), "ReplicationGroupRegion": "us-east-1",
                    "Role": "PRIMARY"}]}),
            "Single": resource("AWS::ElastiCache::ReplicationGroup", {
                **REDIS, "NumCacheClusters": 1}, DeletionPolicy="Snapshot"),
        }, "Outputs": {"All": {"Value": attribute("Cache", "ConfigurationEndPoint.Address")},
                       "One": {"Value": attribute("Single", "PrimaryEndPoint.Address")}}}
        stack = self.deploy("templated", template)
        outputs = {o["OutputKey"]: o["OutputValue"] for o in stack["Outputs"]}
        ids = self.physical_ids("templated")
        cache = self.group(ids["Cache"])
        self.assertEqual(cache["ConfigurationEndpoint"]["Address"], outputs["All"])
        self.assertEqual(self.group(ids["Single"])["NodeGroups"][0]["PrimaryEndpoint"]["Address"],
                         outputs["One"])
        self.assertEqual((cache["Status"], len(cache["MemberClusters"])), ("available", 6))
        template["Resources"]["Cache"]["Properties"].update(
            NumNodeGroups="4", ReplicasPerNodeGroup="2", SnapshotRetentionLimit=3)
        self.cloudformation.update_stack(StackName="templated", TemplateBody=json.dumps(template))
        self.assertEqual(self.settled("templated")["StackStatus"], "UPDATE_COMPLETE")
        cache = self.group(ids["Cache"])
        self.assertEqual((len(cache["NodeGroups"]), len(cache["MemberClusters"]),
                          cache["SnapshotRetentionLimit"]), (4, 12, 3))
        self.assertEqual(self.destroy("templated")["StackStatus"], "DELETE_COMPLETE")
        left = self.cache().describe_snapshots(ReplicationGroupId=ids["Single"])["Snapshots"]
        self.assertEqual([s["SnapshotSource"] for s in left], ["manual"])


class CachePersistenceTest(Caches, unittest.TestCase):
    def test_work_that_a_kill_caught_goes_on(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.emulator = Emulator(0.0, folder.name)
        self.addCleanup(lambda: self.emulator.stop())
        datastore = self.datastore("moving")
        self.cache().create_replication_group(
            ReplicationGroupId="sharded", NumNodeGroups=2, ReplicasPerNodeGroup=1, **REDIS)
        before = self.group("sharded")
        for caught in (False, True):
            # A busy machine saves every second or so.
            time.sleep(1.6)
            self.emulator.stop(kill=True)
            self.emulator.resource_seconds = 0.8
            self.emulator.start()
            if not caught:
                self.assertEqual(self.group("sharded"), before)
                self.cache(SECOND).failover_global_replication_group(
                    GlobalReplicationGroupId=datastore, PrimaryRegion=SECOND,
                    PrimaryReplicationGroupId="moving-2")
                self.cache().test_failover(ReplicationGroupId="sharded", NodeGroupId="0002")
                self.assertEqual(self.status(datastore), "modifying")
        eventually(lambda: self.status(datastore) == "available")
        self.assertEqual(self.roles(datastore), {"moving-1": "SECONDARY", "moving-2": "PRIMARY"})
        self.available("sharded")
        told = [e["Message"] for e in self.cache().describe_events(
            SourceIdentifier="sharded", SourceType="replication-group")["Events"]]
        self.assertEqual(told[-1], "Failover from primary node sharded-0002-001 to replica node "
                                   "sharded-0002-002 completed")
