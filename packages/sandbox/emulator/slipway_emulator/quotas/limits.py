"""The quotas of each account and region, and what is refused beyond them."""

import json
from pathlib import Path
from typing import Callable

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import ec2, eks, rds

from ..errors import ResourceError

_DATA = json.loads((Path(__file__).parent.parent / "data" / "quotas.json").read_text())
SERVICES: dict[str, str] = _DATA["services"]
QUOTAS: list[dict] = _DATA["quotas"]

# Service, quota, how many there are, what the service answers beyond it.
_LIMITED: dict[str, tuple[str, str, Callable[[], int], str, str, str]] = {
    "AWS::EC2::VPC": (
        "vpc", "L-F678F1CE", lambda: len(ec2._vpcs), "Ec2", "VpcLimitExceeded",
        "The maximum number of VPCs has been reached."),
    "AWS::EC2::EIP": (
        "ec2", "L-0263D0A3", lambda: len(ec2._addresses), "Ec2", "AddressLimitExceeded",
        "The maximum number of addresses has been reached."),
    "AWS::EKS::Cluster": (
        "eks", "L-1194D53C", lambda: len(eks._clusters), "Eks", "ResourceLimitExceededException",
        "Cluster limit exceeded."),
    "AWS::RDS::DBInstance": (
        "rds", "L-7B6409FD", lambda: len(rds._instances), "Rds", "InstanceQuotaExceeded",
        "DB instance quota exceeded."),
}

# What was set by hand.
_set = AccountRegionScopedDict()


def find(service: str, code: str) -> dict | None:
    return next((q for q in QUOTAS if (q["service"], q["code"]) == (service, code)), None)


def applied(quota: dict) -> float:
    return _set.get(f"{quota['service']}/{quota['code']}", float(quota["raised"]))


def set_value(place: tuple[str, str], service: str, code: str, value: float) -> None:
    """``place``: account and region."""
    if find(service, code) is None:
        raise ValueError(f"{service}/{code} is not a quota that is emulated")
    if value < 0:
        raise ValueError("value is less than 0")
    _set._data[(*place, f"{service}/{code}")] = value


def require(resource_type: str) -> None:
    """Refuses one more than the account may have here."""
    if resource_type not in _LIMITED:
        return
    service, code, count, refuser, error, message = _LIMITED[resource_type]
    if count() >= applied(find(service, code)):
        raise ResourceError(refuser, error, message)


def get_state() -> list[list]:
    return [[*key, value] for key, value in _set._data.items()]


def load_persisted_state(state: list[list]) -> None:
    _set._data.clear()
    _set._data.update({(account, region, key): value for account, region, key, value in state})


def reset() -> None:
    _set._data.clear()
