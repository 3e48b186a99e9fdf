"""Ingest: documents read, their family's form recognised, and what they state drafted with evidence.

The package has the name of its command, so it can be called like the other commands of the facade once it has been
imported and stands in the place of the function: `sosei_graph.ingest(["plan.pdf"])`.
"""

import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

#: What the extra [ingest] installs, by the names that are imported.
_LIBRARIES = ("docx", "japanera", "jinja2", "lxml", "markdown_it", "openpyxl", "pdfplumber", "pypdfium2")

if _missing := [name for name in _LIBRARIES if find_spec(name) is None]:
    _named = ", ".join(_missing)
    raise SoseiError(
        Text(f"文書の取り込みには {_named} が必要です", f"reading documents needs {_named}"),
        hint=Text('pip install "sosei-graph[ingest]"', 'pip install "sosei-graph[ingest]"'),
    )


class _Command(ModuleType):
    """A module that is called as the command it is named after (docs: “Customizing module attribute access”)."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """What `sosei_graph.ingest.ingesting.ingest` does."""
        from sosei_graph.ingest.ingesting import ingest

        return ingest(*arguments, **options)


sys.modules[__name__].__class__ = _Command
