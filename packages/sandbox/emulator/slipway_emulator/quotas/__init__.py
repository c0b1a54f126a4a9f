"""How many of a thing an account may have in a region: told by Service Quotas, and kept to.

https://docs.aws.amazon.com/servicequotas/latest/userguide/intro.html
"""

from .api import install
from .limits import require

__all__ = ["install", "require"]
