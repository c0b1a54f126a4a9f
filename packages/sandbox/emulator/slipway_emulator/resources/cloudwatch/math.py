"""Metric math: a tree over time series. Pure.

A time series is a dict of seconds since 1970 to values. Where an operation takes two, a time that
one of them lacks is left out; so is one at which there is no number, as of a division by zero.
"""

import math
import operator
from dataclasses import dataclass
from typing import Callable

from .expressions import Array, Call, ExpressionError, Node, Number, Operation, Reference

Series = dict[int, float]
Value = float | Series | list


@dataclass(frozen=True)
class Window:
    """The times that are asked for, in seconds since 1970, the end excluded."""

    start: int
    end: int
    period: int

    def times(self) -> range:
        return range(self.start - self.start % self.period, self.end, self.period)


def _power(base: float, exponent: float) -> float:
    """Python's own has complex numbers for roots of what is negative."""
    try:
        return math.pow(base, exponent)
    except ValueError:
        raise ArithmeticError("no real number") from None


_SIGNS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "^": _power,
    "<": lambda a, b: float(a < b), ">": lambda a, b: float(a > b),
    "<=": lambda a, b: float(a <= b), ">=": lambda a, b: float(a >= b),
    "==": lambda a, b: float(a == b), "!=": lambda a, b: float(a != b),
    "&&": lambda a, b: float(bool(a) and bool(b)), "||": lambda a, b: float(bool(a) or bool(b)),
}
_SIGNS |= {"AND": _SIGNS["&&"], "OR": _SIGNS["||"]}
_AGGREGATES: dict[str, Callable[[list[float]], float]] = {
    "SUM": sum, "AVG": lambda values: sum(values) / len(values), "MAX": max, "MIN": min,
}


def evaluate(node: Node, known: Callable[[str], Value], metrics: Callable[[], list[Series]],
             window: Window) -> Value:
    """``known`` gives the value of an id, ``metrics`` all series that are no expressions."""
    return _Evaluation(known, metrics, window).of(node)


class _Evaluation:
    def __init__(self, known, metrics, window: Window):
        self._known, self._metrics, self._window = known, metrics, window

    def of(self, node: Node) -> Value:
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Reference):
            return self._known(node.name)
        if isinstance(node, Array):
            return [item for part in node.items for item in self._series(self.of(part))]
        if isinstance(node, Operation):
            return _combine(_SIGNS[node.sign], self.of(node.left), self.of(node.right))
        return self._call(node)

    @staticmethod
    def _series(value: Value) -> list[Series]:
        if isinstance(value, list):
            return value
        if isinstance(value, dict):
            return [value]
        raise ExpressionError("An array holds time series")

    def _call(self, node: Call) -> Value:
        name, arguments = node.function, node.arguments
        if name == "FILL":
            _count(name, arguments, 2)
            return self._fill(self.of(arguments[0]), arguments[1])
        if name == "METRICS":
            _count(name, arguments, 0)
            return self._metrics()
        if name == "PERIOD":
            _count(name, arguments, 1)
            return float(self._window.period)
        if name == "IF":
            if len(arguments) not in (2, 3):
                raise ExpressionError("IF takes a condition and one or two values")
            return _choose(*(self.of(argument) for argument in arguments))
        _count(name, arguments, 1)
        value = self.of(arguments[0])
        if name in _AGGREGATES:
            return _aggregate(_AGGREGATES[name], value)
        single = _OF_ONE_SERIES.get(name)
        if single is None:
            raise ExpressionError(f"The function {name} is not emulated")
        return [single(s) for s in value] if isinstance(value, list) else single(_one(value))

    def _fill(self, value: Value, filler: Node) -> Value:
        if isinstance(value, list):
            return [self._fill(series, filler) for series in value]
        series, word = _one(value), filler.name.upper() if isinstance(filler, Reference) else ""
        if word == "REPEAT":
            return _fill_repeating(series, self._window)
        if word == "LINEAR":
            return _fill_linear(series, self._window)
        by = self.of(filler)
        if isinstance(by, list):
            raise ExpressionError("FILL takes a number, a time series, REPEAT or LINEAR")
        filled = {}
        for at in self._window.times():
            other = by.get(at) if isinstance(by, dict) else by
            found = series.get(at, other)
            if found is not None:
                filled[at] = found
        return filled


def _count(name: str, arguments: tuple, wanted: int) -> None:
    if len(arguments) != wanted:
        raise ExpressionError(f"{name} takes {wanted} argument{'s' if wanted != 1 else ''}")


def _one(value: Value) -> Series:
    if not isinstance(value, dict):
        raise ExpressionError("A time series is needed")
    return value


def _combine(act: Callable[[float, float], float], left: Value, right: Value) -> Value:
    if isinstance(left, list):
        return [_combine(act, item, right) for item in left]
    if isinstance(right, list):
        return [_combine(act, left, item) for item in right]
    if isinstance(left, float) and isinstance(right, float):
        try:
            return act(left, right)
        except ZeroDivisionError:
            raise ExpressionError("Division by zero") from None
        except ArithmeticError:
            raise ExpressionError("The result is no number") from None
    times = left if isinstance(left, dict) else right
    combined = {}
    for at in times:
        pair = [side.get(at) if isinstance(side, dict) else side for side in (left, right)]
        if None not in pair:
            try:
                combined[at] = float(act(*pair))
            except ArithmeticError:
                pass
    return combined


def _aggregate(act: Callable[[list[float]], float], value: Value) -> Value:
    """A number of one time series; of an array, a time series of what is there at each time."""
    if isinstance(value, list):
        times = sorted({at for series in value for at in series})
        return {at: float(act([s[at] for s in value if at in s])) for at in times}
    series = _one(value)
    # Without a point there is no number: nothing that uses it has a point either.
    return float(act(list(series.values()))) if series else {}


def _choose(condition: Value, positive: Value, negative: Value = None) -> Value:
    if isinstance(condition, list):
        return [_choose(item, positive, negative) for item in condition]
    if isinstance(condition, float):
        return positive if condition else ({} if negative is None else negative)
    chosen = {}
    for at, truth in condition.items():
        branch = positive if truth else negative
        found = branch.get(at) if isinstance(branch, dict) else branch
        if found is not None:
            chosen[at] = found
    return chosen


def _changes(series: Series) -> list[tuple[int, int, float]]:
    """(time, seconds since the point before, difference to it)"""
    times = sorted(series)
    return [(at, at - before, series[at] - series[before])
            for before, at in zip(times, times[1:])]


def _running_sum(series: Series) -> Series:
    total, summed = 0.0, {}
    for at in sorted(series):
        total += series[at]
        summed[at] = total
    return summed


_OF_ONE_SERIES: dict[str, Callable[[Series], Value]] = {
    "RATE": lambda series: {at: change / seconds for at, seconds, change in _changes(series)},
    "DIFF": lambda series: {at: change for at, _, change in _changes(series)},
    "ABS": lambda series: {at: abs(value) for at, value in series.items()},
    "RUNNING_SUM": _running_sum,
}


def _fill_repeating(series: Series, window: Window) -> Series:
    filled, last = {}, None
    for at in window.times():
        last = series.get(at, last)
        if last is not None:
            filled[at] = last
    return filled


def _fill_linear(series: Series, window: Window) -> Series:
    filled, times = dict(series), sorted(series)
    for before, after in zip(times, times[1:]):
        slope = (series[after] - series[before]) / (after - before)
        for at in range(before + window.period, after, window.period):
            filled[at] = series[before] + slope * (at - before)
    return filled
