"""`search`: hits with their marks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import search as engine
from search.cli import options
from search.cli.terminal import counted, print_json
from search.model import Lang
from search.results import MarkKind, Sort

if TYPE_CHECKING:
    from search.results import Hit, Mark, Results


@click.command()
@options.query
@options.index
@options.setting("--limit", type=click.IntRange(min=1), help="How many hits to print.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many hits to skip.")
@options.exact
@options.exact_characters
@options.one_language
@options.sort
@options.as_json
def search(
    query: tuple[str, ...],
    index: Path,
    limit: int,
    offset: int,
    exact: bool,
    exact_characters: bool,
    one_language: bool,
    sort: str,
    as_json: bool,
) -> None:
    """Search the index for QUERY, in English or Chinese.

    \b
    Words                  patent 专利        all of them first, then most
    Phrases                "计算机视觉"       "quality patent"~5
    Operators              patent OR 专利     patent -utility     (a OR b) AND c
    Exact, like, pattern   =innovate          inovation~          innov* *汽车
    Fields                 speaker:王晓刚     title: in: role: lang: date:

    Give a QUERY that begins with a dash after `--`.
    """
    results = engine.open_archive(index).search(
        options.as_typed(" ".join(query)),
        limit=limit,
        offset=offset,
        exact=exact,
        exact_characters=exact_characters,
        one_language=one_language,
        sort=Sort(sort),
    )
    if as_json:
        print_json(results.to_dict())
    else:
        print_results(results, offset)
    if not results.total:
        sys.exit(1)


def print_results(results: Results, offset: int) -> None:
    # click takes the styles off again where the output is no terminal.
    click.secho(_summary(results), dim=True)
    if results.suggestion:
        click.echo(f"Did you mean: {results.suggestion}", err=True)
    for number, hit in enumerate(results.hits, offset + 1):
        click.echo()
        _print_hit(number, hit)
    shown = offset + len(results.hits)
    if results.hits and shown < results.total:
        click.echo(f"{results.total - shown:,} more: --offset {shown}", err=True)


def _summary(results: Results) -> str:
    if not results.total:
        found = "Nothing found"
    elif results.total == results.total_all_words:
        found = counted(results.total, "passage")
    else:
        found = f"{results.total_all_words:,} with all words, {results.total:,} with some,"
    return f"{found} for {results.read_as or 'nothing'} ({results.took_ms:.0f} ms)"


def _print_hit(number: int, hit: Hit) -> None:
    passage = hit.passage
    speaker = passage.speaker
    names = " ".join(filter(None, (speaker.en, speaker.zh))) if speaker else ""
    who = click.style(f"{number}. {names or passage.role.value}", bold=True)
    where = f" · {passage.role.value}" * bool(names) + f" · {passage.id}"
    click.echo(who + click.style(where, dim=True))
    for lang, text in (("en", passage.en), ("zh", passage.zh)):
        if text:
            click.echo(_marked(text, hit.marks[Lang(lang)]))
        else:
            language = "English" if lang == "en" else "Chinese"
            click.secho(f"(no {language} in the source)", dim=True, italic=True)


def _marked(text: str, marks: tuple[Mark, ...]) -> str:
    marked, end = "", 0
    for mark in marks:
        colour = "yellow" if mark.kind is MarkKind.MATCH else "cyan"
        marked += text[end : mark.start]
        marked += click.style(text[mark.start : mark.end], fg="black", bg=colour, bold=True)
        end = mark.end
    return marked + text[end:]
