"""The whole answers to all questions over the project's own documents, against those that are kept."""

import pytest

from sosei_graph.store.memory import Store
from tests.helpers_golden import difference
from tools.questions import GOLDEN, golden


@pytest.fixture(scope="module")
def answers(real_store: Store) -> dict[str, str]:
    """What the questions answer now."""
    return golden(real_store)


def test_every_question_has_a_golden_answer(answers: dict[str, str]) -> None:
    """No more files, no fewer."""
    assert {path.name for path in GOLDEN.iterdir()} == set(answers)


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.csv")))
def test_the_answer_is_the_one_that_is_kept(answers: dict[str, str], name: str) -> None:
    """A change of the data or of a question shows here as a diff; if it is meant, the tool writes it anew."""
    found = difference((GOLDEN / name).read_text(encoding="utf-8"), answers[name])
    assert not found, f"if this is meant, run tools/questions.py --golden\n{found}"


def test_a_difference_is_short() -> None:
    """The first lines of a diff, and how many more there are."""
    assert difference("a\n", "a\n") == ""
    assert difference("a\nb\n", "a\nc\n").splitlines()[2:] == ["@@ -2 +2 @@", "-b", "+c"]
    assert difference("", "x\n" * 50).splitlines()[-1] == "… 33 more lines"
    assert difference("a\r\n", "a\n") == "the texts differ in their line ends"
