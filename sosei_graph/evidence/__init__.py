"""Evidence: the spans of the sources that the facts were read from, re-read (`trace`) and found (`cite`).

A span is an RFC 5147 fragment, `#char=START,END`: code points of the UTF-8 text as it is, END not included.
"""

from sosei_graph.evidence.citing import Citation, cite
from sosei_graph.evidence.report import Failure, SpanResult, TraceReport
from sosei_graph.evidence.sources import Source, read_source, sources_folder
from sosei_graph.evidence.tracing import trace

__all__ = [
    "Citation",
    "Failure",
    "Source",
    "SpanResult",
    "TraceReport",
    "cite",
    "read_source",
    "sources_folder",
    "trace",
]
