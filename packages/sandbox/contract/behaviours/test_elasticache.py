"""ElastiCache: replication groups with and without cluster mode, their failover, global datastores."""

import secrets

from botocore.exceptions import ClientError

from slipway_contract import ContractTest, behaviour

_GUIDE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg"
_API = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference"
_TWO = "two cache.t4g.micro for half an hour"
REDIS = {"ReplicationGroupDescription": "slipway-contract", "Engine": "redis",
         "EngineVersion": "7.1", "CacheNodeType": "cache.t4g.micro"}


class CacheTest(ContractTest):
    def cache(self, region: str | None = None):
        return self.client("elasticache", region)

    def group(self, name: str, region: str | None = None) -> dict:
        return self.cache(region).describe_replication_groups(
            ReplicationGroupId=name)["ReplicationGroups"][0]

    def available(self, name: str, region: str | None = None) -> dict:
        def there():
            found = self.group(name, region)
            return found if found["Status"] == "available" else None

        return self.wait_for(f"{name} available", there, minutes=30)

    def make_group(self, label: str, region: str | None = None, **more) -> str:
        name = self.name(label, 40)
        defaults = {} if "GlobalReplicationGroupId" in more else REDIS
        self.cache(region).create_replication_group(ReplicationGroupId=name, **{
            "ReplicationGroupDescription": "slipway-contract", **defaults, **more})
        self.addCleanup(self.end_group, name, region)
        return name

    def end_group(self, name: str, region: str | None = None) -> None:
        def gone() -> bool:
            try:
                if self.group(name, region)["Status"] == "available":
                    self.cache(region).delete_replication_group(ReplicationGroupId=name)
            except ClientError as error:
                if error.response["Error"]["Code"] == "ReplicationGroupNotFoundFault":
                    return True
                if error.response["Error"]["Code"] != "InvalidReplicationGroupState":
                    raise
            return False

        self.wait_for(f"{name} gone", gone, minutes=40)

    def role(self, name: str, role: str) -> list[str]:
        return [m["CacheClusterId"] for m in self.group(name)["NodeGroups"][0]["NodeGroupMembers"]
                if m["CurrentRole"] == role]

    def messages(self, kind: str, name: str) -> list[str]:
        return [e["Message"] for e in self.cache().describe_events(
            SourceType=kind, SourceIdentifier=name)["Events"]]


class GroupTest(CacheTest):
    @behaviour(f"{_API}/API_TestFailover.html", cost=_TWO)
    def test_failover(self):
        """A tested failover makes a replica the primary, behind the same endpoint, and tells it in events."""
        name = self.make_group("failover", NumCacheClusters=2, AutomaticFailoverEnabled=True,
                               MultiAZEnabled=True)
        before = self.available(name)
        (primary,), (replica,) = self.role(name, "primary"), self.role(name, "replica")
        test = self.cache().test_failover
        self.refused("NodeGroupNotFoundFault", test, ReplicationGroupId=name, NodeGroupId="0002")
        test(ReplicationGroupId=name, NodeGroupId="0001")
        self.wait_for("the other primary", lambda: self.role(name, "primary") == [replica],
                      minutes=15)
        after = self.available(name)
        self.assertEqual(after["NodeGroups"][0]["PrimaryEndpoint"],
                         before["NodeGroups"][0]["PrimaryEndpoint"])
        told = f"Failover from primary node {primary} to replica node {replica} completed"
        self.wait_for("the events", lambda: any(
            told in m for m in self.messages("replication-group", name)), minutes=10)
        self.assertTrue(any("Test Failover API called for node group 0001" in m
                            for m in self.messages("replication-group", name)))

    @behaviour(f"{_GUIDE}/AutoFailover.html", cost=_TWO)
    def test_promotion_by_hand(self):
        """A replica is promoted by hand only while automatic failover is off, which needs no replica."""
        cache = self.cache()
        name = self.make_group("by-hand", NumCacheClusters=2, AutomaticFailoverEnabled=True)
        self.available(name)
        (replica,) = self.role(name, "replica")
        request = {"ReplicationGroupId": name, "PrimaryClusterId": replica,
                   "ApplyImmediately": True}
        self.refused("InvalidParameterCombination", cache.modify_replication_group, **request)
        cache.modify_replication_group(ReplicationGroupId=name, AutomaticFailoverEnabled=False,
                                       ApplyImmediately=True)
        self.wait_for("failover off", lambda: self.group(name)["AutomaticFailover"] == "disabled",
                      minutes=15)
        self.available(name)
        cache.modify_replication_group(**request)
        self.wait_for("the other primary", lambda: self.role(name, "primary") == [replica],
                      minutes=15)
        self.available(name)

    @behaviour(f"{_GUIDE}/Scaling.RedisReplGrps.html", cost="three cache.t4g.micro for an hour")
    def test_size(self):
        """Replicas come and go, and nodes change their type, while the group is modifying."""
        cache = self.cache()
        name = self.make_group("size", NumCacheClusters=2, AutomaticFailoverEnabled=True)
        self.available(name)
        cache.increase_replica_count(ReplicationGroupId=name, NewReplicaCount=2,
                                     ApplyImmediately=True)
        self.refused("InvalidReplicationGroupState", cache.decrease_replica_count,
                     ReplicationGroupId=name, NewReplicaCount=1, ApplyImmediately=True)
        self.assertEqual(len(self.available(name)["MemberClusters"]), 3)
        cache.decrease_replica_count(ReplicationGroupId=name, NewReplicaCount=1,
                                     ApplyImmediately=True)
        self.wait_for("two nodes", lambda: len(self.group(name)["MemberClusters"]) == 2,
                      minutes=20)
        self.available(name)
        cache.modify_replication_group(ReplicationGroupId=name, CacheNodeType="cache.t4g.small",
                                       ApplyImmediately=True)
        self.wait_for("the other type", lambda: self.group(name)["CacheNodeType"]
                      == "cache.t4g.small", minutes=40)
        self.available(name)

    @behaviour(f"{_GUIDE}/backups-restoring.html", cost="two cache.t4g.micro for an hour")
    def test_snapshot(self):
        """A new group is made from the snapshot of another."""
        cache, name = self.cache(), self.make_group("origin", NumCacheClusters=1)
        self.available(name)
        snapshot = self.name("snapshot", 40)
        cache.create_snapshot(ReplicationGroupId=name, SnapshotName=snapshot)
        self.clean_up(cache.delete_snapshot, SnapshotName=snapshot)
        self.refused("SnapshotNotFoundFault", cache.describe_snapshots,
                     SnapshotName=self.name("none", 40))
        self.wait_for("the snapshot", lambda: cache.describe_snapshots(
            SnapshotName=snapshot)["Snapshots"][0]["SnapshotStatus"] == "available", minutes=30)
        self.available(name)
        self.available(self.make_group("restored", SnapshotName=snapshot, NumCacheClusters=1))

    @behaviour(f"{_API}/API_CreateReplicationGroup.html")
    def test_refusals(self):
        """Groups that make no sense, and groups that are not there, are refused."""
        cache = self.cache()
        new = {**REDIS, "ReplicationGroupId": self.name("never", 40), "NumCacheClusters": 1}
        for code, change in (
                ("InvalidParameterCombination", {"AutomaticFailoverEnabled": True}),
                ("InvalidParameterCombination", {"MultiAZEnabled": True, "NumCacheClusters": 2}),
                ("InvalidParameterCombination", {"AuthToken": secrets.token_hex(12)}),
                ("InvalidParameterValue", {"CacheNodeType": "cache.t4g.enormous"}),
                ("InvalidParameterValue", {"EngineVersion": "99.9"}),
                ("CacheSubnetGroupNotFoundFault", {"CacheSubnetGroupName": "no-such-group"})):
            with self.subTest(change=change):
                self.refused(code, cache.create_replication_group, **{**new, **change})
        self.refused("ReplicationGroupNotFoundFault", cache.describe_replication_groups,
                     ReplicationGroupId=self.name("none", 40))


class ParameterGroupTest(CacheTest):
    @behaviour(f"{_API}/API_DescribeCacheParameters.html")
    def test_source_of_values(self):
        """Of a parameter group one may ask for the values that a user has set, and for no others."""
        name = self.name("parameters")
        self.cache().create_cache_parameter_group(
            CacheParameterGroupName=name, CacheParameterGroupFamily="redis7",
            Description="slipway-contract")
        self.clean_up(self.cache().delete_cache_parameter_group, CacheParameterGroupName=name)
        self.cache().modify_cache_parameter_group(
            CacheParameterGroupName=name, ParameterNameValues=[
                {"ParameterName": "maxmemory-policy", "ParameterValue": "allkeys-lru"}])

        def told(**more) -> dict:
            return {p["ParameterName"]: p["ParameterValue"] for p in
                    self.cache().describe_cache_parameters(
                        CacheParameterGroupName=name, **more)["Parameters"]}

        self.assertEqual(told(Source="user"), {"maxmemory-policy": "allkeys-lru"})
        self.assertNotIn("maxmemory-policy", told(Source="system"))
        self.assertGreater(len(told()), 1)


class ShardsTest(CacheTest):
    @behaviour(f"{_GUIDE}/scaling-redis-cluster-mode-enabled.html",
               cost="six cache.t4g.micro for an hour")
    def test_shards(self):
        """With cluster mode on there is one endpoint for all, no roles are told, and shards are added online."""
        cache = self.cache()
        name = self.make_group("shards", NumNodeGroups=2, ReplicasPerNodeGroup=1,
                               AutomaticFailoverEnabled=True,
                               CacheParameterGroupName="default.redis7.cluster.on")
        made = self.available(name)
        self.assertTrue(made["ClusterEnabled"])
        self.assertIn("Address", made["ConfigurationEndpoint"])
        self.assertEqual([len(s["NodeGroupMembers"]) for s in made["NodeGroups"]], [2, 2])
        self.assertEqual({"PrimaryEndpoint", "ReaderEndpoint"} & set(made["NodeGroups"][0]), set())
        self.assertNotIn("CurrentRole", made["NodeGroups"][0]["NodeGroupMembers"][0])
        self.refused("InvalidParameterCombination", cache.modify_replication_group,
                     ReplicationGroupId=name, AutomaticFailoverEnabled=False,
                     ApplyImmediately=True)
        cache.modify_replication_group_shard_configuration(
            ReplicationGroupId=name, NodeGroupCount=3, ApplyImmediately=True)
        self.wait_for("three shards", lambda: len(self.group(name)["NodeGroups"]) == 3,
                      minutes=40)
        self.available(name)
        cache.test_failover(ReplicationGroupId=name, NodeGroupId="0001")
        self.wait_for("the events", lambda: any(
            "Failover from primary node" in m
            for m in self.messages("replication-group", name)), minutes=20)
        self.available(name)


class DatastoreTest(CacheTest):
    """A global datastore with a primary here and a secondary in the second region."""

    def setUp(self):
        super().setUp()
        large = {"CacheNodeType": "cache.m6g.large"}
        self.first = self.make_group("first", NumCacheClusters=2, AutomaticFailoverEnabled=True,
                                     **large)
        self.available(self.first)
        self.everywhere = self.cache().create_global_replication_group(
            GlobalReplicationGroupIdSuffix=self.name("global", 30),
            PrimaryReplicationGroupId=self.first)["GlobalReplicationGroup"][
                "GlobalReplicationGroupId"]
        self.addCleanup(self._end)
        self.in_status("primary-only")
        self.second = self.make_group("second", self.second_region,
                                      GlobalReplicationGroupId=self.everywhere)
        self.addCleanup(self._part)
        self.in_status("available")

    def _part(self) -> None:
        """Parts the secondary, whichever it is by now."""
        self.in_status("available", "primary-only")
        for member in self.found()["Members"]:
            if member["Role"] == "SECONDARY":
                self.cache(self.second_region).disassociate_global_replication_group(
                    GlobalReplicationGroupId=self.everywhere,
                    ReplicationGroupId=member["ReplicationGroupId"],
                    ReplicationGroupRegion=member["ReplicationGroupRegion"])
                self.in_status("primary-only")
        self._end()

    def _end(self) -> None:
        try:
            self.in_status("primary-only")
            self.cache().delete_global_replication_group(
                GlobalReplicationGroupId=self.everywhere, RetainPrimaryReplicationGroup=True)
        except ClientError as error:
            if "NotFound" not in error.response["Error"]["Code"]:
                raise
        self.wait_for("its end", self._is_gone, minutes=30)

    def _is_gone(self) -> bool:
        try:
            self.found()
        except ClientError as error:
            return "NotFound" in error.response["Error"]["Code"]
        return False

    def found(self) -> dict:
        return self.cache(self.second_region).describe_global_replication_groups(
            GlobalReplicationGroupId=self.everywhere, ShowMemberInfo=True)[
                "GlobalReplicationGroups"][0]

    def in_status(self, *statuses: str) -> None:
        self.wait_for(f"the datastore {' or '.join(statuses)}",
                      lambda: self.found()["Status"] in statuses, minutes=40)

    def roles(self) -> dict[str, str]:
        return {m["ReplicationGroupId"]: m["Role"] for m in self.found()["Members"]}

    @behaviour(f"{_GUIDE}/Redis-Global-Datastores-Console.html",
               cost="four cache.m6g.large in two regions for an hour")
    def test_failover(self):
        """The secondary is made the primary, and a member that leaves stands alone."""
        west = self.cache(self.second_region)
        self.assertEqual(self.roles(), {self.first: "PRIMARY", self.second: "SECONDARY"})
        self.refused("InvalidReplicationGroupState", west.delete_replication_group,
                     ReplicationGroupId=self.second)
        leave = {"GlobalReplicationGroupId": self.everywhere,
                 "ReplicationGroupId": self.first, "ReplicationGroupRegion": self.region}
        self.refused("InvalidParameterValue", west.disassociate_global_replication_group, **leave)
        west.failover_global_replication_group(
            GlobalReplicationGroupId=self.everywhere, PrimaryRegion=self.second_region,
            PrimaryReplicationGroupId=self.second)
        self.wait_for("the other roles", lambda: self.roles()
                      == {self.first: "SECONDARY", self.second: "PRIMARY"}, minutes=30)
        self.in_status("available")
        self.available(self.first)
        info = self.available(self.second, self.second_region)["GlobalReplicationGroupInfo"]
        self.assertEqual(info["GlobalReplicationGroupMemberRole"], "PRIMARY")
        west.disassociate_global_replication_group(**leave)
        self.wait_for("its leaving", lambda: self.first not in self.roles(), minutes=30)
        self.assertNotIn("GlobalReplicationGroupInfo", self.available(self.first))
