"""CloudFront: what it refuses of a distribution, and aliases that another one has."""

from ministack.services import cloudfront

from ..errors import ResourceError
from .handler import extend

SERVICE = "CloudFront"


def _check(properties: dict, own: str | None = None) -> None:
    config = properties["DistributionConfig"]
    origins = {o["Id"] for o in config.get("Origins") or ()}
    behaviours = [config["DefaultCacheBehavior"], *(config.get("CacheBehaviors") or ())]
    for behaviour in behaviours:
        if behaviour["TargetOriginId"] not in origins:
            raise ResourceError(
                SERVICE, "NoSuchOrigin",
                "One or more of your origins or origin groups do not exist.", 404)
    aliases = set(config.get("Aliases") or ())
    certificate = (config.get("ViewerCertificate") or {}).get("AcmCertificateArn", "")
    if aliases and not certificate:
        raise ResourceError(
            SERVICE, "InvalidViewerCertificate",
            "To add an alternate domain name (CNAME) to a CloudFront distribution, you must "
            "attach a trusted certificate that validates your authorization to use the domain "
            "name.")
    if certificate and certificate.split(":")[3] != "us-east-1":
        raise ResourceError(
            SERVICE, "InvalidViewerCertificate",
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't "
            "valid, or doesn't include a valid certificate chain.")
    for name, distribution in cloudfront._distributions.items():
        taken = [a for a in aliases if f">{a}<" in distribution["config_xml"]]
        if name != own and taken:
            raise ResourceError(
                SERVICE, "CNAMEAlreadyExists",
                "One or more of the CNAMEs you provided are already associated with a different "
                "resource.", 409)


# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-customoriginconfig.html
_ORIGIN_DEFAULTS = {"HTTPPort": 80, "HTTPSPort": 443}


def _complete(properties: dict) -> dict:
    """With the ports that CloudFormation fills in; CloudFront itself always has them."""
    config = properties["DistributionConfig"]
    origins = [
        {**o, "CustomOriginConfig": {**_ORIGIN_DEFAULTS, **o["CustomOriginConfig"]}}
        if o.get("CustomOriginConfig") else o
        for o in config.get("Origins") or ()]
    return {**properties, "DistributionConfig": {**config, "Origins": origins}}


def _create(original):
    def create(logical_id, properties, stack_name):
        _check(properties)
        return original(logical_id, _complete(properties), stack_name)
    return create


def _update(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        _check(new, physical_id)
        return original(physical_id, _complete(old), _complete(new), stack_name, logical_id)
    return update


def install() -> None:
    extend("AWS::CloudFront::Distribution", create=_create, update=_update)
