"""Secrets: named by ARN as CloudFormation names them, generated as asked, rotated on a schedule."""

import json

from ministack.services import secretsmanager as secrets
from ministack.services.cloudformation import provisioners

from ..errors import ResourceError, from_response, not_found
from . import secretsmanager_calls
from .handler import extend, register

SERVICE = "SecretsManager"


def _secret_string(properties: dict) -> str:
    """What the template declares; a password as GetRandomPassword would make it."""
    generate = properties.get("GenerateSecretString")
    if not generate:
        return properties.get("SecretString", "")
    options = {k: v for k, v in generate.items()
               if k not in ("SecretStringTemplate", "GenerateStringKey")}
    for name, value in options.items():
        if name == "PasswordLength":
            options[name] = int(value)
        elif name != "ExcludeCharacters":
            options[name] = str(value).lower() == "true"
    response = secrets._get_random_password(options)
    from_response(SERVICE, response)
    password = json.loads(response[2])["RandomPassword"]
    if not generate.get("SecretStringTemplate"):
        return password
    return json.dumps({**json.loads(generate["SecretStringTemplate"]),
                       generate["GenerateStringKey"]: password})


def _name(arn: str) -> str:
    name, _ = secrets._resolve(arn)
    return name or arn


def _create(original):
    def create(logical_id, properties, stack_name):
        wanted = properties.get("Name")
        if wanted and wanted in secrets._secrets:
            raise ResourceError(
                SERVICE, "ResourceExistsException",
                f"The operation failed because the secret {wanted} already exists.")
        _, attributes = original(logical_id, properties, stack_name)
        return attributes["Arn"], attributes
    return create


def _update(original):
    def update(physical_id, old, new, stack_name, logical_id=None):
        _, attributes = original(_name(physical_id), old, new, stack_name, logical_id)
        return attributes["Arn"], attributes
    return update


def _delete(original):
    def delete(physical_id, properties):
        original(_name(physical_id), properties)
    return delete


def _connection(original):
    """With the identifier of what the secret is attached to, which rotation functions look for."""
    def connection(target_type, target_id):
        told = original(target_type, target_id)
        kind = "Cluster" if target_type.endswith("DBCluster") else "Instance"
        return {**told, f"db{kind}Identifier": target_id}
    return connection


def _create_rotation(logical_id, properties, stack_name):
    if properties.get("HostedRotationLambda"):
        raise ResourceError(SERVICE, "InvalidRequestException",
                            "HostedRotationLambda is not emulated; give RotationLambdaARN.")
    _, secret = secrets._resolve(properties["SecretId"])
    if secret is None:
        raise not_found(SERVICE, "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret.")
    secret.update(RotationEnabled=True, RotationLambdaARN=properties.get("RotationLambdaARN"),
                  RotationRules=properties.get("RotationRules") or {})
    return secret["ARN"], {"Id": secret["ARN"]}


def _update_rotation(physical_id, old, new, stack_name, logical_id):
    return _create_rotation(logical_id, new, stack_name)


def _delete_rotation(physical_id, properties):
    _, secret = secrets._resolve(physical_id)
    if secret is not None:
        secret.update(RotationEnabled=False, RotationRules=None)


def install() -> None:
    provisioners._sm_secret_string = _secret_string
    provisioners._sm_target_connection = _connection(provisioners._sm_target_connection)
    provisioners._SM_TARGET_KEYS += ("dbInstanceIdentifier", "dbClusterIdentifier")
    extend("AWS::SecretsManager::Secret", create=_create, update=_update, delete=_delete)
    register("AWS::SecretsManager::RotationSchedule", _create_rotation, _delete_rotation,
             _update_rotation)
    secretsmanager_calls.install()
