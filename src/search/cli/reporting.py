"""How what was found in `content/` is shown: a table a file, then a place a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from search.cli.terminal import counted, printable

if TYPE_CHECKING:
    from search.furniture import Repeated
    from search.index.report import FileReport, Report

_MISSING = {"en": "Chinese", "zh": "English"}
_EXAMPLES = 5
"""Places that are named of a line that stands in many files."""


def print_report(report: Report, err: bool = False) -> None:
    def say(line: str) -> None:
        click.echo(line, err=err)

    sides = report.sides
    say(
        f"{counted(len(report.files), 'transcript')}, {counted(report.passages, 'passage')}: "
        f"{sides['both']:,} in both languages, {sides['en']:,} in English only, "
        f"{sides['zh']:,} in Chinese only."
    )
    repairs = ", ".join(f"{rule} {count}" for rule, count in report.repairs.items())
    say(f"Repairs: {repairs or 'none'}.")
    say(f"Suspect: {counted(len(report.doubts), 'place')}." if report.doubts else "Suspect: none.")
    for file, doubt in report.doubts:
        say(printable(f"  {file}:{doubt.line}: {doubt.what}"))
    for refusal in report.refusals:
        say(printable(f"Not read: {refusal.file}: {refusal.reason}."))


def print_files(report: Report) -> None:
    """What was found in each file, as a table."""
    from rich.cells import cell_len

    rows = ["file format encoding passages both en zh repairs suspect".split()]
    for file in report.files:
        counts = (file.passages, *file.sides.values(), len(file.repairs), len(file.doubts))
        for number, read in enumerate(file.files):
            # Of a transcript in two files the counts are those of both.
            cells = [f"{count:,}" if number == 0 else "" for count in counts]
            rows.append([printable(read.name), read.format, read.encoding or "", *cells])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        padded = [
            # Names to the left, numbers to the right.
            cell + space if column < 3 else space + cell
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            for space in [" " * (width - cell_len(cell))]
        ]
        click.echo("  ".join(padded).rstrip())


def print_work(report: Report) -> None:
    """What an editor may want to do or to look at: how many there are, then a place a line."""
    files = report.files
    _print_list("Repeated in many files", map(_repeated, report.repeated or ()))
    _print_list("Without a counterpart", (line for file in files for line in _unanswered(file)))
    _print_list(
        "Left out",
        (
            f"{omission.file or file.file}:{omission.line}: left out: {omission.text}"
            for file in files
            for omission in file.omitted
        ),
    )
    _print_list(
        "Mended",
        (
            f"{each.file or file.file}:{each.line}:{each.column}: {each.rule}: "
            f"{each.before} {f'→ {each.after}' if each.after else 'dropped'}"
            for file in files
            for each in file.repairs
        ),
    )


def _print_list(heading: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if not found:
        return
    click.echo(f"\n{heading}: {len(found):,}.")
    for line in found:
        click.echo(printable(line))


def _repeated(repeated: Repeated) -> str:
    places = ", ".join(f"{file}:{line}" for file, line in repeated.places[:_EXAMPLES])
    more = ", …" if len(repeated.places) > _EXAMPLES else ""
    many = f"in {len(repeated.places):,} of {counted(repeated.of, 'file')}"
    return f"{places}{more}: {many}: {repeated.text}"


def _unanswered(file: FileReport) -> Iterator[str]:
    """A line for each paragraph, or one for all of a file that is in one language only."""
    sides = {each.sides for each in file.alone}
    if len(sides) == 1 and not file.sides["both"]:
        first = file.alone[0]
        paragraphs = counted(len(file.alone), "paragraph")
        yield f"{first.file}: no {_MISSING[first.sides]} at all: {paragraphs}"
        return
    for each in file.alone:
        yield f"{each.file}:{each.line}: no {_MISSING[each.sides]}: {each.begins}"
