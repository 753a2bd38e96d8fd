"""A mail server on the loopback that keeps what it is given, and can be told to misbehave."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


class Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Talk)
        self.letters: list[bytes] = []
        self.connections = 0
        self.answers: dict[str, int] = {}
        self.slow = 0.0

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def received(self) -> list[EmailMessage]:
        return [message_from_bytes(letter, EmailMessage, policy=policy.default) for letter in self.letters]

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.received]


class Talk(StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.server.connections += 1
        time.sleep(self.server.slow)
        self.say(self.server.answers.get("HELLO", 220))
        while line := self.rfile.readline():
            verb = line.split(maxsplit=1)[0].upper().decode()
            code = self.server.answers.get(verb, {"DATA": 354, "QUIT": 221}.get(verb, 250))
            if verb == "DATA" and code == 354:
                self.say(code)
                self.take()
                code = self.server.answers.get("END", 250)
            self.say(code)
            if verb == "QUIT":
                return

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.server.answers.get("END", 250) < 400:
            self.server.letters.append(b"".join(lines))

    def say(self, code: int) -> None:
        try:
            self.wfile.write(b"%d words\r\n" % code)
        except OSError:
            return


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def sink(port: int = 0) -> Iterator[Server]:
    """A running server."""
    with Server(port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
