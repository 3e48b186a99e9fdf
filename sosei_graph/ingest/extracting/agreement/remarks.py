"""What a reviewer of an agreement is asked to look at, and why a part could not be read."""

from sosei_graph.languages import Text

__all__ = ["Text"]

NEVER_SAYS_LEAD = Text(
    "この文書の役割には「主体的に」の語がなく、主導する市町村を文言だけでは区別できません。",
    "no role in this document says 主体的に, so its words do not tell who leads",
)
OTHER_LEAD = Text(
    "「{word}」とありますが、主導は「主体的に」のときだけ読み取ります。主導かどうか確かめてください。",
    "the text says {word}; only 主体的に is read as a lead: check whether this party leads",
)
SHARED_LEAD = Text(
    "複数の当事者に共通の欄に「主体的に」とあり、どの当事者が主導するか定まりません。",
    "主体的に stands in a text of several parties, which does not tell who leads",
)
LEAD_OF_ANOTHER = Text(
    "「主体的に」は他の者について書かれているようです。",
    "主体的に seems to be said of somebody else",
)
LEAD_IN_TAKING_PART = Text(
    "「主体的に」参加・協力するとあり、主導かどうか定まりません。",
    "the text says 主体的に of taking part, which does not tell whether the party leads",
)
NOT_A_PARTY = Text(
    "協約の当事者として確かめられなかったため、役割を定めていません。",
    "it could not be confirmed as a contracting party, so its role is open",
)
ONLY_NAMED = Text(
    "役割の欄に名がありますが、連携する相手としてかどうか定まりません。",
    "it is named in a role, but not certainly as one to work with",
)
NOT_IN_LIST = Text("自治体の一覧にない名です。", "the name is in no list of local governments")
SAME_AS = Text("他の欄を指す記載です。", "the text points at another cell")
JOINT_CELL = Text(
    "複数の当事者の役割が一つの欄にあり、文ごとに分けました。",
    "the roles of several parties stand in one cell and were told apart by their sentences",
)
BY_SENTENCES = Text(
    "欄の区切りが失われているため、文の終わりで欄を分けました。",
    "the ends of cells are lost; cells were told apart by the ends of sentences",
)
INTERLEAVED = Text(
    "列が行ごとに混ざっていたため、空白で列を分けました。",
    "the columns were interleaved line by line and told apart by spaces",
)
UNMARKED_NAME = Text(
    "番号のない見出しを項目名と読みました。", "a heading without a mark was taken as the item's name"
)
DATE_BELOW_TITLE = Text(
    "日付は署名欄でなく題名の下にあります。締結の日か確かめてください。",
    "the date stands below the title, not beside the signatures: check that it is the day of signing",
)
DATES_DIFFER = Text("文書に異なる日付があります。", "the document has dates that differ")

DATE_OF_EARLIER = Text(
    "題名の下の日付は変更前の協約の締結日です。", "the date below the title is that of the earlier agreement"
)
NO_TITLE = Text("題名を読み取れませんでした。", "the title could not be read")
NO_EARLIER = Text(
    "変更される協約の題名と締結日を読み取れませんでした。",
    "title and date of the agreement that is changed could not be read",
)
BLANK_DATE = Text("日付が空欄です。", "the date is blank")
NO_PARTIES = Text("当事者を読み取れませんでした。", "the parties could not be read")
NO_DATE = Text("締結日を読み取れませんでした。", "the date of signing could not be read")
NO_SIGNATORY = Text("記名の欄に氏名がありません。", "there is no name beside the office of the signatory")
NO_ITEMS = Text(
    "取組と役割の表又は条項を読み取れませんでした。", "no table or clauses of items and roles could be read"
)
ROW_UNREAD = Text("表の行を項目として読み取れませんでした。", "the row could not be read as an item")
COLUMNS_UNREAD = Text(
    "列が混ざり、欄に分けられませんでした。", "the columns are interleaved and could not be told apart"
)
ROLE_UNREAD = Text("どの当事者の役割か読み取れませんでした。", "it could not be read whose role this is")
ROLE_EMPTY = Text("役割の欄が空です。", "the role is empty")
NO_ROLES = Text("項目の役割を読み取れませんでした。", "the roles of the item could not be read")
OLD_AND_NEW = Text(
    "新旧対照表は、改正後の別表としては読み取れません。",
    "a table of old and new wording cannot be read as an annex",
)
PARTIAL_CHANGE = Text(
    "文言の一部を改める規定は、項目として読み取れません。",
    "a clause that changes single words cannot be read as items",
)
DATE_OF_NOTICE = Text(
    "告示や届出の日で、締結の日とは限りません。", "the day of the notice, which need not be that of signing"
)
