"""Alarm states by the tables of AWS's documentation, and metric math on its own."""

import unittest
import urllib.parse
import urllib.request

from slipway_emulator.resources.cloudwatch.evaluation import state_of
from slipway_emulator.resources.cloudwatch.expressions import ExpressionError, parse, references
from slipway_emulator.resources.cloudwatch.math import Window, evaluate

from .support import ACCOUNT, EmulatorTest

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html:
# data points (0 is within the threshold, X breaches, - is missing), then the state by treatment.
# K: the current state is kept.
_THREE_OF_THREE = {
    "0-X-X": {"missing": "OK", "ignore": "OK", "breaching": "OK", "notBreaching": "OK"},
    "0----": {"missing": "OK", "ignore": "OK", "breaching": "OK", "notBreaching": "OK"},
    "-----": {"missing": "INSUFFICIENT_DATA", "ignore": "K", "breaching": "ALARM",
              "notBreaching": "OK"},
    "0XX-X": {"missing": "ALARM", "ignore": "ALARM", "breaching": "ALARM",
              "notBreaching": "ALARM"},
    "--X--": {"missing": "ALARM", "ignore": "K", "breaching": "ALARM", "notBreaching": "OK"},
}
_TWO_OF_THREE = {
    "0-X-X": {"missing": "ALARM", "ignore": "ALARM", "breaching": "ALARM",
              "notBreaching": "ALARM"},
    "00X0X": {"missing": "ALARM", "ignore": "ALARM", "breaching": "ALARM",
              "notBreaching": "ALARM"},
    "0-X--": {"missing": "OK", "ignore": "OK", "breaching": "ALARM", "notBreaching": "OK"},
    "----0": {"missing": "OK", "ignore": "OK", "breaching": "ALARM", "notBreaching": "OK"},
    "---X-": {"missing": "ALARM", "ignore": "K", "breaching": "ALARM", "notBreaching": "OK"},
}


class EvaluationTest(unittest.TestCase):
    def test_the_tables(self):
        for needed, table in ((3, _THREE_OF_THREE), (2, _TWO_OF_THREE)):
            for text, states in table.items():
                points = [{"0": False, "X": True, "-": None}[sign] for sign in text]
                for treatment, wanted in states.items():
                    for current in ("OK", "ALARM"):
                        with self.subTest(points=text, needed=needed, missing=treatment):
                            self.assertEqual(
                                state_of(points, 3, needed, treatment, current),
                                current if wanted == "K" else wanted)


class MathTest(unittest.TestCase):
    window = Window(0, 240, 60)
    known = {"a": {0: 1.0, 60: 2.0, 120: 4.0}, "b": {60: 0.0, 120: 2.0, 180: 3.0}, "none": {}}

    def of(self, text: str):
        return evaluate(parse(text), self.known.__getitem__,
                        lambda: [self.known["a"], self.known["b"]], self.window)

    def test_precedence(self):
        self.assertEqual(self.of("1 + 2 * 3 - 4 / 2"), 5)
        self.assertEqual(self.of("-2 ^ 2"), -4)
        self.assertEqual(self.of("(1 + 2) * 3 == 9 && 2 > 1"), 1)
        self.assertEqual(self.of("2 - 1 - 1"), 0)

    def test_what_is_missing_is_left_out(self):
        self.assertEqual(self.of("a + b"), {60: 2, 120: 6})
        self.assertEqual(self.of("a / b"), {120: 2})
        self.assertEqual(self.of("a * SUM(none)"), {})
        self.assertEqual(self.of("[a, b] * 2"), [
            {0: 2, 60: 4, 120: 8}, {60: 0, 120: 4, 180: 6}])

    def test_what_is_no_number_is_left_out(self):
        self.assertEqual(self.of("(b - 2.5) ^ 0.5"), {180: 0.5 ** 0.5})
        self.assertEqual(self.of("(a * 1E300) ^ 2"), {})
        for text in ("(-1) ^ 0.5", "10 ^ 1000"):
            with self.subTest(text=text), self.assertRaises(ExpressionError):
                self.of(text)

    def test_filling(self):
        self.assertEqual(self.of("FILL(none, 7)"), {0: 7, 60: 7, 120: 7, 180: 7})
        self.assertEqual(self.of("FILL(a, REPEAT)"), {0: 1, 60: 2, 120: 4, 180: 4})
        self.assertEqual(self.of("FILL(IF(b > 2 OR b < 1, b), LINEAR)"), {60: 0, 120: 1.5, 180: 3})
        self.assertEqual(self.of("FILL(b, a)"), {0: 1, 60: 0, 120: 2, 180: 3})

    def test_changes(self):
        self.assertEqual(self.of("RATE(a)"), {60: 1 / 60, 120: 2 / 60})
        self.assertEqual(self.of("DIFF(a)"), {60: 1, 120: 2})
        self.assertEqual(self.of("RUNNING_SUM(a)"), {0: 1, 60: 3, 120: 7})
        self.assertEqual(self.of("ABS(DIFF(0 - a))"), {60: 1, 120: 2})
        self.assertEqual(self.of("a * PERIOD(a)"), {0: 60, 60: 120, 120: 240})

    def test_what_cannot_be_read(self):
        for text in ("a +", "a b", "(a", "SUM(a, b)", "[1, 2]", "a $ b", "STDDEV(a)", ""):
            with self.subTest(text), self.assertRaises(ExpressionError):
                self.of(text)

    def test_references(self):
        self.assertEqual(references(parse("IF(a > 1, SUM([b, c]), d * 2)")),
                         {"a", "b", "c", "d"})


if __name__ == "__main__":
    unittest.main()


class QueryProtocolTest(EmulatorTest):
    """The protocol of older SDKs, such as that of Terraform's provider."""

    def test_alarms_are_told_whole(self):
        cloudwatch = self.emulator.client("cloudwatch")
        cloudwatch.put_metric_alarm(
            AlarmName="slow", Namespace="AWS/ApplicationELB", MetricName="TargetResponseTime",
            Dimensions=[{"Name": "LoadBalancer", "Value": "app/a/1"}], ExtendedStatistic="p95",
            Period=60, EvaluationPeriods=3, Threshold=0.2, TreatMissingData="notBreaching",
            ComparisonOperator="GreaterThanThreshold",
            AlarmActions=[f"arn:aws:sns:us-east-1:{ACCOUNT}:alarms"])
        request = urllib.request.Request(
            self.emulator.url, urllib.parse.urlencode({
                "Action": "DescribeAlarms", "Version": "2010-08-01",
                "AlarmNames.member.1": "slow"}).encode(), headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Authorization": "AWS4-HMAC-SHA256 Credential=test/20261125/us-east-1/monitoring/"
                                 "aws4_request, SignedHeaders=host, Signature=0"})
        with urllib.request.urlopen(request) as response:
            told = response.read().decode()
        for part in ("<ExtendedStatistic>p95</ExtendedStatistic>", "<Period>60</Period>",
                     "<Name>LoadBalancer</Name>", "<ActionsEnabled>true</ActionsEnabled>",
                     "<TreatMissingData>notBreaching</TreatMissingData>",
                     f"<member>arn:aws:sns:us-east-1:{ACCOUNT}:alarms</member>"):
            self.assertIn(part, told)
        self.assertNotIn("<Statistic>", told)
