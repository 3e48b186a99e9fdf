"""The commands and what each does, in the order in which `sosei --help` lists them."""

from sosei_graph.languages import Text

#: Name of the command (and of its module in this package) → one line.
SUMMARIES: dict[str, Text] = {
    "build": Text(
        "読み込み・推論・検証を行い、build/ に書き出す（中心となる作業）",
        "load, reason, validate and write build/: the main job",
    ),
    "validate": Text("データを検証し、指摘を報告する", "check the data and report the findings"),
    "query": Text("質問の一覧を表示する、または質問する", "list the questions, or ask one"),
    "show": Text(
        "ある物事について分かっていることを根拠とともに表示する", "everything known of a thing, with evidence"
    ),
    "trace": Text("根拠の箇所を原文で読み直して照合する", "re-read the evidence in the sources and compare"),
    "cite": Text(
        "原文から文字列を探し、その根拠（Evidence）を Turtle で出力する",
        "find a text in a source and print the Evidence for it as Turtle",
    ),
    "ingest": Text(
        "文書（PDF・DOCX・XLSX・HTML・TXT）から、根拠付きの下書きと確認用のページを作る",
        "a document (PDF, DOCX, XLSX, HTML, TXT) → a draft with evidence, and a review page",
    ),
    "format": Text("Turtle ファイルを標準の順序に整える", "put Turtle files into canonical order"),
    "export": Text("グラフを別の形式でファイルに書き出す", "write the graph to a file in another format"),
    "push": Text("グラフを SPARQL サーバーに送る", "bring the graph to a SPARQL server"),
}
