"""CloudTrail's event history: who changed what by which call, for 90 days.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
"""

from .lookup import install

__all__ = ["install"]
