"""`python -m sosei_graph`: the same as the command `sosei`."""

from sosei_graph.cli import main

if __name__ == "__main__":
    main("sosei")
