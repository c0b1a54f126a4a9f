"""Which resource types are emulated, with which properties, and what a change of one replaces."""

import json
from pathlib import Path

from ministack.services.cloudformation import engine, provisioners

_DATA = json.loads(
    (Path(__file__).parent.parent / "data" / "resource_types.json").read_text())["types"]
_IGNORED = "AWS::CDK::Metadata"

EMULATED = frozenset(_DATA) | {_IGNORED}


def install() -> None:
    """Refuses every other type before anything is made, and properties no schema has."""
    missing = [t for t in EMULATED if t not in provisioners._RESOURCE_HANDLERS]
    if missing:
        raise RuntimeError(f"No handler for {', '.join(sorted(missing))}")
    for resource_type in list(provisioners._RESOURCE_HANDLERS):
        if resource_type not in EMULATED:
            provisioners._RESOURCE_HANDLERS.pop(resource_type)
    for resource_type, data in _DATA.items():
        provisioners._REPLACING_PROPERTIES.setdefault(
            resource_type, tuple(data.get("replacing", ())))
        provisioners._CONDITIONALLY_REPLACING_PROPERTIES.setdefault(
            resource_type, tuple(data.get("conditionallyReplacing", ())))
        if "Tags" in data["properties"]:
            provisioners._STACK_TAG_PROPERTY.setdefault(resource_type, ("Tags", "list"))
    _refuse_custom_types()


def property_problems(resource_type: str, properties: dict) -> list[str]:
    """What the type's schema has against these properties, in CloudFormation's words."""
    data = _DATA.get(resource_type)
    if data is None:
        return []
    known = set(data["properties"])
    return [f"#: extraneous key [{name}] is not permitted"
            for name in sorted(properties) if name not in known] + [
            f"#: required key [{name}] not found"
            for name in data.get("required", ()) if name not in properties]


def _refuse_custom_types() -> None:
    original = engine.validate_template_support

    def validate(template, conditions, params=None):
        custom = sorted({
            r["Type"] for r in (template.get("Resources") or {}).values()
            if isinstance(r, dict) and str(r.get("Type", "")).startswith("Custom::")})
        if custom:
            raise ValueError("Template format error: Unrecognized resource types: "
                             f"[{', '.join(custom)}]")
        original(template, conditions, params)

    from ministack.services.cloudformation import changesets, handlers
    for module in (engine, handlers, changesets):
        module.validate_template_support = validate
