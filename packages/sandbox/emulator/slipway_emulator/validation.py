"""What AWS refuses and ministack takes."""


def install() -> None:
    pass
