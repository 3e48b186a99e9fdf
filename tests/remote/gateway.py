"""A gateway before a real server that does what gateways and tired servers do to their clients."""

import base64
import hashlib
import socket
import struct
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, Self
from urllib.request import parse_http_list, parse_keqv_list

#: Resets the connection instead of answering.
RESET: Literal["reset"] = "reset"
_NO_LINGER = struct.pack("ii", 1, 0)
_PASSED_ON = ("content-type", "accept")


@dataclass(frozen=True)
class Answer:
    """What the gateway answers itself. It waits `delay` seconds before, and `stall` in the middle of the body."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay: float = 0
    stall: float = 0


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    size: int


class Gateway:
    """Listens on loopback. `answers` are given to the next requests; `limit` and `login` hold for all.

    `challenge` is how it asks for the login: Basic or Digest. The request of number `hold_at` waits until `released`.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: deque[Answer | Literal["reset"]] = deque()
        self.limit = 0
        self.login = ""
        self.challenge = 'Basic realm="test", charset="UTF-8"'
        self.seen: list[Seen] = []
        self.hold_at = 0
        self.held, self.released = threading.Event(), threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def judge(self, seen: Seen) -> Answer | Literal["reset"] | None:
        """What it says to a request itself; None passes it on."""
        self.seen.append(seen)
        if len(self.seen) == self.hold_at:
            self.held.set()
            self.released.wait(60)
        if self.login and not self._is_known(seen):
            return Answer(401, {"WWW-Authenticate": self.challenge})
        if self.limit and seen.size > self.limit:
            return Answer(413, body=b"<html><body>Request Entity Too Large</body></html>")
        return self.answers.popleft() if self.answers else None

    def _is_known(self, seen: Seen) -> bool:
        scheme, _, said = seen.headers.get("authorization", "").partition(" ")
        if not self.challenge.startswith("Digest"):
            return scheme == "Basic" and said == base64.b64encode(self.login.encode()).decode()
        fields = parse_keqv_list(parse_http_list(said.encode("latin-1").decode()))
        user, _, password = self.login.partition(":")
        if scheme != "Digest" or fields["username"] != user:
            return False
        of_user, of_request = _md5(user, "test", password), _md5(seen.method, seen.path)
        rest = (fields[name] for name in ("nonce", "nc", "cnonce", "qop"))
        return fields["response"] == _md5(of_user, *rest, of_request)


def _md5(*parts: str) -> str:
    """A digest as RFC 7616 joins it."""
    return hashlib.md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()


def _handler_of(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found = gateway.judge(Seen(self.command, self.path, headers, len(body)))
            if found == RESET:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
                self.close_connection = True
                self.connection.close()
                return
            self.reply(found or self.passed_on(headers, body))

        def passed_on(self, headers: dict[str, str], body: bytes) -> Answer:
            connection = HTTPConnection("127.0.0.1", gateway.port, timeout=60)
            kept = {name: headers[name] for name in _PASSED_ON if name in headers}
            connection.request(self.command, self.path, body, kept)
            response = connection.getresponse()
            content = response.read()
            connection.close()
            return Answer(response.status, {"Content-Type": response.headers["content-type"] or ""}, content)

        def reply(self, answer: Answer) -> None:
            time.sleep(answer.delay)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 204:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                half = len(answer.body) // 2
                self.wfile.write(answer.body[:half])
                time.sleep(answer.stall)
                self.wfile.write(answer.body[half:])
            except OSError:
                self.close_connection = True

        do_GET = do_PUT = do_POST = do_DELETE = answer  # noqa: N815  the names are the library's

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler
