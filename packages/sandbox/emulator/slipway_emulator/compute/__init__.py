"""Instances and what keeps them: Auto Scaling groups, node groups, what a dark zone takes."""


def install() -> None:
    from . import autoscaling, eks_api, zones
    for module in (zones, autoscaling, eks_api):
        module.install()
