"""Calls of Secrets Manager that ministack lacks or takes too lightly."""

import json

from ministack.core.responses import error_response_json, json_response
from ministack.services import secretsmanager as secrets

Request = dict
Response = tuple


def install() -> None:
    secrets.handle_request = _requests(secrets.handle_request)


def _requests(original):
    async def handle_request(method, path, headers, body, query_params):
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        handler = _HANDLERS.get(action)
        if handler is not None:
            try:
                request = json.loads(body or b"{}")
            except ValueError:
                return error_response_json("SerializationException", "Invalid JSON", 400)
            answer = handler(request)
            if answer is not None:
                return answer
        return await original(method, path, headers, body, query_params)

    return handle_request


def _invalid(message: str) -> Response:
    return error_response_json("InvalidRequestException", message, 400)


def _of(request: Request) -> tuple[dict | None, Response | None]:
    """The secret, or why it cannot be worked on."""
    _, secret = secrets._resolve(request.get("SecretId"))
    if secret is None:
        return None, error_response_json("ResourceNotFoundException", "Secrets Manager can't find "
                                         "the specified secret.", 400)
    if secret.get("DeletedDate"):
        return None, _invalid("You can't perform this operation on the secret because it was "
                              "marked for deletion.")
    return secret, None


def _cancel_rotation(request: Request) -> Response:
    secret, refused = _of(request)
    if refused:
        return refused
    secret["RotationEnabled"] = False
    return json_response({"ARN": secret["ARN"], "Name": secret["Name"]})


def _rotate(request: Request) -> Response:
    """Keeps the schedule. Nothing is rotated: there is no function that could."""
    secret, refused = _of(request)
    if refused:
        return refused
    if secrets._is_replica(secret):
        return secrets._replica_mutation_error()
    function = request.get("RotationLambdaARN") or secret.get("RotationLambdaARN")
    if not function:
        return _invalid("No Lambda rotation function ARN is associated with this secret.")
    secret.update(RotationEnabled=True, RotationLambdaARN=function,
                  RotationRules=request.get("RotationRules") or secret.get("RotationRules") or {})
    version, _ = secrets._find_stage_version(secret, "AWSCURRENT")
    return json_response({"ARN": secret["ARN"], "Name": secret["Name"],
                          "VersionId": request.get("ClientRequestToken") or version})


def _put_labelled(secret: dict, request: Request) -> Response:
    """With every label that was asked for; a label is on one version only, and a version that has one stays.

    https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
    """
    labels = [each for each in request.get("VersionStages") or () if each != "AWSCURRENT"]
    response = secrets._put_secret_value(request)
    if response[0] >= 300 or not labels:
        return response
    told = json.loads(response[2])
    for version, record in list(secret["Versions"].items()):
        if version == told["VersionId"]:
            record["Stages"] += [each for each in labels if each not in record["Stages"]]
            told["VersionStages"] = list(record["Stages"])
        else:
            record["Stages"] = [each for each in record["Stages"] if each not in labels]
            if not record["Stages"]:
                del secret["Versions"][version]
    return json_response(told)


def _put_value(request: Request) -> Response | None:
    """The same token with the same value was taken before; with another one it is refused."""
    secret, refused = _of(request)
    token = request.get("ClientRequestToken")
    known = (secret or {}).get("Versions", {}).get(token) if token else None
    if refused:
        return refused
    if known is None:
        return _put_labelled(secret, request)
    if any(known.get(name) != request.get(name) for name in ("SecretString", "SecretBinary")):
        return error_response_json(
            "ResourceExistsException", "A resource with the ID you requested already exists.", 400)
    return json_response({"ARN": secret["ARN"], "Name": secret["Name"], "VersionId": token,
                          "VersionStages": list(known["Stages"])})


def _create(request: Request) -> Response | None:
    """The name of a secret that waits for its deletion is not free yet."""
    _, secret = secrets._resolve(request.get("Name"))
    if secret is not None and secret.get("DeletedDate"):
        return _invalid("You can't create this secret because a secret with this name is already "
                        "scheduled for deletion.")
    return None


def _delete(request: Request) -> Response | None:
    _, secret = secrets._resolve(request.get("SecretId"))
    regions = [status["Region"] for status in (secret or {}).get("ReplicationStatus") or ()]
    if regions:
        return _invalid(f"You can't delete secret {secret['Name']} that still has replica regions "
                        f"[{', '.join(regions)}]")
    return None


def _remove_regions(request: Request) -> Response:
    secret, refused = _of(request)
    if refused:
        return refused
    if secrets._is_replica(secret):
        return secrets._replica_mutation_error()
    leaving = set(request.get("RemoveReplicaRegions") or ())
    statuses = secret.get("ReplicationStatus") or []
    secret["ReplicationStatus"] = [s for s in statuses if s["Region"] in leaving]
    secrets._delete_replicas(secret)
    secret["ReplicationStatus"] = [s for s in statuses if s["Region"] not in leaving]
    return json_response({"ARN": secret["ARN"],
                          "ReplicationStatus": secret["ReplicationStatus"]})


def _stop_replication(request: Request) -> Response:
    """Asked of the replica, in its region: from now on it is a secret of its own."""
    secret, refused = _of(request)
    if refused:
        return refused
    if not secrets._is_replica(secret):
        return _invalid("You can't stop replication to a secret that is not a replica.")
    secrets._unlink_from_primary(secret)
    for name in ("_PrimarySecretArn", "_PrimaryRegion"):
        secret.pop(name)
    return json_response({"ARN": secret["ARN"]})


_HANDLERS = {
    "CreateSecret": _create,
    "CancelRotateSecret": _cancel_rotation,
    "RotateSecret": _rotate,
    "PutSecretValue": _put_value,
    "DeleteSecret": _delete,
    "RemoveRegionsFromReplication": _remove_regions,
    "StopReplicationToReplica": _stop_replication,
}
