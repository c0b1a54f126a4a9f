"""Requests of the query and ec2 protocols: dotted names in a form."""

from botocore.model import Shape

from . import scalars
from .finding import Problems

_PLAIN = ("Action", "Version")


def decode(shape: Shape | None, fields: dict[str, str], problems: Problems, is_ec2: bool) -> dict:
    tree = _tree({name: text for name, text in fields.items() if name not in _PLAIN}, problems)
    if shape is None:
        for name in tree:
            problems.add(name, "unknown member", "the operation takes nothing")
        return {}
    return _Form(problems, is_ec2).structure(shape, tree, "")


def _tree(fields: dict[str, str], problems: Problems) -> dict:
    root: dict = {}
    for name, text in fields.items():
        node, parts = root, name.split(".")
        for part in parts[:-1]:
            node = node.setdefault(part, {})
            if not isinstance(node, dict):
                problems.add(name, "unparsable", "a value and members under the same name")
                break
        else:
            node[parts[-1]] = text
    return root


class _Form:
    def __init__(self, problems: Problems, is_ec2: bool):
        self._problems, self._is_ec2 = problems, is_ec2

    def structure(self, shape: Shape, node, path: str) -> dict:
        if node == "":
            return {}
        if not isinstance(node, dict):
            self._problems.add(path, "wrong type", f"{node!r:.80} is no structure")
            return {}
        names = {self._name(member, name): name for name, member in shape.members.items()}
        decoded = {}
        for key, item in node.items():
            name = names.get(key)
            if name is None:
                self._problems.add(f"{path}.{key}", "unknown member", f"{shape.name} has no {key}")
            else:
                decoded[name] = self._value(shape.members[name], item, f"{path}.{name}")
        return decoded

    def _name(self, member: Shape, name: str) -> str:
        serialization = member.serialization
        if self._is_ec2:
            located = serialization.get("name", name)
            return serialization.get("queryName") or located[0].upper() + located[1:]
        if member.type_name == "list" and serialization.get("flattened"):
            return member.member.serialization.get("name") or serialization.get("name", name)
        return serialization.get("name", name)

    def _value(self, shape: Shape, node, path: str):
        kind = shape.type_name
        if kind == "structure":
            return self.structure(shape, node, path)
        if kind == "list":
            return [self._value(shape.member, item, f"{path}[]")
                    for item in self._items(shape, node, path)]
        if kind == "map":
            return self._map(shape, node, path)
        if isinstance(node, dict):
            self._problems.add(path, "wrong type", f"members where a {kind} belongs")
            return None
        try:
            return scalars.from_text(shape, node, "iso8601")
        except ValueError as error:
            self._problems.add(path, "wrong type", str(error))
            return None

    def _items(self, shape: Shape, node, path: str) -> list:
        is_flat = self._is_ec2 or shape.serialization.get("flattened")
        if not is_flat and isinstance(node, dict):
            wrapper = shape.member.serialization.get("name", "member")
            for key in node:
                if key != wrapper:
                    self._problems.add(f"{path}.{key}", "unknown member", f"expected {wrapper}")
            node = node.get(wrapper, "")
        return self._numbered(node, path)

    def _numbered(self, node, path: str) -> list:
        if node == "":
            return []
        if not isinstance(node, dict) or not all(key.isdigit() for key in node):
            self._problems.add(path, "wrong type", "a list has numbered members")
            return []
        return [node[key] for key in sorted(node, key=int)]

    def _map(self, shape: Shape, node, path: str) -> dict:
        if not shape.serialization.get("flattened") and isinstance(node, dict):
            node = node.get("entry", "")
        key_name = shape.key.serialization.get("name", "key")
        value_name = shape.value.serialization.get("name", "value")
        decoded = {}
        for entry in self._numbered(node, path):
            if not isinstance(entry, dict) or set(entry) - {key_name, value_name}:
                self._problems.add(path, "wrong type", "an entry has a key and a value")
                continue
            decoded[entry.get(key_name)] = self._value(
                shape.value, entry.get(value_name, ""), f"{path}[]")
        return decoded
