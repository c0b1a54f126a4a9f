"""Alarms evaluate by themselves, every few seconds, over the periods that are complete."""

import asyncio
import json
import logging
import time

from ministack.core.responses import request_scope
from ministack.services import cloudwatch

from ... import darkness, metrics, query_protocol
from ...errors import ResourceError
from ..handler import extend
from .evaluation import ALARM, INSUFFICIENT, MORE_PERIODS, breaches, state_of
from .metric_data import results, series_of

logger = logging.getLogger("slipway.alarms")

_EVERY_SECONDS = 2.0
# Of an account and region, in all.
_HISTORY_KEPT = 2000


def install() -> None:
    cloudwatch._evaluate_alarm = evaluate
    # Data that is put is looked at with the next round, as on AWS, not with the request.
    cloudwatch._evaluate_all_alarms = lambda: None
    cloudwatch._record_history = _bounded(cloudwatch._record_history)
    cloudwatch._put_metric_alarm = _put_metric_alarm(cloudwatch._put_metric_alarm)
    extend("AWS::CloudWatch::Alarm", create=_by_template, update=_by_template)
    cloudwatch._describe_alarms = _describe_alarms(cloudwatch._describe_alarms)


def _describe_alarms(original):
    """In the query protocol too with all that an alarm has, of which ministack tells a part."""
    def describe(params, document, is_cbor, is_json=False):
        if is_cbor or is_json:
            return original(params, document, is_cbor, is_json)

        def ask(request: dict) -> dict:
            status, _, body = original({}, request, False, True)
            told = json.loads(body)
            if status >= 300:
                raise ResourceError("CloudWatch", told["__type"].rsplit("#", 1)[-1],
                                    told.get("message", ""), status)
            return told

        return query_protocol.answer("cloudwatch", "DescribeAlarms", ask, params)

    return describe


def _bounded(original):
    """ministack forgets nothing that happened to an alarm."""
    def record(*arguments, **more):
        original(*arguments, **more)
        del cloudwatch._history_entries()[:-_HISTORY_KEPT]

    return record


async def run_for_ever() -> None:
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        evaluate_all()


def evaluate_all() -> None:
    for account, region, name in list(cloudwatch._alarms._data):
        # The alarms of a dark region are as dark as the rest of it.
        if darkness.is_region_dark(region):
            continue
        with request_scope(account, region):
            alarm = cloudwatch._alarms.get(name)
            if alarm is None:
                continue
            try:
                evaluate(alarm)
            except Exception:
                logger.exception("The alarm %s could not be evaluated", name)


def evaluate(alarm: dict) -> None:
    if not (alarm.get("Metrics") or alarm.get("MetricName")):
        return
    period = _period(alarm)
    periods = int(alarm.get("EvaluationPeriods") or 1)
    end = int(time.time() // period) * period
    start = end - (periods + MORE_PERIODS) * period
    with metrics.looking(start, end):
        series = _series(alarm, start, end, period)
    comparison, threshold = alarm["ComparisonOperator"], float(alarm.get("Threshold") or 0)
    points = [None if (value := series.get(at)) is None else breaches(comparison, value, threshold)
              for at in range(start, end, period)]
    state = state_of(points, periods, int(alarm.get("DatapointsToAlarm") or periods),
                     alarm.get("TreatMissingData") or "missing", alarm["StateValue"])
    if state != alarm["StateValue"]:
        _change(alarm, state, _reason(alarm, state, series, threshold))


def _period(alarm: dict) -> int:
    stats = [q["MetricStat"] for q in alarm.get("Metrics") or () if q.get("MetricStat")]
    return max([int(s["Period"]) for s in stats] or [int(alarm.get("Period") or 60)])


def _series(alarm: dict, start: int, end: int, period: int) -> dict[int, float]:
    if alarm.get("Metrics"):
        found = results(alarm["Metrics"], start, end)
        return found[0][2] if found else {}
    return series_of(alarm, alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average",
                     period, start, end, alarm.get("Unit"))


def _reason(alarm: dict, state: str, series: dict[int, float], threshold: float) -> str:
    if state == INSUFFICIENT or not series:
        return ("Insufficient Data: no datapoints were received." if state == INSUFFICIENT else
                "no datapoints were received, and missing data is treated as "
                f"[{alarm.get('TreatMissingData')}].")
    latest = [series[at] for at in sorted(series)][-int(alarm.get("EvaluationPeriods") or 1):]
    words = "datapoint" if len(latest) == 1 else "datapoints"
    comparison = alarm["ComparisonOperator"].replace("Threshold", " the threshold")
    return (f"Threshold Crossed: {len(latest)} {words} {latest} "
            f"{'was' if len(latest) == 1 else 'were'} {'' if state == ALARM else 'not '}"
            f"{comparison} ({threshold}).")


def _change(alarm: dict, state: str, reason: str) -> None:
    before = alarm["StateValue"]
    now = int(time.time())
    alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=now,
                 StateTransitionedTimestamp=now)
    cloudwatch._record_history(alarm["AlarmName"], before, state, reason)
    cloudwatch._dispatch_alarm_actions(alarm, before, state, reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def _drop_default_statistic(name: str | list[str]) -> None:
    """An alarm on a percentile has no other statistic; ministack gives it the average."""
    alarm = cloudwatch._alarms.get(name[0] if isinstance(name, list) else name)
    if alarm and alarm.get("ExtendedStatistic"):
        alarm["Statistic"] = None


def _by_template(original):
    def made(*arguments):
        answer = original(*arguments)
        _drop_default_statistic(answer[0])
        return answer
    return made


def _put_metric_alarm(original):
    """With the metrics of an expression, which ministack drops."""
    def put(params, document, is_cbor, is_json=False):
        queries = document.get("Metrics") if is_cbor or is_json else None
        band = document.get("ThresholdMetricId") or params.get("ThresholdMetricId")
        try:
            if band:
                raise ResourceError("CloudWatch", "ValidationError",
                                    "Anomaly detection is not emulated.")
            if queries:
                now = time.time()
                results(queries, now - 300, now)
            elif "Metrics.member.1.Id" in params:
                raise ResourceError("CloudWatch", "ValidationError", "Metrics of an alarm are "
                                    "emulated in the protocols of JSON and CBOR only.")
        except ResourceError as error:
            return cloudwatch._error(error.code, error.message, error.status, use_json=is_json,
                                     use_cbor=is_cbor)
        answer = original(params, document, is_cbor, is_json)
        if answer[0] < 300:
            _drop_default_statistic((document or params)["AlarmName"])
        if queries and answer[0] < 300:
            alarm = cloudwatch._alarms[document["AlarmName"]]
            alarm["Metrics"] = queries
            for name in ("MetricName", "Namespace", "Statistic", "Period"):
                alarm[name] = None
        return answer

    return put
