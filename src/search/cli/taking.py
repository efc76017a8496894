"""`export`: what the archive holds, or what answers a query, as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

import search as engine
from search.cli import options
from search.errors import SearchError
from search.export import FORMATS
from search.results import Sort


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--format",
    type=click.Choice(list(FORMATS)),
    help="What to write; if not given, what the name of FILE ends in, or md.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write; standard output if not given.",
)
@options.index
@options.exact
@options.exact_characters
@options.one_language
@options.sort
def export(
    query: tuple[str, ...],
    format: str | None,
    output: Path | None,
    index: Path,
    exact: bool,
    exact_characters: bool,
    one_language: bool,
    sort: str,
) -> None:
    """Write the hits of QUERY, best first, or all passages.

    \b
    tmx      pairs of sentences for translators' programs
    csv      a table for spreadsheets
    jsonl    the JSON of each passage on a line
    md       quotations in both languages with their citations
    """
    typed = options.as_typed(" ".join(query))
    if format is None:
        format = output.suffix.removeprefix(".").lower() if output else ""
        format = format if format in FORMATS else "md"
    archive = engine.open_archive(index)
    switches: dict[str, Any] = {
        "exact": exact,
        "exact_characters": exact_characters,
        "one_language": one_language,
    }
    if typed.strip() and not archive.search(typed, limit=0, **switches).total:
        click.echo(f"Nothing found for {typed}.", err=True)
        sys.exit(1)
    chunks = archive.export(format, typed, sort=Sort(sort), **switches)
    if output is None:
        sys.stdout.buffer.writelines(chunks)
    else:
        _save(output, chunks)


def _save(output: Path, chunks: Iterable[bytes]) -> None:
    """Writes a file whole or not at all. Raises `SearchError` if it cannot."""
    output = output.resolve()
    # What is there and no file, a pipe or a device, is not to be replaced.
    whole = output.is_file() or not output.exists()
    part = output.with_name(f"{output.name}.part") if whole else output
    try:
        try:
            with part.open("wb") as file:
                file.writelines(chunks)
            if whole:
                part.replace(output)
        except BaseException:
            if whole:
                part.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise SearchError(
            f"{output} cannot be written: {problem.strerror or problem}. "
            "Give another file with --output."
        ) from problem
