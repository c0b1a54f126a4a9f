"""The resource types that ministack lacks, or has too thin; one file a service."""


def install() -> None:
    from .. import metrics
    from . import (backup, cloudfront, cloudtrail, cloudwatch, dynamodb, ec2, ec2_describe,
                   ec2_instance, eks, elasticache, elb, iam, msk, rds, s3, secretsmanager, sns, sqs, tagging, wafv2)
    metrics.install()
    for module in (cloudwatch, ec2, ec2_describe, eks, elasticache, elb, iam, rds, s3, secretsmanager, sns, wafv2,
                   cloudtrail, tagging, backup, cloudfront, dynamodb, ec2_instance, msk, sqs):
        module.install()
