"""Drift: what CloudFormation compares with what is there, and what it puts back."""

from . import readers, revert


def install() -> None:
    readers.install()
    revert.install()
