"""Scalars of each protocol as Python values; ``ValueError`` says why one is none of its type."""

import base64
import binascii
import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from botocore.model import Shape

_ISO8601 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_INTEGERS = {"integer": 32, "long": 64}
_SPECIAL = {"NaN", "Infinity", "-Infinity"}


def from_text(shape: Shape, text: str, timestamp_format: str):
    """The value of a header, a form field or an XML element."""
    kind = shape.type_name
    if kind in ("string", "character"):
        return text
    if kind == "timestamp":
        return timestamp(text, shape.serialization.get("timestampFormat", timestamp_format))
    if kind == "boolean":
        if text not in ("true", "false"):
            raise ValueError(f"{text!r} is no boolean")
        return text == "true"
    if kind in _INTEGERS:
        if not re.fullmatch(r"-?\d+", text):
            raise ValueError(f"{text!r} is no whole number")
        return _ranged(int(text), kind)
    if kind in ("float", "double"):
        if text not in _SPECIAL and not _NUMBER.fullmatch(text):
            raise ValueError(f"{text!r} is no number")
        return float(text)
    if kind == "blob":
        return blob(text)
    raise ValueError(f"{text!r} stands where a {kind} belongs")


def from_json(shape: Shape, value, timestamp_format: str):
    """A leaf of a JSON body."""
    kind = shape.type_name
    if kind == "timestamp":
        return timestamp(value, shape.serialization.get("timestampFormat", timestamp_format))
    if kind == "blob" and isinstance(value, str):
        return blob(value)
    return from_native(shape, value)


def from_native(shape: Shape, value):
    """A leaf of a body that has types of its own."""
    kind = shape.type_name
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind in ("string", "character"):
        fits = isinstance(value, str)
    elif kind == "boolean":
        fits = isinstance(value, bool)
    elif kind in _INTEGERS:
        if is_number and float(value).is_integer():
            return _ranged(int(value), kind)
        fits = False
    elif kind in ("float", "double"):
        fits = is_number or value in _SPECIAL
    elif kind == "blob":
        fits = isinstance(value, bytes)
    elif kind == "timestamp":
        fits = isinstance(value, datetime)
    else:
        fits = False
    if not fits:
        raise ValueError(f"{value!r:.80} is no {kind}")
    return value


def timestamp(value, timestamp_format: str) -> datetime:
    if timestamp_format == "iso8601":
        if not isinstance(value, str) or not _ISO8601.fullmatch(value):
            raise ValueError(f"{value!r:.80} is no ISO 8601 time with its zone")
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", value).replace("Z", "+00:00"))
    if timestamp_format == "rfc822":
        try:
            return parsedate_to_datetime(value)
        except (TypeError, ValueError):
            raise ValueError(f"{value!r:.80} is no RFC 822 time") from None
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number and not (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise ValueError(f"{value!r:.80} is no number of seconds since 1970")
    try:
        return datetime.fromtimestamp(float(value), timezone.utc)
    except (OverflowError, OSError, ValueError):
        raise ValueError(f"{value!r:.80} seconds are no time") from None


def blob(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(f"{text!r:.40} is not base64") from None


def _ranged(value: int, kind: str) -> int:
    bits = _INTEGERS[kind]
    if not -2 ** (bits - 1) <= value < 2 ** (bits - 1):
        raise ValueError(f"{value} has no room in {bits} bits")
    return value
