"""Evidence: the spans of the sources that the facts were read from, re-read (`trace`) and found (`cite`).

What they leave out is told, too: every number of a source with what stands behind it (`measure_coverage`).

A span is an RFC 5147 fragment, `#char=START,END`: code points of the UTF-8 text as it is, END not included.
"""

from sosei_graph.evidence.citing import Citation, cite
from sosei_graph.evidence.coverage import CoverageReport, Number, SourceCoverage, measure_coverage
from sosei_graph.evidence.report import Failure, SpanResult, TraceReport
from sosei_graph.evidence.sources import Source, read_source, sources_folder
from sosei_graph.evidence.tracing import trace

__all__ = [
    "Citation",
    "CoverageReport",
    "Failure",
    "Number",
    "Source",
    "SourceCoverage",
    "SpanResult",
    "TraceReport",
    "cite",
    "measure_coverage",
    "read_source",
    "sources_folder",
    "trace",
]
