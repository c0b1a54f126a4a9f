"""Asking a name server, as a resolver does (RFC 1035)."""

import secrets
import socket
import struct
from dataclasses import dataclass

_TYPES = {"A": 1, "CNAME": 5, "SOA": 6, "TXT": 16}
_NAMES = {number: name for name, number in _TYPES.items()}
_SECONDS = 5


@dataclass(frozen=True)
class Record:
    name: str
    type: str
    ttl: int
    data: str


@dataclass(frozen=True)
class Reply:
    rcode: int
    authoritative: bool
    answers: list[Record]
    authorities: list[Record]


def ask(address: tuple[str, int], name: str, kind: str = "A", tcp: bool = False) -> Reply:
    number = secrets.randbits(16)
    query = struct.pack(">6H", number, 0, 1, 0, 0, 0) + _encoded(name) + struct.pack(
        ">2H", _TYPES[kind], 1)
    reply = (_over_tcp if tcp else _over_udp)(address, query)
    answered, flags, questions, answers, authorities, _ = struct.unpack(">6H", reply[:12])
    if answered != number or not flags & 0x8000:
        raise ValueError("the reply is to another question")
    at = 12
    for _ in range(questions):
        at = _name(reply, at)[1] + 4
    sections = []
    for count in (answers, authorities):
        records = []
        for _ in range(count):
            record, at = _record(reply, at)
            records.append(record)
        sections.append(records)
    return Reply(flags & 0xF, bool(flags & 0x400), *sections)


def _over_udp(address: tuple[str, int], query: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.settimeout(_SECONDS)
        sender.sendto(query, address)
        return sender.recv(4096)


def _over_tcp(address: tuple[str, int], query: bytes) -> bytes:
    with socket.create_connection(address, _SECONDS) as connection:
        connection.sendall(struct.pack(">H", len(query)) + query)
        with connection.makefile("rb") as stream:
            return stream.read(struct.unpack(">H", stream.read(2))[0])


def _encoded(name: str) -> bytes:
    labels = name.rstrip(".").split(".")
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"


def _name(reply: bytes, at: int) -> tuple[str, int]:
    labels, end = [], None
    while reply[at]:
        if reply[at] & 0xC0 == 0xC0:
            end = end or at + 2
            at = struct.unpack(">H", reply[at:at + 2])[0] & 0x3FFF
        else:
            labels.append(reply[at + 1:at + 1 + reply[at]].decode())
            at += 1 + reply[at]
    return ".".join(labels), end or at + 1


def _record(reply: bytes, at: int) -> tuple[Record, int]:
    name, at = _name(reply, at)
    kind, _, ttl, length = struct.unpack(">2HIH", reply[at:at + 10])
    at += 10
    data = reply[at:at + length]
    text = {"A": lambda: socket.inet_ntoa(data), "CNAME": lambda: _name(reply, at)[0],
            "TXT": lambda: data[1:].decode()}.get(_NAMES.get(kind, ""), lambda: data.hex())()
    return Record(name, _NAMES.get(kind, str(kind)), ttl, text), at + length
