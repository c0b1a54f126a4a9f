"""Drift-aware change sets: what differs from the template is put back when they are executed.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
"""

import copy
import json

from ministack.core.responses import now_iso
from ministack.services import cloudformation as cfn
from ministack.services.cloudformation import changesets, drift, handlers, provisioners
from ministack.services.cloudformation.helpers import _error, _p

from . import revert_xml

_MODE = "REVERT_DRIFT"


def install() -> None:
    actions = cfn._ACTION_HANDLERS
    actions["CreateChangeSet"] = _creating(actions["CreateChangeSet"])
    actions["DescribeChangeSet"] = _describing(actions["DescribeChangeSet"])


def drifted_in(stack_id: str) -> dict[str, dict]:
    """What the change set that is being executed puts back, by logical id: the drift that it was
    made with."""
    for change_set in cfn._change_sets.values():
        if (change_set["StackId"] == stack_id
                and change_set["ExecutionStatus"] == "EXECUTE_IN_PROGRESS"):
            return copy.deepcopy(change_set.get("_drifted") or {})
    return {}


def _creating(original):
    def handle(params: dict) -> tuple:
        mode = _p(params, "DeploymentMode") or _p(params, "DeploymentConfig.Mode")
        if not mode:
            return original(params)
        if mode != _MODE:
            return _error("ValidationError", "1 validation error detected: Value at "
                          "'deploymentMode' failed to satisfy constraint: Member must satisfy "
                          f"enum value set: [{_MODE}]")
        if _p(params, "ChangeSetType", "UPDATE") != "UPDATE":
            return _error("ValidationError",
                          "A drift-aware change set of a new stack is not emulated.")
        known = set(cfn._change_sets.keys())
        response = original(params)
        if response[0] < 300:
            for key in set(cfn._change_sets.keys()) - known:
                _with_drift(cfn._change_sets[key])
        return response
    return handle


def _with_drift(change_set: dict) -> None:
    stack = handlers._resolve_stack(change_set["StackId"])
    at = now_iso()
    found = {}
    for logical_id, record in stack["_resources"].items():
        if drift.supports_drift(record["ResourceType"]):
            found[logical_id] = drift.detect_resource_drift(stack, logical_id, record, at)
    drifted = {name: each for name, each in found.items()
               if each["StackResourceDriftStatus"] in ("MODIFIED", "DELETED")
               and name in change_set["_template"].get("Resources", {})}
    wanted = changesets._resolve_props_for_diff(
        change_set["_template"], change_set["_resolved_params"], stack["StackName"],
        stack["StackId"])["Resources"]
    changes = {c["ResourceChange"]["LogicalResourceId"]: c for c in change_set["Changes"]}
    for logical_id, each in drifted.items():
        changes[logical_id] = {"ResourceChange": _change(
            changes.get(logical_id, {}).get("ResourceChange"), each, stack, wanted)}
    for logical_id, change in changes.items():
        change["ResourceChange"]["ResourceDriftStatus"] = found.get(
            logical_id, {"StackResourceDriftStatus": "UNSUPPORTED"})["StackResourceDriftStatus"]
    change_set.update(
        Changes=list(changes.values()), DeploymentMode=_MODE,
        StackDriftStatus="DRIFTED" if drifted else "IN_SYNC", _drifted=drifted)
    if changes:
        change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")


def _change(planned: dict | None, drifted: dict, stack: dict, wanted: dict) -> dict:
    logical_id, kind = drifted["LogicalResourceId"], drifted["ResourceType"]
    if drifted["StackResourceDriftStatus"] == "DELETED":
        return {"Action": "Add", "LogicalResourceId": logical_id, "ResourceType": kind}
    expected = json.loads(drifted["ExpectedProperties"])
    actual = json.loads(drifted["ActualProperties"])
    record = stack["_resources"][logical_id]
    desired = _desired(wanted, logical_id, expected)
    details = list((planned or {}).get("Details", []))
    for name in sorted({d["PropertyPath"].split("/")[1] for d in drifted["PropertyDifferences"]}):
        details = [d for d in details if d["Target"].get("Name") != name]
        for path, before, after, was in _leaves(
                f"/{name}", actual.get(name), desired.get(name), expected.get(name)):
            details.append(_detail(kind, name, path, before, after, was, drifted["Timestamp"]))
    changes = [d for d in details if d["Target"].get("AttributeChangeType") != "SyncWithActual"]
    replaces = bool(changes) and provisioners._replacing_change(
        kind, {**record["Properties"], **actual}, {**record["Properties"], **desired})
    return {
        "Action": "Modify" if changes else "SyncWithActual", "LogicalResourceId": logical_id,
        "PhysicalResourceId": record["PhysicalResourceId"], "ResourceType": kind,
        "Scope": ["Properties"], "Details": details,
        **({"Replacement": "True" if replaces else (planned or {}).get("Replacement", "False")}
           if changes else {}),
    }


def _desired(wanted: dict, logical_id: str, expected: dict) -> dict:
    """What the template says of the properties that were compared. One that refers to something
    else of the stack is as it was applied; so are tags, which the stack's are part of."""
    stated = wanted[logical_id].get("Properties") or {}
    return {name: value if name.startswith("Tag") or not _is_plain(stated.get(name))
            else stated[name] for name, value in expected.items()}


def _is_plain(value) -> bool:
    if value is None:
        return False
    text = json.dumps(value, default=str)
    return '"Fn::' not in text and '"Ref"' not in text


def _leaves(path: str, before, after, was):
    """The values below a property that differ from the template or from the last deployment."""
    sides = (before, after, was)
    if all(isinstance(side, dict) for side in sides):
        for key in sorted({k for side in sides for k in side}):
            yield from _leaves(f"{path}/{key}", *(side.get(key) for side in sides))
    elif not (drift._same(before, after) and drift._same(before, was)):
        yield path, before, after, was


def _detail(kind: str, name: str, path: str, before, after, was, at: str) -> dict:
    is_same = drift._same(before, after)
    replacing = name in provisioners._REPLACING_PROPERTIES.get(kind, ())
    change = ("SyncWithActual" if is_same else "Add" if before is None
              else "Remove" if after is None else "Modify")
    return {
        "Target": {
            "Attribute": "Properties", "Name": name, "Path": f"/Properties{path}",
            "RequiresRecreation": "Always" if replacing and not is_same else "Never",
            "BeforeValue": before, "AfterValue": after, "BeforeValueFrom": "ACTUAL_STATE",
            "AfterValueFrom": "TEMPLATE", "AttributeChangeType": change,
            "Drift": {"PreviousValue": was, "ActualValue": before,
                      "DriftDetectionTimestamp": at},
        },
        "Evaluation": "Static", "ChangeSource": "DirectModification",
    }


def _describing(original):
    def handle(params: dict) -> tuple:
        _, change_set = changesets._find_change_set(
            _p(params, "ChangeSetName"), _p(params, "StackName"))
        if change_set is None or change_set.get("DeploymentMode") != _MODE:
            return original(params)
        changes, change_set["Changes"] = change_set["Changes"], []
        try:
            status, headers, body = original(params)
        finally:
            change_set["Changes"] = changes
        with_values = _p(params, "IncludePropertyValues", "false").lower() == "true"
        return status, headers, revert_xml.insert(body, change_set, with_values)
    return handle
