"""A validation report as text, Turtle, JSON, SARIF, JUnit XML and HTML: the same report, the same bytes."""

import json
import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox

from sosei_graph.languages import Lang, Text
from sosei_graph.validation.findings import SEVERITIES, FailOn, Finding, Report, Severity
from sosei_graph.vocab import BASE

SH = "http://www.w3.org/ns/shacl#"

SEVERITY_NAMES: dict[Severity, Text] = {
    "violation": Text("違反", "Violations"),
    "warning": Text("注意", "Warnings"),
    "info": Text("参考", "Notes"),
}
_MEANINGS: dict[Severity, Text] = {
    "violation": Text("直すもの", "what is wrong"),
    "warning": Text("足りないもの・確かめるもの", "what is missing or has to be checked"),
    "info": Text("知っておくもの", "what is worth knowing"),
}
_NOTHING = Text("指摘はありません。", "There is nothing to report.")
_SARIF_LEVELS: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "note"}
_PATH_TOKEN = re.compile(r"<([^>]*)>|[\^()|/*+?]")


def report_text(report: Report, lang: Lang) -> str:
    """Lines `file:line: 「name」: message [shape]`, by severity and file; the counts stand at the end."""
    lines: list[str] = []
    for severity, findings in _by_severity(report):
        heading = f"{SEVERITY_NAMES[severity].in_(lang)} — {_MEANINGS[severity].in_(lang)}"
        lines += [heading, *(text_line(finding, lang) for finding in findings), ""]
    if not report.findings:
        lines += [_NOTHING.in_(lang), ""]
    return "\n".join([*lines, summary(report).in_(lang), ""])


def text_line(finding: Finding, lang: Lang) -> str:
    """One finding as one line."""
    name = finding.label.in_(lang)
    quoted = f"「{name}」" if lang == "ja" else f"“{name}”"
    return f"{finding.where}: {quoted}: {full_message(finding).in_(lang)} [{finding.shape_name}]"


def full_message(finding: Finding) -> Text:
    """The message, and the offending value behind it where the message does not show it."""
    value = shown_value(finding.value)
    if not value or value in finding.message.ja or finding.value.startswith("<"):
        return finding.message
    return Text(f"{finding.message.ja}（値: {value}）", f"{finding.message.en} (value: {value})")


def shown_value(term: str) -> str:
    """An N-Triples term as a person reads it: a literal's text, an IRI without the base."""
    if not term.startswith('"'):
        return term.strip("<>").removeprefix(BASE)
    return json.loads(term[: term.rindex('"') + 1]) if "\\" in term else term[1 : term.rindex('"')]


def summary(report: Report) -> Text:
    """The counts by severity and the number of files, in one line."""
    counts = report.counts
    ja = "、".join(f"{SEVERITY_NAMES[severity].ja} {counts[severity]}件" for severity in SEVERITIES)
    en = ", ".join(f"{SEVERITY_NAMES[severity].en.lower()} {counts[severity]}" for severity in SEVERITIES)
    return Text(
        f"{ja}（{len(report.files)} ファイル）", f"{en[0].upper()}{en[1:]} ({len(report.files)} files)"
    )


def report_turtle(report: Report) -> str:
    """A SHACL validation report (https://www.w3.org/TR/shacl/#validation-report).

    As SHACL has it, `sh:conforms` is true only where there is no result at all, whatever its severity.
    """
    conforms = str(not report.findings).lower()
    head = f"@prefix sh: <{SH}> .\n\n[] a sh:ValidationReport ;\n    sh:conforms {conforms}"
    results = ",\n    ".join(_turtle_result(finding) for finding in report.findings)
    return f"{head} ;\n    sh:result {results} .\n" if results else f"{head} .\n"


def _turtle_result(finding: Finding) -> str:
    texts = {"ja": finding.message.ja, "en": finding.message.en}
    messages = ", ".join(str(ox.Literal(text, language=lang)) for lang, text in texts.items())
    said = [
        "a sh:ValidationResult",
        f"sh:focusNode {ox.NamedNode(finding.focus)}",
        f"sh:resultMessage {messages}",
        f"sh:resultPath {_turtle_path(finding.path)}" if finding.path else "",
        f"sh:resultSeverity sh:{finding.severity.capitalize()}",
        f"sh:sourceConstraintComponent {ox.NamedNode(finding.component)}",
        f"sh:sourceShape {ox.NamedNode(finding.shape)}",
        f"sh:value {finding.value}" if finding.value and not finding.value.startswith("_:") else "",
    ]
    return "[ " + " ;\n        ".join(line for line in said if line) + " ]"


def _turtle_path(path: str) -> str:
    """A SPARQL property path as a SHACL path (section 2.3.1)."""
    if "<" not in path:
        return str(ox.NamedNode(path))
    tokens = [found[0] for found in _PATH_TOKEN.finditer(path)]

    def alternatives() -> str:
        members = [sequence()]
        while tokens and tokens[0] == "|":
            tokens.pop(0)
            members.append(sequence())
        return members[0] if len(members) == 1 else f"[ sh:alternativePath ( {' '.join(members)} ) ]"

    def sequence() -> str:
        members = [step()]
        while tokens and tokens[0] == "/":
            tokens.pop(0)
            members.append(step())
        return members[0] if len(members) == 1 else f"( {' '.join(members)} )"

    def step() -> str:
        inner = tokens.pop(0)
        if inner == "^":
            return f"[ sh:inversePath {step()} ]"
        if inner == "(":
            inner = alternatives()
            tokens.pop(0)
        repeats = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
        while tokens and tokens[0] in repeats:
            inner = f"[ sh:{repeats[tokens.pop(0)]} {inner} ]"
        return inner

    return alternatives()


def report_json(report: Report) -> str:
    """Everything the report holds, for programs: texts in both languages, IRIs in full."""
    document = {
        "conforms": report.conforms,
        "counts": report.counts,
        "files": list(report.files),
        "findings": [_json_finding(finding) for finding in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_finding(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.severity,
        "file": finding.file,
        "line": finding.line,
        "focus": finding.focus,
        "label": _both(finding.label),
        "path": finding.path,
        "value": finding.value,
        "message": _both(finding.message),
        "shape": finding.shape,
        "component": finding.component,
        "graph": finding.graph,
    }


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def report_sarif(report: Report, lang: Lang = "ja") -> str:
    """SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a file."""
    shapes = sorted({(finding.shape_name, finding.shape, finding.severity) for finding in report.findings})
    rules = [
        {"id": name, "helpUri": iri, "defaultConfiguration": {"level": _SARIF_LEVELS[severity]}}
        for name, iri, severity in shapes
    ]
    driver = {"name": "sosei-graph", "informationUri": BASE, "language": lang, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, lang) for finding in report.findings],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return (
        json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _sarif_result(finding: Finding, lang: Lang) -> dict[str, object]:
    name = finding.label.in_(lang)
    result: dict[str, object] = {
        "ruleId": finding.shape_name,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": f"{name}: {full_message(finding).in_(lang)}"},
    }
    if finding.file:
        place = {"artifactLocation": {"uri": finding.file}, "region": {"startLine": max(finding.line, 1)}}
        logical = [{"fullyQualifiedName": finding.focus}]
        result["locations"] = [{"physicalLocation": place, "logicalLocations": logical}]
    return result


def report_junit(report: Report, lang: Lang = "ja", fail_on: FailOn = "violation") -> str:
    """JUnit XML, one suite a file: findings as grave as `fail_on` or graver fail, the others are skipped."""
    suites = [_junit_suite(file, list(found), lang, fail_on) for file, found in _by_file(report)]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""])


def _junit_suite(file: str, findings: list[Finding], lang: Lang, fail_on: FailOn) -> str:
    cases, failures = [], 0
    for finding in findings:
        failed = Report((finding,)).exceeds(fail_on)
        failures += failed
        kind = "failure" if failed else "skipped"
        label = quoteattr(f"{finding.shape_name}: {finding.label.in_(lang)} ({finding.line})")
        message = quoteattr(_printable(full_message(finding).in_(lang)))
        case = f"<testcase classname={quoteattr(file)} name={_printable(label)}>"
        cases.append(f"  {case}<{kind} message={message}/></testcase>")
    cases = cases or [f'  <testcase classname={quoteattr(file)} name="shapes"/>']
    skipped = len(findings) - failures
    head = (
        f'<testsuite name={quoteattr(file)} tests="{len(cases)}" failures="{failures}" skipped="{skipped}">'
    )
    return "\n".join([head, *cases, "</testsuite>"])


def _printable(text: str) -> str:
    """Without the characters that XML 1.0 does not admit."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)


_STYLE = (
    "body{font-family:sans-serif;line-height:1.6;max-width:64rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.4rem}"
    "td,th{text-align:left;vertical-align:top}[lang=en]{color:#555;font-size:.9em}td:first-child{white-space:nowrap}"
    "@media print{body{max-width:none;margin:0}}"
)


def report_html(report: Report) -> str:
    """A page of its own, in Japanese with the English below, ready to print."""
    parts = [
        '<!doctype html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>検証結果</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        '<h1>検証結果 <small lang="en">Validation report</small></h1>',
        f"<p>{_html(summary(report))}</p>",
    ]
    if not report.findings:
        parts.append(f"<p>{_html(_NOTHING)}</p>")
    for severity, findings in _by_severity(report):
        name, meaning = SEVERITY_NAMES[severity], _MEANINGS[severity]
        title = Text(f"{name.ja}: {meaning.ja}", f"{name.en}: {meaning.en}")
        rows = "\n".join(_html_row(finding) for finding in findings)
        head = '<tr><th scope="col">場所</th><th scope="col">名前</th><th scope="col">内容</th></tr>'
        parts.append(
            f"<h2>{_html(title)}</h2>\n<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        )
    return "\n".join([*parts, "</body>\n</html>\n"])


def _html_row(finding: Finding) -> str:
    name = escape(finding.label.ja)
    if finding.focus.startswith(("http://", "https://")):
        name = f'<a href="{escape(finding.focus)}">{name}</a>'
    shape = f'<code title="{escape(finding.shape)}">{escape(finding.shape_name)}</code>'
    message = f"{_html(full_message(finding))}<br>{shape}"
    return f"<tr><td>{escape(finding.where)}</td><td>{name}</td><td>{message}</td></tr>"


def _html(text: Text) -> str:
    return f'{escape(text.ja)}<br><span lang="en">{escape(text.en)}</span>'


def _by_severity(report: Report) -> Iterator[tuple[Severity, list[Finding]]]:
    for severity, findings in groupby(report.findings, key=lambda finding: finding.severity):
        yield severity, list(findings)


def _by_file(report: Report) -> Iterator[tuple[str, list[Finding]]]:
    """Every file that was looked at, with its findings; findings without a file come last."""
    files = list(report.files) + sorted({finding.file for finding in report.findings} - set(report.files))
    for file in files:
        found = [finding for finding in report.findings if finding.file == file]
        yield file or "-", found
