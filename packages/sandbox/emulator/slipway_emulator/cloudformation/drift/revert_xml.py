"""A drift-aware change set as DescribeChangeSet tells it."""

import json

from ministack.services.cloudformation.helpers import _esc

_VALUES = ("BeforeValue", "AfterValue")
_DETAIL = ("Evaluation", "ChangeSource", "CausingEntity")
_CHANGE = ("Action", "LogicalResourceId", "PhysicalResourceId", "ResourceType", "Replacement",
           "PolicyAction", "ResourceDriftStatus")
_TARGET = ("Attribute", "Name", "Path", "RequiresRecreation", "BeforeValueFrom",
           "AfterValueFrom", "AttributeChangeType")


def insert(body: bytes, change_set: dict, with_values: bool) -> bytes:
    """Values are told only to who asks for them."""
    changes = "".join(_change(c["ResourceChange"], with_values) for c in change_set["Changes"])
    more = _members(change_set, ("DeploymentMode", "StackDriftStatus"))
    return body.replace(b"<Changes></Changes>",
                        f"<Changes>{changes}</Changes>{more}".encode(), 1)


def _members(source: dict, names: tuple[str, ...]) -> str:
    return "".join(f"<{name}>{_text(source[name])}</{name}>" for name in names
                   if source.get(name) is not None)


def _text(value) -> str:
    return _esc(value if isinstance(value, str) else json.dumps(value, sort_keys=True))


def _change(change: dict, with_values: bool) -> str:
    scope = "".join(f"<member>{name}</member>" for name in change.get("Scope", ()))
    details = "".join(_detail(d, with_values) for d in change.get("Details", ()))
    return (f"<member><Type>Resource</Type><ResourceChange>{_members(change, _CHANGE)}"
            f"<Scope>{scope}</Scope><Details>{details}</Details></ResourceChange></member>")


def _detail(detail: dict, with_values: bool) -> str:
    target = detail["Target"]
    told = _members(target, _TARGET)
    if with_values:
        told += _members(target, _VALUES)
        if "Drift" in target:
            told += f"<Drift>{_members(target['Drift'], tuple(target['Drift']))}</Drift>"
    return f"<member><Target>{told}</Target>{_members(detail, _DETAIL)}</member>"
