"""AWS Backup: plans, and the selections that put them to work."""

import json

from ministack.services import backup
from ministack.services.cloudformation import provisioners

from ..errors import ResourceError, from_response
from .handler import extend, register

SERVICE = "Backup"


def _create_plan(original):
    def create(logical_id, properties, stack_name):
        _require_vaults(properties)
        return original(logical_id, properties, stack_name)
    return create


def _update_plan(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        _require_vaults(new)
        return original(physical_id, old, new, stack_name, logical_id)
    return update


def _require_vaults(properties: dict) -> None:
    for rule in properties["BackupPlan"]["BackupPlanRule"]:
        vault = rule["TargetBackupVault"]
        # An account finds this one when it first comes to AWS Backup.
        if vault != "Default" and vault not in backup._vaults:
            raise ResourceError(SERVICE, "InvalidParameterValueException",
                                f"Backup vault {vault} does not exist.")


def _create_selection(logical_id, properties, stack_name):
    response = backup._create_selection(
        properties["BackupPlanId"], {"BackupSelection": properties["BackupSelection"]})
    from_response(SERVICE, response)
    selection = json.loads(response[2])["SelectionId"]
    plan = properties["BackupPlanId"]
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupselection.html
    return f"{selection}_{plan}", {"SelectionId": selection, "BackupPlanId": plan,
                                   "Id": f"{selection}_{plan}"}


def _delete_selection(physical_id, properties):
    backup._selections.pop(physical_id.split("_")[0], None)


def _refuse_delete_plan(physical_id, properties):
    if any(s["BackupPlanId"] == physical_id for s in backup._selections.values()):
        raise ResourceError(
            SERVICE, "InvalidRequestException",
            "Related backup plan selections must be deleted prior to backup plan deletion.")


def install() -> None:
    extend("AWS::Backup::BackupPlan", create=_create_plan, update=_update_plan,
           refuse_delete=lambda _: _refuse_delete_plan)
    register("AWS::Backup::BackupSelection", _create_selection, _delete_selection)
    provisioners._STACK_TAG_PROPERTY.setdefault("AWS::Backup::BackupPlan",
                                                ("BackupPlanTags", "map"))
