"""CloudTrail's event history: who changed what."""

import json
from datetime import datetime, timedelta, timezone

from slipway_contract import behaviour
from slipway_contract.case import ContractTest

_API = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference"
_GUIDE = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide"
# The longest that CloudTrail says an event may take.
_MINUTES = 15


class HistoryTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.trail = self.client("cloudtrail")
        self.since = datetime.now(timezone.utc) - timedelta(seconds=1)

    def _events(self, key: str, value: str, **more) -> list[dict]:
        return self.trail.lookup_events(
            LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}],
            StartTime=self.since, **more)["Events"]

    def _bucket(self) -> str:
        s3 = self.client("s3")
        name = self.name("history", 60)
        s3.create_bucket(Bucket=name)
        self.clean_up(s3.delete_bucket, Bucket=name)
        return name

    @behaviour(f"{_GUIDE}/view-cloudtrail-events.html")
    def test_change_is_told(self):
        """A call that changed something is told by the name of its resource: who called, when,
        from where and with what."""
        name = self._bucket()
        self.client("s3").put_bucket_versioning(
            Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        found = self.wait_for("both events", lambda: (
            lambda events: events if len(events) > 1 else None)(
                self._events("ResourceName", name)), minutes=_MINUTES)
        self.assertEqual({e["EventName"] for e in found}, {"CreateBucket", "PutBucketVersioning"})
        event = found[0]
        self.assertEqual((event["EventSource"], event["ReadOnly"]), ("s3.amazonaws.com", "false"))
        self.assertTrue(event["Username"])
        record = json.loads(event["CloudTrailEvent"])
        self.assertEqual(record["requestParameters"]["bucketName"], name)
        self.assertIn("arn", record["userIdentity"])
        self.assertTrue(record["sourceIPAddress"])

    @behaviour(f"{_GUIDE}/cloudtrail-event-reference-record-contents.html")
    def test_secrets_are_not_told(self):
        """Passwords are not in the history."""
        secrets = self.client("secretsmanager")
        name = self.name("history")
        secrets.create_secret(Name=name, SecretString="not-for-the-history")
        self.clean_up(secrets.delete_secret, SecretId=name, ForceDeleteWithoutRecovery=True)
        found = self.wait_for("the event", lambda: [
            e for e in self._events("EventName", "CreateSecret")
            if name in e["CloudTrailEvent"]], minutes=_MINUTES)
        self.assertNotIn("not-for-the-history", found[0]["CloudTrailEvent"])

    @behaviour(f"{_API}/API_LookupEvents.html")
    def test_pages_and_refusals(self):
        """A page has as many events as were asked for and a token for the next; more than one
        attribute, a page of more than 50 and a time that ends before it starts are refused."""
        name = self._bucket()
        self.client("s3").put_bucket_versioning(
            Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        self.wait_for("both events", lambda: len(self._events("ResourceName", name)) > 1,
                      minutes=_MINUTES)
        asked = {"LookupAttributes": [{"AttributeKey": "ResourceName", "AttributeValue": name}]}
        page = self.trail.lookup_events(MaxResults=1, **asked)
        self.assertEqual(len(page["Events"]), 1)
        rest = self.trail.lookup_events(MaxResults=1, NextToken=page["NextToken"], **asked)
        self.assertNotEqual(rest["Events"][0]["EventId"], page["Events"][0]["EventId"])
        self.refused("InvalidLookupAttributesException", self.trail.lookup_events,
                     LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "A"},
                                       {"AttributeKey": "ReadOnly", "AttributeValue": "false"}])
        now = datetime.now(timezone.utc)
        self.refused("InvalidTimeRangeException", self.trail.lookup_events,
                     StartTime=now, EndTime=now - timedelta(hours=1))
