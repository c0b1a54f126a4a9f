"""``read`` what stands, ``compare`` two readings, write the ``document``; see script/verify.d/parity."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import botocore.session
from botocore.config import Config

from .compare import differences, normalised
from .document import document
from .reader import Reader
from .reading import Resource

ROOT = Path(__file__).parents[3]
RECORD = ROOT / "docs/verification/parity.json"
READINGS = ROOT / ".local/parity"
DOCUMENT = ROOT / "docs/parity.md"


def _read(url: str, region: str, name: str, environment_id: str) -> str:
    session = botocore.session.Session()

    def client(service: str):
        return session.create_client(
            service, region_name=region, endpoint_url=url, aws_access_key_id="test",
            aws_secret_access_key="test", config=Config(s3={"addressing_style": "path"}))

    return json.dumps([asdict(r) for r in Reader(client, name, environment_id).read()],
                      default=str)


def _compare(cdk_file: str | Path, terraform_file: str | Path) -> str:
    sides = []
    for file in (cdk_file, terraform_file):
        reading = json.loads(Path(file).read_text())
        sides.append(normalised([Resource(**r) for r in reading["resources"]], reading["name"]))
    return json.dumps({
        "resources": {"cdk": len(sides[0]), "terraform": len(sides[1])},
        "differences": [asdict(d) for d in differences(*sides)]}, default=str)


def _record(blueprint: str, size: str) -> str:
    """Puts what two kept readings differ in beside what is known of the others."""
    cdk, terraform = (READINGS / f"{blueprint}-{size}-{engine}.json"
                      for engine in ("cdk", "terraform"))
    known = json.loads(RECORD.read_text())
    known[f"{blueprint} {size}"] = {
        **json.loads(_compare(cdk, terraform)),
        "terraformSeconds": json.loads(terraform.read_text()).get("seconds")}
    RECORD.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n")
    return f"{len(known[f'{blueprint} {size}']['differences'])} properties differ"


def _document() -> str:
    text, unexplained = document(json.loads(RECORD.read_text()))
    DOCUMENT.write_text(text)
    if unexplained:
        raise SystemExit("No reason is given for:\n" + "\n".join(unexplained))
    return f"{DOCUMENT.relative_to(ROOT)} is written."


def _check() -> str:
    """The page as it should be; a difference without a reason is an error."""
    text, unexplained = document(json.loads(RECORD.read_text()))
    if unexplained:
        raise SystemExit("No reason is given for:\n" + "\n".join(unexplained))
    return text.rstrip("\n")


COMMANDS = {"read": _read, "compare": _compare, "record": _record, "document": _document,
            "check": _check}

if __name__ == "__main__":
    print(COMMANDS[sys.argv[1]](*sys.argv[2:]))
