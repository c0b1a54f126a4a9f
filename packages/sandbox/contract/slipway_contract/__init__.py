"""What the portal relies on AWS to do, as tests that run against the sandbox and against AWS."""

from .marking import behaviour
from .case import ContractTest

__all__ = ["ContractTest", "behaviour"]
