"""Objects: versions and delete markers."""

from slipway_contract import ContractTest, behaviour

_GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"


class VersionsTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.s3 = self.client("s3")
        self.bucket = self.name("versions")
        self.s3.create_bucket(Bucket=self.bucket)
        self.clean_up(self.s3.delete_bucket, Bucket=self.bucket)
        self.clean_up(self._empty)
        self.s3.put_bucket_versioning(Bucket=self.bucket,
                                      VersioningConfiguration={"Status": "Enabled"})

    def _empty(self):
        listed = self.s3.list_object_versions(Bucket=self.bucket)
        for kept in listed.get("Versions", []) + listed.get("DeleteMarkers", []):
            self.s3.delete_object(Bucket=self.bucket, Key=kept["Key"], VersionId=kept["VersionId"])

    @behaviour(f"{_GUIDE}/DeleteMarker.html")
    def test_delete_marker(self):
        """Deleting an object of a versioned bucket puts a delete marker over it and keeps what was there."""
        put = self.s3.put_object(Bucket=self.bucket, Key="a", Body=b"one")
        deleted = self.s3.delete_object(Bucket=self.bucket, Key="a")
        self.assertTrue(deleted["DeleteMarker"])
        self.refused("NoSuchKey", self.s3.get_object, Bucket=self.bucket, Key="a")
        kept = self.s3.get_object(Bucket=self.bucket, Key="a", VersionId=put["VersionId"])
        self.assertEqual(kept["Body"].read(), b"one")
        self.s3.delete_object(Bucket=self.bucket, Key="a", VersionId=deleted["VersionId"])
        self.assertEqual(self.s3.get_object(Bucket=self.bucket, Key="a")["Body"].read(), b"one")
