"""The replication of a bucket as a template has it, in the words of S3's own API."""

_RULE_MEMBERS = ("ID", "Priority", "Status", "Prefix", "Filter", "SourceSelectionCriteria",
                 "Destination", "DeleteMarkerReplication")


def replication(configuration: dict) -> dict:
    """Role and rules, to be rendered as ReplicationConfiguration."""
    return {"Role": configuration["Role"],
            "Rule": [_rule(rule) for rule in configuration["Rules"]]}


def _rule(rule: dict) -> dict:
    shaped = {**rule, "ID": rule.get("Id")}
    scope = rule.get("Filter")
    if scope is not None:
        shaped["Filter"] = _filter(scope)
    return {name: shaped[name] for name in _RULE_MEMBERS if shaped.get(name) is not None}


def _filter(scope: dict) -> dict:
    both = scope.get("And")
    if both:
        return {"And": {"Prefix": both.get("Prefix"), "Tag": both.get("TagFilters")}}
    if scope.get("TagFilter"):
        return {"Tag": scope["TagFilter"]}
    return {"Prefix": scope.get("Prefix", "")}
