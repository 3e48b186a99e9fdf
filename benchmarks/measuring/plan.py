"""What is measured, by whom and up to which size; in the words of the page."""

from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.measuring.sizes import Size
from sosei_graph.languages import Text

_M = 1_000_000


@dataclass(frozen=True)
class Peer:
    """An engine beside ours: up to how many statements it is asked for a job, and what has to be installed for it."""

    name: str
    title: Text
    most: int
    module: str = ""

    def takes(self, size: Size) -> bool:
        """Whether it is there, and the corpus not too large for it."""
        return size.triples <= self.most and (not self.module or find_spec(self.module) is not None)


@dataclass(frozen=True)
class Job:
    """A job on a corpus, and who does it besides the package."""

    name: str
    title: Text
    about: Text
    """What is timed."""
    peers: tuple[Peer, ...] = ()
    alone: bool = True
    """Whether it is measured where no peer takes part."""
    finds: bool = False
    """Whether it tells of violations, warnings and notes."""
    of_one: bool = False
    """Whether it is about one document, whatever the size of the corpus."""
    start: str = ""
    """What has to be done before its runs."""

    def engines(self, size: Size) -> tuple[str, ...]:
        """Who does the job at this size: ours first."""
        peers = tuple(peer.name for peer in self.peers if peer.takes(size))
        return ("ours", *peers) if peers or self.alone else ()

    def title_of(self, engine: str) -> Text:
        """The name of an engine on the page."""
        return next((peer.title for peer in self.peers if peer.name == engine), OURS)


OURS = Text("sosei-graph", "sosei-graph")


def _same(name: str) -> Text:
    return Text(name, name)


JOBS = (
    Job(
        "load",
        Text("読み込み（メモリー）", "Load (memory)"),
        Text(
            "すべての Turtle ファイルを読み、構文・語彙・値の書式・二重の記述を検査し、問い合わせのできる状態に"
            "するまで。"
            "比べる相手は検査をしません。pyoxigraph には、同じ名前付きグラフを 1 つに"
            "まとめた TriG ファイルも渡します（最も速い読み方）。",
            "Every Turtle file read and checked (syntax, vocabulary, written form of values, things described twice), "
            "up to a store that answers queries. The others check nothing. pyoxigraph also gets the same named graphs "
            "in one TriG file, which is the quickest that it can do.",
        ),
        (
            Peer("pyoxigraph", Text("pyoxigraph（1 つの TriG）", "pyoxigraph (one TriG file)"), 20 * _M),
            Peer(
                "pyoxigraph-files",
                Text("pyoxigraph（ファイルごと）", "pyoxigraph (file by file)"),
                20 * _M,
            ),
            Peer("rdflib", _same("rdflib"), _M),
        ),
    ),
    Job(
        "disk",
        Text("読み込み（ディスク）", "Load (disk)"),
        Text(
            "同じ検査をして、ディスク上の新しいストアに書くまで（推論の前）。",
            "The same checks, into a new store on disk (before reasoning).",
        ),
        (Peer("pyoxigraph", Text("pyoxigraph（1 つの TriG）", "pyoxigraph (one TriG file)"), 20 * _M),),
    ),
    Job(
        "reason",
        Text("推論", "Reason"),
        Text(
            "読み込んだグラフから OWL 2 RL の公理と CONSTRUCT 規則で導かれることをすべて求めるまで。",
            "Everything that follows from the loaded graph by the OWL 2 RL axioms and the CONSTRUCT rules.",
        ),
    ),
    Job(
        "closure",
        Text("推論（ほかの推論器と同じグラフ）", "Reason (the graph that the others get)"),
        Text(
            "語彙と文書、それに文書が参照する共通データだけのグラフで、ほかの推論器と並べます。"
            "sosei-graph は CONSTRUCT 規則も適用し、"
            "ほかは公理だけです。同じ結論になることは tests/test_reason.py が確かめます。",
            "Over the vocabulary, the documents, and the reference data that documents lead to. sosei-graph follows "
            "its CONSTRUCT rules too, the others the axioms alone. That the conclusions are the same is held by "
            "tests/test_reason.py.",
        ),
        (
            Peer("owlrl", _same("owlrl"), 10_000),
            Peer("reasonable", _same("reasonable"), 100_000, "reasonable"),
        ),
        alone=False,
    ),
    Job(
        "validate",
        Text("検証", "Validate"),
        Text(
            "SHACL と文書間の検査をすべて行い、日本語と英語の報告と Turtle の報告を作るまで。ほかの検証器には、"
            "文書とそれが参照するものだけのグラフを一度に渡し、SHACL だけを行わせます"
            "（pyshifty の時間はファイルの読み込みを含みます）。",
            "All shapes and all checks across documents, with the report in Japanese, in English and as Turtle. The "
            "others get the documents and what these refer to as one graph, and do the shapes alone (the time of "
            "pyshifty includes reading its files).",
        ),
        (
            Peer("pyshacl", _same("pySHACL"), 30_000),
            Peer("pyshacl-turbo", _same("pyshacl-turbo"), 100_000, "pyshacl_turbo"),
            Peer("pyshifty", _same("pyshifty"), 100_000, "shifty"),
        ),
        finds=True,
    ),
    Job(
        "document",
        Text("1 つの文書の検証", "Validate one document"),
        Text(
            "開いているストアの中の、いちばん大きい文書を検証するまで。",
            "The largest document of the corpus, in a store that is open.",
        ),
        finds=True,
        of_one=True,
    ),
    Job(
        "update",
        Text("1 つの文書の変更（ディスク）", "One changed document (disk)"),
        Text(
            "いちばん大きい文書を書き換えたあと、新しいプロセスが `--store` のグラフを更新し、"
            "導かれることを正し、その文書を検証するまで。",
            "The largest document has been changed: a new process brings the graph of `--store` up to date, corrects "
            "what follows, and validates the document.",
        ),
        start="keep-on-disk",
        finds=True,
        of_one=True,
    ),
    Job(
        "export",
        Text("書き出し", "Export"),
        Text(
            "決まった順序の Turtle に書き出すまで。pyoxigraph は順不同です。rdflib に渡すのは、文書が参照しない"
            "共通データを除いたグラフです。",
            "Canonical Turtle into a file. pyoxigraph writes in no order; rdflib has the smaller graph, without the "
            "reference data that no document leads to.",
        ),
        (
            Peer("pyoxigraph", Text("pyoxigraph（順不同）", "pyoxigraph (in no order)"), 20 * _M),
            Peer("rdflib", _same("rdflib"), 100_000),
        ),
    ),
    Job(
        "questions",
        Text("質問", "Questions"),
        Text(
            "質問のカタログのすべてを、そのままと、パラメーターを 1 つずつ与えて尋ねます。名前の解決、問い合わせ、"
            "表のラベル付けまでを含みます。",
            "Every question of the catalogue, for everything and with each of its parameters. Finding what a name "
            "means, the query, and labels for the table are included.",
        ),
    ),
)
#: Commands on the project's own documents, from the start of Python to its end.
COLD = {
    "help": Text("`sosei --help`", "`sosei --help`"),
    "question": Text(
        "`sosei query agreement-roles`（`sosei build` の後）", "`sosei query agreement-roles` (after a build)"
    ),
    "build": Text("`sosei build`", "`sosei build`"),
    "python": Text("Python だけ（`python -c pass`）", "Python alone (`python -c pass`)"),
}
COLD_JOB, REAL = "cold", "real"
JOB_NAMES = (*(job.name for job in JOBS), COLD_JOB)


def job(name: str) -> Job:
    """The job of that name."""
    return next(each for each in JOBS if each.name == name)
