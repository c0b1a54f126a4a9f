"""Where a replication group sends its logs."""

from . import store

_MEMBERS = ("LogType", "DestinationType", "DestinationDetails", "LogFormat")
_FORMATS = ("text", "json")
_TYPES = ("slow-log", "engine-log")


def configured(requested: list[dict]) -> list[dict]:
    """The configurations as the group shows them; one asked for with ``Enabled`` false is gone."""
    shown = []
    for each in requested:
        if each.get("LogType") not in _TYPES or each.get("LogFormat", "text") not in _FORMATS:
            raise store.refusal("InvalidParameterValue",
                                f"LogType is one of {', '.join(_TYPES)}, LogFormat one of "
                                f"{', '.join(_FORMATS)}.")
        if each.get("Enabled", True):
            shown.append({**{n: each[n] for n in _MEMBERS if n in each}, "Status": "active"})
    return shown
