"""What Route 53 refuses about a batch of changes to a zone; records are ministack's dicts.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
"""

import ipaddress
import re

ACTIONS = ("CREATE", "DELETE", "UPSERT")
TYPES = ("SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS",
         "TLSA", "SSHFP", "SVCB", "HTTPS")
_POLICIES = ("Weight", "Region", "Failover", "GeoLocation", "MultiValueAnswer",
             "CidrRoutingConfig")
_NAME = re.compile(r"(?:[^.\s]{1,63}\.)+")


def malformed(action: str, record: dict) -> str | None:
    """What is wrong with one change by itself (``InvalidInput``)."""
    where = (f"in Change with [Action={action}, Name={record['Name']}, Type={record['Type']}, "
             f"SetIdentifier={record.get('SetIdentifier') or 'null'}]")
    if action not in ACTIONS or record["Type"] not in TYPES:
        return f"Invalid request: unknown action or type {where}"
    if len(record["Name"]) > 256 or not _NAME.fullmatch(record["Name"]):
        return f"Invalid request: {record['Name']} is not a valid encoding for a domain name"
    alias = "AliasTarget" in record
    complete = record.get("TTL") is not None and record.get("ResourceRecords")
    if alias == bool(complete) or alias and (
            record.get("TTL") is not None or record.get("ResourceRecords")):
        found = "more than one" if alias else "none"
        return ("Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and "
                f"ResourceRecords], or TrafficPolicyInstanceId], but found {found} {where}")
    if "CidrRoutingConfig" in record:
        return f"Invalid request: IP-based routing is not emulated {where}"
    policies = [p for p in _POLICIES if _has(record, p)]
    if len(policies) > 1:
        return ("Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, "
                f"MultiValueAnswer], but found more than one {where}")
    if policies and not record.get("SetIdentifier"):
        return f"Invalid request: Missing field 'SetIdentifier' {where}"
    if record.get("SetIdentifier") and not policies:
        return ("Invalid request: Missing field 'Weight', 'Region', 'Failover', 'GeoLocation' or "
                f"'MultiValueAnswer' {where}")
    if not 0 <= int(record.get("Weight") or 0) <= 255:
        return ("Value at 'changeBatch.changes.member.resourceRecordSet.weight' failed to satisfy "
                "constraint: Member must have value between 0 and 255")
    if record.get("Failover") not in (None, "PRIMARY", "SECONDARY"):
        return ("Value at 'changeBatch.changes.member.resourceRecordSet.failover' failed to "
                "satisfy constraint: Member must satisfy enum value set: [PRIMARY, SECONDARY]")
    if record.get("TTL") is not None and not 0 <= int(record["TTL"]) <= 2147483647:
        return ("Value at 'changeBatch.changes.member.resourceRecordSet.tTL' failed to satisfy "
                "constraint: Member must have value between 0 and 2147483647")
    return None


def apply(zone: dict, current: list[dict], changes: list[tuple[str, dict]]
          ) -> tuple[list[dict], list[str]]:
    """The zone's records after all changes, and why they cannot be made; none is made then."""
    records, problems = list(current), []
    for action, record in changes:
        problem = _permitted(zone, record)
        at = next((n for n, r in enumerate(records) if _key(r) == _key(record)), None)
        if problem is None and action == "DELETE":
            problem = _undeletable(zone, records, at, record)
            if problem is None:
                records.pop(at)
        elif problem is None and action == "CREATE" and at is not None:
            problem = f"Tried to create resource record set {_named(record)} but it already exists"
        elif problem is None:
            others = records[:at] + records[at + 1:] if at is not None else records
            problem = _conflict(zone, others, record)
            if problem is None and at is not None:
                records[at] = record
            elif problem is None:
                records.append(record)
        if problem is not None:
            problems.append(problem)
    return records, problems


def _key(record: dict) -> tuple:
    return record["Name"].lower(), record["Type"], record.get("SetIdentifier", "")


def _named(record: dict) -> str:
    identifier = record.get("SetIdentifier")
    return (f"[name='{record['Name']}', type='{record['Type']}'"
            + (f", set-identifier='{identifier}']" if identifier else "]"))


def _permitted(zone: dict, record: dict) -> str | None:
    name, apex = record["Name"].lower(), zone["name"].lower()
    if name != apex and not name.endswith(f".{apex}"):
        return f"RRSet with DNS name {record['Name']} is not permitted in zone {zone['name']}"
    if record["Type"] == "CNAME" and name == apex:
        return (f"RRSet of type CNAME with DNS name {record['Name']} is not permitted at apex in "
                f"zone {zone['name']}")
    for value in record.get("ResourceRecords") or []:
        problem = _bad_value(record["Type"], value)
        if problem:
            return f"Invalid Resource Record: '{problem} encountered with '{value}''"
    return None


def _bad_value(kind: str, value: str) -> str | None:
    if kind in ("A", "AAAA"):
        version = 4 if kind == "A" else 6
        try:
            if ipaddress.ip_address(value).version == version:
                return None
        except ValueError:
            pass
        return (f"FATAL problem: ARRDATAIllegalIPv{version}Address (Value is not a valid "
                f"IPv{version} address)")
    if kind in ("CNAME", "NS", "PTR") and (" " in value or not value):
        return "FATAL problem: DomainNameContainsIllegalCharacters (Value is not a domain name)"
    if kind == "TXT" and not re.fullmatch(r'("(?:[^"\\]|\\.)*"\s*)+', value):
        return ("FATAL problem: InvalidCharacterString (Value should be enclosed in quotation "
                "marks)")
    return None


def _undeletable(zone: dict, records: list[dict], at: int | None, record: dict) -> str | None:
    if at is None:
        return f"Tried to delete resource record set {_named(record)} but it was not found"
    if _values(records[at]) != _values(record):
        return (f"Tried to delete resource record set {_named(record)} but the values provided do "
                "not match the current values")
    if record["Type"] in ("SOA", "NS") and record["Name"].lower() == zone["name"].lower():
        return ("A HostedZone must contain exactly one SOA record" if record["Type"] == "SOA"
                else "A HostedZone must contain at least one NS record for the zone itself.")
    return None


def _values(record: dict) -> dict:
    return {k: sorted(v) if isinstance(v, list) else str(v) if k == "TTL" else v
            for k, v in record.items() if k not in ("Name", "Type", "SetIdentifier")}


def _policy(record: dict) -> str:
    return next((p for p in _POLICIES if _has(record, p)), "simple")


def _has(record: dict, policy: str) -> bool:
    """A weight of 0 is one too."""
    return record.get(policy) is not None and record[policy] is not False


def _conflict(zone: dict, others: list[dict], record: dict) -> str | None:
    same_name = [r for r in others if r["Name"].lower() == record["Name"].lower()]
    other_type = next((r for r in same_name if r["Type"] != record["Type"]
                       and "CNAME" in (r["Type"], record["Type"])), None)
    if other_type:
        return (f"RRSet of type {record['Type']} with DNS name {record['Name']} is not permitted "
                f"because a conflicting RRSet of type {other_type['Type']} with the same DNS name "
                f"already exists in zone {zone['name']}")
    for other in (r for r in same_name if r["Type"] == record["Type"]):
        if _policy(other) != _policy(record):
            return (f"RRSet with DNS name {record['Name']}, type {record['Type']}, SetIdentifier "
                    f"{record.get('SetIdentifier')} cannot be created because a RRSet with the "
                    "same name and type and another routing policy exists")
        same = next((p for p in ("Failover", "Region", "GeoLocation")
                     if record.get(p) and record[p] == other.get(p)), None)
        if same:
            return (f"RRSet with DNS name {record['Name']}, type {record['Type']}, SetIdentifier "
                    f"{record['SetIdentifier']} cannot be created because a RRSet with the same "
                    f"name, type and {same} {record[same]} exists")
    alias = record.get("AliasTarget")
    if alias and alias["HostedZoneId"] == zone["id"]:
        target = alias["DNSName"].lower()
        if not any(r["Name"].lower() == target and r["Type"] == record["Type"] for r in others):
            return (f"Tried to create an alias that targets {alias['DNSName']}, type "
                    f"{record['Type']} in zone {zone['id']}, but that target was not found")
    return None
