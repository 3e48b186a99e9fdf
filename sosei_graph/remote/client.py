"""HTTP with patience: Basic and Digest authentication, time-outs, and another try where one may help."""

import ipaddress
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.remote import failures
from sosei_graph.remote.failures import Reply

try:
    import requests
    from requests import exceptions
    from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
    from urllib3.exceptions import ProtocolError, ReadTimeoutError
except ImportError as missing:
    raise SoseiError(
        Text("サーバーとの通信には requests が必要です", "talking to a server needs requests"),
        hint=Text('pip install "sosei-graph[remote]"', 'pip install "sosei-graph[remote]"'),
    ) from missing

#: A gateway whose server is being restarted says these.
_PASSING = (502, 503)
#: There is nothing at the address, or nothing that takes this method or this content.
ABSENT = (404, 405, 415)
_LONGEST_PAUSE = 30.0
_CONNECT = 10.0
Form = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Login:
    """Whom to be at the server."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Patience:
    """How long to wait for an answer, and for a server that is away for a moment (all in seconds)."""

    timeout: float = 300.0
    tries: int = 6
    pause: float = 0.5


class Client:
    """One user at one server. Every request that it is used for may be sent twice without harm."""

    def __init__(self, login: Login | None = None, patience: Patience | None = None) -> None:
        self._login = login
        self._patience = patience or Patience()
        self._session = requests.Session()
        # Without one of its own the library would look for passwords in a file (.netrc).
        self._session.auth = _nobody
        self._answered = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: bytes | Form = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """The reply of 2xx, or of `ABSENT`, which only the caller can judge; any other is a `SoseiError`."""
        request = requests.Request(method, url, params=params, data=data, headers=headers)
        reply = self._patiently(url, request)
        if reply.status == 401 and self._login and self._session.auth is _nobody:
            # Authenticates from now on in the way that the server asks for.
            self._session.auth = _answer_to(reply.headers.get("www-authenticate", ""), self._login, url)
            reply = self._patiently(url, request)
        if not (200 <= reply.status < 300 or reply.status in ABSENT):
            raise failures.of_status(url, reply, has_login=self._login is not None)
        return reply

    def _patiently(self, url: str, request: requests.Request) -> Reply:
        """The reply; broken connections and gateways without a server get further tries, ever later."""
        pause = self._patience.pause
        for further in reversed(range(self._patience.tries)):
            started = time.monotonic()
            try:
                reply = self._once(request)
            except (exceptions.RequestException, ValueError) as error:
                if not further or not self._may_pass(error):
                    raise self._told(url, error, time.monotonic() - started) from error
            else:
                self._answered = True
                if reply.status not in _PASSING or not further:
                    return reply
                pause = _asked_for(reply, pause)
            time.sleep(min(pause, _LONGEST_PAUSE))
            pause *= 2
        raise AssertionError("there is at least one try")

    def _may_pass(self, error: Exception) -> bool:
        """Whether to try again: a server that was never there will not be there in a moment; one that broke off may."""
        if isinstance(error, exceptions.SSLError | exceptions.ProxyError) or _kept_waiting(error):
            return False
        broken = isinstance(error, exceptions.ConnectionError | exceptions.ChunkedEncodingError)
        return broken and (self._answered or _was_connected(error))

    def _told(self, url: str, error: Exception, waited: float) -> SoseiError:
        """The last failure as a user is told of it."""
        if isinstance(error, exceptions.ProxyError):
            return failures.behind_proxy(url, _reason(error))
        # Less than asked for: no connection, or a handshake (TLS) that nobody answered.
        if _kept_waiting(error) and waited >= self._patience.timeout:
            return failures.timed_out(url, self._patience.timeout)
        return failures.unreachable(url, _reason(error))

    def _once(self, request: requests.Request) -> Reply:
        prepared = self._session.prepare_request(request)
        settings = self._session.merge_environment_settings(str(prepared.url), {}, None, None, None)
        if _is_loopback(str(prepared.url)):
            settings["proxies"] = {}  # a proxy has a loopback of its own
        timeout = (min(_CONNECT, self._patience.timeout), self._patience.timeout)
        response = self._session.send(prepared, timeout=timeout, allow_redirects=False, **settings)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, response.content)


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _answer_to(challenge: str, login: Login, url: str) -> AuthBase:
    """Digest where the server offers it (RFC 7616), else Basic (RFC 7617). Both take UTF-8.

    To a server that offers neither the password is not sent.
    """
    offered = challenge.lower()
    if "digest " in offered:
        return _Digest(login, url)
    if "basic" in offered:
        return HTTPBasicAuth(login.user.encode(), login.password.encode())
    raise failures.other_login(url, challenge)


class _Digest(HTTPDigestAuth):
    """Digest for users with any name: the library puts it in the header as it is, which only takes Latin letters."""

    def __init__(self, login: Login, url: str) -> None:
        super().__init__(login.user, login.password)
        self._url = url

    def build_digest_header(self, method: str, url: str) -> str:
        header = super().build_digest_header(method, url)
        if header is None:  # an algorithm or a quality of protection that it does not know
            raise failures.other_login(self._url, "Digest")
        return header.encode().decode("latin-1")


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _asked_for(reply: Reply, pause: float) -> float:
    """The pause that the server asks for, if it is longer than ours."""
    said = reply.headers.get("retry-after", "")
    return max(pause, float(said)) if said.isdecimal() else pause


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, down to what the system said."""
    inner: BaseException | None = error
    while inner:
        yield inner
        inner = inner.__cause__ or inner.__context__


def _was_connected(error: Exception) -> bool:
    """Whether there was a connection that broke, and not just none."""
    return any(isinstance(each, ProtocolError | exceptions.ChunkedEncodingError) for each in _chain(error))


def _kept_waiting(error: Exception) -> bool:
    """Whether it took too long, before the answer or in the middle of it."""
    return any(
        isinstance(each, ReadTimeoutError | exceptions.Timeout | TimeoutError) for each in _chain(error)
    )


def _reason(error: BaseException) -> str:
    """What the system or the library says at the bottom of a chain of errors."""
    *_, innermost = _chain(error)
    return getattr(innermost, "strerror", None) or failures.printable(str(innermost))[:160]
