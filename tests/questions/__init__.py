"""The questions, checks and rules over tiny graphs: 例示市 and its neighbours, no real city."""
