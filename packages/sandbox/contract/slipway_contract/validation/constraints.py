"""What a model demands of values: required members, enumerations, ranges, patterns."""

import re
from functools import lru_cache

from botocore.model import Shape

from .finding import Problems


def check(shape: Shape, value, path: str, problems: Problems, tolerant: bool = False,
          answer: bool = False) -> None:
    """``tolerant``: an absent list and an empty one are the same, as in XML. ``answer``: AWS may
    show an empty list where it would not take one."""
    if value is None or shape.metadata.get("document"):
        return
    kind = shape.type_name
    if kind == "structure":
        _check_structure(shape, value, path, problems, tolerant, answer)
    elif kind == "list":
        if value or not answer:
            _check_size(shape, len(value), path, problems)
        for index, item in enumerate(value):
            check(shape.member, item, f"{path}[{index}]", problems, tolerant, answer)
    elif kind == "map":
        if value or not answer:
            _check_size(shape, len(value), path, problems)
        for key, item in value.items():
            check(shape.key, key, f"{path}<key>", problems, tolerant, answer)
            check(shape.value, item, f"{path}[]", problems, tolerant, answer)
    elif kind == "string":
        _check_text(shape, value, path, problems)
    elif kind in ("integer", "long", "float", "double") and not isinstance(value, str):
        _check_size(shape, value, path, problems)
    elif kind == "blob":
        _check_size(shape, len(value), path, problems)


def _check_structure(shape, value: dict, path: str, problems: Problems, tolerant: bool,
                     answer: bool) -> None:
    for name in shape.metadata.get("required", ()):
        member = shape.members[name]
        if name not in value and not (tolerant and member.type_name in ("list", "map")):
            problems.add(f"{path}.{name}", "missing member", f"{shape.name} needs {name}")
    if shape.metadata.get("union") and len(value) != 1:
        problems.add(path, "wrong type", f"{shape.name} takes one of its members, "
                                         f"not {', '.join(value) or 'none'}")
    for name, item in value.items():
        check(shape.members[name], item, f"{path}.{name}", problems, tolerant, answer)


def _check_size(shape, size, path: str, problems: Problems) -> None:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < float(least):
        problems.add(path, "out of range", f"{size} is less than {least}")
    if most is not None and size > float(most):
        problems.add(path, "out of range", f"{size} is more than {most}")


def _check_text(shape, value: str, path: str, problems: Problems) -> None:
    allowed = shape.metadata.get("enum")
    if allowed:
        if value not in allowed:
            problems.add(path, "not in enumeration",
                         f"{value!r:.60} is none of {', '.join(allowed[:12])}")
        return
    _check_size(shape, len(value), path, problems)
    pattern = shape.metadata.get("pattern")
    expression = _compiled(pattern) if pattern else None
    if expression is not None and not expression(value):
        problems.add(path, "pattern", f"{value!r:.80} does not match {pattern:.120}")


# Unicode classes as the nearest that Python's ``re`` has, never narrower than what AWS means.
_UNICODE_CLASSES = {r"\p{L}": r"\w", r"\p{N}": r"\w", r"\p{Z}": r"\s", r"\p{M}": r"\w",
                    r"\p{Alpha}": "A-Za-z", r"\p{Alnum}": "A-Za-z0-9", r"\p{IsLatin}": r"\w"}


@lru_cache(maxsize=None)
def _compiled(pattern: str):
    """A test for the pattern, or None for one that Python's ``re`` cannot read. A pattern without
    anchors means the whole text, as AWS's services read it."""
    python = pattern
    for theirs, ours in _UNICODE_CLASSES.items():
        python = python.replace(theirs, ours)
    if "&&" in python:
        return None
    try:
        found = re.compile(python, re.S)
    except re.error:
        return None
    return found.search if pattern.startswith("^") or pattern.endswith("$") else found.fullmatch
