"""The service's protocol: JSON, its operation in a header."""

import json

import botocore.loaders
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

from .. import agenda
from ..errors import ResourceError
from . import operations

SERVICE = "application-autoscaling"
TARGET_PREFIX = "AnyScaleFrontendService"

_model = ServiceModel(botocore.loaders.Loader().load_service_model(SERVICE, "service-2"), SERVICE)


def _answer(status: int, body: dict) -> tuple[int, dict, bytes]:
    return status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(body).encode()


def call(name: str, request: dict) -> dict:
    """A request that the service's model does not know is refused, a part that is not heeded too."""
    work = operations.BY_NAME.get(name)
    if work is None:
        operations.refuse("NotImplemented", f"{name} is not emulated.", 501)
    problems = ParamValidator().validate(request, _model.operation_model(name).input_shape)
    if problems.has_errors():
        operations.refuse("ValidationException", problems.generate_report())
    return work(request)


async def handle(method, path, headers, body, query_params):
    name = headers.get("x-amz-target", "").rpartition(".")[2]
    with agenda.lock:
        try:
            return _answer(200, call(name, json.loads(body or b"{}")))
        except ResourceError as error:
            return _answer(error.status, {"__type": error.code, "message": error.message})
        except ValueError:
            return _answer(400, {"__type": "SerializationException",
                                 "message": "The request is no JSON."})
