"""`rebuild` and `check`: what is in `content/`, and what came of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import search as engine
from search.cli import options
from search.cli.terminal import counted, print_json, printable, progress_bar
from search.errors import ContentError

if TYPE_CHECKING:
    from search.index.report import Report


@click.command()
@options.content
@options.index
@click.option("--strict", is_flag=True, help="Fail if a file was refused (3) or looks suspect (1).")
@options.as_json
def rebuild(content: Path, index: Path, strict: bool, as_json: bool) -> None:
    """Build the index anew from the transcripts.

    The index that is there is searched until the new one takes its place.
    """
    with progress_bar() as progress:
        report = engine.rebuild(content, index, progress)
    if as_json:
        print_json(report.to_dict())
    else:
        print_report(report)
        click.echo(f"Built generation {report.generation} in {report.seconds:.1f} s.")
    if strict and report.refusals:
        sys.exit(ContentError.exit_code)
    if strict and report.doubts:
        sys.exit(1)


@click.command()
@options.content
@options.as_json
def check(content: Path, as_json: bool) -> None:
    """Report what was repaired, what is suspect, and what has no counterpart."""
    from search.index.build import check

    with progress_bar() as progress:
        report = check(content, progress)
    if as_json:
        print_json(report.to_dict())
        return
    print_files(report)
    print_report(report)
    for file in report.files:
        for repair in file.repairs:
            after = f"→ {repair.after}" if repair.after else "dropped"
            place = f"{repair.file or file.file}:{repair.line}:{repair.column}"
            click.echo(printable(f"{place}: {repair.rule}: {repair.before} {after}"))
    for file in report.files:
        for omission in file.omitted:
            place = f"{omission.file or file.file}:{omission.line}"
            click.echo(printable(f"{place}: left out: {omission.text}"))
    for file in report.files:
        for line, sides, begins in file.alone:
            missing = "Chinese" if sides == "en" else "English"
            click.echo(printable(f"{file.file_in(sides)}:{line}: no {missing}: {begins}…"))


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
