"""Which resource types are emulated, with which properties, and what a change of one replaces."""

import json
from pathlib import Path

from ministack.services.cloudformation import changesets, engine, handlers, provisioners

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
    _validate_more()


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


def _validate_more() -> None:
    """What CloudFormation finds in a template before a stack exists, and ministack does not."""
    original = engine.validate_template_support

    def validate(template, conditions, params=None):
        resources = template.get("Resources") or {}
        if not resources:
            raise ValueError(
                "Template format error: At least one Resources member must be defined.")
        custom = {r["Type"] for r in resources.values()
                  if isinstance(r, dict) and str(r.get("Type", "")).startswith("Custom::")}
        if custom:
            raise ValueError("Template format error: Unrecognized resource types: "
                             f"[{', '.join(sorted(custom))}]")
        original(template, conditions, params)
        _refuse_unresolved(template, resources)

    for module in (engine, handlers, changesets):
        module.validate_template_support = validate


def _refuse_unresolved(template: dict, resources: dict) -> None:
    known = set(resources) | set(template.get("Parameters") or {})
    for section in ("Resources", "Outputs"):
        wanted = {name for name, _ in engine._intrinsic_references(template.get(section) or {})
                  if not name.startswith("AWS::")}
        if section == "Resources":
            for resource in resources.values():
                needs = resource.get("DependsOn") or []
                wanted.update([needs] if isinstance(needs, str) else needs)
        missing = sorted(wanted - known)
        if missing:
            raise ValueError("Template format error: Unresolved resource dependencies "
                             f"[{', '.join(missing)}] in the {section} block of the template")
