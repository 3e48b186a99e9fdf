"""The review page: what was read of a document beside its text, for the officer who decides whether it is right."""

from sosei_graph.ingest.reviewing.drafts import Draft, review_of
from sosei_graph.ingest.reviewing.page import review_page
from sosei_graph.ingest.reviewing.review import Entry, NextSteps, Review, Suggestion

__all__ = ["Draft", "Entry", "NextSteps", "Review", "Suggestion", "review_of", "review_page"]
