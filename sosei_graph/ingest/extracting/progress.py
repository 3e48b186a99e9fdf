"""Progress reports on strategies (進捗状況, 取組状況, 効果検証): actual values, ratings, what was done."""

from dataclasses import replace

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting import strategy
from sosei_graph.ingest.extracting.goals import read_goals
from sosei_graph.ingest.extracting.indicators import Manner
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.records import Findings


def extract(reading: Reading) -> Findings:
    """What a progress report says. Years without a kind (R2 | R3 | R4) are actual values there."""
    source = Source(reading)
    outline = read_goals(source, Manner("KeyPerformanceIndicator", "actual"), activities=True)
    return replace(strategy.findings(source, outline), family="progress")
