"""The results of public comments (パブリックコメント), which no meeting has: when they were invited, how many came."""

import re
from collections.abc import Sequence

from sosei_graph.ingest.extracting.wording import Wording, join

_HEAD_LINES = 80
_LONGEST = 60
_TITLE_LINES = 10
_TITLE = re.compile(r".(?:パブリック・?コメント|パブコメ|意見(?:等)?の?(?:募集|公募)).{0,12}(?:結果|回答)")
_MARK = re.compile(r"(?:[0-9]{1,2}[.．、)]?|[(（][0-9]{1,2}[)）]|[⑴-⒇①-⑳○●■◆・◎【\[〔-])*")
_INVITED = re.compile(
    r"(?:意見)?(?:等)?(?:の)?(?:募集|公募)期間|(?:パブリック・?コメントの)?実施(?:期間|時期)"
)
_OTHERS = (
    re.compile(
        r"(?:意見)?(?:等)?(?:の)?提出(?:者数|人数|件数|状況|意見)|意見(?:等)?(?:の)?(?:総数|件数)|提出された(?:ご)?意見"
    ),
    re.compile(r"(?:意見の?)?(?:提出|応募|募集|公表)(?:方法|場所)|公開方法"),
    re.compile(r"(?:意見)?募集(?:案件|対象|結果)|対象(?:案件|事項)|案件名?|意見の募集結果"),
)


def comments_invited(lines: Sequence[Wording]) -> Wording | None:
    """The label of the time in which opinions were invited, in a text that has another label of such results."""
    time: Wording | None = None
    others = 0
    for line in lines[:_HEAD_LINES]:
        folded = line.folded
        start = mark.end() if (mark := _MARK.match(folded)) else 0
        if len(folded) > _LONGEST:
            continue
        if found := _INVITED.match(folded, start):
            time = time or line.cut_folded(*found.span())
        others += any(pattern.match(folded, start) for pattern in _OTHERS)
    return time if others else None


def title_of_comments(lines: Sequence[Wording]) -> Wording | None:
    """The line at the head that says what opinions were invited on."""
    for at, line in enumerate(lines[:_TITLE_LINES]):
        if len(line.folded) <= _LONGEST and "。" not in line.text and _TITLE.search(line.folded):
            goes_on = at > 0 and re.match(r"に(?:対する|関する|係る)|の|へ", line.folded)
            return join([lines[at - 1], line]) if goes_on else line
    return None
