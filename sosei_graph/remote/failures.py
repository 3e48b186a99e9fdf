"""What goes wrong between us and a server, each as one line that says what to do next."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

_TAGS = re.compile(r"<(style|script|title)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_SHOWN = 160
_SEE_THE_LOG = Text("サーバーの記録を確かめてください", "see the server's log")
_FORBIDDEN = Text("この利用者には許されていません（403）", "not allowed for this user (403)")
_MAY = Text(
    "権限と --user を確かめてください。Virtuoso への書き込みは …-auth のアドレスで行います",
    "check the permissions and --user; Virtuoso is written to at an address that ends in -auth",
)
_TOO_LARGE = Text("一度に送る量が多すぎます（413）", "the request is too large for the server (413)")
_TOO_COSTLY = Text(
    "サーバーの見積もりでは時間がかかりすぎるため、答えません",
    "the server does not answer what it thinks would take too long",
)
_RAISE_COST = Text(
    "Virtuoso では virtuoso.ini の MaxQueryCostEstimationTime を上げてください",
    "Virtuoso: raise MaxQueryCostEstimationTime in virtuoso.ini",
)
_RAISE = Text("サーバーの上限を上げてください", "raise the server's limit for a request")


@dataclass(frozen=True)
class Reply:
    """The answer to a request: its status, its headers by lower-case name, its bytes."""

    status: int
    headers: dict[str, str]
    content: bytes

    def said(self) -> str:
        """The first words of what the server says, without the tags of a page, in one line."""
        text = _TAGS.sub(" ", self.content[:4000].decode("utf-8", errors="replace"))
        line = printable(text).partition(" SPARQL query:")[0]  # Virtuoso repeats the whole query
        return line if len(line) <= _SHOWN else line[:_SHOWN].rsplit(" ", 1)[0] + " …"


def printable(text: str) -> str:
    """What a server says, in one line, without the characters that would steer a terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


class TooLargeError(SoseiError):
    """The server takes no request of this size (413); a smaller part may pass."""


class RefusedError(SoseiError):
    """The server finds fault with the request (400)."""


def of_status(url: str, reply: Reply, *, has_login: bool) -> SoseiError:
    """The error that an unwelcome status stands for."""
    match reply.status:
        case 401:
            return _unauthorized(url, has_login=has_login)
        case 403:
            return SoseiError(_FORBIDDEN, where=url, hint=_MAY)
        case 413:
            return TooLargeError(_TOO_LARGE, where=url, hint=_RAISE)
        case 301 | 302 | 303 | 307 | 308:
            return _elsewhere(url, reply)
    return _unwelcome(url, reply)


def _unwelcome(url: str, reply: Reply) -> SoseiError:
    """A status that says no more than whose fault it is; the server may say more."""
    said = reply.said()
    if "estimated execution time" in said:
        return SoseiError(_TOO_COSTLY, where=url, hint=_RAISE_COST)
    hint = Text(f"サーバーの説明: {said}", f"the server: {said}") if said else _SEE_THE_LOG
    if reply.status == 400:
        refused = Text("サーバーが受け付けません（400）", "the server refuses it (400)")
        return RefusedError(refused, where=url, hint=hint)
    message = Text(f"サーバーの答えは {reply.status} でした", f"the server answered {reply.status}")
    if reply.status >= 500:
        message = Text(f"サーバーで障害が起きました（{reply.status}）", f"the server failed ({reply.status})")
    return SoseiError(message, where=url, hint=hint)


def _elsewhere(url: str, reply: Reply) -> SoseiError:
    place = printable(urljoin(url, reply.headers.get("location", "…")))
    return SoseiError(
        Text(f"別の場所に移っています（{reply.status}）", f"the server sends us elsewhere ({reply.status})"),
        where=url,
        hint=Text(f"{place} を指定してください", f"give {place} instead"),
    )


def _unauthorized(url: str, *, has_login: bool) -> SoseiError:
    if has_login:
        return SoseiError(
            Text("利用者名かパスワードが違います（401）", "the user or the password is wrong (401)"),
            where=url,
            hint=Text("--user と SOSEI_PASSWORD を確かめてください", "check --user and SOSEI_PASSWORD"),
        )
    return SoseiError(
        Text("利用者名とパスワードが必要です（401）", "the server asks for a user and a password (401)"),
        where=url,
        hint=Text(
            "--user と環境変数 SOSEI_PASSWORD で渡してください",
            "give --user, and SOSEI_PASSWORD in the environment",
        ),
    )


def nothing_there(url: str, what: Text, examples: str) -> SoseiError:
    """There is no graph store, or no place for queries, at the address."""
    return SoseiError(
        Text(f"このアドレスに{what.ja}がありません", f"there is no {what.en} at this address"),
        where=url,
        hint=Text(f"例: {examples}", f"such as {examples}"),
    )


def unreachable(url: str, reason: str) -> SoseiError:
    """No connection came about, or it broke again and again."""
    return SoseiError(
        Text(f"サーバーにつながりません: {reason}", f"no connection to the server: {reason}"),
        where=url,
        hint=Text(
            "アドレスと、サーバーが動いているかを確かめてください",
            "check the address, and that the server runs",
        ),
    )


def behind_proxy(url: str, reason: str) -> SoseiError:
    """The proxy of the environment does not lead there."""
    return SoseiError(
        Text(f"プロキシー経由でつながりません: {reason}", f"no connection through the proxy: {reason}"),
        where=url,
        hint=Text(
            "環境変数 HTTP_PROXY、HTTPS_PROXY、NO_PROXY を確かめてください",
            "check the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY",
        ),
    )


def other_login(url: str, challenge: str) -> SoseiError:
    """The server wants neither Basic nor Digest, or a kind of Digest that is not known."""
    scheme = printable(challenge).split(" ")[0] or "?"
    return SoseiError(
        Text(
            f"サーバーの認証方式（{scheme}）には対応していません",
            f"the server asks for another login: {scheme}",
        ),
        where=url,
        hint=Text("使えるのは Basic と Digest です", "Basic and Digest are known"),
    )


def timed_out(url: str, seconds: float) -> SoseiError:
    """The server took the request and did not answer in time."""
    return SoseiError(
        Text(f"{seconds:g} 秒以内に答えがありません", f"no answer within {seconds:g} s"),
        where=url,
        hint=Text(
            "アドレスを確かめてください。--timeout で待つ秒数を増やせます",
            "check the address; --timeout gives it more seconds",
        ),
    )


def broken_off(url: str) -> SoseiError:
    """An answer that is no SPARQL result, or that ends in the middle."""
    return SoseiError(
        Text("答えを SPARQL の結果として読めません", "the answer is no complete SPARQL result"),
        where=url,
        hint=Text(
            "問い合わせのアドレスと、サーバーの制限時間を確かめてください",
            "check the address for queries and the time limit of the server",
        ),
    )


def cut_short(url: str) -> SoseiError:
    """An answer from which the server left rows out."""
    return SoseiError(
        Text("サーバーが答えの一部しか返しません", "the server returns only a part of the answer"),
        where=url,
        hint=Text(
            "サーバーの行数と時間の上限を上げてください", "raise the server's limits for rows and time"
        ),
    )
