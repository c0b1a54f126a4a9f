"""docs/parity.md: what both engines make alike, and where they differ, with the reason."""

from collections import defaultdict

from .reasons import reason_for

_HEAD = """# What CDK and Terraform make alike

Each blueprint was made by both engines in the sandbox, in the size named, and read back by AWS's own APIs: networks,
clusters, roles with their policies, keys, buckets with all their settings, databases, alarms, and the rest. Ids, times and
what AWS makes up are taken out; then every property is compared. What Terraform made was planned once more, which
changed nothing, and destroyed, which left nothing.

`script/verify parity` makes this page; a difference without a reason fails it.

"""
_COLUMNS = ["Blueprint", "Resources read", "Properties that differ", "Terraform: create, destroy"]


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
        took = f"{seconds['apply']} s, {seconds['destroy']} s" if seconds else "not measured"
        rows.append([name, str(found["resources"]["cdk"]), str(len(found["differences"])), took])
    lines = _table(_COLUMNS, rows)
    reasons = "\n".join(f"- {', '.join(sorted(where))}: {why}"
                        for why, where in sorted(places.items()))
    return f"{_HEAD}{lines}\n\n## Differences\n\n{reasons or 'None.'}\n", unexplained


def _table(head: list[str], rows: list[list[str]]) -> str:
    """As prettier lays it out."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
                     for row in [head, ["-" * width for width in widths], *rows])
