"""One stack while an operation works on it: its record, its events, its resolved template."""

import copy

from ministack.core.responses import now_iso
from ministack.services import cloudformation as cfn
from ministack.services.cloudformation import engine, provisioners, stacks

STACK_TYPE = "AWS::CloudFormation::Stack"
CREATE_CANCELLED = "Resource creation cancelled"


class StackContext:
    """Wraps the stack record of ministack's store; every change goes straight into it,
    so that a snapshot at any moment can be continued."""

    def __init__(self, stack: dict):
        self.stack = stack
        self.name: str = stack["StackName"]
        self.id: str = stack["StackId"]

    @property
    def operation(self) -> dict:
        return self.stack["_operation"]

    @property
    def resources(self) -> dict:
        return self.stack.setdefault("_resources", {})

    @property
    def template(self) -> dict:
        return self.operation.get("template") or self.stack.get("_template") or {}

    @property
    def parameters(self) -> dict:
        return self.operation.get("parameters") or self.stack.get("_resolved_params") or {}

    @property
    def mappings(self) -> dict:
        return self.template.get("Mappings", {})

    @property
    def definitions(self) -> dict:
        return self.template.get("Resources", {})

    def conditions(self) -> dict:
        return engine._evaluate_conditions(self.template, self.parameters)

    def ordered(self) -> list[str]:
        return engine._topological_sort(self.definitions, self.conditions())

    def dependencies(self, names: list[str]) -> dict[str, set[str]]:
        return {
            name: engine._extract_deps(self.definitions[name], set(names)) - {name}
            for name in names if name in self.definitions
        }

    def event(self, logical_id: str, resource_type: str, status: str,
              reason: str = "", physical_id: str = "") -> None:
        stacks._add_event(self.id, self.name, logical_id, resource_type, status,
                          reason, physical_id)

    def set_status(self, status: str, reason: str = "") -> None:
        self.stack["StackStatus"] = status
        self.stack["StackStatusReason"] = reason
        self.event(self.name, STACK_TYPE, status, reason, self.id)

    def set_resource(self, logical_id: str, status: str, reason: str = "", **fields) -> dict:
        """The resource's record with its new status; no event is made."""
        record = self.resources.setdefault(logical_id, {
            "LogicalResourceId": logical_id,
            "PhysicalResourceId": "",
            "Properties": {},
            "Attributes": {},
        })
        record.update(fields)
        record.update(ResourceStatus=status, Timestamp=now_iso())
        if reason:
            record["ResourceStatusReason"] = reason
        else:
            record.pop("ResourceStatusReason", None)
        return record

    def properties(self, logical_id: str, previous: dict | None = None,
                   unchanged: bool = False) -> tuple[dict, dict]:
        """(properties with every reference resolved, the dynamic references' values)."""
        definition = self.definitions[logical_id]
        values = engine._resolve_refs(
            copy.deepcopy(definition.get("Properties", {})), self.resources, self.parameters,
            self.conditions(), self.mappings, self.name, self.id)
        values = {k: v for k, v in values.items() if v is not engine._NO_VALUE}
        return engine._resolve_dynamic_references(
            values, (previous or {}).get("_dynamic"),
            reuse_ssm=unchanged, reuse_secrets=unchanged)

    def tagged(self, logical_id: str, properties: dict, tags: list | None = None) -> dict:
        resource_type = self.definitions[logical_id]["Type"]
        return provisioners._with_stack_tags(
            resource_type, properties,
            (self.stack.get("Tags") or []) if tags is None else tags,
            self.name, self.id, logical_id)

    def policy(self, logical_id: str, attribute: str = "DeletionPolicy") -> str:
        return stacks._resource_policy(
            self.definitions.get(logical_id), attribute, self.resources, self.parameters,
            self.conditions(), self.mappings, self.name, self.id)

    def publish_outputs(self, leaving: frozenset[str] = frozenset()) -> None:
        """Resolves outputs and exports; raises when one cannot be resolved."""
        staying = {k: v for k, v in self.resources.items() if k not in leaving}
        outputs, exports = stacks._resolve_stack_outputs(
            self.template.get("Outputs", {}), self.conditions(), staying,
            self.parameters, self.mappings, self.name, self.id)
        for name, export in exports.items():
            owner = cfn._exports.get(name)
            if owner and owner["StackId"] != self.id:
                raise ValueError(
                    f"Export with name {name} is already exported by stack "
                    f"{owner['StackId'].split('/')[1]}")
        self.stack["Outputs"] = outputs
        cfn._exports.update(exports)

    def retract_exports(self) -> None:
        for output in self.stack.get("Outputs", []):
            if output.get("ExportName"):
                cfn._exports.pop(output["ExportName"], None)
