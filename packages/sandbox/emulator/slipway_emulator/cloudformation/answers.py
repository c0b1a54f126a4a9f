"""CloudFormation leaves out what a stack has not; ministack shows it empty."""

import re

from ministack.services import cloudformation as cfn

_ABSENT = ("Description", "StackStatusReason", "LastUpdatedTime", "ResourceStatusReason",
           "PhysicalResourceId", "ClientRequestToken", "StatusReason", "NextToken", "DeletionTime")
_EMPTY = re.compile(rf"<({'|'.join(_ABSENT)})>\s*</\1>|<({'|'.join(_ABSENT)})\s*/>".encode())
# Not a member of AWS's answer.
_CHANGE_SET_TYPE = re.compile(rb"<ChangeSetType>[^<]*</ChangeSetType>")


def install() -> None:
    for action, handler in list(cfn._ACTION_HANDLERS.items()):
        if action.startswith(("Describe", "List", "Get")):
            cfn._ACTION_HANDLERS[action] = _without_empty(handler)


def _without_empty(handler):
    def handle(params: dict) -> tuple:
        status, headers, body = handler(params)
        return status, headers, _CHANGE_SET_TYPE.sub(b"", _EMPTY.sub(b"", body))

    return handle
