"""python -m slipway_contract run | list | validate"""

import argparse
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="slipway_contract")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="runs the behaviours, of all services or those named")
    run.add_argument("--jobs", type=int, default=8, help="classes at the same time")
    listing = commands.add_parser("list", help="prints the behaviours as a Markdown table")
    for command in (run, listing):
        command.add_argument("services", nargs="*")
    validate = commands.add_parser(
        "validate", help="holds recorded calls against AWS's service models")
    validate.add_argument("folder", type=Path, help="what SLIPWAY_RECORD_CALLS named")
    validate.add_argument("--stage", default="", help="the stage of script/test that made it")
    validate.add_argument("--complete", action="store_true",
                          help="known deviations of the stage must occur")
    validate.add_argument("--keep", action="store_true", help="do not delete the record")
    chosen = parser.parse_args()
    if chosen.command == "list":
        from .listing import table
        print(table(chosen.services))
        return 0
    if chosen.command == "validate":
        from .validation.record import delete
        from .validation.report import report
        try:
            return 0 if report(chosen.folder, chosen.stage, chosen.complete) else 1
        finally:
            if not chosen.keep:
                delete(chosen.folder)
    from .runner import run as run_behaviours
    return 0 if run_behaviours(chosen.services, chosen.jobs) else 1


sys.exit(main())
