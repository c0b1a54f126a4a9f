"""CloudWatch: metric data with expressions, and alarms that evaluate by themselves.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
"""

from . import alarms, metric_data


def install() -> None:
    metric_data.install()
    alarms.install()
