"""IAM: OpenID Connect providers; instance profiles by name, as ``Ref`` gives them."""

from ministack.services import iam
from ministack.services.cloudformation import provisioners

from ..errors import ResourceError, from_response
from .handler import extend, register

SERVICE = "Iam"


def _fields(properties: dict) -> dict:
    return {
        "ClientIDList": list(properties.get("ClientIdList") or []),
        "ThumbprintList": list(properties.get("ThumbprintList") or []),
        "Tags": [dict(t) for t in properties.get("Tags") or []],
    }


def _create(logical_id, properties, stack_name):
    url = str(properties.get("Url", ""))
    if not url.startswith("https://"):
        raise ResourceError(SERVICE, "ValidationError",
                            f"Invalid Open ID Connect Provider URL {url}")
    before = set(iam._oidc_providers)
    from_response(SERVICE, iam._create_oidc_provider({"Url": [url]}))
    arn = (set(iam._oidc_providers) - before).pop()
    iam._oidc_providers[arn].update(_fields(properties), Url=url.removeprefix("https://"))
    return arn, {"Arn": arn}


def _update(physical_id, old, new, stack_name, logical_id):
    iam._oidc_providers[physical_id].update(_fields(new))
    return physical_id, {"Arn": physical_id}


def _delete(physical_id, properties):
    iam._oidc_providers.pop(physical_id, None)


def _name(arn: str) -> str:
    return arn.rsplit("/", 1)[1]


def _arn(name: str) -> str:
    return iam._instance_profiles[name]["Arn"] if name in iam._instance_profiles else name


def _create_profile(original):
    def create(logical_id, properties, stack_name):
        arn, attributes = original(logical_id, properties, stack_name)
        return _name(arn), attributes
    return create


def _update_profile(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        arn, attributes = original(_arn(physical_id), old, new, stack_name, logical_id)
        return _name(arn), attributes
    return update


def _delete_profile(original):
    return lambda physical_id, properties: original(_arn(physical_id), properties)


def install() -> None:
    extend("AWS::IAM::InstanceProfile", create=_create_profile, update=_update_profile,
           delete=_delete_profile)
    register("AWS::IAM::OIDCProvider", _create, _delete, _update)
    provisioners._STACK_TAG_PROPERTY.setdefault("AWS::IAM::OIDCProvider", ("Tags", "list"))
