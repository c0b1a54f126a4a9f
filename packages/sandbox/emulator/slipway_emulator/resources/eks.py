"""EKS: clusters as AWS shapes them, node groups, add-ons, access entries, pod identities."""

import base64
import secrets
import threading
from types import SimpleNamespace

from ministack.core.responses import get_account_id, get_region
from ministack.services import ec2, eks
from ministack.services.cloudformation import provisioners

from ..compute import eks_updates, nodegroups
from ..errors import from_response
from .ec2 import new_id
from .handler import extend, register, tag_map

SERVICE = "Eks"
_to_camel = provisioners._pascal_to_camel


class _NoThread:
    """A cluster here is its record: nothing is started behind it, so nothing changes it later."""

    def __init__(self, *arguments, **named):
        pass

    def start(self):
        pass


def shape_cluster(cluster: dict) -> None:
    """The parts of a cluster that AWS makes: endpoint, authority, issuer, its security group."""
    region, identity = get_region(), secrets.token_hex(16).upper()
    network = cluster["resourcesVpcConfig"]
    subnet = next((ec2._subnets.get(s) for s in network["subnetIds"] if s in ec2._subnets), None)
    if subnet is not None:
        network["vpcId"] = subnet["VpcId"]
    group_id = new_id("sg")
    network["clusterSecurityGroupId"] = group_id
    ec2._security_groups[group_id] = {
        "GroupId": group_id,
        "GroupName": f"eks-cluster-sg-{cluster['name']}-{secrets.randbelow(10**9)}",
        "Description": "EKS created security group applied to ENI that is attached to EKS "
                       "Control Plane master nodes, as well as any managed workloads.",
        "VpcId": network["vpcId"], "OwnerId": get_account_id(), "IpPermissions": [],
        "IpPermissionsEgress": provisioners._ec2_sg_egress_permissions(None),
    }
    ec2._tags[group_id] = [
        {"Key": f"kubernetes.io/cluster/{cluster['name']}", "Value": "owned"},
        {"Key": "aws:eks:cluster-name", "Value": cluster["name"]}]
    # Without a port, ministack leaves the address as it is when it loads the cluster.
    cluster["_port"] = None
    cluster.update(
        endpoint=f"https://{identity}.gr7.{region}.eks.amazonaws.com",
        identity={"oidc": {"issuer": f"https://oidc.eks.{region}.amazonaws.com/id/{identity}"}},
        platformVersion="eks.1", health={"issues": []}, status="CREATING",
        certificateAuthority={"data": base64.b64encode(
            b"-----BEGIN CERTIFICATE-----\nemulated\n-----END CERTIFICATE-----\n").decode()})


def _create_cluster(original):
    def create(logical_id, properties, stack_name):
        name, _ = original(logical_id, properties, stack_name)
        cluster = eks._clusters[name]
        shape_cluster(cluster)
        _apply_cluster(cluster, properties)
        return name, _cluster_attributes(cluster)
    return create


def _apply_cluster(cluster: dict, properties: dict) -> None:
    if properties.get("EncryptionConfig"):
        cluster["encryptionConfig"] = _to_camel(properties["EncryptionConfig"])
    if properties.get("KubernetesNetworkConfig"):
        cluster["kubernetesNetworkConfig"].update(
            _to_camel(properties["KubernetesNetworkConfig"]))
    cluster["upgradePolicy"] = _to_camel(
        properties.get("UpgradePolicy") or {"SupportType": "EXTENDED"})
    cluster["deletionProtection"] = _flag(properties.get("DeletionProtection"))
    access = _to_camel(properties.get("AccessConfig") or {})
    cluster["accessConfig"] = {
        "authenticationMode": access.get("authenticationMode", "CONFIG_MAP"),
        "bootstrapClusterCreatorAdminPermissions": _flag(
            access.get("bootstrapClusterCreatorAdminPermissions", True)),
    }


def _flag(value) -> bool:
    return str(value).lower() == "true"


def _cluster_attributes(cluster: dict) -> dict:
    return {
        **provisioners._eks_cluster_attrs(cluster),
        "Id": cluster["name"],
        "EncryptionConfigKeyArn": next(
            (c.get("provider", {}).get("keyArn", "")
             for c in cluster.get("encryptionConfig") or []), ""),
        "KubernetesNetworkConfig.ServiceIpv4Cidr":
            cluster["kubernetesNetworkConfig"]["serviceIpv4Cidr"],
    }


def _update_cluster(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        name, _ = original(physical_id, old, new, stack_name, logical_id)
        cluster = eks._clusters[name]
        if name != physical_id:
            shape_cluster(cluster)
        _apply_cluster(cluster, new)
        return name, _cluster_attributes(cluster)
    return update


def drop_cluster_group(cluster: dict | None) -> None:
    group_id = ((cluster or {}).get("resourcesVpcConfig") or {}).get("clusterSecurityGroupId")
    ec2._security_groups.pop(group_id, None)
    ec2._tags.pop(group_id, None)


def _delete_cluster(original):
    def delete(physical_id, properties):
        cluster = eks._clusters.get(physical_id)
        original(physical_id, properties)
        drop_cluster_group(cluster)
    return delete


# CloudFormation names a node group "cluster/nodegroup"; ministack's handlers the second half.


def _nodegroup_result(key: str, properties: dict) -> tuple[str, dict]:
    nodegroup = eks._nodegroups[key]
    nodegroup["capacityType"] = properties.get("CapacityType", "ON_DEMAND")
    nodegroup["amiType"] = properties.get("AmiType", "AL2023_x86_64_STANDARD")
    nodegroup.setdefault("updateConfig", {"maxUnavailable": 1})
    nodegroups.use_template(nodegroup, _to_camel(properties.get("LaunchTemplate") or {}))
    return key, {**provisioners._eks_nodegroup_attrs(nodegroup), "Id": key}


def _create_nodegroup(original):
    def create(logical_id, properties, stack_name):
        name, _ = original(logical_id, properties, stack_name)
        return _nodegroup_result(f"{properties['ClusterName']}/{name}", properties)
    return create


def _update_nodegroup(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        before = eks._nodegroups.get(physical_id)
        if before is not None:
            eks_updates.refuse_if_busy(before)
        name, _ = original(physical_id.split("/", 1)[1], old, new, stack_name, logical_id)
        key = f"{new['ClusterName']}/{name}"
        nodegroup = eks._nodegroups[key]
        if nodegroup is before:
            eks_updates.begin(nodegroup, "ConfigUpdate", nodegroup["scalingConfig"])
            nodegroups.follow(nodegroup)
        return _nodegroup_result(key, new)
    return update


def _delete_nodegroup(original):
    def delete(physical_id, properties):
        original(physical_id.split("/", 1)[1], properties)
    return delete


def _create_addon(logical_id, properties, stack_name):
    cluster, name = properties["ClusterName"], properties["AddonName"]
    from_response(SERVICE, eks._create_addon(cluster, _addon_body(properties)))
    return f"{cluster}|{name}", {"Arn": eks._addons[f"{cluster}/{name}"]["addonArn"]}


def _addon_body(properties: dict) -> dict:
    body = {"tags": tag_map(properties)}
    for name in ("AddonName", "AddonVersion", "ServiceAccountRoleArn", "ConfigurationValues"):
        if properties.get(name):
            body[name[0].lower() + name[1:]] = properties[name]
    return body


def _update_addon(physical_id, old, new, stack_name, logical_id):
    key = physical_id.replace("|", "/", 1)
    addon = eks._addons[key]
    addon.update({"serviceAccountRoleArn": "", "configurationValues": "", **_addon_body(new)})
    return physical_id, {"Arn": addon["addonArn"]}


def _delete_addon(physical_id, properties):
    eks._delete_addon(*physical_id.split("|", 1))


def _create_access_entry(logical_id, properties, stack_name):
    cluster, principal = properties["ClusterName"], properties["PrincipalArn"]
    from_response(SERVICE, eks._create_access_entry(cluster, {
        "principalArn": principal, "tags": tag_map(properties),
        "kubernetesGroups": properties.get("KubernetesGroups", []),
        "username": properties.get("Username", ""), "type": properties.get("Type", "STANDARD")}))
    _associate_policies(cluster, principal, properties)
    entry = eks._access_entries[eks._ae_key(cluster, principal)]
    return f"{principal}|{cluster}", {"AccessEntryArn": entry["accessEntryArn"]}


def _associate_policies(cluster: str, principal: str, properties: dict) -> None:
    for policy in properties.get("AccessPolicies") or []:
        from_response(SERVICE, eks._associate_access_policy(cluster, principal, _to_camel(policy)))


def _update_access_entry(physical_id, old, new, stack_name, logical_id):
    principal, cluster = physical_id.rsplit("|", 1)
    entry = eks._access_entries[eks._ae_key(cluster, principal)]
    entry.update(kubernetesGroups=new.get("KubernetesGroups", []),
                 username=new.get("Username", ""), tags=tag_map(new))
    kept = {p["PolicyArn"] for p in new.get("AccessPolicies") or []}
    for policy in old.get("AccessPolicies") or []:
        if policy["PolicyArn"] not in kept:
            eks._disassociate_access_policy(cluster, principal, policy["PolicyArn"])
    _associate_policies(cluster, principal, new)
    return physical_id, {"AccessEntryArn": entry["accessEntryArn"]}


def _delete_access_entry(physical_id, properties):
    principal, cluster = physical_id.rsplit("|", 1)
    eks._delete_access_entry(cluster, principal)


def _create_pod_identity(logical_id, properties, stack_name):
    body = {**_to_camel({k: v for k, v in properties.items() if k != "Tags"}),
            "tags": tag_map(properties)}
    before = set(eks._pod_identity_associations)
    from_response(SERVICE, eks._create_pod_identity_association(properties["ClusterName"], body))
    key = (set(eks._pod_identity_associations) - before).pop()
    return _pod_identity_result(eks._pod_identity_associations[key])


def _pod_identity_result(association: dict) -> tuple[str, dict]:
    arn = association["associationArn"]
    return arn, {"AssociationArn": arn, "AssociationId": association["associationId"]}


def _update_pod_identity(physical_id, old, new, stack_name, logical_id):
    from_response(SERVICE, eks._update_pod_identity_association(
        new["ClusterName"], physical_id.rsplit("/", 1)[1], _to_camel(
            {k: v for k, v in new.items() if k != "Tags"})))
    association = eks._pod_identity_associations[
        eks._pia_key(new["ClusterName"], physical_id.rsplit("/", 1)[1])]
    association["tags"] = tag_map(new)
    return _pod_identity_result(association)


def _delete_pod_identity(physical_id, properties):
    eks._delete_pod_identity_association(
        properties["ClusterName"], physical_id.rsplit("/", 1)[1])


def install() -> None:
    eks.threading = SimpleNamespace(**{**vars(threading), "Thread": _NoThread})
    extend("AWS::EKS::Cluster", create=_create_cluster, update=_update_cluster,
           delete=_delete_cluster)
    extend("AWS::EKS::Nodegroup", create=_create_nodegroup, update=_update_nodegroup,
           delete=_delete_nodegroup)
    register("AWS::EKS::Addon", _create_addon, _delete_addon, _update_addon)
    register("AWS::EKS::AccessEntry", _create_access_entry, _delete_access_entry,
             _update_access_entry)
    register("AWS::EKS::PodIdentityAssociation", _create_pod_identity, _delete_pod_identity,
             _update_pod_identity)
    provisioners._STACK_TAG_PROPERTY.setdefault("AWS::EKS::Addon", ("Tags", "list"))
