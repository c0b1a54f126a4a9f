"""What is registered, by account and region."""

from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region

targets = AccountRegionScopedDict()
policies = AccountRegionScopedDict()
# By the ARN of a target.
tags = AccountRegionScopedDict()

_STORES = {"targets": targets, "policies": policies, "tags": tags}


def target_key(namespace: str, resource_id: str, dimension: str) -> str:
    """As CloudFormation's Ref of a target is."""
    return f"{resource_id}|{dimension}|{namespace}"


def arn(kind: str, rest: str, service: str = "application-autoscaling") -> str:
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{kind}{rest}"


def get_state() -> dict:
    return {name: [[*key, value] for key, value in store._data.items()]
            for name, store in _STORES.items()}


def load_persisted_state(state: dict) -> None:
    for name, store in _STORES.items():
        store._data = {tuple(key): value for *key, value in state.get(name, [])}


def reset() -> None:
    for store in _STORES.values():
        store._data.clear()
