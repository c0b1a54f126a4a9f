"""Service Quotas, and EC2's own words for some of them.

https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/Welcome.html
"""

import json

from ministack import app
from ministack.core import router
from ministack.core.responses import get_account_id, get_region
from ministack.services import ec2

from ..errors import ResourceError
from . import limits

_SERVICE = "servicequotas"
_TARGET = "ServiceQuotasV20190624"
_MOST = 100


def install() -> None:
    router.SERVICE_PATTERNS[_SERVICE] = {"target_prefixes": [_TARGET]}
    app.SERVICE_HANDLERS[_SERVICE] = _handle
    ec2._ACTION_MAP["DescribeAccountAttributes"] = _account_attributes


def _refuse(code: str, message: str, status: int = 400):
    raise ResourceError("ServiceQuotas", code, message, status)


async def _handle(method, path, headers, body, query_params):
    kind = {"Content-Type": "application/x-amz-json-1.1"}
    name = headers.get("x-amz-target", "").partition(".")[2]
    try:
        operation = _OPERATIONS.get(name) or _refuse(
            "NotImplementedException", f"{name} is not emulated.", 501)
        return 200, kind, json.dumps(operation(json.loads(body or b"{}"))).encode()
    except ResourceError as error:
        return error.status, kind, json.dumps(
            {"__type": error.code, "message": error.message}).encode()


def _told(quota: dict, value: float, account: str) -> dict:
    service = quota["service"]
    return {"ServiceCode": service, "ServiceName": limits.SERVICES[service],
            "QuotaArn": f"arn:aws:servicequotas:{get_region()}:{account}:{service}/{quota['code']}",
            "QuotaCode": quota["code"], "QuotaName": quota["name"], "Value": value,
            "Unit": "None", "Adjustable": True, "GlobalQuota": False}


def _applied(quota: dict) -> dict:
    return {**_told(quota, limits.applied(quota), get_account_id()),
            "QuotaAppliedAtLevel": "ACCOUNT"}


def _asked(body: dict) -> dict:
    if body.get("ContextId"):
        _refuse("NotImplementedException", "ContextId is not emulated.", 501)
    return limits.find(body["ServiceCode"], body["QuotaCode"]) or _refuse(
        "NoSuchResourceException",
        "The request failed because the specified service or quota does not exist.")


def _list(body: dict) -> dict:
    service = body["ServiceCode"]
    if service not in limits.SERVICES:
        _refuse("NoSuchResourceException",
                "The request failed because the specified service does not exist.")
    if body.get("QuotaAppliedAtLevel", "ACCOUNT") == "RESOURCE":
        return {"Quotas": []}
    found = [q for q in limits.QUOTAS
             if q["service"] == service and body.get("QuotaCode") in (None, q["code"])]
    start, size = body.get("NextToken", "0"), body.get("MaxResults", _MOST)
    if not start.isdecimal() or int(start) > len(found):
        _refuse("InvalidPaginationTokenException", "Invalid token was used.")
    end = int(start) + size
    more = {"NextToken": str(end)} if end < len(found) else {}
    return {"Quotas": [_applied(q) for q in found[int(start):end]], **more}


_OPERATIONS = {
    "GetServiceQuota": lambda body: {"Quota": _applied(_asked(body))},
    "GetAWSDefaultServiceQuota": lambda body: {
        "Quota": _told(quota := _asked(body), float(quota["value"]), "")},
    "ListServiceQuotas": _list,
}


def _account_attributes(params: dict):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html"""
    addresses = str(int(limits.applied(limits.find("ec2", "L-0263D0A3"))))
    default = next((v["VpcId"] for v in ec2._vpcs.values() if v.get("IsDefault")), "none")
    known = {"supported-platforms": "VPC", "default-vpc": default, "max-elastic-ips": addresses,
             "vpc-max-elastic-ips": addresses}
    asked = ec2._parse_member_list(params, "AttributeName") or list(known)
    unknown = sorted(set(asked).difference(known))
    if unknown:
        return ec2._error("NotImplemented", f"{', '.join(unknown)}: not emulated.", 501)
    items = "".join(
        f"<item><attributeName>{name}</attributeName><attributeValueSet><item><attributeValue>"
        f"{known[name]}</attributeValue></item></attributeValueSet></item>" for name in asked)
    return ec2._xml(200, "DescribeAccountAttributesResponse",
                    f"<accountAttributeSet>{items}</accountAttributeSet>")
