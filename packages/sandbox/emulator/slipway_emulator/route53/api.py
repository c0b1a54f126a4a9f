"""Route 53's calls over ministack's: changes as a whole or not at all, checks with versions."""

import re
import time
from xml.etree.ElementTree import SubElement

from ministack.services import route53
from ministack.services.cloudformation import provisioners

from ..errors import ResourceError
from ..pace import pace
from ..resources.handler import extend, register, tag_map
from . import health_checks, records

SERVICE = "Route53"
_ADDRESS = f"https://route53.amazonaws.com/{route53.API_VERSION}"
_STATUS = re.compile(rf"/{route53.API_VERSION}/healthcheck/([^/]+)/status")
_UPDATABLE = ("IPAddress", "Port", "ResourcePath", "FullyQualifiedDomainName", "SearchString",
              "FailureThreshold", "Inverted", "Disabled", "HealthThreshold", "ChildHealthChecks",
              "EnableSNI", "Regions", "AlarmIdentifier", "InsufficientDataHealthStatus")


def _refuse(code: str, message: str, status: int = 400) -> ResourceError:
    return ResourceError(SERVICE, code, message, status)


def _answered(handler):
    def handle(*arguments):
        try:
            return handler(*arguments)
        except ResourceError as error:
            return route53._error_response(error.code, error.message, error.status)
    return handle


def _body(body: bytes):
    root = route53._parse_body(body)
    if root is None:
        raise _refuse("InvalidInput", "Missing or invalid request body.")
    return root


def _batch(body: bytes) -> tuple[str, list[tuple[str, dict]]]:
    batch = route53._find(_body(body), "ChangeBatch")
    listed = route53._find(batch, "Changes") if batch is not None else None
    changes = []
    for element in route53._findall(listed, "Change") if listed is not None else []:
        record = route53._find(element, "ResourceRecordSet")
        try:
            changes.append((route53._text(element, "Action"), route53._parse_record_set(record)))
        except (TypeError, ValueError):
            raise _refuse("InvalidInput", "Invalid request: a ResourceRecordSet is not as it "
                                          "should be")
    if not changes:
        raise _refuse("InvalidInput", "Invalid request: a ChangeBatch needs at least one Change")
    return route53._text(batch, "Comment"), changes


def change_records(zone_id: str, changes: list[tuple[str, dict]]) -> None:
    """All of them or none; call under ministack's lock."""
    zone = route53._zones.get(zone_id)
    if zone is None:
        raise _refuse("NoSuchHostedZone", f"No hosted zone found with ID: {zone_id}", 404)
    for action, record in changes:
        problem = records.malformed(action, record)
        if problem:
            raise _refuse("InvalidInput", problem)
        check = record.get("HealthCheckId")
        if check and action != "DELETE" and check not in route53._health_checks:
            raise _refuse("NoSuchHealthCheck", f"The specified health check {check} does not exist",
                          404)
    after, problems = records.apply(zone, route53._records[zone_id], changes)
    if problems:
        raise _refuse("InvalidChangeBatch", f"[{', '.join(problems)}]")
    route53._records[zone_id] = after


def _change_record_sets(zone_id: str, body: bytes):
    comment, changes = _batch(body)
    with route53._lock:
        change_records(zone_id, changes)
        change = route53._new_change(comment)
    return route53._xml_response("ChangeResourceRecordSetsResponse",
                                 lambda root: route53._build_change_info_el(root, change))


def _timed(new_change):
    """In sync after a time, whoever asks; ministack counts the questions."""
    def made(comment: str = "") -> dict:
        change = new_change(comment)
        change["in_sync_at"] = time.time() + pace.create_seconds("slipway::Route53Change")
        return change
    return made


def _get_change(change_id: str):
    with route53._lock:
        change = route53._changes.get(change_id)
        if change is None:
            raise _refuse("NoSuchChange", f"A change with the ID {change_id} does not exist.", 404)
        if time.time() >= change.get("in_sync_at", 0):
            change["status"] = "INSYNC"
    return route53._xml_response("GetChangeResponse",
                                 lambda root: route53._build_change_info_el(root, change))


def _checked(config: dict) -> dict:
    problem = health_checks.problem(config, set(route53._health_checks))
    if problem:
        raise _refuse("InvalidInput", problem)
    return health_checks.filled(config)


def _parse_config(element) -> dict:
    try:
        config = route53._parse_health_check_config(element)
    except ValueError:
        raise _refuse("InvalidInput", "A number in the health check's configuration is not one")
    # ministack looks for the members of these lists one level too deep.
    for name, member in (("ChildHealthChecks", "ChildHealthCheck"), ("Regions", "Region")):
        if name in config:
            config[name] = [m.text or "" for m in route53._findall(
                route53._find(element, name), member)]
    return config


def _create_check(body: bytes):
    root = _body(body)
    reference = route53._text(root, "CallerReference")
    element = route53._find(root, "HealthCheckConfig")
    if not reference or element is None:
        raise _refuse("InvalidInput", "CallerReference and HealthCheckConfig are required")
    config = _parse_config(element)
    with route53._lock:
        known = route53._health_checks.get(route53._hc_caller_refs.get(reference))
        if known is not None and known.get("asked", config) != config:
            raise _refuse("HealthCheckAlreadyExists", "A health check with the same caller "
                          f"reference {reference} but with different settings exists", 409)
        check = known or _new_check(reference, config)
    status, headers, text = route53._xml_response(
        "CreateHealthCheckResponse", lambda r: route53._build_health_check_el(r, check), 201)
    return status, {**headers, "Location": f"{_ADDRESS}/healthcheck/{check['id']}"}, text


def _new_check(reference: str, config: dict) -> dict:
    check = {"id": route53._hc_id(), "caller_reference": reference, "asked": config,
             "config": _checked(config), "version": 1}
    route53._health_checks[check["id"]] = check
    route53._hc_caller_refs[reference] = check["id"]
    return check


def _update_check(check_id: str, body: bytes):
    root = _body(body)
    with route53._lock:
        check = route53._health_checks.get(check_id)
        if check is None:
            raise _refuse("NoSuchHealthCheck",
                          f"No health check exists with the specified ID {check_id}", 404)
        version = route53._text(root, "HealthCheckVersion")
        if version and version != str(check["version"]):
            raise _refuse("HealthCheckVersionMismatch",
                          f"The health check {check_id} has version {check['version']}, not "
                          f"{version}", 409)
        asked = _parse_config(root)
        config = {**check["config"], **{k: asked[k] for k in _UPDATABLE if k in asked}}
        resets = route53._find(root, "ResetElements")
        for element in route53._findall(resets, "ResettableElementName") if resets is not None \
                else []:
            if element.text not in health_checks.RESETTABLE:
                raise _refuse("InvalidInput", f"{element.text} cannot be reset")
            config.pop(element.text, None)
        check["config"] = _checked(config)
        check["version"] += 1
    return route53._xml_response("UpdateHealthCheckResponse",
                                 lambda r: route53._build_health_check_el(r, check))


def _delete_check(delete):
    def deleted(check_id: str):
        for other in route53._health_checks.values():
            if check_id in other["config"].get("ChildHealthChecks", []):
                raise _refuse("HealthCheckInUse",
                              f"The health check {check_id} is a child of {other['id']}")
        return delete(check_id)
    return deleted


def _with_location(create):
    def created(*arguments):
        status, headers, text = create(*arguments)
        found = re.search(rb"<Id>(/hostedzone/[^<]+)</Id>", text)
        if status == 201 and found:
            headers = {**headers, "Location": f"{_ADDRESS}{found.group(1).decode()}"}
        return status, headers, text
    return created


def _with_status(handle):
    """A check that no checker has looked at yet; the gateway answers for all others."""
    async def handled(method, path, headers, body, query):
        found = _STATUS.fullmatch(path)
        if method != "GET" or not found:
            return await handle(method, path, headers, body, query)
        if found.group(1) not in route53._health_checks:
            return route53._error_response(
                "NoSuchHealthCheck",
                f"No health check exists with the specified ID {found.group(1)}", 404)
        return route53._xml_response("GetHealthCheckStatusResponse",
                                     lambda root: SubElement(root, "HealthCheckObservations"))
    return handled


def _lower_flags(build):
    """ministack writes Python's True and False, which no client reads."""
    def built(parent, check):
        config = {k: str(v).lower() if isinstance(v, bool) else v
                  for k, v in check["config"].items()}
        build(parent, {**check, "config": config})
    return built


# CloudFormation


def _create_check_resource(logical_id, properties, stack_name):
    config = _from_properties(properties["HealthCheckConfig"])
    with route53._lock:
        check = _new_check(f"{stack_name}-{logical_id}-{route53.new_uuid()}", config)
        _tag_check(check["id"], properties)
    return check["id"], {"HealthCheckId": check["id"]}


def _update_check_resource(physical_id, old, new, stack_name, logical_id):
    with route53._lock:
        check = route53._health_checks[physical_id]
        check["config"] = _checked(_from_properties(new["HealthCheckConfig"]))
        check["version"] += 1
        _tag_check(physical_id, new)
    return physical_id, {"HealthCheckId": physical_id}


def _delete_check_resource(physical_id, properties):
    with route53._lock:
        check = route53._health_checks.pop(physical_id, None)
        route53._hc_caller_refs.pop((check or {}).get("caller_reference"), None)
        route53._tags.pop(("healthcheck", physical_id), None)


def _tag_check(check_id: str, properties: dict) -> None:
    route53._tags[("healthcheck", check_id)] = tag_map(
        {"Tags": properties.get("HealthCheckTags")})


def _from_properties(config: dict) -> dict:
    """Templates may write numbers and flags as text."""
    def typed(name, value):
        if name in ("Port", "RequestInterval", "FailureThreshold", "HealthThreshold"):
            return int(value)
        if name in ("MeasureLatency", "EnableSNI", "Inverted", "Disabled"):
            return str(value).lower() == "true"
        return value
    return {name: typed(name, value) for name, value in config.items()}


def _create_record(logical_id, properties, stack_name):
    zone_id = provisioners._r53_resolve_hosted_zone_id(properties)
    record = provisioners._r53_record_set_build_rs(properties)
    with route53._lock:
        change_records(zone_id, [("CREATE", record)])
    return record["Name"], {"Name": record["Name"]}


def _update_record(original):
    def update(physical_id, old, new, stack_name):
        zone_id = provisioners._r53_resolve_hosted_zone_id(new)
        before, after = (provisioners._r53_record_set_build_rs(p) for p in (old, new))
        if (zone_id, route53._rs_key(after)) != (
                provisioners._r53_resolve_hosted_zone_id(old), route53._rs_key(before)):
            return original(physical_id, old, new, stack_name)
        with route53._lock:
            change_records(zone_id, [("UPSERT", after)])
        return after["Name"], {"Name": after["Name"]}
    return update


def install() -> None:
    route53._new_change = _timed(route53._new_change)
    route53._change_resource_record_sets = _answered(_change_record_sets)
    route53._get_change = _answered(_get_change)
    route53._build_health_check_el = _lower_flags(route53._build_health_check_el)
    route53._create_hosted_zone = _with_location(route53._create_hosted_zone)
    route53._create_health_check = _answered(_create_check)
    route53._update_health_check = _answered(_update_check)
    route53._delete_health_check = _answered(_delete_check(route53._delete_health_check))
    route53.handle_request = _with_status(route53.handle_request)
    register("AWS::Route53::HealthCheck", _create_check_resource, _delete_check_resource,
             _update_check_resource)
    provisioners._r53_record_set_create = _create_record
    extend("AWS::Route53::RecordSet", create=lambda _: _create_record, update=_update_record)
