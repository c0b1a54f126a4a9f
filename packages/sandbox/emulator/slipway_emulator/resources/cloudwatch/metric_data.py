"""GetMetricData: series of metrics and of expressions over them, in every protocol."""

import re
from collections import defaultdict
from datetime import datetime, timezone

from ministack.services import cloudwatch

from ... import query_protocol
from ...errors import ResourceError
from ...metrics import looking
from .expressions import ExpressionError, parse, references
from .math import Series, Window, evaluate

SERVICE = "cloudwatch"
_ID = re.compile(r"[a-z]\w*")
_WORDS = {"REPEAT", "LINEAR"}


def install() -> None:
    cloudwatch._get_metric_data = _get_metric_data


def _invalid(message: str) -> ResourceError:
    return ResourceError("CloudWatch", "ValidationError", message)


def _get_metric_data(params: dict, document: dict, is_cbor: bool, is_json: bool = False):
    def answer(request: dict) -> dict:
        window = (cloudwatch._parse_ts(request["StartTime"]),
                  cloudwatch._parse_ts(request["EndTime"]))
        found = results(request.get("MetricDataQueries") or [], *window)
        newest_first = request.get("ScanBy", "TimestampDescending") == "TimestampDescending"
        return {"MetricDataResults": [_result(*r, newest_first) for r in found], "Messages": []}

    if not (is_cbor or is_json):
        return query_protocol.answer(SERVICE, "GetMetricData", answer, params)
    try:
        output = answer(document)
    except ResourceError as error:
        return cloudwatch._error(error.code, error.message, error.status, use_json=is_json,
                                 use_cbor=is_cbor)
    for result in output["MetricDataResults"]:
        times = [at.timestamp() for at in result["Timestamps"]]
        result["Timestamps"] = [cloudwatch._cbor_timestamp(at) for at in times] if is_cbor else (
            times)
    return (cloudwatch._cbor_ok if is_cbor else cloudwatch._json_ok)(output)


def _result(query_id: str, label: str, series: Series, newest_first: bool) -> dict:
    times = sorted(series, reverse=newest_first)
    return {"Id": query_id, "Label": label, "StatusCode": "Complete",
            "Timestamps": [datetime.fromtimestamp(at, timezone.utc) for at in times],
            "Values": [float(series[at]) for at in times]}


def results(queries: list[dict], start: float, end: float) -> list[tuple[str, str, Series]]:
    """(id, label, series) of each query whose data is to be returned."""
    if not queries:
        raise _invalid("The parameter MetricDataQueries must have at least one member.")
    return _Queries(queries, start, end).returned()


class _Queries:
    def __init__(self, queries: list[dict], start: float, end: float):
        self._queries = {query.get("Id", ""): query for query in queries}
        if len(self._queries) < len(queries):
            raise _invalid("The values for parameter id in MetricDataQueries are not unique.")
        for query in queries:
            self._check(query)
        stats = [q["MetricStat"] for q in queries if q.get("MetricStat")]
        periods = [int(s["Period"]) for s in stats] or [int(q.get("Period", 60)) for q in queries]
        self._start, self._end = start, end
        self._window = Window(int(start), int(end), max(periods))
        self._values: dict[str, object] = {}

    @staticmethod
    def _check(query: dict) -> None:
        if not _ID.fullmatch(query.get("Id", "")):
            raise _invalid(f"The value {query.get('Id')} for parameter id is invalid: it must "
                           "start with a lowercase letter.")
        if bool(query.get("MetricStat")) == bool(query.get("Expression")):
            raise _invalid(f"The query {query['Id']} must have either MetricStat or Expression.")
        period = int((query.get("MetricStat") or query).get("Period", 60))
        if period not in (1, 5, 10, 20, 30) and (period <= 0 or period % 60):
            raise _invalid("The parameter Period must be a multiple of 60, or 1, 5, 10, 20 or 30.")

    def returned(self) -> list[tuple[str, str, Series]]:
        found = []
        for query_id, query in self._queries.items():
            value = self._value(query_id, ())
            if not _is_true(query.get("ReturnData", True)):
                continue
            if isinstance(value, float):
                raise _invalid(f"Error in expression '{query_id}': it gives a number, not a time "
                               "series.")
            metric = (query.get("MetricStat") or {}).get("Metric") or {}
            label = query.get("Label") or metric.get("MetricName") or query_id
            found += [(query_id, label, series)
                      for series in (value if isinstance(value, list) else [value])]
        return found

    def _value(self, query_id: str, path: tuple[str, ...]):
        query = self._queries.get(query_id)
        if query is None:
            raise ExpressionError(f"Unknown id {query_id}")
        if query_id in path:
            raise ExpressionError(f"{query_id} refers to itself")
        if query_id not in self._values:
            self._values[query_id] = (self._evaluate(query, (*path, query_id))
                                      if query.get("Expression") else self._series(query))
        return self._values[query_id]

    def _evaluate(self, query: dict, path: tuple[str, ...]):
        try:
            tree = parse(query["Expression"])
            for name in references(tree) - set(self._queries) - _WORDS:
                raise ExpressionError(f"Unknown id {name}")
            return evaluate(tree, lambda name: self._value(name, path), self._metrics,
                            self._window)
        except ExpressionError as error:
            raise _invalid(f"Error in expression '{query['Id']}': {error}") from None

    def _metrics(self) -> list[Series]:
        return [self._value(query_id, ()) for query_id, query in self._queries.items()
                if query.get("MetricStat")]

    def _series(self, query: dict) -> Series:
        stat = query["MetricStat"]
        return series_of(stat["Metric"], stat["Stat"], int(stat["Period"]), self._start,
                         self._end, stat.get("Unit"))


def _is_true(value) -> bool:
    return value not in (False, "false")


def series_of(metric: dict, statistic: str, period: int, start: float, end: float,
              unit: str | None = None) -> Series:
    """One metric, with just these dimensions, by period from the one that holds ``start``."""
    dimensions = {d["Name"]: d["Value"] for d in metric.get("Dimensions") or ()}
    wanted = (metric["Namespace"], metric["MetricName"], cloudwatch._dims_key(dimensions))
    first = start - start % period
    buckets = defaultdict(list)
    with looking(first, end):
        there = [point for key, points in cloudwatch._metrics.items() if key == wanted
                 for point in points]
    for point in there:
        at = point["Timestamp"]
        if first <= at < end and unit in (None, point.get("Unit")):
            buckets[int(at // period) * period].append(point)
    found = {}
    for at in sorted(buckets):
        value = cloudwatch._stat_value(cloudwatch._calc_stats(buckets[at]), statistic, buckets[at])
        if value is not None:
            found[at] = float(value)
    return found
