"""What a query that somebody wrote may take, and what is said when it would take more."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

if TYPE_CHECKING:
    from sosei_graph.processes import Status

_SORTING = Text(
    "数値と文字列が混ざる値で ORDER BY していませんか。STR(?x) で並べてください",
    "does ORDER BY sort numbers beside strings? Sort by STR(?x)",
)


@dataclass(frozen=True)
class Limits:
    """Seconds of time, megabytes of memory beyond what the store holds, and whether SERVICE may be called.

    0 is no limit. Both are kept by a process of the query's own where the system can fork one and nothing else runs
    in this one; the memory on Linux only. Elsewhere the caller is told in time, but the query goes on until the
    program ends.
    """

    seconds: float = 0
    megabytes: float = 0
    service: bool = False


def exceeded(status: "Status", limits: Limits, shown: str) -> SoseiError:
    """The error for a query whose process did not come to its end (any `Status` but fine and refused)."""
    message, hint = _said(status, limits)
    return SoseiError(message, where=shown, hint=hint)


def _said(status: "Status", limits: Limits) -> tuple[Text, Text]:
    match status:
        case "late":
            return Text(
                f"{limits.seconds:g} 秒以内に終わらないため、中止しました",
                f"stopped: no answer within {limits.seconds:g} s",
            ), Text(
                "条件を加えて絞り込むか、--timeout で秒数を増やしてください。0 は無制限",
                "narrow the query, or allow more with --timeout; 0 is no limit",
            )
        case "large" if limits.megabytes:
            return Text(
                f"使えるメモリー（{limits.megabytes:g} MB）では足りないため、中止しました",
                f"stopped: it needs more memory than {limits.megabytes:g} MB",
            ), Text(
                "条件や LIMIT を加えるか、--memory で増やしてください。0 は無制限",
                "narrow the query, or allow more with --memory; 0 is no limit",
            )
        case "large" | "killed":
            return Text(
                "メモリーが足りないなどの理由で、システムが問い合わせを止めました",
                "the system ended the query, perhaps for want of memory",
            ), Text("条件や LIMIT を加えて絞り込んでください", "narrow the query, or give it a LIMIT")
        case _:
            return (
                Text("検索エンジンがこの問い合わせで停止しました", "the engine broke down on this query"),
                _SORTING,
            )
