"""The command `sosei`. Each command is a thin function in a module of its own, imported when it is chosen."""

import sys

_INTERRUPTED = 130


def main(program: str | None = None) -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 findings, 2 bad input or usage."""
    try:
        from sosei_graph.cli.ahead import Ahead

        # Before click and all else is imported: that takes as long as the graph takes to load.
        ahead = Ahead.of(sys.argv[1:])
        from sosei_graph.cli.root import root
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    root.main(prog_name=program, ahead=ahead)
