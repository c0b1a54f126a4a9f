"""Metrics: what was put, by statistic, by dimensions, and in expressions."""

from datetime import datetime, timedelta, timezone

from slipway_contract import ContractTest, behaviour

_GUIDE = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring"
_API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference"
_MINUTE = timedelta(minutes=1)


class MetricTest(ContractTest):
    """A namespace of its own for each test, and minutes that are over."""

    def setUp(self):
        super().setUp()
        self.cloudwatch = self.client("cloudwatch")
        self.namespace = self.name("metrics")
        now = datetime.now(timezone.utc).replace(second=0, microsecond=0)
        self.start = now - 10 * _MINUTE

    def at(self, minute: int) -> datetime:
        return self.start + minute * _MINUTE

    def put(self, name: str, values: dict[int, float | list[float]], **dimensions: str) -> None:
        """Values by minute since the start; several at one minute in a list."""
        data = []
        for minute, value in values.items():
            several = value if isinstance(value, list) else [value]
            data += [{"MetricName": name, "Timestamp": self.at(minute), "Value": single,
                      "Dimensions": [{"Name": k, "Value": v} for k, v in dimensions.items()]}
                     for single in several]
        self.cloudwatch.put_metric_data(Namespace=self.namespace, MetricData=data)

    def metric(self, query_id: str, name: str, stat: str = "Sum", **dimensions: str) -> dict:
        return {"Id": query_id, "ReturnData": False, "MetricStat": {
            "Stat": stat, "Period": 60, "Metric": {
                "Namespace": self.namespace, "MetricName": name,
                "Dimensions": [{"Name": k, "Value": v} for k, v in dimensions.items()]}}}

    def data(self, *queries: dict) -> list[dict]:
        return self.cloudwatch.get_metric_data(
            MetricDataQueries=list(queries), StartTime=self.start, EndTime=self.at(10),
            ScanBy="TimestampAscending")["MetricDataResults"]

    def points(self, query: dict) -> dict[int, float]:
        """By minute since the start."""
        found = self.data({**query, "ReturnData": True})[0]
        return {round((at - self.start) / _MINUTE): value
                for at, value in zip(found["Timestamps"], found["Values"])}

    def wait_for_points(self, query: dict, count: int) -> dict[int, float]:
        """Metrics take AWS a moment to show."""
        self.wait_for("the data", lambda: len(self.points(query)) == count, minutes=4)
        return self.points(query)


class StatisticTest(MetricTest):
    @behaviour(f"{_API}/API_GetMetricData.html")
    def test_statistics(self):
        """Data points of a period are summed up by the statistic that is asked for."""
        self.put("time", {1: [10, 20, 60], 2: [5]})
        self.wait_for_points(self.metric("m", "time"), 2)
        for stat, first in (("Sum", 90), ("Average", 30), ("Minimum", 10), ("Maximum", 60),
                            ("SampleCount", 3)):
            self.assertEqual(self.points(self.metric("m", "time", stat))[1], first, stat)

    @behaviour(f"{_GUIDE}/cloudwatch_concepts.html")
    def test_dimensions(self):
        """Each set of dimensions is a metric of its own."""
        self.put("calls", {1: 1})
        self.put("calls", {1: 2}, service="a")
        self.put("calls", {1: 4}, service="a", zone="b")
        self.wait_for_points(self.metric("m", "calls", service="a", zone="b"), 1)
        for dimensions, value in (({}, 1), ({"service": "a"}, 2)):
            self.assertEqual(self.wait_for_points(self.metric("m", "calls", **dimensions), 1),
                             {1: value})
        self.assertEqual(self.points(self.metric("m", "calls", zone="b")), {})

    @behaviour(f"{_API}/API_GetMetricData.html")
    def test_order(self):
        """The newest data point comes first unless asked otherwise."""
        self.put("calls", {1: 1, 2: 2})
        self.wait_for_points(self.metric("m", "calls"), 2)
        found = self.cloudwatch.get_metric_data(
            MetricDataQueries=[{**self.metric("m", "calls"), "ReturnData": True}],
            StartTime=self.start, EndTime=self.at(10))["MetricDataResults"][0]
        self.assertEqual(found["Values"], [2, 1])
        self.assertEqual(found["StatusCode"], "Complete")

    @behaviour(f"{_API}/API_PutMetricData.html")
    def test_values_with_counts(self):
        """A value may be put with how often it occurred."""
        self.cloudwatch.put_metric_data(Namespace=self.namespace, MetricData=[{
            "MetricName": "time", "Timestamp": self.at(1), "Values": [1.0, 5.0],
            "Counts": [3.0, 1.0]}])
        self.wait_for_points(self.metric("m", "time"), 1)
        self.assertEqual(self.points(self.metric("m", "time")), {1: 8})
        self.assertEqual(self.points(self.metric("m", "time", "SampleCount")), {1: 4})


class ExpressionTest(MetricTest):
    def setUp(self):
        super().setUp()
        self.put("good", {1: 90, 2: 80, 3: 70})
        self.put("bad", {1: 10, 2: 20, 4: 5})
        self.good, self.bad = self.metric("good", "good"), self.metric("bad", "bad")
        self.wait_for_points(self.good, 3)
        self.wait_for_points(self.bad, 3)

    def expression(self, text: str) -> dict[int, float]:
        found = self.data(self.good, self.bad, {"Id": "e", "Expression": text})
        self.assertEqual([r["Id"] for r in found], ["e"])
        return {round((at - self.start) / _MINUTE): round(value, 6)
                for at, value in zip(found[0]["Timestamps"], found[0]["Values"])}

    @behaviour(f"{_GUIDE}/using-metric-math.html")
    def test_arithmetic(self):
        """Expressions compute where all of their metrics have data, and only what is asked for is
        returned."""
        self.assertEqual(self.expression("bad / (good + bad) * 100"), {1: 10, 2: 20})
        self.assertEqual(self.expression("good - 2 * bad"), {1: 70, 2: 40})
        self.assertEqual(self.expression("good * 0.5"), {1: 45, 2: 40, 3: 35})

    @behaviour(f"{_GUIDE}/using-metric-math.html")
    def test_aggregates(self):
        """SUM, AVG, MAX and MIN of an array go by time over what is there, and of one metric give
        a number."""
        self.assertEqual(self.expression("SUM([good, bad])"), {1: 100, 2: 100, 3: 70, 4: 5})
        self.assertEqual(self.expression("MAX(METRICS())"), {1: 90, 2: 80, 3: 70, 4: 5})
        self.assertEqual(self.expression("MIN([good, bad])"), {1: 10, 2: 20, 3: 70, 4: 5})
        self.assertEqual(self.expression("good / AVG(good)"), {1: 1.125, 2: 1, 3: 0.875})

    @behaviour(f"{_GUIDE}/using-metric-math.html")
    def test_fill(self):
        """FILL puts a number, or the value before, where there is no data."""
        filled = self.expression("FILL(bad, 0)")
        self.assertEqual({minute: filled[minute] for minute in (1, 2, 3, 4, 5)},
                         {1: 10, 2: 20, 3: 0, 4: 5, 5: 0})
        repeated = self.expression("FILL(bad, REPEAT)")
        self.assertEqual({minute: repeated[minute] for minute in (1, 2, 3, 4)},
                         {1: 10, 2: 20, 3: 20, 4: 5})

    @behaviour(f"{_GUIDE}/using-metric-math.html")
    def test_rate(self):
        """RATE is the change of a metric by second."""
        self.assertEqual(self.expression("RATE(bad) * 60"), {2: 10, 4: -7.5})

    @behaviour(f"{_GUIDE}/using-metric-math.html")
    def test_if(self):
        """IF chooses by time, and comparisons are 1 where they hold and else 0."""
        self.assertEqual(self.expression("good > 75"), {1: 1, 2: 1, 3: 0})
        self.assertEqual(self.expression("IF(good > 75, good, 0)"), {1: 90, 2: 80, 3: 0})
        self.assertEqual(self.expression("IF(good > 75 AND good < 85, 1, 0)"), {1: 0, 2: 1, 3: 0})

    @behaviour(f"{_GUIDE}/using-metric-math.html")
    def test_expression_of_expressions(self):
        """An expression may use others."""
        found = self.data(
            self.good, self.bad,
            {"Id": "all", "Expression": "good + bad", "ReturnData": False},
            {"Id": "share", "Expression": "good / all", "Label": "share of good"})
        self.assertEqual([(r["Id"], r["Label"]) for r in found], [("share", "share of good")])
        self.assertEqual(found[0]["Values"], [0.9, 0.8])

    @behaviour(f"{_API}/API_MetricDataQuery.html")
    def test_wrong_queries(self):
        """An expression that cannot be read, an id that is not there or begins with a capital
        letter, and an id twice are refused."""
        for queries in (
                [{"Id": "e", "Expression": "good +"}], [{"Id": "e", "Expression": "nothing * 2"}],
                [{"Id": "E", "Expression": "good * 2"}], [self.good, self.good]):
            known = [] if queries[0] is self.good else [self.good]
            self.refused("ValidationError", self.cloudwatch.get_metric_data,
                         MetricDataQueries=known + queries, StartTime=self.start,
                         EndTime=self.at(10))
