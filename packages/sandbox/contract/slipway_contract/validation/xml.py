"""XML bodies, of query, ec2 and rest-xml services."""

from xml.etree import ElementTree

from botocore.model import Shape

from . import scalars
from .finding import Problems

_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


def parse(body: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(body)


def tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def decode(shape: Shape, element: ElementTree.Element, path: str, problems: Problems,
           ignore: frozenset[str] = frozenset()):
    """``ignore``: elements beside the members, at the top only."""
    kind = shape.type_name
    if kind == "structure":
        return _structure(shape, element, path, problems, ignore)
    if kind == "list":
        return _list(shape, list(element), path, problems)
    if kind == "map":
        return _map(shape, list(element), path, problems)
    if len(element):
        problems.add(path, "wrong type", f"elements where a {kind} belongs")
        return None
    try:
        return scalars.from_text(shape, element.text or "", "iso8601")
    except ValueError as error:
        problems.add(path, "wrong type", str(error))
        return None


def _is_flat(shape: Shape) -> bool:
    return bool(shape.serialization.get("flattened"))


def _element_name(member: Shape, name: str) -> str:
    if member.type_name == "list" and _is_flat(member):
        return (member.member.serialization.get("name")
                or member.serialization.get("name", name))
    return member.serialization.get("name", name)


def _structure(shape, element, path: str, problems: Problems, ignore: frozenset[str]) -> dict:
    body_members = {name: member for name, member in shape.members.items()
                    if member.serialization.get("location") is None}
    names = {_element_name(member, name): name for name, member in body_members.items()
             if not member.serialization.get("xmlAttribute")}
    decoded: dict = {}
    children: dict[str, list] = {}
    for child in element:
        children.setdefault(tag(child), []).append(child)
    for key, found in children.items():
        name = names.get(key)
        if name is None:
            if key not in ignore:
                problems.add(f"{path}.{key}", "unknown member", f"{shape.name} has no {key}")
            continue
        member = body_members[name]
        if member.type_name in ("list", "map") and _is_flat(member):
            read = _list if member.type_name == "list" else _map
            decoded[name] = read(member, found, f"{path}.{name}", problems)
            continue
        if len(found) > 1:
            problems.add(f"{path}.{name}", "wrong type", f"{key} stands {len(found)} times")
        decoded[name] = decode(member, found[0], f"{path}.{name}", problems)
    for name, member in body_members.items():
        if member.serialization.get("xmlAttribute"):
            key = member.serialization.get("name", name).rpartition(":")[2]
            text = element.get(key) or element.get(f"{_SCHEMA_INSTANCE}{key}")
            if text is not None:
                decoded[name] = text
    return decoded


def _list(shape, elements, path: str, problems: Problems) -> list:
    wanted = shape.member.serialization.get("name", "member")
    decoded = []
    for index, child in enumerate(elements):
        if not _is_flat(shape) and tag(child) != wanted:
            problems.add(f"{path}.{tag(child)}", "unknown member", f"expected {wanted}")
            continue
        decoded.append(decode(shape.member, child, f"{path}[{index}]", problems))
    return decoded


def _map(shape, elements, path: str, problems: Problems) -> dict:
    key_name = shape.key.serialization.get("name", "key")
    value_name = shape.value.serialization.get("name", "value")
    decoded = {}
    for entry in elements:
        parts = {tag(part): part for part in entry}
        if set(parts) != {key_name, value_name}:
            problems.add(path, "wrong type", f"an entry has {key_name} and {value_name}, "
                                             f"not {', '.join(parts) or 'nothing'}")
            continue
        decoded[parts[key_name].text or ""] = decode(
            shape.value, parts[value_name], f"{path}[]", problems)
    return decoded
