"""What a workspace knows: the government that a user names."""

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.opening import open_for_drafts
from sosei_graph.workspace import Workspace


@pytest.fixture(scope="module")
def known() -> Known:
    """The governments that come with the package."""
    return Known(open_for_drafts(Workspace.find()))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("16202", "16202"),
        ("162027", "16202"),
        ("１６２０２７", "16202"),
        ("16", "16"),
        ("160008", "16"),
        ("高岡市", "16202"),
        ("富山県", "16"),
        ("広島県府中市", "34208"),
        ("北海道松前町", "01331"),
        ("京都府京都市", "26100"),
    ],
)
def test_a_government_goes_by_its_code_or_name(given: str, code: str, known: Known) -> None:
    """Codes of two, five and six digits, in any width; a name, with its prefecture where others have it, too."""
    assert known.city(given) == code


def test_a_code_with_another_check_digit_is_a_slip(known: Known) -> None:
    """The check digit is there to be checked: another city may be meant."""
    with pytest.raises(SoseiError, match="no government is known as 162020"):
        known.city("162020")


def test_governments_of_one_name_are_listed(known: Known) -> None:
    """Which codes there are to choose from."""
    with pytest.raises(SoseiError) as raised:
        known.city("府中市")
    assert "13206 東京都府中市、34208 広島県府中市" in raised.value.line("ja")
    with pytest.raises(SoseiError, match="no government is known as 高岡"):
        known.city("高岡")
