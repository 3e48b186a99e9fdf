"""`--timeout`, `--memory` and `--allow-service`: what a query that a user wrote may take."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from sosei_graph.cli.bilingual import Option
from sosei_graph.cli.session import Session
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

if TYPE_CHECKING:
    from sosei_graph.queries import Limits

SECONDS = 60
MEGABYTES = 2048

_NOT_LIMITED = Text(
    "このシステムでは問い合わせのメモリーを制限できません。--memory は無視されます",
    "the memory of a query cannot be limited on this system: --memory has no effect",
)


class Amount(click.ParamType[float]):
    """A number that is not negative."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, or a `SoseiError`."""
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if math.isfinite(number) and number >= 0:
            return number
        option = param.opts[0] if param else ""
        raise SoseiError(
            Text(
                f"{option} には 0 以上の数を指定してください（「{value}」は使えません）",
                f"{option} must be a number from 0 up, not {value}",
            ),
            where=ctx.command_path if ctx else "",
        )


def limit_options(*, hidden: bool = False) -> list[click.Parameter]:
    """The options. The package's own questions take them, but have no need of them: there they are hidden."""
    return [
        Option(
            ["--timeout"],
            type=Amount(),
            metavar="SECONDS",
            hidden=hidden,
            help=Text(
                f"自分で書いた SPARQL を何秒で中止するか（既定: {SECONDS}、0 は無制限）",
                f"stop a query of your own after so many seconds (default: {SECONDS}; 0: never)",
            ),
        ),
        Option(
            ["--memory"],
            type=Amount(),
            metavar="MB",
            hidden=hidden,
            help=Text(
                f"自分で書いた SPARQL が使えるメモリー（既定: {MEGABYTES}、0 は無制限。Linux のみ）",
                f"memory that a query of your own may take (default: {MEGABYTES}; 0: any; Linux only)",
            ),
        ),
        Option(
            ["--allow-service"],
            is_flag=True,
            hidden=hidden,
            help=Text(
                "SERVICE を許可する（問い合わせの一部が外部のサーバーに送られる）",
                "allow SERVICE, which sends part of the query to another server",
            ),
        ),
    ]


def own_limits() -> "Limits":
    """The limits of a user's query when none are asked for."""
    from sosei_graph.queries import Limits

    return Limits(SECONDS, MEGABYTES)


def asked_limits(session: Session, values: dict[str, Any], outer: Mapping[str, Any]) -> "Limits | None":
    """The limits that the options ask for, taken out of `values`; None if there are none of them.

    `outer` are the values of the group: `sosei query --timeout 5 NAME` works as well.
    """
    given = {name: values.pop(name, None) for name in ("timeout", "memory", "allow_service")}
    asked = {name: outer.get(name) if value in (None, False) else value for name, value in given.items()}
    seconds, megabytes, service = asked.values()
    if seconds is None and megabytes is None and not service:
        return None
    from sosei_graph.processes import limits_memory
    from sosei_graph.queries import Limits

    if session.ahead:
        session.ahead.settle()
    if megabytes and not limits_memory():
        session.tell(_NOT_LIMITED)
    return Limits(
        SECONDS if seconds is None else seconds, MEGABYTES if megabytes is None else megabytes, bool(service)
    )
