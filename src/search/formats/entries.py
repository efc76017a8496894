"""YAML and TOML as entries: keys with their values and lines.

Each key is read by itself where it has to be, so that one that is broken
leaves the others whole.

>>> [(entry.key, entry.line, entry.value) for entry in yaml("title: A: b\\ndate: 2021", 1)]
[('title', 1, 'A: b'), ('date', 2, 2021)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

_DEEPEST = 20
"""Levels of YAML within each other."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value as it was written on a line, or why it cannot be read."""

    key: str
    line: int
    value: Any = None
    problem: str | None = None


def yaml(text: str, first: int) -> Iterator[Entry]:
    """The entries of a YAML mapping whose first line has the number `first`."""
    from yaml import YAMLError

    for line, part in _parts(text, _YAML_KEY, first):
        found = _YAML_KEY.match(part)
        if not found:
            if part.strip() and not part.startswith("#"):
                yield Entry("", line, problem=f"no `key: value`: {shortened(part)}")
            continue
        key = found["key"]
        try:
            loader = _careful_loader()(part)
            try:
                value = loader.get_single_data()
            finally:
                loader.dispose()
            yield Entry(key, line, value[key])
        except (YAMLError, ValueError, TypeError, KeyError) as problem:
            plain = part[found.end() :].strip()
            if "\n" in plain or plain[:1] in tuple("*&!|>[{%@`"):
                why = str(getattr(problem, "problem", None) or problem)
                yield Entry(key, line, problem=f"{why}: {shortened(plain)}")
            else:
                # `title: Talk: with Wang` is no YAML, but it is plain what it says.
                yield Entry(key, line, plain.strip("\"'"))


@cache
def _careful_loader() -> Any:
    from yaml import AliasEvent, SafeLoader
    from yaml.composer import ComposerError

    class CarefulLoader(SafeLoader):
        """Plain values only, neither endless nor endlessly deep."""

        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(AliasEvent):
                raise ComposerError(None, None, "references are not read")
            self.depth += 1
            if self.depth > _DEEPEST:
                raise ComposerError(None, None, "too many levels")
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

    return CarefulLoader


def toml(text: str, first: int) -> Iterator[Entry]:
    """The entries of TOML whose first line has the number `first`."""
    import tomllib

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError):
        pass
    else:
        for key, value in whole.items():
            found = re.search(rf"^\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[\].=]", text, re.M)
            before = text[: found.end() if found else 0]
            yield Entry(key, first + before.count("\n"), value)
        return
    tables: dict[str, list[Any]] = {}
    lines: dict[str, int] = {}
    for line, part in _parts(text, _TOML_KEY, first):
        found = _TOML_KEY.match(part)
        key = (found["key"] or found["table"]) if found else ""
        try:
            for name, value in tomllib.loads(part).items():
                lines.setdefault(name, line)
                tables.setdefault(name, []).append(value)
        except (ValueError, RecursionError) as problem:
            yield Entry(key or "", line, problem=f"{problem}: {shortened(part)}")
    for name, values in tables.items():
        lists = all(isinstance(value, list) for value in values)
        yield Entry(name, lines[name], [*chain(*values)] if lists else values[0])


_YAML_KEY = re.compile(r"(?P<key>[\w-]+)\s*:(?:[ \t]+|(?=\n)|\Z)")
_TOML_KEY = re.compile(r"\[+\s*(?P<table>[\w-]+)|(?P<key>[\w-]+)\s*[.=]")


def _parts(text: str, key: re.Pattern[str], first: int) -> Iterator[tuple[int, str]]:
    """The text divided before each line that begins with a key, with the line of each part."""
    part: list[str] = []
    begins, in_table = first, False
    for number, line in enumerate(text.split("\n"), first):
        opens_table = line.startswith("[")
        if (key.match(line) and not in_table) or opens_table:
            if part:
                yield begins, "\n".join(part)
            part, begins, in_table = [], number, opens_table
        part.append(line)
    yield begins, "\n".join(part)


def shortened(value: Any) -> str:
    """A value for a report, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 200 else f"{text[:200]}…"
