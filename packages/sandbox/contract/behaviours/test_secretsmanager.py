"""Secrets: versions and their labels, deletion, replicas in another region."""

from datetime import datetime, timezone

from slipway_contract import ContractTest, behaviour

_GUIDE = "https://docs.aws.amazon.com/secretsmanager/latest/userguide"
_API = "https://docs.aws.amazon.com/secretsmanager/latest/apireference"


class SecretTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.secrets = self.client("secretsmanager")
        self.elsewhere = self.client("secretsmanager", self.second_region)
        self.secret_name = self.name("secret")

    def secret(self, **more) -> dict:
        made = self.secrets.create_secret(Name=self.secret_name, SecretString="one", **more)
        self.clean_up(self.secrets.delete_secret, SecretId=made["ARN"],
                      ForceDeleteWithoutRecovery=True)
        return made

    def value(self, client=None, **more) -> str:
        return (client or self.secrets).get_secret_value(
            SecretId=self.secret_name, **more)["SecretString"]

    def labels(self) -> dict[str, set[str]]:
        """Labels by version."""
        found = self.secrets.describe_secret(SecretId=self.secret_name)["VersionIdsToStages"]
        return {version: set(labels) for version, labels in found.items()}


class LabelTest(SecretTest):
    @behaviour(f"{_GUIDE}/whats-in-a-secret.html")
    def test_new_value(self):
        """A new value becomes AWSCURRENT, and the one before it AWSPREVIOUS."""
        first = self.secret()["VersionId"]
        second = self.secrets.put_secret_value(
            SecretId=self.secret_name, SecretString="two")["VersionId"]
        self.assertEqual(self.labels(), {first: {"AWSPREVIOUS"}, second: {"AWSCURRENT"}})
        self.assertEqual(self.value(), "two")
        self.assertEqual(self.value(VersionStage="AWSPREVIOUS"), "one")
        self.secrets.put_secret_value(SecretId=self.secret_name, SecretString="three")
        self.assertNotIn(first, self.labels())

    @behaviour(f"{_API}/API_PutSecretValue.html")
    def test_pending_value(self):
        """A value with a label of its own leaves AWSCURRENT where it is."""
        first = self.secret()["VersionId"]
        pending = self.secrets.put_secret_value(
            SecretId=self.secret_name, SecretString="two",
            VersionStages=["AWSPENDING"])["VersionId"]
        self.assertEqual(self.labels(), {first: {"AWSCURRENT"}, pending: {"AWSPENDING"}})
        self.assertEqual(self.value(), "one")

    @behaviour(f"{_GUIDE}/whats-in-a-secret.html")
    def test_label_of_ones_own(self):
        """A value may get a label beside AWSCURRENT, and while it has one it stays, whatever comes after it."""
        self.secret()
        first = self.secrets.put_secret_value(
            SecretId=self.secret_name, SecretString="two",
            VersionStages=["AWSCURRENT", "INITIAL"])
        self.assertEqual(set(first["VersionStages"]), {"AWSCURRENT", "INITIAL"})
        for text in ("three", "four"):
            self.secrets.put_secret_value(SecretId=self.secret_name, SecretString=text)
        self.assertEqual(self.labels()[first["VersionId"]], {"INITIAL"})
        self.assertEqual(self.value(VersionStage="INITIAL"), "two")
        self.assertEqual(self.value(), "four")

    @behaviour(f"{_API}/API_UpdateSecretVersionStage.html")
    def test_moved_label(self):
        """AWSCURRENT is moved from one version to another, and AWSPREVIOUS follows."""
        first = self.secret()["VersionId"]
        second = self.secrets.put_secret_value(
            SecretId=self.secret_name, SecretString="two")["VersionId"]
        self.refused("InvalidParameterException", self.secrets.update_secret_version_stage,
                     SecretId=self.secret_name, VersionStage="AWSCURRENT",
                     MoveToVersionId=first)
        self.secrets.update_secret_version_stage(
            SecretId=self.secret_name, VersionStage="AWSCURRENT", MoveToVersionId=first,
            RemoveFromVersionId=second)
        self.assertEqual(self.labels(), {first: {"AWSCURRENT"}, second: {"AWSPREVIOUS"}})

    @behaviour(f"{_API}/API_PutSecretValue.html")
    def test_request_token(self):
        """The same token with the same value is taken once, and with another value refused."""
        self.secret()
        request = {"SecretId": self.secret_name, "ClientRequestToken": "0" * 32}
        self.secrets.put_secret_value(SecretString="two", **request)
        self.secrets.put_secret_value(SecretString="two", **request)
        self.refused("ResourceExistsException", self.secrets.put_secret_value,
                     SecretString="three", **request)
        self.assertEqual(self.value(), "two")

    @behaviour(f"{_API}/API_RotateSecret.html")
    def test_rotation_without_a_function(self):
        """A secret without a rotation function is not rotated."""
        self.secret()
        self.refused("InvalidRequestException", self.secrets.rotate_secret,
                     SecretId=self.secret_name)
        self.assertEqual(self.value(), "one")


class DeletionTest(SecretTest):
    @behaviour(f"{_API}/API_DeleteSecret.html")
    def test_deletion_window(self):
        """A deleted secret waits for 7 to 30 days, cannot be read meanwhile, keeps its name, and
        can be restored."""
        self.secret()
        for days in (6, 31):
            self.refused("InvalidParameterException", self.secrets.delete_secret,
                         SecretId=self.secret_name, RecoveryWindowInDays=days)
        deleted = self.secrets.delete_secret(SecretId=self.secret_name, RecoveryWindowInDays=7)
        self.assertIn("DeletedDate", self.secrets.describe_secret(SecretId=self.secret_name))
        days = (deleted["DeletionDate"] - datetime.now(timezone.utc)).total_seconds() / 86400
        self.assertAlmostEqual(days, 7, delta=0.1)
        self.refused("InvalidRequestException", self.secrets.get_secret_value,
                     SecretId=self.secret_name)
        self.refused("InvalidRequestException", self.secrets.put_secret_value,
                     SecretId=self.secret_name, SecretString="two")
        self.refused("InvalidRequestException", self.secrets.create_secret,
                     Name=self.secret_name, SecretString="two")
        self.secrets.restore_secret(SecretId=self.secret_name)
        self.assertEqual(self.value(), "one")

    @behaviour(f"{_API}/API_DeleteSecret.html")
    def test_forced_deletion(self):
        """A secret deleted by force is gone."""
        self.secret()
        self.refused("InvalidParameterException", self.secrets.delete_secret,
                     SecretId=self.secret_name, RecoveryWindowInDays=7,
                     ForceDeleteWithoutRecovery=True)
        self.secrets.delete_secret(SecretId=self.secret_name, ForceDeleteWithoutRecovery=True)

        def gone():
            try:
                self.secrets.describe_secret(SecretId=self.secret_name)
            except self.secrets.exceptions.ResourceNotFoundException:
                return True
            return False

        self.wait_for("the secret gone", gone)

    @behaviour(f"{_API}/API_CreateSecret.html")
    def test_name_is_taken(self):
        """The name of a secret that exists is refused to another."""
        self.secret()
        self.refused("ResourceExistsException", self.secrets.create_secret,
                     Name=self.secret_name, SecretString="two")


class ReplicaTest(SecretTest):
    def setUp(self):
        super().setUp()
        self.secret()
        self.addCleanup(self._end_replica)
        self.secrets.replicate_secret_to_regions(
            SecretId=self.secret_name, AddReplicaRegions=[{"Region": self.second_region}])
        self.wait_for("the replica", lambda: self._status() == "InSync")

    def _status(self) -> str | None:
        found = self.secrets.describe_secret(SecretId=self.secret_name)
        replicas = {r["Region"]: r["Status"] for r in found.get("ReplicationStatus", [])}
        return replicas.get(self.second_region)

    def _end_replica(self):
        if self._status():
            self.secrets.remove_regions_from_replication(
                SecretId=self.secret_name, RemoveReplicaRegions=[self.second_region])

    @behaviour(f"{_GUIDE}/replicate-secrets.html")
    def test_replica(self):
        """A replica has the name and the value of its primary, and follows it."""
        self.assertEqual(self.value(self.elsewhere), "one")
        described = self.elsewhere.describe_secret(SecretId=self.secret_name)
        self.assertEqual(described["PrimaryRegion"], self.region)
        self.assertIn(f":{self.second_region}:", described["ARN"])
        self.secrets.put_secret_value(SecretId=self.secret_name, SecretString="two")
        self.wait_for("the new value", lambda: self.value(self.elsewhere) == "two")

    @behaviour(f"{_GUIDE}/replicate-secrets.html")
    def test_replica_is_not_written(self):
        """A replica cannot be changed or deleted by itself."""
        self.refused("InvalidRequestException", self.elsewhere.put_secret_value,
                     SecretId=self.secret_name, SecretString="two")
        self.refused("InvalidRequestException", self.elsewhere.delete_secret,
                     SecretId=self.secret_name)

    @behaviour(f"{_API}/API_StopReplicationToReplica.html")
    def test_promotion(self):
        """A replica that stops replicating is a secret of its own, which the primary leaves
        alone."""
        self.elsewhere.stop_replication_to_replica(SecretId=self.secret_name)
        self.clean_up(self.elsewhere.delete_secret, SecretId=self.secret_name,
                      ForceDeleteWithoutRecovery=True)
        self.wait_for("the primary without a replica", lambda: self._status() is None)
        self.elsewhere.put_secret_value(SecretId=self.secret_name, SecretString="theirs")
        self.secrets.put_secret_value(SecretId=self.secret_name, SecretString="ours")
        self.assertEqual(self.value(self.elsewhere), "theirs")
        self.assertEqual(self.value(), "ours")

    @behaviour(f"{_GUIDE}/delete-replica.html")
    def test_primary_with_a_replica(self):
        """A primary with replicas is not deleted, and a replica goes by being removed from the
        replication."""
        self.refused("InvalidRequestException", self.secrets.delete_secret,
                     SecretId=self.secret_name)
        self.secrets.remove_regions_from_replication(
            SecretId=self.secret_name, RemoveReplicaRegions=[self.second_region])

        def gone():
            try:
                self.elsewhere.describe_secret(SecretId=self.secret_name)
            except self.elsewhere.exceptions.ResourceNotFoundException:
                return True
            return False

        self.wait_for("the replica gone", gone)
