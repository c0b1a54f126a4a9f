"""Records, health checks and what DNS answers."""

import socket

from slipway_contract import ContractTest, behaviour
from slipway_contract.case import _forgiving
from slipway_contract.settings import settings

from .name_server import ask

_API = "https://docs.aws.amazon.com/Route53/latest/APIReference"
_GUIDE = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide"
_COST = "a hosted zone"
_CHECK_COST = "a hosted zone and some health checks"


class ZoneTest(ContractTest):
    """A hosted zone for the class; each test works with names of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route53 = cls.client("route53")
        cls.domain = f"{cls.name('zone')}.net"
        made = cls.route53.create_hosted_zone(Name=cls.domain, CallerReference=cls.domain)
        cls.zone = made["HostedZone"]["Id"].rpartition("/")[2]
        cls.addClassCleanup(_forgiving, cls.route53.delete_hosted_zone, {"Id": cls.zone})
        cls.addClassCleanup(cls._empty)
        cls.server = cls._server(made["DelegationSet"]["NameServers"][0])

    @classmethod
    def _server(cls, name_server: str) -> tuple[str, int]:
        """Who answers for the zone, though nobody delegates it."""
        if not settings.endpoint:
            return socket.gethostbyname(name_server), 53
        parts = cls.sandbox.ask("GET", "status")["parts"]
        return "127.0.0.1", next(p["port"] for p in parts if p["name"] == "dns")

    @classmethod
    def _empty(cls):
        pages = cls.route53.get_paginator("list_resource_record_sets").paginate(
            HostedZoneId=cls.zone)
        records = [r for page in pages for r in page["ResourceRecordSets"]
                   if r["Type"] not in ("NS", "SOA")]
        # What others stand for goes last.
        for record in sorted(records, key=lambda r: "AliasTarget" not in r):
            cls.route53.change_resource_record_sets(HostedZoneId=cls.zone, ChangeBatch={
                "Changes": [{"Action": "DELETE", "ResourceRecordSet": record}]})

    def fqdn(self, label: str) -> str:
        return f"{label}.{self.domain}"

    def address(self, label: str, value: str = "192.0.2.1", **more) -> dict:
        return {"Name": self.fqdn(label), "Type": "A", "TTL": 60,
                "ResourceRecords": [{"Value": value}], **more}

    def change(self, *records: dict, action: str = "CREATE") -> dict:
        return self.batch(*((action, record) for record in records))

    def batch(self, *changes: tuple[str, dict]) -> dict:
        return self.route53.change_resource_record_sets(
            HostedZoneId=self.zone, ChangeBatch={"Changes": [
                {"Action": action, "ResourceRecordSet": r} for action, r in changes]})["ChangeInfo"]

    def records(self, label: str) -> list[dict]:
        found = self.route53.list_resource_record_sets(
            HostedZoneId=self.zone, StartRecordName=self.fqdn(label))["ResourceRecordSets"]
        return [r for r in found if r["Name"] == f"{self.fqdn(label)}."]

    def health_check(self, **config) -> str:
        check = self.route53.create_health_check(
            CallerReference=self.name("check"), HealthCheckConfig=config)["HealthCheck"]["Id"]
        self.clean_up(self.route53.delete_health_check, HealthCheckId=check)
        return check

    def switch(self) -> str:
        """A health check that nobody but ``turn`` changes: disabled, it is healthy until inverted."""
        return self.health_check(Type="TCP", IPAddress="192.0.2.1", Port=443, Disabled=True)

    def turn(self, check: str, healthy: bool) -> None:
        self.route53.update_health_check(HealthCheckId=check, Inverted=not healthy)

    def answered(self, label: str) -> list[str]:
        return sorted(r.data for r in ask(self.server, self.fqdn(label)).answers)

    def comes_to(self, label: str, *values: str) -> None:
        self.wait_for(f"{label} to be {values}", lambda: self.answered(label) == sorted(values),
                      minutes=3)


class RecordTest(ZoneTest):
    @behaviour(f"{_API}/API_ChangeResourceRecordSets.html", cost=_COST)
    def test_all_or_none(self):
        """A batch with one impossible change changes nothing."""
        self.change(self.address("there"))
        error = self.refused("InvalidChangeBatch", self.change_both)
        self.assertIn("already exists", error["Message"])
        self.assertEqual(self.records("fresh"), [])

    def change_both(self):
        self.change(self.address("fresh"), self.address("there"))

    @behaviour(f"{_API}/API_ChangeResourceRecordSets.html", cost=_COST)
    def test_actions(self):
        """UPSERT makes or replaces, DELETE needs the record as it is, and what a batch makes it can delete again."""
        self.change(self.address("one"), action="UPSERT")
        self.change(self.address("one", "192.0.2.2"), action="UPSERT")
        [kept] = self.records("one")
        self.assertEqual(kept["ResourceRecords"], [{"Value": "192.0.2.2"}])
        for wrong in (self.address("one"), self.address("none")):
            self.refused("InvalidChangeBatch", lambda: self.change(wrong, action="DELETE"))
        self.batch(("DELETE", kept), ("CREATE", self.address("two")),
                   ("DELETE", self.address("two")))
        self.assertEqual(self.records("one") + self.records("two"), [])

    @behaviour(f"{_API}/API_GetChange.html", cost=_COST)
    def test_change_comes_in_sync(self):
        """A change is pending until all name servers have it, and then they answer so."""
        change = self.change(self.address("synced"))
        self.assertEqual(change["Status"], "PENDING")
        self.wait_for("the change", lambda: self.route53.get_change(
            Id=change["Id"])["ChangeInfo"]["Status"] == "INSYNC", minutes=5)
        self.comes_to("synced", "192.0.2.1")
        self.refused("NoSuchChange", self.route53.get_change, Id="C0000000000000")

    @behaviour(f"{_API}/API_ResourceRecordSet.html", cost=_COST)
    def test_what_is_no_record(self):
        """Records outside of the zone, of no valid value or in conflict with others are refused."""
        self.change(self.address("taken"))
        name = {"Name": self.domain, "Type": "CNAME", "TTL": 60,
                "ResourceRecords": [{"Value": "example.com"}]}
        for wrong in (
                {**self.address("x"), "Name": "x.example.org"}, self.address("x", "not an address"),
                name, {**name, "Name": self.fqdn("taken")},
                {"Name": self.fqdn("x"), "Type": "A", "AliasTarget": {
                    "HostedZoneId": self.zone, "DNSName": self.fqdn("none"),
                    "EvaluateTargetHealth": False}}):
            self.refused("InvalidChangeBatch", lambda: self.change(wrong))
        for wrong in (
                self.address("x", Weight=1), self.address("x", SetIdentifier="x"),
                self.address("x", SetIdentifier="x", Weight=1, Failover="PRIMARY"),
                {"Name": self.fqdn("x"), "Type": "A"}):
            self.refused("InvalidInput", lambda: self.change(wrong))
        self.refused("NoSuchHealthCheck", lambda: self.change(self.address(
            "x", HealthCheckId="00000000-0000-4000-8000-000000000000")))
        self.assertEqual(self.records("x"), [])

    @behaviour(f"{_API}/API_ResourceRecordSet.html", cost=_COST)
    def test_policies_do_not_mix(self):
        """Records of one name and type have one routing policy, and one primary."""
        self.change(self.address("pair", SetIdentifier="a", Failover="PRIMARY"))
        for wrong in (self.address("pair", SetIdentifier="b", Failover="PRIMARY"),
                      self.address("pair", SetIdentifier="b", Weight=1), self.address("pair")):
            self.refused("InvalidChangeBatch", lambda: self.change(wrong))
        self.change(self.address("pair", SetIdentifier="b", Failover="SECONDARY"))
        self.assertEqual(len(self.records("pair")), 2)

    @behaviour(f"{_API}/API_DeleteHostedZone.html", cost=_COST)
    def test_zone_in_use(self):
        """A zone that holds more than its own NS and SOA records is not deleted."""
        self.change(self.address("kept"))
        self.refused("HostedZoneNotEmpty", self.route53.delete_hosted_zone, Id=self.zone)


class AnswerTest(ZoneTest):
    @behaviour(f"{_GUIDE}/resource-record-sets-values-basic.html", cost=_COST)
    def test_time_to_live(self):
        """Answers are authoritative and carry the record's time to live, over UDP and TCP alike."""
        self.change(self.address("ttl", TTL=17))
        self.comes_to("ttl", "192.0.2.1")
        for tcp in (False, True):
            reply = ask(self.server, self.fqdn("ttl"), tcp=tcp)
            self.assertTrue(reply.authoritative)
            self.assertEqual([(r.type, r.ttl, r.data) for r in reply.answers],
                             [("A", 17, "192.0.2.1")])

    @behaviour(f"{_GUIDE}/DomainNameFormat.html", cost=_COST)
    def test_names_that_are_not_there(self):
        """A name that is not there has no domain, one of another type no data, and a wildcard stands for any labels."""
        self.change(self.address("only"), self.address("*.wild", "192.0.2.9"))
        self.comes_to("only", "192.0.2.1")
        missing = ask(self.server, self.fqdn("missing"))
        self.assertEqual((missing.rcode, missing.authorities[0].type), (3, "SOA"))
        other = ask(self.server, self.fqdn("only"), "TXT")
        self.assertEqual((other.rcode, other.answers), (0, []))
        for label in ("a.wild", "a.b.wild"):
            self.assertEqual(self.answered(label), ["192.0.2.9"])

    @behaviour(f"{_GUIDE}/routing-policy-weighted.html", cost=_CHECK_COST)
    def test_weights(self):
        """A record of weight 0 is answered only when no other one is healthy."""
        check = self.switch()
        self.change(self.address("w", "192.0.2.1", SetIdentifier="a", Weight=1,
                                 HealthCheckId=check),
                    self.address("w", "192.0.2.2", SetIdentifier="b", Weight=0))
        self.comes_to("w", "192.0.2.1")
        self.assertEqual({*self.answered("w") * 20}, {"192.0.2.1"})
        self.turn(check, healthy=False)
        self.comes_to("w", "192.0.2.2")
        self.turn(check, healthy=True)
        self.comes_to("w", "192.0.2.1")

    @behaviour(f"{_GUIDE}/routing-policy-weighted.html", cost=_COST)
    def test_shares(self):
        """Records are answered in proportion to their weights, and all alike when every weight is 0."""
        for label, weights in (("share", (255, 85)), ("zeros", (0, 0))):
            self.change(*(self.address(label, f"192.0.2.{n}", SetIdentifier=str(n), Weight=w)
                          for n, w in enumerate(weights)))
            self.wait_for(label, lambda: self.answered(label), minutes=3)
            answers = [self.answered(label)[0] for _ in range(200)]
            first = answers.count("192.0.2.0") / len(answers)
            expected = 0.75 if label == "share" else 0.5
            self.assertAlmostEqual(first, expected, delta=0.15)

    @behaviour(f"{_GUIDE}/routing-policy-geo.html", cost=_COST)
    def test_default_location(self):
        """Whoever is in none of the places is answered the default."""
        self.change(self.address("geo", "192.0.2.1", SetIdentifier="default",
                                 GeoLocation={"CountryCode": "*"}),
                    self.address("geo", "192.0.2.2", SetIdentifier="island",
                                 GeoLocation={"CountryCode": "BV"}))
        self.comes_to("geo", "192.0.2.1")


class FailoverTest(ZoneTest):
    @behaviour(f"{_GUIDE}/dns-failover-determining-health-of-endpoints.html", cost=_CHECK_COST)
    def test_inverting_a_health_check(self):
        """Inverting the primary's health check moves the answer to the secondary, and back."""
        check = self.switch()
        self.change(self.address("f", "192.0.2.1", SetIdentifier="a", Failover="PRIMARY",
                                 HealthCheckId=check, TTL=5),
                    self.address("f", "192.0.2.2", SetIdentifier="b", Failover="SECONDARY", TTL=5))
        self.comes_to("f", "192.0.2.1")
        self.turn(check, healthy=False)
        self.comes_to("f", "192.0.2.2")
        self.turn(check, healthy=True)
        self.comes_to("f", "192.0.2.1")

    @behaviour(f"{_GUIDE}/health-checks-how-route-53-chooses-records.html", cost=_CHECK_COST)
    def test_all_unhealthy(self):
        """When all are unhealthy, the primary is answered."""
        first, second = self.switch(), self.switch()
        self.change(self.address("g", "192.0.2.1", SetIdentifier="a", Failover="PRIMARY",
                                 HealthCheckId=first),
                    self.address("g", "192.0.2.2", SetIdentifier="b", Failover="SECONDARY",
                                 HealthCheckId=second))
        self.turn(first, healthy=False)
        self.comes_to("g", "192.0.2.2")
        self.turn(second, healthy=False)
        self.comes_to("g", "192.0.2.1")

    @behaviour(f"{_GUIDE}/resource-record-sets-values-alias-common.html", cost=_CHECK_COST)
    def test_health_of_an_alias_target(self):
        """An alias that evaluates its target's health is as healthy as the record it stands for."""
        check = self.switch()
        self.change(self.address("east", "192.0.2.1", SetIdentifier="only", Weight=1,
                                 HealthCheckId=check), self.address("west", "192.0.2.2"))
        self.change(*({"Name": self.fqdn("alias"), "Type": "A", "SetIdentifier": target,
                       "Failover": role, "AliasTarget": {
                           "HostedZoneId": self.zone, "DNSName": self.fqdn(target),
                           "EvaluateTargetHealth": True}}
                      for target, role in (("east", "PRIMARY"), ("west", "SECONDARY"))))
        self.comes_to("alias", "192.0.2.1")
        self.turn(check, healthy=False)
        self.comes_to("alias", "192.0.2.2")

    @behaviour(f"{_GUIDE}/dns-failover-determining-health-of-endpoints.html", cost=_CHECK_COST)
    def test_calculated_health_check(self):
        """A calculated health check is healthy while enough of its children are."""
        children = [self.switch() for _ in range(3)]
        check = self.health_check(Type="CALCULATED", ChildHealthChecks=children, HealthThreshold=2)
        self.change(self.address("c", "192.0.2.1", SetIdentifier="a", Failover="PRIMARY",
                                 HealthCheckId=check),
                    self.address("c", "192.0.2.2", SetIdentifier="b", Failover="SECONDARY"))
        self.turn(children[0], healthy=False)
        self.comes_to("c", "192.0.2.1")
        self.turn(children[1], healthy=False)
        self.comes_to("c", "192.0.2.2")
        self.refused("HealthCheckInUse", self.route53.delete_health_check,
                     HealthCheckId=children[0])

    @behaviour(f"{_GUIDE}/dns-failover-determining-health-of-endpoints.html", cost=_CHECK_COST)
    def test_health_by_alarm(self):
        """A health check of a CloudWatch alarm is unhealthy while the alarm is on."""
        cloudwatch, alarm = self.client("cloudwatch"), self.name("alarm")
        cloudwatch.put_metric_alarm(
            AlarmName=alarm, Namespace=self.name("metrics"), MetricName="m", Statistic="Sum",
            Period=60, EvaluationPeriods=1, Threshold=1, TreatMissingData="ignore",
            ComparisonOperator="GreaterThanThreshold")
        self.clean_up(cloudwatch.delete_alarms, AlarmNames=[alarm])
        state = lambda value: cloudwatch.set_alarm_state(
            AlarmName=alarm, StateValue=value, StateReason="contract")
        state("OK")
        check = self.health_check(
            Type="CLOUDWATCH_METRIC", InsufficientDataHealthStatus="LastKnownStatus",
            AlarmIdentifier={"Region": self.region, "Name": alarm})
        self.change(self.address("m", "192.0.2.1", SetIdentifier="a", Failover="PRIMARY",
                                 HealthCheckId=check),
                    self.address("m", "192.0.2.2", SetIdentifier="b", Failover="SECONDARY"))
        self.comes_to("m", "192.0.2.1")
        state("ALARM")
        self.comes_to("m", "192.0.2.2")


class HealthCheckTest(ZoneTest):
    @behaviour(f"{_API}/API_UpdateHealthCheck.html", cost=_CHECK_COST)
    def test_versions(self):
        """An update for another version than the present one is refused, and each counts it up."""
        check = self.switch()
        before = self.route53.get_health_check(HealthCheckId=check)["HealthCheck"]
        after = self.route53.update_health_check(
            HealthCheckId=check, HealthCheckVersion=before["HealthCheckVersion"],
            FailureThreshold=5)["HealthCheck"]
        self.assertGreater(after["HealthCheckVersion"], before["HealthCheckVersion"])
        self.assertEqual(after["HealthCheckConfig"],
                         {**before["HealthCheckConfig"], "FailureThreshold": 5})
        self.refused("HealthCheckVersionMismatch", self.route53.update_health_check,
                     HealthCheckId=check, HealthCheckVersion=before["HealthCheckVersion"],
                     Inverted=True)

    @behaviour(f"{_API}/API_CreateHealthCheck.html", cost=_CHECK_COST)
    def test_creation(self):
        """The same reference again is the same check if its settings are the same, and what is no check is refused."""
        request = {"CallerReference": self.name("check"), "HealthCheckConfig": {
            "Type": "HTTPS", "FullyQualifiedDomainName": self.fqdn("a"), "Inverted": True}}
        made = self.route53.create_health_check(**request)["HealthCheck"]
        self.clean_up(self.route53.delete_health_check, HealthCheckId=made["Id"])
        self.assertEqual(self.route53.create_health_check(**request)["HealthCheck"]["Id"],
                         made["Id"])
        config = made["HealthCheckConfig"]
        self.assertEqual((config["Port"], config["RequestInterval"], config["FailureThreshold"],
                          config["Inverted"], config["Disabled"]), (443, 30, 3, True, False))
        request["HealthCheckConfig"]["Type"] = "HTTP"
        self.refused("HealthCheckAlreadyExists", self.route53.create_health_check, **request)
        for wrong in ({"Type": "HTTPS"}, {"Type": "TCP", "IPAddress": "192.0.2.1"},
                      {"Type": "HTTP_STR_MATCH", "IPAddress": "192.0.2.1"},
                      {"Type": "CLOUDWATCH_METRIC"}):
            self.refused("InvalidInput", self.health_check, **wrong)

    @behaviour(f"{_API}/API_GetHealthCheckStatus.html", cost=_CHECK_COST)
    def test_status(self):
        """The status of a check tells what each checker saw last: of an address that nobody has, failure."""
        check = self.health_check(Type="TCP", IPAddress="192.0.2.1", Port=443, RequestInterval=10,
                                  FailureThreshold=1)

        def seen():
            found = self.route53.get_health_check_status(HealthCheckId=check)
            return [o["StatusReport"] for o in found["HealthCheckObservations"]]

        reports = self.wait_for("a look", lambda: [
            r for r in seen() if r["Status"].startswith("Failure")], minutes=3)
        self.assertIn("CheckedTime", reports[0])
        self.refused("NoSuchHealthCheck", self.route53.get_health_check_status,
                     HealthCheckId="00000000-0000-4000-8000-000000000000")


class DarkRegionTest(ZoneTest):
    @behaviour(f"{_GUIDE}/disaster-recovery-resiliency.html", sandbox_only=True, alone=True)
    def test_control_plane_gone(self):
        """With us-east-1 gone nobody changes records, but they are answered, and health checks go on."""
        east, west = (f"contract.{region}.elb.amazonaws.com" for region in (
            "us-east-1", "us-west-2"))
        check = self.health_check(Type="HTTPS", FullyQualifiedDomainName=east, RequestInterval=10,
                                  FailureThreshold=1)
        self.change(self.address("app", "192.0.2.1", SetIdentifier="a", Failover="PRIMARY",
                                 HealthCheckId=check),
                    self.address("app", "192.0.2.2", SetIdentifier="b", Failover="SECONDARY"),
                    {"Name": self.fqdn("www"), "Type": "CNAME", "TTL": 60,
                     "ResourceRecords": [{"Value": west}]})
        self.comes_to("app", "192.0.2.1")
        fault = self.sandbox.start_fault({"kind": "dark"}, {"region": "us-east-1"})
        self.addCleanup(self.sandbox.end_fault, fault)
        with self.assertRaises(Exception):
            self.route53.list_hosted_zones()
        self.comes_to("app", "192.0.2.2")
        self.assertEqual(self.answered("www"), [west])
        self.sandbox.end_fault(fault)
        self.comes_to("app", "192.0.2.1")
