"""Replication of objects between regions."""

import json
import time

from botocore.exceptions import ClientError

from behaviours.test_s3 import BucketTest
from slipway_contract import behaviour

_GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"


class ReplicationTest(BucketTest):
    """Two buckets, and a role that may copy from the first to the second."""

    def setUp(self):
        super().setUp()
        self.source = self.bucket(versioned=True)
        self.copy = self.bucket(self.second_region, versioned=True)
        self.role = self._role()

    def _role(self) -> str:
        iam, name = self.client("iam"), self.name("replication")
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"},
                "Action": "sts:AssumeRole"}]}))["Role"]["Arn"]
        self.clean_up(iam.delete_role, RoleName=name)
        iam.put_role_policy(RoleName=name, PolicyName="copy", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Resource": f"arn:aws:s3:::{self.source}",
                 "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"]},
                {"Effect": "Allow", "Resource": f"arn:aws:s3:::{self.source}/*",
                 "Action": ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl",
                            "s3:GetObjectVersionTagging"]},
                {"Effect": "Allow", "Resource": f"arn:aws:s3:::{self.copy}/*",
                 "Action": ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]},
            ]}))
        self.clean_up(iam.delete_role_policy, RoleName=name, PolicyName="copy")
        return role

    def replicate(self, prefix: str = "", markers: str = "Enabled") -> None:
        def accepted() -> bool:
            # A new role takes AWS a moment to know everywhere.
            try:
                self.s3.put_bucket_replication(
                    Bucket=self.source, ReplicationConfiguration={"Role": self.role, "Rules": [{
                        "ID": "all", "Priority": 1, "Status": "Enabled",
                        "Filter": {"Prefix": prefix},
                        "DeleteMarkerReplication": {"Status": markers},
                        "Destination": {"Bucket": f"arn:aws:s3:::{self.copy}"}}]})
            except ClientError as error:
                if error.response["Error"]["Code"] == "InvalidArgument":
                    return False
                raise
            return True

        self.wait_for("the rule", accepted, minutes=1)

    def put(self, key: str, body: bytes = b"one") -> str:
        return self.s3.put_object(Bucket=self.source, Key=key, Body=body)["VersionId"]

    def status(self, key: str) -> str | None:
        return self.s3.head_object(Bucket=self.source, Key=key).get("ReplicationStatus")

    def copied(self, key: str) -> dict:
        return self.wait_for(f"the copy of {key}", lambda: self.there_now(key), minutes=15)

    def there_now(self, key: str) -> dict | None:
        try:
            return self.there.head_object(Bucket=self.copy, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] == "404":
                return None
            raise


class CopyTest(ReplicationTest):
    @behaviour(f"{_GUIDE}/replication-status.html")
    def test_copy(self):
        """A new object is PENDING until its copy, with the same version and as REPLICA, is there,
        and then COMPLETED."""
        self.replicate()
        version = self.put("a")
        self.assertIn(self.status("a"), ("PENDING", "COMPLETED"))
        copy = self.copied("a")
        self.assertEqual((copy["VersionId"], copy["ReplicationStatus"]), (version, "REPLICA"))
        self.wait_for("the status", lambda: self.status("a") == "COMPLETED", minutes=15)
        got = self.there.get_object(Bucket=self.copy, Key="a", VersionId=version)
        self.assertEqual(got["Body"].read(), b"one")

    @behaviour(f"{_GUIDE}/replication-what-is-isnt-replicated.html")
    def test_what_is_not_copied(self):
        """Objects from before the rule and outside of its prefix are not copied."""
        self.put("kept/before")
        self.replicate(prefix="kept/")
        self.put("other")
        self.put("kept/after")
        self.copied("kept/after")
        self.assertIsNone(self.there_now("kept/before"))
        self.assertIsNone(self.there_now("other"))
        self.assertIsNone(self.status("other"))

    @behaviour(f"{_GUIDE}/delete-marker-replication.html")
    def test_delete_markers(self):
        """A delete marker is copied when the rule says so."""
        self.replicate()
        self.put("a")
        self.copied("a")
        self.s3.delete_object(Bucket=self.source, Key="a")
        self.wait_for("the marker", lambda: self.there_now("a") is None, minutes=15)
        listed = self.there.list_object_versions(Bucket=self.copy)
        self.assertEqual(len(listed["DeleteMarkers"]), 1)
        self.assertEqual(len(listed["Versions"]), 1)

    @behaviour(f"{_GUIDE}/replication-what-is-isnt-replicated.html")
    def test_deleted_versions(self):
        """The deletion of a version is not copied, nor a delete marker that the rule leaves out."""
        self.replicate(markers="Disabled")
        version = self.put("a")
        self.put("b")
        self.copied("a")
        self.copied("b")
        self.s3.delete_object(Bucket=self.source, Key="a", VersionId=version)
        self.s3.delete_object(Bucket=self.source, Key="b")
        self.put("c")
        self.copied("c")
        self.assertIsNotNone(self.there_now("a"))
        self.assertIsNotNone(self.there_now("b"))

    @behaviour(f"{_GUIDE}/replication-requirements.html")
    def test_both_are_versioned(self):
        """Both buckets must be versioned."""
        plain = self.bucket()
        rule = {"Role": self.role, "Rules": [{
            "ID": "all", "Priority": 1, "Status": "Enabled", "Filter": {"Prefix": ""},
            "DeleteMarkerReplication": {"Status": "Disabled"},
            "Destination": {"Bucket": f"arn:aws:s3:::{self.copy}"}}]}
        self.refused("InvalidRequest", self.s3.put_bucket_replication, Bucket=plain,
                     ReplicationConfiguration=rule)
        rule["Rules"][0]["Destination"]["Bucket"] = f"arn:aws:s3:::{plain}"
        self.refused("InvalidRequest", self.s3.put_bucket_replication, Bucket=self.source,
                     ReplicationConfiguration=rule)

    @behaviour(f"{_GUIDE}/replication-requirements.html")
    def test_versioning_stays(self):
        """The versioning of a bucket that is replicated is not suspended."""
        self.replicate()
        self.refused("InvalidBucketState", self.s3.put_bucket_versioning, Bucket=self.source,
                     VersioningConfiguration={"Status": "Suspended"})
        self.s3.delete_bucket_replication(Bucket=self.source)
        self.s3.put_bucket_versioning(
            Bucket=self.source, VersioningConfiguration={"Status": "Suspended"})


class LagTest(ReplicationTest):
    @behaviour(f"{_GUIDE}/replication-status.html", sandbox_only=True, alone=True)
    def test_lag(self):
        """Until the lag is over the object is PENDING and its copy is not there."""
        self.replicate()
        self.sandbox.set_lag("s3", 3)
        self.addCleanup(self.sandbox.set_lag, "s3", None)
        began = time.monotonic()
        self.put("a")
        self.assertEqual(self.status("a"), "PENDING")
        self.assertIsNone(self.there_now("a"))
        self.copied("a")
        self.assertGreater(time.monotonic() - began, 2.5)

    @behaviour(f"{_GUIDE}/replication.html", sandbox_only=True, alone=True)
    def test_dark_source(self):
        """What was written just before its region went dark is copied when that is back."""
        self.replicate()
        self.sandbox.set_lag("s3", 1)
        self.addCleanup(self.sandbox.set_lag, "s3", None)
        self.put("a")
        dark = self.sandbox.start_fault({"kind": "dark"}, {"region": self.region})
        try:
            time.sleep(2.5)
            self.assertIsNone(self.there_now("a"))
        finally:
            self.sandbox.end_fault(dark)
        self.copied("a")
