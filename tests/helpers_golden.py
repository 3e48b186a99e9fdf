"""What differs between a text that is kept and the one that is made now, in few lines."""

from difflib import unified_diff

_LINES = 20
_WIDTH = 300


def difference(kept: str, made: str) -> str:
    """The first lines of a unified diff, empty if the texts are the same."""
    if kept == made:
        return ""
    lines = list(unified_diff(kept.splitlines(), made.splitlines(), "kept", "now", n=0, lineterm=""))
    shown = [line[:_WIDTH] for line in lines[:_LINES]]
    more = [f"… {len(lines) - _LINES} more lines"] if len(lines) > _LINES else []
    return "\n".join([*shown, *more]) or "the texts differ in their line ends"
