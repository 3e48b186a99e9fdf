"""What is measured and on what: the corpus, the runs, their figures (docs/performance.md)."""
