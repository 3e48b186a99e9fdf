"""The command `sosei`. Each command is a thin function in a module of its own, imported when it is chosen."""

from sosei_graph.cli.root import root


def main(program: str | None = None) -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 findings, 2 bad input or usage."""
    root.main(prog_name=program)
