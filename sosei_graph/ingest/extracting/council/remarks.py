"""What a reviewer of council material is asked to look at, and why a part could not be read."""

from sosei_graph.languages import Text

BY_WORDING = Text(
    "列の区切りが失われているため、文末の言い回しで意見と対応を分けました。",
    "the columns are lost; opinion and response were told apart by how their sentences end",
)
BY_ORDER = Text(
    "列の区切りが失われているため、見出しの順で意見と対応を分けました。",
    "the columns are lost; opinion and response were told apart by the order of their heads",
)
BY_SENTENCES = Text(
    "行の区切りが失われているため、文の終わりで行を分けました。",
    "the ends of rows are lost; rows were told apart by the ends of sentences",
)
OVER_PAGES = Text("ページをまたぐ行をつなぎました。", "a row that goes on over the end of a page was joined")
SHARED_RESPONSE = Text(
    "一つの欄に複数の意見があり、対応はその全体に対するものとして読みました。",
    "several opinions stand in one cell; the response is read as one to all of them",
)
BLANK_IN_TEXT = Text(
    "対応の欄が空いています。上の行と一つの欄でないか確かめてください。",
    "the response is blank: check whether its cell is one with that of the row above",
)
NEXT_TURN = Text(
    "発言の順から、直前の発言への回答として読みました。",
    "read as an answer to the turn before it, by the order of the turns",
)
CHAIR = Text(
    "進行役の発言です。意見かどうか確かめてください。", "said by the chair: check whether it is an opinion"
)
OTHER_CELL = Text("他の欄を指す記載です。", "the text points at another cell")
YEAR_BY_ORDER = Text(
    "年は書かれていません。日程の順と年の分かる行から定めました。",
    "no year is printed: it follows from the order of the schedule and a row whose year is known",
)

COLUMNS_UNREAD = Text(
    "列が混ざり、意見と対応に一通りに分けられませんでした。",
    "the columns are interleaved; opinion and response could not be told apart in one way only",
)
NO_OPINION = Text("対応の欄に対する意見を読み取れませんでした。", "the response stands beside no opinion")
ANSWERS_NOTHING = Text(
    "どの意見への回答か読み取れませんでした。", "it could not be read which opinion this answers"
)
STEP_UNDATED = Text(
    "日程の列から離れているため、時期と結び付けられませんでした。",
    "the step stands apart from the dates and could not be tied to one",
)
COLUMNS_OF_TIMES = Text(
    "日程の列が混ざり、時期と内容を結び付けられませんでした。",
    "the columns of the schedule are interleaved; its steps could not be tied to their times",
)
OTHER_BODY = Text(
    "国や都道府県など、別の列の日程です。どの計画の日程か定まりません。",
    "the step stands in a column of its own, as of the state or a prefecture: whose plan it is of cannot be told",
)
NO_STEP = Text("時期に対する内容を読み取れませんでした。", "no step could be read beside this time")
NO_MEETING = Text("会議の名称を読み取れませんでした。", "the name of the meeting could not be read")
COMMENTS = Text(
    "意見募集の結果で、会議の資料ではありません。意見の場を確かめてください。",
    "these are the results of public comments, not of a meeting: say where the opinions were raised",
)
NO_OPINIONS = Text("意見と回答の組を読み取れませんでした。", "no opinion with its answer could be read")
NO_DATE = Text("開催日を読み取れませんでした。", "the day of the meeting could not be read")
