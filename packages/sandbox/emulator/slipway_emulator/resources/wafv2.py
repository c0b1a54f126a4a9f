"""WAF: web ACLs put on load balancers."""

from ministack.services import alb, waf

from ..errors import ResourceError, from_response
from .handler import register

SERVICE = "Wafv2"


def _create(logical_id, properties, stack_name):
    resource = properties["ResourceArn"]
    if ":loadbalancer/app/" in resource and resource not in alb._lbs:
        raise ResourceError(
            SERVICE, "WAFNonexistentItemException",
            "AWS WAF couldn’t perform the operation because your resource doesn’t exist.")
    from_response(SERVICE, waf._associate_web_acl(
        {"WebACLArn": properties["WebACLArn"], "ResourceArn": resource}))
    return f"{properties['WebACLArn']}|{resource}", {}


def _delete(physical_id, properties):
    waf._associations.pop(properties["ResourceArn"], None)


def install() -> None:
    register("AWS::WAFv2::WebACLAssociation", _create, _delete)
