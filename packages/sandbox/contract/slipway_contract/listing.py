"""The list of behaviours, as a Markdown table."""

from . import marking
from .runner import load


def table(services: list[str]) -> str:
    rows = ["| Service | Behaviour | Page | |", "| --- | --- | --- | --- |"]
    for test in load(services):
        found = marking.of(test)
        notes = "; ".join(filter(None, ("sandbox only" if found.sandbox_only else "",
                                        found.cost and f"costs {found.cost}")))
        title = found.page.rpartition("/")[2].removesuffix(".html")
        rows.append(f"| {marking.service(test)} | {marking.sentence(test)} "
                    f"| [{title}]({found.page}) | {notes} |")
    return "\n".join(rows)
