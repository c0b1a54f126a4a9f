"""What behaviours of RDS and Aurora have in common: making databases, watching them, ending them."""

import secrets

from botocore.exceptions import ClientError

from slipway_contract import ContractTest

PASSWORD = secrets.token_urlsafe(18)
POSTGRES = {"Engine": "postgres", "EngineVersion": "17", "DBInstanceClass": "db.t4g.medium",
            "AllocatedStorage": 20, "StorageType": "gp3", "MasterUsername": "contract",
            "MasterUserPassword": PASSWORD}
AURORA = {"Engine": "aurora-postgresql", "EngineVersion": "17"}


class DatabaseTest(ContractTest):
    def instance(self, name: str, region: str | None = None) -> dict:
        return self.client("rds", region).describe_db_instances(
            DBInstanceIdentifier=name)["DBInstances"][0]

    def cluster(self, name: str, region: str | None = None) -> dict:
        return self.client("rds", region).describe_db_clusters(
            DBClusterIdentifier=name)["DBClusters"][0]

    def writers(self, name: str, region: str | None = None) -> list[str]:
        return [m["DBInstanceIdentifier"] for m in self.cluster(name, region)["DBClusterMembers"]
                if m["IsClusterWriter"]]

    def in_status(self, name: str, status: str = "available", region: str | None = None) -> dict:
        """The instance, once it is in that status and nothing is pending."""
        def there():
            found = self.instance(name, region)
            return found if (found["DBInstanceStatus"] == status
                             and not found["PendingModifiedValues"]) else None

        return self.wait_for(f"{name} {status}", there, minutes=30)

    def cluster_available(self, name: str, region: str | None = None) -> dict:
        def there():
            found = self.cluster(name, region)
            return found if found["Status"] == "available" else None

        return self.wait_for(f"{name} available", there, minutes=30)

    def make_instance(self, label: str, **more) -> str:
        name = self.name(label)
        self.client("rds").create_db_instance(DBInstanceIdentifier=name, **{**POSTGRES, **more})
        self.addCleanup(self.end_instance, name)
        return name

    def make_cluster(self, label: str, region: str | None = None, **more) -> str:
        name = self.name(label)
        if "GlobalClusterIdentifier" not in more:
            more = {"MasterUsername": "contract", "MasterUserPassword": PASSWORD, **more}
        self.client("rds", region).create_db_cluster(DBClusterIdentifier=name, **AURORA, **more)
        self.addCleanup(self.end_cluster, name, region)
        return name

    def add_instance(self, cluster: str, label: str, region: str | None = None, **more) -> str:
        name = self.name(label)
        self.client("rds", region).create_db_instance(
            DBInstanceIdentifier=name, DBClusterIdentifier=cluster, Engine=AURORA["Engine"],
            **{"DBInstanceClass": "db.r6g.large", **more})
        self.addCleanup(self.end_instance, name, region)
        return name

    def end_instance(self, name: str, region: str | None = None) -> None:
        self._end(self.client("rds", region).delete_db_instance, "InvalidDBInstanceState",
                  DBInstanceIdentifier=name, SkipFinalSnapshot=True)
        self.wait_for(f"{name} gone", lambda: _gone(self.instance, name, region), minutes=30)

    def end_cluster(self, name: str, region: str | None = None) -> None:
        self._end(self.client("rds", region).delete_db_cluster, "InvalidDBClusterStateFault",
                  DBClusterIdentifier=name, SkipFinalSnapshot=True)
        self.wait_for(f"{name} gone", lambda: _gone(self.cluster, name, region), minutes=30)

    def _end(self, delete, busy: str, **request) -> None:
        """Deletes as soon as its state allows it."""
        def accepted() -> bool:
            try:
                delete(**request)
            except ClientError as error:
                code = error.response["Error"]["Code"]
                if code == busy and "already" not in str(error):
                    return False
                if code != busy and "NotFound" not in code:
                    raise
            return True

        self.wait_for("a deletion", accepted, minutes=30)

    def messages(self, kind: str, name: str) -> list[str]:
        return [e["Message"] for e in self.client("rds").describe_events(
            SourceType=kind, SourceIdentifier=name)["Events"]]

    def has_metric(self, region: str, name: str, **dimensions: str):
        """Whether it is listed, so that it has been reported."""
        listed = self.client("cloudwatch", region).list_metrics(
            Namespace="AWS/RDS", MetricName=name,
            Dimensions=[{"Name": k, "Value": v} for k, v in dimensions.items()])
        return bool(listed["Metrics"])


def _gone(read, name: str, region: str | None) -> bool:
    try:
        read(name, region)
    except ClientError as error:
        if "NotFound" in error.response["Error"]["Code"]:
            return True
        raise
    return False
