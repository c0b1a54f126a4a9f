"""EC2's lists and members as XML."""

from xml.sax.saxutils import escape


def items(name: str, records: list[dict]) -> str:
    return f"<{name}>" + "".join(f"<item>{fields(r)}</item>" for r in records) + f"</{name}>"


def fields(record: dict) -> str:
    return "".join(
        f"<{key}>{escape(str(value))}</{key}>" for key, value in record.items()
        if value not in (None, ""))
