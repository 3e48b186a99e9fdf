"""The head of a query file: YAML behind `#+`, which says in both languages what the question is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import read_text
from sosei_graph.languages import Text
from sosei_graph.names import KINDS

_TAKEN = frozenset(
    {
        "lang",
        "workspace",
        "format",
        "output",
        "help",
        "timeout",
        "memory",
        "allow_service",
        "endpoint",
        "user",
    }
)
MARK = "#+"
SEVERITIES = ("violation", "warning", "info")
TYPES = (*KINDS, "year", "date", "integer", "text", "boolean")
_KEYS = ("title", "description", "tags", "parameters", "columns", "empty", "note", "severity", "message")
_EXAMPLE = "city: {type: government, ja: 市町村, en: City}"
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: `name` is the variable it binds, `type` one of `TYPES`.

    `example` is a value for its help, where that of the type would find nothing.
    """

    name: str
    type: str
    label: Text
    default: str | None = None
    example: str | None = None


@dataclass(frozen=True)
class Question:
    """A query file with what its head says. `severity` and `message` are those of a check, else empty.

    `empty` says what an answer without rows means, `note` what a reader has to know of every answer.
    """

    name: str
    title: Text
    description: Text
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Text]
    text: str
    severity: str = ""
    message: Text | None = None
    empty: Text | None = None
    note: Text | None = None


@dataclass
class _Head:
    """The lines of a head, to say in which of them a fault stands."""

    shown: str
    lines: list[tuple[int, str]] = field(default_factory=list)

    def fault(self, message: Text, word: str = "", hint: Text | None = None) -> SoseiError:
        """The error, with the line in which `word` stands as a key, else the first line of the head."""
        key = re.compile(rf"\s*{re.escape(word)}\s*:")
        places = [number for number, line in self.lines if word and key.match(line)]
        line = (places or [number for number, _ in self.lines] or [1])[0]
        return SoseiError(message, where=f"{self.shown}:{line}", hint=hint)


def read(path: Path, shown: str = "") -> Question:
    """The question in a file; a fault of its head is a `SoseiError` with the file and the line."""
    text = read_text(path, shown)
    return parse(text, path.stem, shown or str(path))


def parse(text: str, name: str, shown: str) -> Question:
    """The question in a text that has a head (`has_head`). `shown` is where it came from, for messages."""
    head = _Head(shown)
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(MARK):
            head.lines.append((number, line[len(MARK) :]))
        elif head.lines and line.strip():
            break
    document = _yaml(head)
    for key in document:
        if key not in _KEYS:
            listed = ", ".join(_KEYS)
            raise head.fault(
                Text(f"見出し「{key}」は使えません", f"the head has no key {key}"),
                str(key),
                Text(f"使えるもの: {listed}", f"known: {listed}"),
            )
    title = _text(head, document, "title")
    columns = _map(head, document, "columns")
    return Question(
        name=name,
        title=title,
        description=_optional(head, document, "description") or title,
        tags=_tags(head, document.get("tags", [])),
        parameters=_parameters(head, document.get("parameters") or {}),
        columns={key: _text(head, columns, key) for key in columns},
        text=text,
        severity=_severity(head, document.get("severity", "")),
        message=_optional(head, document, "message"),
        empty=_optional(head, document, "empty"),
        note=_optional(head, document, "note"),
    )


def has_head(text: str) -> bool:
    """Whether a query text says at its head what it asks."""
    return any(line.startswith(MARK) for line in text.splitlines())


def _yaml(head: _Head) -> dict[str, object]:
    import yaml

    if not head.lines:
        raise head.fault(
            Text("「#+」の見出しがありません", "there is no “#+” head"),
            hint=Text("例: #+ title: {ja: 計画, en: Plans}", "such as #+ title: {ja: 計画, en: Plans}"),
        )
    # The parser in C, where PyYAML was built with it, is ten times faster.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        document = yaml.load("\n".join(line for _, line in head.lines), Loader=loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise _not_yaml(head, error) from error
    if not isinstance(document, dict):
        raise head.fault(Text("見出しが「項目: 値」の形ではありません", "the head is no “key: value”"))
    return document


def _not_yaml(head: _Head, error: Exception) -> SoseiError:
    mark = getattr(error, "problem_mark", None)
    place = min(mark.line, len(head.lines) - 1) if mark else 0
    said = getattr(error, "problem", None) or str(error).splitlines()[0]
    return SoseiError(
        Text(f"見出しを YAML として読めません: {said}", f"the head is not valid YAML: {said}"),
        where=f"{head.shown}:{head.lines[place][0]}",
        hint=Text("字下げと引用符を確かめてください", "check the indentation and the quotes"),
    )


def _text(head: _Head, document: Mapping[str, object], key: str) -> Text:
    value = document.get(key)
    ja, en = (value.get("ja"), value.get("en")) if isinstance(value, dict) else (None, None)
    if isinstance(ja, str) and isinstance(en, str) and ja and en:
        return Text(ja, en)
    raise head.fault(
        Text(f"「{key}」に ja と en が要ります", f"{key} needs ja and en"),
        key if key in document else "",
        Text(f"{key}: {{ja: …, en: …}}", f"{key}: {{ja: …, en: …}}"),
    )


def _optional(head: _Head, document: Mapping[str, object], key: str) -> Text | None:
    return _text(head, document, key) if key in document else None


def _map(head: _Head, document: Mapping[str, object], key: str) -> dict[str, object]:
    value = document.get(key) or {}
    if not isinstance(value, dict):
        raise head.fault(
            Text(f"「{key}」は「名前: 値」の形で書きます", f"{key} has to be “name: value”"), key
        )
    return {str(name): entry for name, entry in value.items()}


def _tags(head: _Head, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise head.fault(Text("tags は文字列の並びです", "tags has to be a list of words"), "tags")
    return tuple(value)


def _severity(head: _Head, value: object) -> str:
    if value and value not in SEVERITIES:
        listed = ", ".join(SEVERITIES)
        raise head.fault(
            Text(f"severity「{value}」は使えません", f"the severity {value} is unknown"),
            "severity",
            Text(f"使えるもの: {listed}", f"one of: {listed}"),
        )
    return str(value)


def _parameters(head: _Head, value: object) -> tuple[Parameter, ...]:
    entries = _map(head, {"parameters": value}, "parameters")
    return tuple(_parameter(head, name, entry) for name, entry in entries.items())


def _parameter(head: _Head, name: str, entry: object) -> Parameter:
    # ?lang is always bound by the package, and the others are options of the command line.
    if not _NAME.fullmatch(name) or name in _TAKEN or not isinstance(entry, dict):
        raise head.fault(
            Text(f"パラメーター「{name}」の書き方が違います", f"the parameter {name} is not well formed"),
            name,
            Text(f"例: {_EXAMPLE}", f"such as {_EXAMPLE}"),
        )
    if entry.get("type") not in TYPES:
        listed = ", ".join(TYPES)
        raise head.fault(
            Text(f"型「{entry.get('type')}」は分かりません", f"the type {entry.get('type')} is unknown"),
            name,
            Text(f"使えるもの: {listed}", f"one of: {listed}"),
        )
    default = entry.get("default")
    if isinstance(default, bool):  # YAML reads yes and true; the command line reads the words
        default = str(default).lower()
    example = entry.get("example")
    return Parameter(
        name,
        str(entry["type"]),
        _text(head, {name: entry}, name),
        None if default is None else str(default),
        None if example is None else str(example),
    )
