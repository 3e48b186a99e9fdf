"""`--endpoint` and `--user`: a server to ask instead of the workspace, and whom to be there."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sosei_graph.cli.bilingual import Option
from sosei_graph.cli.session import Session
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Lang, Text

if TYPE_CHECKING:
    from sosei_graph.queries import Limits, Question
    from sosei_graph.remote import Login, Patience, Server
    from sosei_graph.tables import Table

PASSWORD = "SOSEI_PASSWORD"  # noqa: S105 - the name of a variable
USER_HELP = Text(
    f"サーバーの利用者名（パスワードは環境変数 {PASSWORD}。なければ入力を求める）",
    f"user at the server (the password comes from the variable {PASSWORD}, or is asked for)",
)
#: Seconds that a server is waited for; more than anybody waits.
WAIT = 300.0
_ANY = 7 * 86_400.0
_PROMPT = Text("{user} のパスワード", "Password of {user}")
_ONLY_ASSERTED = Text(
    "このサーバーには推論された事実がないため、答えが足りないことがあります（sosei push --inferred で送れます）",
    "the server has no inferred facts, so answers may lack rows (sosei push --inferred brings them there)",
)
_FETCHING = Text("グラフを取り寄せています", "fetching the graph")
_ANSWERED_HERE = Text(
    "このサーバーは SPARQL 1.1 と違う計算をするため、グラフを取り寄せて手元で答えます",
    "the server does not compute as SPARQL 1.1 says: its graph was fetched, and the answer computed here",
)
_COMPUTES_ITS_OWN_WAY = Text(
    "このサーバーは SPARQL 1.1 と違う計算をします。行が欠けたり、計算した値が違ったりすることがあります",
    "the server does not compute as SPARQL 1.1 says: rows may be missing, and computed values wrong",
)


def endpoint_options() -> list[click.Parameter]:
    """The options of `sosei query`."""
    return [
        Option(
            ["--endpoint"],
            metavar="URL",
            help=Text(
                "作業フォルダーではなく、SPARQL サーバーに質問する",
                "ask a SPARQL server instead of the workspace",
            ),
        ),
        Option(["--user"], metavar="NAME", envvar="SOSEI_USER", help=USER_HELP),
    ]


def login_of(user: str | None, lang: Lang) -> "Login | None":
    """The user with the password of the environment, else the one that is typed in."""
    if not user:
        return None
    from sosei_graph.remote import Login

    password = os.environ.get(PASSWORD)
    if password is None and not sys.stdin.isatty():
        raise SoseiError(
            Text(f"環境変数 {PASSWORD} がありません", f"the variable {PASSWORD} is not set"),
            where="--user",
            hint=Text("パスワードは環境変数で渡します", "it holds the password of --user"),
        )
    if password is None:
        prompt = _PROMPT.fill(user=user).in_(lang)
        password = click.prompt(prompt, hide_input=True, err=True, default="", show_default=False)
    return Login(user, password)


def patience_of(seconds: float | None) -> "Patience":
    """How long to wait for an answer: 0 is as long as it takes."""
    from sosei_graph.remote import Patience

    return Patience(timeout=WAIT if seconds is None else seconds or _ANY)


def asked_server(values: dict[str, Any], outer: Mapping[str, Any], lang: Lang) -> "Server | None":
    """The server that the options ask for, taken out of `values`; `outer` are the values of the group."""
    url, user = (values.pop(name, None) or outer.get(name) for name in ("endpoint", "user"))
    if not url:
        return None
    from sosei_graph.remote import Server

    return Server(url, login=login_of(user, lang))


def ask_there(
    session: Session,
    server: "Server",
    asked: "Question | Path | str",
    values: Mapping[str, str | None],
    limits: "Limits | None",
) -> "Table":
    """The answer of the server to a question, or to the query in a file or a text."""
    from dataclasses import replace

    from sosei_graph import remote
    from sosei_graph.console import counting
    from sosei_graph.queries import Question

    server = replace(server, patience=patience_of(limits.seconds if limits else None))
    with remote.connect(server, session.workspace) as store:
        if not store.has_inferred:
            session.tell(_ONLY_ASSERTED)
        if not store.follows_the_standard():
            with counting(_FETCHING, session.lang) as progress:
                copied = isinstance(asked, Question) and remote.copied(store, progress)
            session.tell(_ANSWERED_HERE if copied else _COMPUTES_ITS_OWN_WAY)
        if isinstance(asked, Question):
            return remote.ask(store, asked, session.lang, **values)
        return remote.ask_file(store, asked, session.lang, **values)
