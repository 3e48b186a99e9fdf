"""The parts of the corpus generator: `benchmarks/corpus.py` puts them together."""
