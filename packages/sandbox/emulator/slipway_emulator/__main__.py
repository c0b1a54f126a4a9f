from .server import run
from .settings import Settings

run(Settings.from_environment())
