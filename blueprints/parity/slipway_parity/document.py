"""docs/parity.md: what both engines make alike, and where they differ, with the reason."""

from collections import defaultdict

from .reasons import reason_for

_HEAD = """# What CDK and Terraform make alike

Each blueprint was made by both engines in the sandbox, in the size named, and read back by AWS's own APIs: networks,
clusters, roles with their policies, keys, buckets with all their settings, databases, alarms, and the rest. Ids, times and
what AWS makes up are taken out; then every property is compared. What Terraform made was planned once more, which
changed nothing, and destroyed, which left nothing.

`script/verify parity` makes this page; a difference without a reason fails it.

| Blueprint | Resources read | Properties that differ | Terraform: create, destroy |
| --------- | -------------- | ---------------------- | -------------------------- |
"""


def document(record: dict) -> tuple[str, list[str]]:
    """The page, and the differences that nobody has given a reason for."""
    rows, unexplained = [], []
    places: dict[str, set[str]] = defaultdict(set)
    for name, found in record.items():
        for each in found["differences"]:
            why = reason_for(each["resource"], each["path"])
            if why is None:
                unexplained.append(f"{name}: {each['resource']} {each['path']}: "
                                   f"{each['cdk']} / {each['terraform']}")
            else:
                places[why].add(f"{each['resource'].split(' ')[0]} `{each['path'] or 'all of it'}`")
        seconds = found["terraformSeconds"]
        rows.append(f"| {name} | {found['resources']['cdk']} | {len(found['differences'])} | "
                    f"{seconds['apply']} s, {seconds['destroy']} s |")
    lines = "\n".join(rows)
    reasons = "\n".join(f"- {', '.join(sorted(where))}: {why}"
                        for why, where in sorted(places.items()))
    return f"{_HEAD}{lines}\n\n## Differences\n\n{reasons or 'None.'}\n", unexplained
