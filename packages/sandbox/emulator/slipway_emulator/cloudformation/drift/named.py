"""Turning what a service says into what a template would."""


def pick(record: dict, properties: dict, otherwise: dict[str, str]) -> dict:
    """The record's members that the template sets, by the template's names; ``otherwise`` has
    those that the service calls another name. What the service does not say is left out."""
    found = {name: record.get(otherwise.get(name, name)) for name in properties}
    return {name: value for name, value in found.items() if value is not None}


def names(entries: list | None, key: str) -> list:
    return [entry[key] for entry in entries or ()]


def tags_of(tags: list | dict | None) -> dict[str, str]:
    if isinstance(tags, dict):
        return tags
    return {tag["Key"]: tag["Value"] for tag in tags or ()}


def capital(value, keep: tuple[str, ...] = ()):
    """Members with a first letter as templates have it; ``keep`` names those whose members are
    people's own."""
    if isinstance(value, dict):
        return {k[:1].upper() + k[1:]: v if k in keep else capital(v) for k, v in value.items()}
    return [capital(item) for item in value] if isinstance(value, list) else value


def same_as(expected, *told):
    """The form of a version that the template has, where the service tells it in several."""
    return expected if expected in told else told[-1]
