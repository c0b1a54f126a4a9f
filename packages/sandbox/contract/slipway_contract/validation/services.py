"""Which operation of which service a call asks for, by the models alone."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl

import botocore.session
from botocore.model import OperationModel, ServiceModel

from .record import Call

_session = botocore.session.Session()
_LABEL = re.compile(r"\{([^}+]+)(\+?)\}")


@lru_cache(maxsize=1)
def _by_signing_name() -> dict[str, list[str]]:
    """Names of botocore's services by the name that requests to them are signed for."""
    loader, found = _session.get_component("data_loader"), {}
    for name in loader.list_available_services("service-2"):
        metadata = _metadata(name)
        signing = metadata.get("signingName") or metadata["endpointPrefix"]
        found.setdefault(signing, []).append(name)
    return found


def _metadata(name: str) -> dict:
    return _session.get_component("data_loader").load_service_model(name, "service-2")["metadata"]


@lru_cache(maxsize=None)
def model(name: str) -> ServiceModel:
    return _session.get_service_model(name)


_KNOWN = {
    "elasticloadbalancing": ("elbv2", "elb"), "monitoring": ("cloudwatch",), "ec2": ("ec2",),
    "cloudformation": ("cloudformation",), "s3": ("s3",), "rds": ("rds",), "iam": ("iam",),
    "sts": ("sts",), "secretsmanager": ("secretsmanager",), "logs": ("logs",), "eks": ("eks",),
    "route53": ("route53",), "autoscaling": ("autoscaling",), "elasticache": ("elasticache",),
    "fis": ("fis",), "kms": ("kms",), "ssm": ("ssm",), "sns": ("sns",), "sqs": ("sqs",),
    "dynamodb": ("dynamodb",), "cloudtrail": ("cloudtrail",), "tagging": (
        "resourcegroupstaggingapi",), "wafv2": ("wafv2",), "acm": ("acm",),
}


def candidates(signing_name: str) -> tuple[str, ...]:
    """Services that requests signed for that name may be meant for."""
    return _KNOWN.get(signing_name) or tuple(_by_signing_name().get(signing_name, ()))


def find(call: Call) -> OperationModel | None:
    """None when no model has that operation."""
    names = candidates(call.service)
    if call.service == "unknown" and call.protocol == "query":
        names = ("sts",)
    for name in names:
        service = model(name)
        operation = _operation(service, call)
        if operation is not None:
            return operation
    return None


def _last_part(name: str) -> str:
    return name.rpartition(".")[2]


def _operation(service: ServiceModel, call: Call) -> OperationModel | None:
    if call.protocol == "json":
        prefix, _, name = call.request_headers.get("x-amz-target", "").rpartition(".")
        # The SDK for JavaScript leaves the package before CloudTrail's name away.
        if _last_part(prefix) != _last_part(service.metadata.get("targetPrefix", "")):
            return None
    elif call.protocol == "cbor":
        _, _, target, _, name = call.path.split("/")
        if target != service.metadata.get("targetPrefix"):
            return None
    elif call.protocol in ("query", "ec2"):
        form = call.form()
        if form.get("Version") != service.api_version:
            return None
        name = form.get("Action", "")
    else:
        name = _by_path(service, call) or ""
    return service.operation_model(name) if name in service.operation_names else None


@lru_cache(maxsize=None)
def _routes(name: str) -> list[tuple[str, str, re.Pattern, list[tuple[str, str]], int]]:
    """(operation, method, path, query that must be there, weight), the most exact first."""
    service, found = model(name), []
    for operation in service.operation_names:
        http = service.operation_model(operation).http
        path, _, query = http["requestUri"].partition("?")
        # Bucket and key take everything; a literal in their place is more exact.
        expression, position = "", 0
        for label in _LABEL.finditer(path):
            expression += re.escape(path[position:label.start()])
            expression += f"(?P<{_group(label[1])}>{'.+' if label[2] else '[^/]+'})"
            position = label.end()
        expression += re.escape(path[position:].rstrip("/"))
        needed = parse_qsl(query, keep_blank_values=True)
        segments = [s for s in path.split("/") if s]
        weight = 20 * len(segments) - 10 * sum("{" in s for s in segments) + len(needed)
        found.append((operation, http["method"], re.compile(f"{expression}/?"), needed, weight))
    # Where two stand at one address, the older one is out of use.
    return sorted(found, key=lambda route: (-route[4],
                                            service.operation_model(route[0]).deprecated))


def _group(label: str) -> str:
    return re.sub(r"\W", "_", label)


def _by_path(service: ServiceModel, call: Call) -> str | None:
    query = dict(call.query)
    headers = call.request_headers
    for operation, method, path, needed, _ in _routes(service.service_name):
        if method != call.method or not path.fullmatch(call.path):
            continue
        if not all(key in query and value in ("", query[key]) for key, value in needed):
            continue
        if _needs_more(service, operation, query, headers):
            continue
        return operation
    return None


def _needs_more(service: ServiceModel, operation: str, query: dict, headers: dict) -> bool:
    """Operations at the same address are told apart by what they must be given."""
    shape = service.operation_model(operation).input_shape
    if shape is None:
        return False
    for name in shape.metadata.get("required", ()):
        serialization = shape.members[name].serialization
        located, key = serialization.get("location"), serialization.get("name", name)
        if located == "querystring" and key not in query:
            return True
        if located == "header" and operation.endswith("Copy") and key.lower() not in headers:
            return True
        if located == "header" and key.lower() == "x-amz-copy-source" and (
                key.lower() not in headers):
            return True
    return False


def labels(operation: OperationModel, path: str) -> dict[str, str]:
    """What stands in the path in place of the labels, still percent-encoded."""
    for name, _, expression, _, _ in _routes(operation.service_model.service_name):
        found = expression.fullmatch(path) if name == operation.name else None
        if found:
            return found.groupdict()
    return {}
