"""EKS's API for clusters and node groups: what takes time, and what is refused."""

import json
import re

from ministack.services import eks

from .. import agenda
from ..errors import ResourceError
from ..offered import EKS_VERSIONS
from ..pace import pace
from ..quotas import limits
from ..resources.eks import drop_cluster_group, shape_cluster
from ..validation.checks import check
from ..validation.eks import check_scaling
from . import eks_updates, nodegroups

_NAME = r"([A-Za-z0-9_-]+)"
_DEFAULT_UPDATE_CONFIG = {"maxUnavailable": 1}
# A node may be at most this many minor versions behind its control plane.
_KUBELET_SKEW = 3


def _invalid(message: str, code: str = "InvalidParameterException") -> ResourceError:
    return ResourceError("Eks", code, message)


def _not_found(message: str) -> ResourceError:
    return ResourceError("Eks", "ResourceNotFoundException", message, 404)


def _cluster(name: str) -> dict:
    if name not in eks._clusters:
        raise _not_found(f"No cluster found for name: {name}.")
    return eks._clusters[name]


def _nodegroup(cluster: str, name: str) -> dict:
    _cluster(cluster)
    if f"{cluster}/{name}" not in eks._nodegroups:
        raise _not_found(f"No node group found for name: {name}.")
    return eks._nodegroups[f"{cluster}/{name}"]


@agenda.task
def ready(key: str) -> None:
    record = eks_updates.find(key)
    if record is not None and record["status"] == "CREATING":
        record["status"] = "ACTIVE"


@agenda.task
def gone(key: str) -> None:
    record = eks_updates.find(key)
    if record is None:
        return
    if "/" in key:
        eks._delete_nodegroup(record["clusterName"], record["nodegroupName"])
    else:
        eks._delete_cluster(key)
        drop_cluster_group(record)


def _create_cluster(request: dict, query: dict, go_on):
    network = request.get("resourcesVpcConfig") or {}
    properties = {"Name": request.get("name"), "ResourcesVpcConfig": {
        "SubnetIds": network.get("subnetIds") or []}}
    if request.get("version"):
        properties["Version"] = request["version"]
    check("AWS::EKS::Cluster", properties)
    limits.require("AWS::EKS::Cluster")
    response = go_on()
    if response[0] >= 300:
        return response
    cluster = eks._clusters[request["name"]]
    shape_cluster(cluster)
    cluster.setdefault("upgradePolicy", request.get("upgradePolicy") or {"supportType": "EXTENDED"})
    cluster.setdefault("deletionProtection", bool(request.get("deletionProtection")))
    if cluster.get("logging"):
        cluster["logging"]["clusterLogging"] = [
            each for each in cluster["logging"].get("clusterLogging") or [] if each.get("types")]
    agenda.later(pace.create_seconds("AWS::EKS::Cluster"), ready, key=request["name"])
    return eks._describe_cluster(request["name"])


def _delete_cluster(request: dict, query: dict, go_on, name: str):
    cluster = _cluster(name)
    if any(key.startswith(f"{name}/") for key in eks._nodegroups):
        raise ResourceError("Eks", "ResourceInUseException", "Cluster has nodegroups attached", 409)
    if cluster.get("deletionProtection"):
        raise _invalid(f"Cluster {name} cannot be deleted because deletion protection is enabled",
                       "InvalidRequestException")
    cluster["status"] = "DELETING"
    agenda.later(pace.delete_seconds("AWS::EKS::Cluster"), gone, key=name)
    return {"cluster": eks._sanitize(cluster)}


def _create_nodegroup(request: dict, query: dict, go_on, cluster: str):
    scaling = request.get("scalingConfig") or {}
    check("AWS::EKS::Nodegroup", {
        "ClusterName": cluster, "InstanceTypes": request.get("instanceTypes") or [],
        "Subnets": request.get("subnets") or [],
        "ScalingConfig": {k[0].upper() + k[1:]: v for k, v in scaling.items()}})
    if request.get("launchTemplate"):
        nodegroups.template_of(request["launchTemplate"])
        if request.get("diskSize"):
            raise _invalid("Disk size must be specified within the launch template.")
    response = go_on()
    if response[0] >= 300:
        return response
    key = f"{cluster}/{request['nodegroupName']}"
    nodegroup = eks._nodegroups[key]
    nodegroups.use_template(nodegroup, request.get("launchTemplate"))
    nodegroup.setdefault("updateConfig", request.get("updateConfig") or _DEFAULT_UPDATE_CONFIG)
    nodegroup["status"] = "CREATING"
    agenda.later(pace.create_seconds("AWS::EKS::Nodegroup"), ready, key=key)
    return {"nodegroup": nodegroups.shown(nodegroup)}


def _describe_nodegroup(request: dict, query: dict, go_on, cluster: str, name: str):
    return {"nodegroup": nodegroups.shown(_nodegroup(cluster, name))}


def _delete_nodegroup(request: dict, query: dict, go_on, cluster: str, name: str):
    nodegroup = _nodegroup(cluster, name)
    if nodegroup["status"] != "DELETING":
        nodegroup["status"] = "DELETING"
        agenda.later(pace.delete_seconds("AWS::EKS::Nodegroup"), gone, key=f"{cluster}/{name}")
    return {"nodegroup": nodegroups.shown(nodegroup)}


def _update_nodegroup_config(request: dict, query: dict, go_on, cluster: str, name: str):
    """https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html"""
    nodegroup = _nodegroup(cluster, name)
    _only(request, "scalingConfig", "labels", "taints", "updateConfig")
    params: dict[str, object] = {}
    scaling = {**nodegroup["scalingConfig"], **(request.get("scalingConfig") or {})}
    check_scaling({k[0].upper() + k[1:]: v for k, v in scaling.items()})
    for name_, value in (request.get("scalingConfig") or {}).items():
        params[name_[0].upper() + name_[1:]] = value
    labels, taints = request.get("labels") or {}, request.get("taints") or {}
    for field, kind in (("addOrUpdateLabels", "LabelsToAdd"), ("removeLabels", "LabelsToRemove")):
        if labels.get(field):
            params[kind] = json.dumps(labels[field])
    for field, kind in (("addOrUpdateTaints", "TaintsToAdd"), ("removeTaints", "TaintsToRemove")):
        if taints.get(field):
            params[kind] = json.dumps(taints[field])
    for field, value in (request.get("updateConfig") or {}).items():
        params[field[0].upper() + field[1:]] = value
    update = eks_updates.begin(nodegroup, "ConfigUpdate", params)
    nodegroup["scalingConfig"] = scaling
    nodegroup["labels"] = {
        k: v for k, v in {**(nodegroup.get("labels") or {}),
                          **(labels.get("addOrUpdateLabels") or {})}.items()
        if k not in (labels.get("removeLabels") or [])}
    dropped = [(t["key"], t["effect"]) for t in (taints.get("addOrUpdateTaints") or []) +
               (taints.get("removeTaints") or [])]
    nodegroup["taints"] = [t for t in nodegroup.get("taints") or []
                           if (t["key"], t["effect"]) not in dropped] + (
        taints.get("addOrUpdateTaints") or [])
    if request.get("updateConfig"):
        nodegroup["updateConfig"] = request["updateConfig"]
    nodegroups.follow(nodegroup)
    return {"update": update}


def _minor(version: str) -> int:
    return int(version.split(".")[1])


def _update_nodegroup_version(request: dict, query: dict, go_on, cluster: str, name: str):
    """https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html"""
    nodegroup, control = _nodegroup(cluster, name), _cluster(cluster)
    _only(request, "version", "releaseVersion", "force", "launchTemplate")
    template = request.get("launchTemplate")
    if template and not nodegroup.get("launchTemplate"):
        raise _invalid("You cannot specify a launch template for a node group that was made "
                       "without one", "InvalidRequestException")
    version = request.get("version", nodegroup["version"] if template else control["version"])
    _check_version(version)
    if _minor(version) > _minor(control["version"]):
        raise _invalid(f"Nodegroup version {version} can't be greater than the cluster's version "
                       f"{control['version']}")
    if _minor(version) < _minor(nodegroup["version"]):
        raise _invalid(f"Nodegroup version can't be lowered from {nodegroup['version']} to "
                       f"{version}")
    release = request.get("releaseVersion", nodegroup.get("releaseVersion", ""))
    update = eks_updates.begin(nodegroup, "VersionUpdate", {
        "Version": version, **({"ReleaseVersion": release} if release else {}),
        **({"LaunchTemplateVersion": template.get("version", "")} if template else {})})
    nodegroup["_nextVersion"] = {
        "version": version, "releaseVersion": release,
        **({"launchTemplate": nodegroups.template_of(template)} if template else {})}
    nodegroups.renew(nodegroup)
    return {"update": update}


def _check_version(version: str) -> None:
    if version not in EKS_VERSIONS:
        raise _invalid(f"unsupported Kubernetes version {version}")


def _update_cluster_version(request: dict, query: dict, go_on, name: str):
    """https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html"""
    cluster = _cluster(name)
    _only(request, "version", "force")
    old, new = cluster["version"], request.get("version", "")
    if new == old:
        raise _invalid(f"Cluster is already at the desired configuration with version: {new}")
    _check_version(new)
    if _minor(new) != _minor(old) + 1:
        raise _invalid(f"Unsupported Kubernetes minor version update from {old} to {new}")
    behind = sorted(n["nodegroupName"] for key, n in eks._nodegroups.items()
                    if key.startswith(f"{name}/") and _minor(n["version"]) < _minor(new)
                    - _KUBELET_SKEW)
    if behind:
        raise _invalid(f"Nodegroups {behind} must be updated before updating cluster version to "
                       f"{new}", "InvalidRequestException")
    update = eks_updates.begin(cluster, "VersionUpdate", {
        "Version": new, "PlatformVersion": "eks.1"})
    cluster["_nextVersion"] = {"version": new, "platformVersion": "eks.1"}
    return {"update": update}


_CLUSTER_CONFIG = {
    "resourcesVpcConfig": ("EndpointAccessUpdate", (
        "endpointPublicAccess", "endpointPrivateAccess", "publicAccessCidrs")),
    "logging": ("LoggingUpdate", ("clusterLogging",)),
    "accessConfig": ("AccessConfigUpdate", ("authenticationMode",)),
    "upgradePolicy": ("UpgradePolicyUpdate", ("supportType",)),
}


def _update_cluster_config(request: dict, query: dict, go_on, name: str):
    """https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html"""
    cluster = _cluster(name)
    _only(request, *_CLUSTER_CONFIG, "deletionProtection")
    asked = [field for field in (*_CLUSTER_CONFIG, "deletionProtection") if field in request]
    if len(asked) != 1:
        raise _invalid("Only one type of update can be allowed." if asked else "No changes needed "
                       "for the provided configuration")
    [field] = asked
    if field == "deletionProtection":
        update = eks_updates.begin(cluster, "DeletionProtectionUpdate", {
            "DeletionProtection": str(request[field]).lower()})
        cluster[field] = bool(request[field])
        return {"update": update}
    kind, members = _CLUSTER_CONFIG[field]
    _only(request[field], *members)
    update = eks_updates.begin(cluster, kind, {
        k[0].upper() + k[1:]: json.dumps(v) for k, v in request[field].items()})
    cluster.setdefault(field, {}).update(request[field])
    return {"update": update}


def _only(request: dict, *known: str) -> None:
    for name in request.keys() - set(known) - {"clientRequestToken"}:
        raise ResourceError("Eks", "InvalidRequestException", f"{name} is not emulated")


def _updated(cluster: str, query: dict) -> dict:
    """What the query names: the cluster, or a node group of it."""
    if query.get("addonName"):
        raise _not_found(f"No update found of add-on {query['addonName']}")
    name = query.get("nodegroupName")
    return _nodegroup(cluster, name) if name else _cluster(cluster)


def _list_updates(request: dict, query: dict, go_on, cluster: str):
    ids = [u["id"] for u in _updated(cluster, query).get("_updates", [])]
    size, start = int(query.get("maxResults", 100)), int(query.get("nextToken") or 0)
    more = {"nextToken": str(start + size)} if start + size < len(ids) else {}
    return {"updateIds": ids[start:start + size], **more}


def _describe_update(request: dict, query: dict, go_on, cluster: str, update_id: str):
    for update in _updated(cluster, query).get("_updates", []):
        if update["id"] == update_id:
            return {"update": update}
    raise _not_found(f"No update found for ID: {update_id}")


_ROUTES = [(method, re.compile(path), handler) for method, path, handler in (
    ("POST", "/clusters", _create_cluster),
    ("DELETE", f"/clusters/{_NAME}", _delete_cluster),
    ("POST", f"/clusters/{_NAME}/node-groups", _create_nodegroup),
    ("GET", f"/clusters/{_NAME}/node-groups/{_NAME}", _describe_nodegroup),
    ("DELETE", f"/clusters/{_NAME}/node-groups/{_NAME}", _delete_nodegroup),
    ("POST", f"/clusters/{_NAME}/node-groups/{_NAME}/update-config", _update_nodegroup_config),
    ("POST", f"/clusters/{_NAME}/node-groups/{_NAME}/update-version", _update_nodegroup_version),
    ("POST", f"/clusters/{_NAME}/updates", _update_cluster_version),
    ("POST", f"/clusters/{_NAME}/update-config", _update_cluster_config),
    ("GET", f"/clusters/{_NAME}/updates", _list_updates),
    ("GET", f"/clusters/{_NAME}/updates/{_NAME}", _describe_update),
)]


def _requests(original):
    def handle(method, path, headers, body, query):
        for known, pattern, handler in _ROUTES:
            found = pattern.fullmatch(path) if known == method else None
            if found:
                break
        else:
            return original(method, path, headers, body, query)
        flat = {k: v[0] if isinstance(v, list) else v for k, v in query.items()}
        try:
            with agenda.lock:
                agenda.run_due()
                answer = handler(json.loads(body or b"{}"), flat,
                                 lambda: original(method, path, headers, body, query),
                                 *found.groups())
        except ResourceError as error:
            return eks._error(error.status, error.code, error.message)
        except ValueError:
            return eks._error(400, "InvalidParameterException", "The body is not valid.")
        return answer if isinstance(answer, tuple) else eks._json_resp(200, answer)
    return handle


def _with_group(create):
    def created(cluster, body):
        response = create(cluster, body)
        if response[0] < 300:
            with agenda.lock:
                nodegroups.attach(eks._nodegroups[f"{cluster}/{body['nodegroupName']}"])
        return response
    return created


def _without_group(delete):
    def deleted(cluster, name):
        nodegroup = eks._nodegroups.get(f"{cluster}/{name}")
        response = delete(cluster, name)
        if response[0] < 300:
            with agenda.lock:
                nodegroups.detach(nodegroup)
        return response
    return deleted


def install() -> None:
    eks._create_nodegroup = _with_group(eks._create_nodegroup)
    eks._delete_nodegroup = _without_group(eks._delete_nodegroup)
    eks._handle_request_sync = _requests(eks._handle_request_sync)
