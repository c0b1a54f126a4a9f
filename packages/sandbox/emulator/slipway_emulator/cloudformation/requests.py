"""The CloudFormation actions: ministack's handlers, with the rules it lacks in front of them."""

from typing import Callable
from urllib.parse import urlparse

from ministack.services import cloudformation as cfn
from ministack.services.cloudformation import changesets, handlers, stacks
from ministack.services.cloudformation.helpers import _error, _esc, _p, _xml

from . import answers, operations
from .context import StackContext
from .drift.revert import drifted_in

Handler = Callable[[dict], tuple]


class _Plan:
    """What ministack hands on as a coroutine: here the operation to begin."""

    def __init__(self, kind: str, **operation):
        self.kind, self.operation = kind, operation


def _deploy(stack_name, stack_id, template, param_values, disable_rollback, tags,
            is_update=False, previous_stack=None, retain_except_on_create=False, imports=None):
    common = dict(template=template, parameters=param_values,
                  disable_rollback=disable_rollback,
                  retain_except_on_create=retain_except_on_create)
    if is_update:
        return _Plan("update", previous=previous_stack, touched=[], replaced={}, removed=[],
                     drifted=drifted_in(stack_id), **common)
    return _Plan("create", **common)


def _delete(stack_name, stack_id, retain_resources=(), force=False):
    return _Plan("delete", retain=sorted(retain_resources), force=force)


def _delete_on_failure(stack_name, stack_id, plan):
    plan.operation["on_failure"] = "DELETE"
    return plan


def _start(plan, stack, stack_id=None):
    if not isinstance(plan, _Plan):
        _schedule_original(plan, stack, stack_id)
        return
    if plan.kind == "delete":
        StackContext(stack).set_status("DELETE_IN_PROGRESS", "User Initiated")
    with stacks._stack_region_context(stack, stack_id):
        operations.begin(stack, plan.kind, **plan.operation)


_schedule_original = stacks._create_stack_task_in_region


def install() -> None:
    """Puts these rules between ministack's router and its handlers."""
    for module in (stacks, handlers, changesets):
        for name, ours in (("_deploy_stack_async", _deploy),
                           ("_delete_stack_async", _delete),
                           ("_create_then_delete_on_failure", _delete_on_failure),
                           ("_create_stack_task_in_region", _start)):
            if hasattr(module, name):
                setattr(module, name, ours)
    changesets._track_change_set_execution = lambda change_set, stack, plan: plan
    for action, rule in _RULES.items():
        handler = cfn._ACTION_HANDLERS[action]
        cfn._ACTION_HANDLERS[action] = _with_rule(action, rule, handler)
    answers.install()


def _with_rule(action: str, rule: Callable[[str, dict], tuple | None], handler: Handler) -> Handler:
    def handle(params: dict) -> tuple:
        _use_path_style(params, "TemplateURL")
        answer = rule(action, params)
        if answer is not None:
            return answer
        stack = _stack(params)
        response = handler(params)
        if response[0] < 300:
            _remember_token(action, params, stack or _stack(params))
        return response

    return handle


def _stack(params: dict) -> dict | None:
    return handlers._resolve_stack(_p(params, "StackName"))


def _remember_token(action: str, params: dict, stack: dict | None) -> None:
    token = _token(action, params)
    if token and stack is not None:
        stack.setdefault("_tokens", {})[token] = _token_scope(action, params)


def _token(action: str, params: dict) -> str:
    return _p(params, "ClientToken" if action == "CreateChangeSet" else "ClientRequestToken")


def _token_scope(action: str, params: dict) -> str:
    if action in ("CreateChangeSet", "ExecuteChangeSet"):
        return f"{action} {_p(params, 'ChangeSetName').split('/')[-2:][0]}"
    return action


def _repeated(action: str, params: dict, stack: dict | None) -> tuple | None:
    """The answer to a request whose token was taken before, or None when it is new."""
    token = _token(action, params)
    scope = (stack or {}).get("_tokens", {}).get(token) if token else None
    if scope is None:
        return None
    if scope != _token_scope(action, params):
        return _error("TokenAlreadyExistsException",
                      f"A client request token already exists: {token}")
    if action in ("CreateStack", "UpdateStack"):
        return _xml(200, f"{action}Response",
                    f"<{action}Result><StackId>{stack['StackId']}</StackId></{action}Result>")
    if action == "CreateChangeSet":
        _, change_set = changesets._find_change_set(_p(params, "ChangeSetName"),
                                                    stack["StackName"])
        if change_set is None:
            return None
        return _xml(200, "CreateChangeSetResponse",
                    f"<CreateChangeSetResult><Id>{_esc(change_set['ChangeSetId'])}</Id>"
                    f"<StackId>{_esc(stack['StackId'])}</StackId></CreateChangeSetResult>")
    if action == "ExecuteChangeSet":
        return _xml(200, "ExecuteChangeSetResponse",
                    "<ExecuteChangeSetResult></ExecuteChangeSetResult>")
    return _xml(200, f"{action}Response", "")


def _cannot_change(stack: dict) -> tuple | None:
    status = stack["StackStatus"]
    if status.endswith("_IN_PROGRESS") or status in (
            "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED",
            "UPDATE_ROLLBACK_FAILED"):
        return _error("ValidationError",
                      f"Stack:{stack['StackId']} is in {status} state and can not be updated.")
    return None


def _before_create(action: str, params: dict) -> tuple | None:
    stack = _stack(params)
    if stack is None or stack["StackStatus"] == "DELETE_COMPLETE":
        return None
    return _repeated(action, params, stack) or _error(
        "AlreadyExistsException", f"Stack [{stack['StackName']}] already exists")


def _before_update(action: str, params: dict) -> tuple | None:
    stack = _stack(params)
    if stack is None:
        return None
    return _repeated(action, params, stack) or _cannot_change(stack)


def _before_delete(action: str, params: dict) -> tuple | None:
    stack = _stack(params)
    if stack is None:
        return None
    if repeated := _repeated(action, params, stack):
        return repeated
    status = stack["StackStatus"]
    if status == "DELETE_IN_PROGRESS":
        return _xml(200, "DeleteStackResponse", "")
    if status.startswith("UPDATE") and status.endswith("_IN_PROGRESS"):
        return _error("ValidationError",
                      f"Stack [{stack['StackId']}] cannot be deleted while in status {status}")
    return None


def _before_create_change_set(action: str, params: dict) -> tuple | None:
    kind = _p(params, "ChangeSetType", "UPDATE")
    if kind == "IMPORT" or _p(params, "ImportExistingResources", "false").lower() == "true":
        return _error("ValidationError", "Importing resources is not emulated.")
    stack = _stack(params)
    if stack is None:
        return None
    if repeated := _repeated(action, params, stack):
        return repeated
    if kind == "CREATE" and stack["StackStatus"] == "ROLLBACK_COMPLETE":
        return _error("AlreadyExistsException", f"Stack [{stack['StackName']}] already exists")
    return _cannot_change(stack) if kind == "UPDATE" else None


def _before_execute(action: str, params: dict) -> tuple | None:
    name = _p(params, "ChangeSetName")
    stack = _stack(params)
    _, change_set = changesets._find_change_set(name, stack["StackName"] if stack else "")
    if change_set is None:
        return None
    stack = handlers._resolve_stack(change_set["StackId"])
    params["StackName"] = [change_set["StackName"]]
    if repeated := _repeated(action, params, stack):
        return repeated
    if stack is not None and stack["StackStatus"] != "REVIEW_IN_PROGRESS":
        return _cannot_change(stack)
    return None


_RULES: dict[str, Callable[[str, dict], tuple | None]] = {
    "CreateStack": _before_create,
    "UpdateStack": _before_update,
    "DeleteStack": _before_delete,
    "CreateChangeSet": _before_create_change_set,
    "ExecuteChangeSet": _before_execute,
    "ValidateTemplate": lambda action, params: None,
    "GetTemplateSummary": lambda action, params: None,
}


def _use_path_style(params: dict, key: str) -> None:
    """``https://bucket.s3.region.amazonaws.com/key`` as the path-style address ministack reads."""
    url = urlparse(_p(params, key))
    bucket, separator, _ = (url.hostname or "").partition(".s3.")
    if separator and bucket:
        params[key] = [f"{url.scheme}://{url.netloc}/{bucket}{url.path}"]
