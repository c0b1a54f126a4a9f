"""python -m slipway_contract run | list"""

import argparse
import sys


def main() -> int:
    parser = argparse.ArgumentParser(prog="slipway_contract")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="runs the behaviours, of all services or those named")
    run.add_argument("--jobs", type=int, default=8, help="classes at the same time")
    listing = commands.add_parser("list", help="prints the behaviours as a Markdown table")
    for command in (run, listing):
        command.add_argument("services", nargs="*")
    chosen = parser.parse_args()
    if chosen.command == "list":
        from .listing import table
        print(table(chosen.services))
        return 0
    from .runner import run as run_behaviours
    return 0 if run_behaviours(chosen.services, chosen.jobs) else 1


sys.exit(main())
