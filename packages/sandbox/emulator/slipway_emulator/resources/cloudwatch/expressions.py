"""Metric math: text to a tree. Pure."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z]\w*)"
                    r"|(?P<text>\"[^\"]*\"|'[^']*')"
                    r"|(?P<sign>&&|\|\||[<>=!]=|[-+*/^<>(),\[\]]))")
# Weakest first; each level binds weaker than the next.
_LEVELS = (("||", "OR"), ("&&", "AND"), ("==", "!=", "<", ">", "<=", ">="), ("+", "-"),
           ("*", "/"))


class ExpressionError(ValueError):
    """Says what is wrong with an expression."""


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Reference:
    name: str


@dataclass(frozen=True)
class Array:
    items: tuple


@dataclass(frozen=True)
class Operation:
    sign: str
    left: object
    right: object


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple


Node = Number | Reference | Array | Operation | Call


def parse(text: str) -> Node:
    return _Parser(_tokens(text)).whole()


def references(node: Node) -> set[str]:
    """Ids that the expression needs."""
    if isinstance(node, Reference):
        return {node.name}
    parts = (node.items if isinstance(node, Array) else
             (node.left, node.right) if isinstance(node, Operation) else
             node.arguments if isinstance(node, Call) else ())
    return set().union(*(references(part) for part in parts)) if parts else set()


def _tokens(text: str) -> list[tuple[str, str]]:
    found, position = [], 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"Unexpected character at {position}: {text[position]!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]):
        self._tokens, self._at = tokens, 0

    def whole(self) -> Node:
        node = self._level(0)
        if self._at < len(self._tokens):
            raise ExpressionError(f"Unexpected {self._tokens[self._at][1]!r}")
        return node

    def _peek(self) -> str | None:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else None

    def _take(self, wanted: str | None = None) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise ExpressionError("The expression ends too early")
        token = self._tokens[self._at]
        if wanted is not None and token[1] != wanted:
            raise ExpressionError(f"Expected {wanted!r}, found {token[1]!r}")
        self._at += 1
        return token

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._level(level + 1)
        while self._peek() in _LEVELS[level]:
            sign = self._take()[1]
            node = Operation(sign, node, self._level(level + 1))
        return node

    def _unary(self) -> Node:
        if self._peek() == "-":
            self._take()
            return Operation("-", Number(0.0), self._unary())
        node = self._primary()
        if self._peek() == "^":
            self._take()
            return Operation("^", node, self._unary())
        return node

    def _primary(self) -> Node:
        kind, text = self._take()
        if kind == "number":
            return Number(float(text))
        if kind == "name" and self._peek() == "(":
            self._take("(")
            return Call(text.upper(), self._list(")"))
        if kind == "name":
            return Reference(text)
        if text == "(":
            node = self._level(0)
            self._take(")")
            return node
        if text == "[":
            return Array(self._list("]"))
        raise ExpressionError(f"Unexpected {text!r}")

    def _list(self, end: str) -> tuple:
        items = []
        while self._peek() != end:
            items.append(self._level(0))
            if self._peek() != end:
                self._take(",")
        self._take(end)
        return tuple(items)
