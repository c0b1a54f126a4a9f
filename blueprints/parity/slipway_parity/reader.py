"""What stands of one environment, by AWS's own APIs: a list of resources as AWS describes them.

Found by the tags of the environment or by its name, whichever engine made it.
"""

import json
from typing import Iterator

from .data import DataReading
from .edge import EdgeReading
from .reading import Resource, document, listed, or_none


class Reader(EdgeReading, DataReading):
    def read(self) -> list[Resource]:
        found: list[Resource] = []
        for read in (self._network, self._machines, self._balancers, self._cluster, self._roles,
                     self._keys, self._logs, self._alarms, self._messages, self._buckets,
                     self._images, self._databases, self._caches, self._kafka, self._secrets,
                     self._firewall, self._distributions, self._tables, self._backups,
                     self._trails):
            found.extend(read())
        return found

    def _cluster(self) -> Iterator[Resource]:
        eks = self._client("eks")
        told = or_none(eks.describe_cluster, "ResourceNotFoundException", name=self.name)
        if told is None:
            return
        cluster = told["cluster"]
        issuer = cluster["identity"]["oidc"]["issuer"]
        yield Resource("Cluster", "cluster", cluster, [
            cluster["arn"], cluster["endpoint"], issuer, issuer.removeprefix("https://")])
        for name in eks.list_nodegroups(clusterName=self.name)["nodegroups"]:
            each = eks.describe_nodegroup(clusterName=self.name, nodegroupName=name)["nodegroup"]
            yield Resource("Nodegroup", name, each, [each["nodegroupArn"]])
        for name in eks.list_addons(clusterName=self.name)["addons"]:
            each = eks.describe_addon(clusterName=self.name, addonName=name)["addon"]
            if each.get("configurationValues"):
                each["configurationValues"] = json.loads(each["configurationValues"])
            yield Resource("Addon", name, each, [each["addonArn"]])
        for principal in eks.list_access_entries(clusterName=self.name)["accessEntries"]:
            each = eks.describe_access_entry(
                clusterName=self.name, principalArn=principal)["accessEntry"]
            policies = eks.list_associated_access_policies(
                clusterName=self.name, principalArn=principal)["associatedAccessPolicies"]
            if self._mine(each.get("tags")):
                yield Resource("AccessEntry", "administrator", {**each, "Policies": policies},
                               [each["accessEntryArn"]])

    def _roles(self) -> Iterator[Resource]:
        iam = self._client("iam")
        for role in iam.get_paginator("list_roles").paginate().build_full_result()["Roles"]:
            name = role["RoleName"]
            tags = iam.list_role_tags(RoleName=name)["Tags"]
            if not self._mine(tags):
                continue
            inline = {}
            for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
                inline[policy] = document(iam.get_role_policy(
                    RoleName=name, PolicyName=policy)["PolicyDocument"])
            yield Resource("Role", role.get("Description") or name, {
                "Description": role.get("Description"), "Tags": tags,
                "MaxSessionDuration": role.get("MaxSessionDuration"), "Path": role["Path"],
                "Trust": document(role["AssumeRolePolicyDocument"]),
                "Managed": sorted(p["PolicyArn"] for p in iam.list_attached_role_policies(
                    RoleName=name)["AttachedPolicies"]),
                "Statements": [s for d in inline.values() for s in listed(d["Statement"])]},
                [role["Arn"], name])
        for profile in iam.list_instance_profiles()["InstanceProfiles"]:
            if any(self._mine(iam.list_role_tags(RoleName=r["RoleName"])["Tags"])
                   for r in profile["Roles"]):
                yield Resource("InstanceProfile", "bastion", {
                    "Roles": [r["RoleName"] for r in profile["Roles"]]},
                    [profile["Arn"], profile["InstanceProfileName"]])
        for each in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
            told = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=each["Arn"])
            if self._mine(told.get("Tags")):
                yield Resource("OIDCProvider", "cluster", told, [each["Arn"]])

    def _keys(self) -> Iterator[Resource]:
        kms = self._client("kms")
        aliases: dict[str, list[str]] = {}
        for each in kms.get_paginator("list_aliases").paginate().build_full_result()["Aliases"]:
            aliases.setdefault(each.get("TargetKeyId", ""), []).append(each["AliasName"])
        for each in kms.get_paginator("list_keys").paginate().build_full_result()["Keys"]:
            key_id = each["KeyId"]
            told = kms.describe_key(KeyId=key_id)["KeyMetadata"]
            if told["KeyState"] != "Enabled" or told.get("KeyManager") == "AWS":
                continue
            tags = kms.list_resource_tags(KeyId=key_id).get("Tags", [])
            if not self._mine(tags):
                continue
            own = sorted(aliases.get(key_id, []))
            yield Resource("Key", own[0].rsplit("/", 1)[-1] if own else "none", {
                "Description": told["Description"], "KeySpec": told.get("KeySpec"),
                "Rotation": kms.get_key_rotation_status(KeyId=key_id)["KeyRotationEnabled"],
                "Aliases": own, "Tags": [
                    {"Key": t["TagKey"], "Value": t["TagValue"]} for t in tags],
                "Statements": listed(json.loads(kms.get_key_policy(
                    KeyId=key_id, PolicyName="default")["Policy"])["Statement"])},
                [each["KeyArn"], key_id])

    def _logs(self) -> Iterator[Resource]:
        logs = self._client("logs")
        for each in logs.get_paginator("describe_log_groups").paginate().build_full_result()[
                "logGroups"]:
            arn = each["arn"].removesuffix(":*")
            tags = logs.list_tags_log_group(logGroupName=each["logGroupName"])["tags"]
            if self._mine(tags):
                yield Resource("LogGroup", each["logGroupName"], {
                    "retentionInDays": each.get("retentionInDays"),
                    "kmsKeyId": each.get("kmsKeyId"), "Tags": tags}, [arn])

    def _alarms(self) -> Iterator[Resource]:
        cloudwatch = self._client("cloudwatch")
        alarms = cloudwatch.get_paginator("describe_alarms").paginate(
            AlarmNamePrefix=f"{self.name}-").build_full_result()["MetricAlarms"]
        for each in alarms:
            yield Resource("Alarm", each["AlarmName"], each, [each["AlarmArn"]])
        for each in cloudwatch.list_dashboards(DashboardNamePrefix=self.name)["DashboardEntries"]:
            if each["DashboardName"] == self.name:
                body = json.loads(cloudwatch.get_dashboard(
                    DashboardName=self.name)["DashboardBody"])
                yield Resource("Dashboard", "dashboard", body, [])

    def _messages(self) -> Iterator[Resource]:
        sns, sqs = self._client("sns"), self._client("sqs")
        for each in sns.list_topics()["Topics"]:
            arn = each["TopicArn"]
            tags = sns.list_tags_for_resource(ResourceArn=arn)["Tags"]
            if not self._mine(tags):
                continue
            told = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
            subscriptions = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
            yield Resource("Topic", told.get("DisplayName") or "alarms", {
                "KmsMasterKeyId": told.get("KmsMasterKeyId"), "Tags": tags,
                "Statements": listed(json.loads(told["Policy"])["Statement"]),
                "Subscriptions": [{n: s[n] for n in ("Protocol", "Endpoint")}
                                  for s in subscriptions]}, [arn, arn.rsplit(":", 1)[-1]])
        for url in sqs.list_queues(QueueNamePrefix=self.name).get("QueueUrls", []):
            told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
            shown = {n: told.get(n) for n in (
                "KmsMasterKeyId", "MessageRetentionPeriod", "VisibilityTimeout",
                "ReceiveMessageWaitTimeSeconds", "DelaySeconds", "MaximumMessageSize")}
            yield Resource("Queue", url.rsplit("/", 1)[-1], {
                **shown, "RedrivePolicy": json.loads(told.get("RedrivePolicy", "null")),
                "Tags": sqs.list_queue_tags(QueueUrl=url).get("Tags", {}),
                "Statements": listed(json.loads(told.get("Policy") or '{"Statement": []}')[
                    "Statement"])}, [told["QueueArn"], url])

    def _trails(self) -> Iterator[Resource]:
        for each in self._client("cloudtrail").describe_trails()["trailList"]:
            if each["Name"] == self.name:
                yield Resource("Trail", "audit", each, [each["TrailARN"]])
