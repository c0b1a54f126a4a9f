"""Which operation a request asks for, and with what, by AWS's own service models."""

import json
import re
from functools import cache
from urllib.parse import parse_qsl, unquote

import botocore.loaders
from botocore.model import ServiceModel

_loader = botocore.loaders.Loader()
# Names of ministack's services that clients call otherwise.
_MODELS = {"monitoring": "cloudwatch", "elasticloadbalancing": "elbv2", "states": "stepfunctions",
           "tagging": "resourcegroupstaggingapi", "email": "ses",
           "access-analyzer": "accessanalyzer"}


@cache
def _routes(service: str) -> tuple[list, ServiceModel] | None:
    """Method, path and fixed query of each operation that REST tells, the most exact first."""
    name = _MODELS.get(service, service)
    if name not in _loader.list_available_services("service-2"):
        return None
    model = ServiceModel(_loader.load_service_model(name, "service-2"), name)
    found = []
    for operation in model.operation_names:
        http = model.operation_model(operation).http
        path, _, query = http["requestUri"].partition("?")
        pattern = "".join(_part(part) for part in re.split(r"(\{[^}]+\})", path))
        fixed = dict(parse_qsl(query, keep_blank_values=True))
        found.append((http["method"], re.compile(pattern), fixed, operation))
    found.sort(key=lambda route: (-len(route[2]), route[1].groups, -len(route[1].pattern)))
    return found, model


def _part(part: str) -> str:
    """Names of groups may have no hyphen."""
    if not part.startswith("{"):
        return re.escape(part)
    name = part.strip("{+}").replace("-", "_")
    return f"(?P<{name}>.+)" if part.endswith("+}") else f"(?P<{name}>[^/]+)"


def asked(service: str, method: str, path: str, headers: dict, body: bytes,
          query: dict) -> tuple[str, dict] | None:
    """The operation's name and its parameters as CloudTrail writes them, with a small first
    letter; None for one that no model knows. What a form says in numbered names becomes lists."""
    target = headers.get("x-amz-target", "")
    if "." in target:
        return target.rpartition(".")[2], _lowered(_json(body))
    form = _form(headers, body, query)
    if "Action" in form:
        action = form.pop("Action")
        form.pop("Version", None)
        return action, _lowered(_nested(form))
    routes = _routes(service)
    if routes is None:
        return None
    flat = {k: v[0] if isinstance(v, list) else v for k, v in query.items()}
    for wanted, pattern, fixed, operation in routes[0]:
        match = pattern.fullmatch(path.rstrip("/") or "/") or pattern.fullmatch(path)
        if wanted == method and match and all(
                k in flat and (not v or flat[k] == v) for k, v in fixed.items()):
            named = {k: unquote(v) for k, v in match.groupdict().items()}
            return operation, _lowered({**_named(service, named), **_json(body)})
    return None


def _named(service: str, parameters: dict) -> dict:
    """S3's are told by other names than its requests have."""
    if service != "s3":
        return parameters
    return {{"Bucket": "bucketName", "Key": "key"}.get(k, k): v for k, v in parameters.items()}


def _json(body: bytes) -> dict:
    try:
        found = json.loads(body) if body else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _form(headers: dict, body: bytes, query: dict) -> dict[str, str]:
    found = {k: v[0] if isinstance(v, list) else v for k, v in query.items()}
    if "form-urlencoded" in headers.get("content-type", ""):
        found.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return found


def _nested(form: dict[str, str]) -> dict:
    root: dict = {}
    for name, text in sorted(form.items()):
        node, parts = root, name.split(".")
        for part in parts[:-1]:
            inner = node.get(part)
            node[part] = inner if isinstance(inner, dict) else {}
            node = node[part]
        node[parts[-1]] = text
    return _listed(root)


def _listed(node):
    if not isinstance(node, dict):
        return node
    if set(node) == {"member"}:
        return _listed(node["member"])
    if node and all(key.isdigit() for key in node):
        return [_listed(node[key]) for key in sorted(node, key=int)]
    return {key: _listed(value) for key, value in node.items()}


def _lowered(value):
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: _lowered(item) for key, item in value.items()}
    return [_lowered(item) for item in value] if isinstance(value, list) else value
