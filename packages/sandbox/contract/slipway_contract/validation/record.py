"""Calls as the gateway recorded them."""

import base64
import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator
from urllib.parse import parse_qsl, urlsplit

_RECORDED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.jsonl")


@dataclass(frozen=True)
class Call:
    """Header names in lower case; a body that was too long or streamed is None; ``status`` 0: the
    caller got no answer."""

    at: str
    method: str
    url: str
    service: str
    region: str
    operation: str
    protocol: str
    faults: tuple[str, ...]
    request_headers: dict[str, str]
    request_body: bytes | None
    status: int
    response_headers: dict[str, str]
    response_body: bytes | None

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)

    def form(self) -> dict[str, str]:
        text = (self.request_body or b"").decode()
        return dict(self.query + parse_qsl(text, keep_blank_values=True))


def read(folder: Path) -> Iterator[Call]:
    """All calls in the files of a folder, oldest first within a file."""
    for file in sorted(folder.glob("*.jsonl")):
        with open(file) as lines:
            for line in lines:
                # A gateway that was killed leaves its last line torn.
                if line.endswith("\n"):
                    yield _call(json.loads(line))


def delete(folder: Path) -> None:
    """What a gateway wrote, by its names, and the folder if it held nothing else."""
    for file in folder.glob("*.jsonl"):
        if _RECORDED.fullmatch(file.name):
            file.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _call(line: dict) -> Call:
    request_headers, response_headers = line["requestHeaders"], line["responseHeaders"]
    return Call(
        at=line["at"], method=line["method"], url=line["url"], service=line["service"],
        region=line["region"], operation=line["operation"], protocol=line["protocol"],
        faults=tuple(line["faults"]), request_headers=request_headers,
        request_body=_body(line.get("requestBody"), request_headers),
        status=line["status"], response_headers=response_headers,
        response_body=_body(line.get("responseBody"), response_headers))


def _body(encoded: str | None, headers: dict[str, str]) -> bytes | None:
    if encoded is None:
        return None
    body = base64.b64decode(encoded)
    return gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
