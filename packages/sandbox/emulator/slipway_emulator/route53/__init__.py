"""Route 53's control plane: what it refuses, and when a change is in sync."""


def install() -> None:
    from . import api
    api.install()
