"""Buckets and their regions, versions, conditional writes."""

from slipway_contract import ContractTest, behaviour

_GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
_API = "https://docs.aws.amazon.com/AmazonS3/latest/API"


class BucketTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.s3 = self.client("s3")
        self.there = self.client("s3", self.second_region)

    def bucket(self, region: str | None = None, versioned: bool = False) -> str:
        """A new one, in the first region unless told."""
        name = self.name("bucket")
        client = self.client("s3", region)
        place = {} if client.meta.region_name == "us-east-1" else {
            "CreateBucketConfiguration": {"LocationConstraint": client.meta.region_name}}
        client.create_bucket(Bucket=name, **place)
        self.clean_up(client.delete_bucket, Bucket=name)
        self.addCleanup(self._empty, client, name)
        if versioned:
            client.put_bucket_versioning(
                Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return name

    @staticmethod
    def _empty(client, bucket: str) -> None:
        listed = client.list_object_versions(Bucket=bucket)
        for kept in listed.get("Versions", []) + listed.get("DeleteMarkers", []):
            client.delete_object(Bucket=bucket, Key=kept["Key"], VersionId=kept["VersionId"])


class RegionTest(BucketTest):
    @behaviour(f"{_API}/API_HeadBucket.html")
    def test_region_of_a_bucket(self):
        """A bucket says which region it is in."""
        bucket = self.bucket(self.second_region)
        self.assertEqual(self.there.head_bucket(Bucket=bucket)["BucketRegion"],
                         self.second_region)
        self.assertEqual(self.there.get_bucket_location(Bucket=bucket)["LocationConstraint"],
                         self.second_region)

    @behaviour("https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html")
    def test_redirect(self):
        """A request at another region than the bucket's is redirected to that region."""
        bucket = self.bucket()
        answers = []

        def seen(response_dict, **_):
            headers = {k.lower(): v for k, v in response_dict["headers"].items()}
            answers.append((response_dict["status_code"], headers.get("x-amz-bucket-region")))

        events = self.there.meta.events
        events.register("before-parse.s3.ListObjectsV2", seen)
        try:
            listed = self.there.list_objects_v2(Bucket=bucket)
        finally:
            events.unregister("before-parse.s3.ListObjectsV2", seen)
        self.assertEqual(listed["KeyCount"], 0)
        self.assertEqual(answers[0], (301, self.region))

    @behaviour(f"{_API}/API_CreateBucket.html")
    def test_names_are_taken_everywhere(self):
        """The name of a bucket is taken in all regions."""
        bucket = self.bucket()
        self.refused("BucketAlreadyOwnedByYou", self.there.create_bucket, Bucket=bucket,
                     CreateBucketConfiguration={"LocationConstraint": self.second_region})

    @behaviour(f"{_API}/API_CreateBucket.html")
    def test_place_of_creation(self):
        """A bucket is made at the endpoint of its own region."""
        self.refused("IllegalLocationConstraintException", self.there.create_bucket,
                     Bucket=self.name("bucket"),
                     CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})

    @behaviour(f"{_GUIDE}/delete-bucket.html")
    def test_full_bucket(self):
        """A bucket with an object in it is not deleted."""
        bucket = self.bucket()
        self.s3.put_object(Bucket=bucket, Key="a", Body=b"one")
        self.refused("BucketNotEmpty", self.s3.delete_bucket, Bucket=bucket)

    @behaviour(f"{_API}/ErrorResponses.html")
    def test_unknown_bucket(self):
        """A bucket that does not exist is not found."""
        missing = self.name("missing")
        self.refused("NoSuchBucket", self.s3.list_objects_v2, Bucket=missing)
        self.refused("404", self.s3.head_bucket, Bucket=missing)


class VersionTest(BucketTest):
    @behaviour(f"{_GUIDE}/DeleteMarker.html")
    def test_delete_marker(self):
        """Deleting an object of a versioned bucket puts a delete marker over it and keeps what was
        there."""
        bucket = self.bucket(versioned=True)
        put = self.s3.put_object(Bucket=bucket, Key="a", Body=b"one")
        deleted = self.s3.delete_object(Bucket=bucket, Key="a")
        self.assertTrue(deleted["DeleteMarker"])
        self.refused("NoSuchKey", self.s3.get_object, Bucket=bucket, Key="a")
        kept = self.s3.get_object(Bucket=bucket, Key="a", VersionId=put["VersionId"])
        self.assertEqual(kept["Body"].read(), b"one")
        self.s3.delete_object(Bucket=bucket, Key="a", VersionId=deleted["VersionId"])
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="a")["Body"].read(), b"one")

    @behaviour(f"{_GUIDE}/versioning-workflows.html")
    def test_versions(self):
        """Each write of a versioned bucket is a version of its own, of which the last is the
        latest."""
        bucket = self.bucket(versioned=True)
        written = [self.s3.put_object(Bucket=bucket, Key="a", Body=body)["VersionId"]
                   for body in (b"one", b"two")]
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="a")["VersionId"], written[1])
        listed = self.s3.list_object_versions(Bucket=bucket)["Versions"]
        self.assertEqual([(v["VersionId"], v["IsLatest"]) for v in listed],
                         [(written[1], True), (written[0], False)])
        self.s3.delete_object(Bucket=bucket, Key="a", VersionId=written[1])
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="a")["Body"].read(), b"one")

    @behaviour(f"{_GUIDE}/VersionSuspendedBehavior.html")
    def test_suspended(self):
        """While versioning is suspended, writes replace the null version and keep the others."""
        bucket = self.bucket(versioned=True)
        kept = self.s3.put_object(Bucket=bucket, Key="a", Body=b"one")["VersionId"]
        self.s3.put_bucket_versioning(
            Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
        for body in (b"two", b"three"):
            self.s3.put_object(Bucket=bucket, Key="a", Body=body)
        listed = {v["VersionId"] for v in self.s3.list_object_versions(Bucket=bucket)["Versions"]}
        self.assertEqual(listed, {"null", kept})
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="a")["Body"].read(), b"three")


class ConditionTest(BucketTest):
    @behaviour(f"{_GUIDE}/conditional-writes.html")
    def test_only_if_absent(self):
        """A write with If-None-Match takes effect only where nothing is."""
        bucket = self.bucket()
        self.s3.put_object(Bucket=bucket, Key="lock", Body=b"one", IfNoneMatch="*")
        self.refused("PreconditionFailed", self.s3.put_object, Bucket=bucket, Key="lock",
                     Body=b"two", IfNoneMatch="*")
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="lock")["Body"].read(), b"one")

    @behaviour(f"{_GUIDE}/conditional-writes.html")
    def test_only_if_the_same(self):
        """A write with If-Match takes effect only over what the writer has seen."""
        bucket = self.bucket()
        seen = self.s3.put_object(Bucket=bucket, Key="state", Body=b"one")["ETag"]
        self.s3.put_object(Bucket=bucket, Key="state", Body=b"two", IfMatch=seen)
        self.refused("PreconditionFailed", self.s3.put_object, Bucket=bucket, Key="state",
                     Body=b"three", IfMatch=seen)
        self.refused("NoSuchKey", self.s3.put_object, Bucket=bucket, Key="none",
                     Body=b"three", IfMatch=seen)
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="state")["Body"].read(), b"two")

    @behaviour(f"{_GUIDE}/conditional-writes.html")
    def test_a_marker_is_nothing(self):
        """Under a delete marker nothing is, so a write with If-None-Match takes effect."""
        bucket = self.bucket(versioned=True)
        self.s3.put_object(Bucket=bucket, Key="lock", Body=b"one")
        self.s3.delete_object(Bucket=bucket, Key="lock")
        self.s3.put_object(Bucket=bucket, Key="lock", Body=b"two", IfNoneMatch="*")
