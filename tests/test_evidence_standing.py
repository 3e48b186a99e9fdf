"""Names in pieces, and marks beside digits: what stands in the spans of a node."""

import pytest

from sosei_graph.evidence.standing import mark_stands, pieces_stand


@pytest.mark.parametrize(
    ("spans", "stands"),
    [
        (["子育てしやすい", "まちづくり"], True),
        (["見出し", "子育てし\nやすい", "まちづくり"], True),
        (["子育てしやすいまちづくり"], True),
        (["まちづくり", "子育てしやすい"], False),
        (["子育てしやすい", "まちづくりの推進"], False),
        (["子育てしやすい"], False),
        ([], False),
    ],
)
def test_a_name_stands_in_pieces_that_are_wholly_part_of_it(spans: list[str], stands: bool) -> None:
    """In the order of the text, other spans between them; no piece has more than its part of the name."""
    assert pieces_stand("子育てしやすいまちづくり", spans) is stands


def test_a_circled_mark_stands_before_a_digit() -> None:
    """① is no digit of the number that follows it; the 1 of 100 is no mark."""
    assert mark_stands("①", "①100年の歴史")
    assert not mark_stands("1", "100年の歴史")
