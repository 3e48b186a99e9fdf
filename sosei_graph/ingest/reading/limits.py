"""How much of a file is read: far above any document of a municipality, and below what would hurt a computer."""

from dataclasses import dataclass

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text


@dataclass(frozen=True)
class Limits:
    """What is read at most. `megabytes` of the file, `unpacked_megabytes` of what an Office file holds.

    `ratio` is unpacked to packed; `seconds` and `memory_megabytes` are for one process: a file, or a stretch of
    pages of a PDF.
    """

    megabytes: int = 200
    unpacked_megabytes: int = 400
    ratio: int = 200
    characters: int = 20_000_000
    pages: int = 3000
    seconds: float = 120
    memory_megabytes: int = 1500

    def too_large(self, megabytes: float) -> SoseiError:
        """The file has too many bytes."""
        return SoseiError(
            Text(
                f"ファイルが大きすぎます（{megabytes:,.0f} MB、上限 {self.megabytes:,} MB）",
                f"the file is too large ({megabytes:,.0f} MB; the limit is {self.megabytes:,} MB)",
            ),
            hint=Text("必要な部分だけに分けてください", "split it, and give the part that is needed"),
        )

    def too_much_unpacked(self, megabytes: float) -> SoseiError:
        """What is packed in the file has too many bytes."""
        return SoseiError(
            Text(
                f"展開すると大きすぎます（{megabytes:,.0f} MB、上限 {self.unpacked_megabytes:,} MB）",
                f"it is too large when unpacked ({megabytes:,.0f} MB; the limit is {self.unpacked_megabytes:,} MB)",
            ),
            hint=Text("ファイルの出所を確かめてください", "check where the file comes from"),
        )

    def too_well_packed(self, ratio: float) -> SoseiError:
        """What is packed in the file is hardly a document."""
        return SoseiError(
            Text(
                f"圧縮率が異常です（展開すると {ratio:,.0f} 倍、上限 {self.ratio:,} 倍）",
                f"it grows {ratio:,.0f} times when unpacked (the limit is {self.ratio:,} times)",
            ),
            hint=Text("ファイルの出所を確かめてください", "check where the file comes from"),
        )

    def too_many_characters(self, count: int) -> SoseiError:
        """The text is too long."""
        return SoseiError(
            Text(
                f"文字が多すぎます（{count:,} 字、上限 {self.characters:,} 字）",
                f"there are too many characters ({count:,}; the limit is {self.characters:,})",
            ),
            hint=Text("必要な部分だけに分けてください", "split it, and give the part that is needed"),
        )

    def too_many_pages(self, count: int) -> SoseiError:
        """The document has too many pages."""
        return SoseiError(
            Text(
                f"ページが多すぎます（{count:,} ページ、上限 {self.pages:,} ページ）",
                f"there are too many pages ({count:,}; the limit is {self.pages:,})",
            ),
            hint=Text("必要なページだけに分けてください", "split it, and give the pages that are needed"),
        )


LIMITS = Limits()
