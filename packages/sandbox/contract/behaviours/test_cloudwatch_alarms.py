"""Alarms: states by threshold, missing data, M out of N, expressions, alarms of alarms."""

from datetime import datetime, timedelta, timezone

from behaviours.test_cloudwatch import MetricTest
from slipway_contract import behaviour

_GUIDE = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring"
_API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference"
# An alarm looks at its metric once a minute.
_MINUTES = 6


class AlarmTest(MetricTest):
    def setUp(self):
        super().setUp()
        self.alarm_name = self.name("alarm")

    def latest(self, *values: float | None) -> None:
        """Puts values at the minutes that are over, the last one at the latest."""
        now = datetime.now(timezone.utc).replace(second=0, microsecond=0)
        self.cloudwatch.put_metric_data(Namespace=self.namespace, MetricData=[
            {"MetricName": "errors", "Value": value,
             "Timestamp": now - timedelta(minutes=len(values) - index)}
            for index, value in enumerate(values) if value is not None])

    def alarm(self, name: str | None = None, **more) -> str:
        name = name or self.alarm_name
        request = {"MetricName": "errors", "Namespace": self.namespace, "Statistic": "Sum",
                   "Period": 60} if "Metrics" not in more else {}
        self.cloudwatch.put_metric_alarm(**{
            "AlarmName": name, "Threshold": 5.0, "EvaluationPeriods": 1,
            "ComparisonOperator": "GreaterThanThreshold", **request, **more})
        self.clean_up(self.cloudwatch.delete_alarms, AlarmNames=[name])
        return name

    def described(self, name: str | None = None) -> dict:
        found = self.cloudwatch.describe_alarms(
            AlarmNames=[name or self.alarm_name], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        return (found["MetricAlarms"] + found["CompositeAlarms"])[0]

    def becomes(self, state: str, name: str | None = None) -> dict:
        self.wait_for(f"the alarm {state}",
                      lambda: self.described(name)["StateValue"] == state, minutes=_MINUTES)
        return self.described(name)


class StateTest(AlarmTest):
    @behaviour(f"{_GUIDE}/alarm-evaluation.html")
    def test_states(self):
        """An alarm begins without data, and goes where its metric is, with the reason."""
        self.alarm(EvaluationPeriods=2)
        self.assertEqual(self.described()["StateValue"], "INSUFFICIENT_DATA")
        self.latest(9, 9, 9)
        alarm = self.becomes("ALARM")
        self.assertIn("Threshold Crossed", alarm["StateReason"])
        history = self.cloudwatch.describe_alarm_history(
            AlarmName=self.alarm_name, HistoryItemType="StateUpdate")["AlarmHistoryItems"]
        self.assertTrue(any("to ALARM" in item["HistorySummary"] for item in history))

    @behaviour(f"{_GUIDE}/alarm-evaluation.html")
    def test_within_the_threshold(self):
        """An alarm whose metric is within the threshold is OK."""
        self.latest(1, 1, 1)
        self.alarm()
        self.becomes("OK")

    @behaviour(f"{_GUIDE}/alarm-evaluation.html")
    def test_m_out_of_n(self):
        """Two breaching points out of three make an alarm that asks for two, and none that asks
        for three."""
        self.latest(9, 9, 1, 9)
        two = self.alarm(self.name("two"), EvaluationPeriods=3, DatapointsToAlarm=2)
        three = self.alarm(self.name("three"), EvaluationPeriods=3)
        self.becomes("ALARM", two)
        self.becomes("OK", three)

    @behaviour(f"{_GUIDE}/alarms-and-missing-data.html")
    def test_missing_data(self):
        """Without any data an alarm is in alarm, fine or without data as it is told to treat
        that."""
        for treatment, state in (("breaching", "ALARM"), ("notBreaching", "OK"),
                                 ("missing", "INSUFFICIENT_DATA")):
            name = self.alarm(self.name(treatment), TreatMissingData=treatment)
            self.becomes(state, name)

    @behaviour(f"{_GUIDE}/alarms-and-missing-data.html")
    def test_late_data(self):
        """A point of the past stands in for those that are missing since."""
        self.latest(9, None)
        self.alarm(TreatMissingData="notBreaching")
        self.becomes("ALARM")

    @behaviour(f"{_API}/API_SetAlarmState.html")
    def test_set_state(self):
        """A state that is set holds until the next evaluation finds another."""
        self.alarm(TreatMissingData="notBreaching")
        self.becomes("OK")
        self.cloudwatch.set_alarm_state(AlarmName=self.alarm_name, StateValue="ALARM",
                                        StateReason="a drill")
        self.becomes("OK")
        history = self.cloudwatch.describe_alarm_history(
            AlarmName=self.alarm_name, HistoryItemType="StateUpdate")["AlarmHistoryItems"]
        self.assertTrue(any("to ALARM" in item["HistorySummary"] for item in history))

    @behaviour(f"{_GUIDE}/Create-alarm-on-metric-math-expression.html")
    def test_expression(self):
        """An alarm may watch an expression."""
        self.latest(9, 9, 9)
        self.alarm(Metrics=[
            {**self.metric("errors", "errors"), "ReturnData": False},
            {"Id": "tenfold", "Expression": "errors * 10", "ReturnData": True}], Threshold=80.0)
        self.assertEqual(len(self.becomes("ALARM")["Metrics"]), 2)


class CompositeTest(AlarmTest):
    @behaviour(f"{_GUIDE}/Create_Composite_Alarm.html")
    def test_composite(self):
        """An alarm of alarms follows the states that its rule names."""
        self.latest(9, 9, 9)
        bad = self.alarm(self.name("bad"), TreatMissingData="ignore")
        fine = self.alarm(self.name("fine"), Threshold=100.0, TreatMissingData="notBreaching")
        self.becomes("ALARM", bad)
        self.becomes("OK", fine)
        for name, rule, state in (
                ("any", f"ALARM({bad}) OR ALARM({fine})", "ALARM"),
                ("all", f"ALARM({bad}) AND ALARM({fine})", "OK"),
                ("but", f"ALARM({bad}) AND NOT ALARM({fine})", "ALARM")):
            composite = self.name(name)
            self.cloudwatch.put_composite_alarm(AlarmName=composite, AlarmRule=rule)
            self.clean_up(self.cloudwatch.delete_alarms, AlarmNames=[composite])
            self.becomes(state, composite)

    @behaviour(f"{_API}/API_DeleteAlarms.html")
    def test_alarm_in_a_rule(self):
        """A rule names alarms that exist."""
        self.refused("ValidationError", self.cloudwatch.put_composite_alarm,
                     AlarmName=self.alarm_name, AlarmRule=f"ALARM({self.name('missing')})")
