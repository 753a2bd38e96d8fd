"""The load: one thread with many kept-alive connections over loopback; run as a module it takes an order in JSON and prints what it measured."""

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *(cadre=[^;\r]*)", re.IGNORECASE)
LOCATION = re.compile(rb"\r\nlocation: *([^\r]*)", re.IGNORECASE)
HIDDEN = re.compile(rb'name="(csrf_token|receipt_key)"[^>]*value="([^"]*)"')
LONGEST = 120.0
"""Seconds after which a run ends whatever happens."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes


Script = Generator[tuple[str, bytes], Answer, None]
"""What one connection sends: (label, request), each after the answer to the one before."""


@dataclass
class Tally:
    """What was measured: latencies in seconds by label, statuses, and answers that were not as they should be."""

    seconds: float = 0.0
    latencies: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    failures: int = 0
    bytes: int = 0
    answers: int = 0
    """Those before the measuring began as well."""

    def summary(self) -> dict[str, Any]:
        """As it is printed."""
        count = sum(map(len, self.latencies.values()))
        return {
            "requests": count,
            "answers": self.answers,
            "rate": count / self.seconds if self.seconds else 0.0,
            "seconds": self.seconds,
            "failures": self.failures,
            "statuses": {str(status): number for status, number in sorted(self.statuses.items())},
            "bytes": self.bytes // max(1, count),
            "p50": {label: percentile(found, 50) for label, found in self.latencies.items()},
            "p95": {label: percentile(found, 95) for label, found in self.latencies.items()},
        }


def percentile(found: list[float], percent: int) -> float:
    """That percentile in milliseconds."""
    return 1000 * (quantiles(found, n=100, method="inclusive")[percent - 1] if len(found) > 1 else found[0])


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """One request, written out."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def repeated(requests: Iterable[bytes]) -> Script:
    """The same requests over and over."""
    for one in cycle(list(requests)):
        yield "page", one


def enrolling(people: Iterator[tuple[str, str]]) -> Script:
    """For each (path, cookie): the page with its form (the last on it), the form sent as the page had it, the result it leads to."""
    for path, cookie in people:
        page = yield "page", request("GET", path, {"Cookie": cookie})
        fields = {name.decode(): value.decode() for name, value in HIDDEN.findall(page.body)}
        form = urlencode([*fields.items(), ("funding", "state")]).encode()
        answer = yield "post", request("POST", path, {"Cookie": cookie}, form)
        place, fresh = LOCATION.search(answer.head), COOKIE.search(answer.head)
        if answer.status != 302 or place is None:
            continue
        yield "result", request("GET", place[1].decode(), {"Cookie": fresh[1].decode() if fresh else cookie})


def once(form: tuple[str, str, str]) -> Script:
    """One form, sent once."""
    path, cookie, body = form
    yield "post", request("POST", path, {"Cookie": cookie}, body.encode())


class Connection:
    """One kept-alive connection that goes through its script."""

    def __init__(self, port: int, script: Script) -> None:
        self.port, self.script = port, script
        self.socket = self.connect()
        self.buffer = b""
        self.needed = 0
        self.head = 0
        self.began = 0.0
        self.label = ""
        self.sent = b""

    def connect(self) -> socket.socket:
        """A fresh socket."""
        made = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def send(self, order: tuple[str, bytes]) -> None:
        """Sends the next request."""
        self.label, self.sent = order
        self.buffer, self.needed = b"", 0
        self.began = time.perf_counter()
        self.socket.sendall(self.sent)

    def receive(self) -> Answer | None:
        """The answer once it is whole; ConnectionError when the server hung up."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError
        self.buffer = self.buffer + piece if self.buffer else piece
        if not self.needed:
            self.head = self.buffer.find(b"\r\n\r\n") + 4
            if self.head < 4:
                return None
            length = LENGTH.search(self.buffer, 0, self.head)
            self.needed = self.head + (int(length[1]) if length else 0)
        if len(self.buffer) < self.needed:
            return None
        return Answer(int(self.buffer[9:12]), self.buffer[: self.head], self.buffer[self.head :])


def drive(port: int, scripts: list[Script], *, seconds: float, warm: float, expected: set[int], count: int | None = None) -> Tally:
    """All scripts at once; what ends after `warm` seconds is measured, until `seconds` more or `count` answers have passed."""
    tally = Tally()
    with selectors.DefaultSelector() as ready:
        open_ones = 0
        for connection in [Connection(port, script) for script in scripts]:
            order = next(connection.script, None)
            if order is not None:
                ready.register(connection.socket, selectors.EVENT_READ, connection)
                connection.send(order)
                open_ones += 1
        begin = time.perf_counter()
        measured_from, last = begin + warm, begin
        end = begin + min(warm + seconds, LONGEST)
        while open_ones and time.perf_counter() < end and (count is None or tally.answers < count):
            for key, _events in ready.select(0.2):
                connection = key.data
                try:
                    answer = connection.receive()
                except ConnectionError:
                    tally.failures += 1
                    ready.unregister(connection.socket)
                    connection.socket = connection.connect()
                    ready.register(connection.socket, selectors.EVENT_READ, connection)
                    connection.send((connection.label, connection.sent))
                    continue
                if answer is None:
                    continue
                now = time.perf_counter()
                tally.answers += 1
                if now >= measured_from:
                    last = now
                    tally.latencies.setdefault(connection.label, []).append(now - connection.began)
                    tally.statuses[answer.status] = tally.statuses.get(answer.status, 0) + 1
                    tally.bytes += len(answer.body)
                    tally.failures += answer.status not in expected
                try:
                    connection.send(connection.script.send(answer))
                except StopIteration:
                    ready.unregister(connection.socket)
                    connection.socket.close()
                    open_ones -= 1
        tally.seconds = max(last - measured_from, 0.0)
        for key in list(ready.get_map().values()):
            key.data.socket.close()
    return tally


def obey(order: dict[str, Any]) -> dict[str, Any]:
    """Does what the order says: `repeat` requests, let `enrol` people, or send each of `forms` once."""
    connections = order.get("connections", 16)
    if "enrol" in order:
        people = iter([tuple(one) for one in order["enrol"]])
        scripts = [enrolling(people) for _ in range(connections)]
    elif "forms" in order:
        scripts = [once(tuple(form)) for form in order["forms"]]
    else:
        requests = [request("GET", path, headers) for path, headers in order["repeat"]]
        scripts = [repeated(requests[start:] + requests[:start]) for start in (place % len(requests) for place in range(connections))]
    expected = set(order.get("expected", [200]))
    found = drive(order["port"], scripts, seconds=order["seconds"], warm=order["warm"], expected=expected, count=order.get("count"))
    return found.summary()


if __name__ == "__main__":
    json.dump(obey(json.load(sys.stdin)), sys.stdout)
