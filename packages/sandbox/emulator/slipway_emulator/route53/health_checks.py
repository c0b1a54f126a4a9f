"""What Route 53 refuses about a health check, and what it fills in.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
"""

_ENDPOINTS = ("HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP")
_TYPES = (*_ENDPOINTS, "CALCULATED", "CLOUDWATCH_METRIC")
_DEFAULT_PORT = {"HTTP": 80, "HTTP_STR_MATCH": 80, "HTTPS": 443, "HTTPS_STR_MATCH": 443}
_RANGES = {"Port": (1, 65535), "FailureThreshold": (1, 10), "HealthThreshold": (0, 256)}
# What an update may reset, and what a check has then.
RESETTABLE = ("ChildHealthChecks", "FullyQualifiedDomainName", "Regions", "ResourcePath")
_REGIONS = ("us-east-1", "us-west-1", "us-west-2", "eu-west-1", "ap-southeast-1", "ap-southeast-2",
            "ap-northeast-1", "sa-east-1")
_FEWEST_REGIONS = 3


def problem(config: dict, known: set[str]) -> str | None:
    """``known`` are the ids of the health checks there are."""
    kind = config.get("Type")
    if kind not in _TYPES:
        return f"Invalid health check type: {kind}"
    for name, (least, most) in _RANGES.items():
        if name in config and not least <= config[name] <= most:
            return f"Invalid parameter : {name} must be between {least} and {most}"
    if config.get("RequestInterval", 30) not in (10, 30):
        return "Invalid parameter : RequestInterval must be 10 or 30"
    if "Regions" in config and (len(config["Regions"]) < _FEWEST_REGIONS
                                or set(config["Regions"]) - set(_REGIONS)):
        return f"Invalid parameter : Regions needs at least {_FEWEST_REGIONS} of {_REGIONS}"
    if kind == "CALCULATED":
        return _calculated_problem(config, known)
    if kind == "CLOUDWATCH_METRIC":
        if not (config.get("AlarmIdentifier") or {}).get("Name"):
            return "Invalid parameter : AlarmIdentifier is required for CLOUDWATCH_METRIC"
        if config.get("InsufficientDataHealthStatus", "Healthy") not in (
                "Healthy", "Unhealthy", "LastKnownStatus"):
            return "Invalid parameter : InsufficientDataHealthStatus"
        return None
    if not (config.get("IPAddress") or config.get("FullyQualifiedDomainName")):
        return "Invalid parameter : IPAddress or FullyQualifiedDomainName is required"
    if kind == "TCP" and "Port" not in config:
        return "Invalid parameter : Port is required for TCP"
    if kind.endswith("_STR_MATCH") == (not config.get("SearchString")):
        return "Invalid parameter : SearchString is required for, and only for, _STR_MATCH types"
    return None


def _calculated_problem(config: dict, known: set[str]) -> str | None:
    children = config.get("ChildHealthChecks") or []
    missing = [child for child in children if child not in known]
    if missing:
        return f"Invalid parameter : ChildHealthChecks: {missing[0]} does not exist"
    if len(children) > 255:
        return "Invalid parameter : ChildHealthChecks has more than 255 members"
    if "HealthThreshold" not in config:
        return "Invalid parameter : HealthThreshold is required for CALCULATED"
    return None


def filled(config: dict) -> dict:
    """With what Route 53 adds to what was asked."""
    kind, added = config["Type"], {"Inverted": False, "Disabled": False}
    if kind in _ENDPOINTS:
        added.update(RequestInterval=30, FailureThreshold=3, MeasureLatency=False,
                     EnableSNI=kind.startswith("HTTPS"))
    if kind in _DEFAULT_PORT:
        added["Port"] = _DEFAULT_PORT[kind]
    if kind == "CLOUDWATCH_METRIC":
        added["InsufficientDataHealthStatus"] = "LastKnownStatus"
    return {**added, **config}
