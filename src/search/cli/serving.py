"""`serve`, and `token`, which lets in: the search page, and an index that follows the
transcripts."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, NoReturn

import click

import search as engine
from search.cli import options
from search.cli.reporting import print_report
from search.cli.terminal import counted, progress_bar
from search.errors import SearchError
from search.settings import Settings


@click.command()
@options.content
@options.index
@options.setting("--host", help="Address to serve at.")
@options.setting(
    "--port", type=click.IntRange(0, 65535), help="Port to serve at; 0 for any that is free."
)
@click.option("--watch", is_flag=True, help="Rebuild whenever the transcripts change.")
@options.setting("--open", is_flag=True, help="Let everybody in, from other machines too.")
@options.tokens
@options.setting(
    "--trust-header", metavar="NAME", help="Header in which a proxy names who is asking."
)
@options.setting(
    "--trust-from", metavar="ADDRESS", multiple=True, help="Address or network of the proxy."
)
@options.setting(
    "--proxies", type=click.IntRange(0, 9), help="Proxies whose X-Forwarded- is believed."
)
@options.setting(
    "--frame-origin",
    "frame_origins",
    metavar="ORIGIN",
    multiple=True,
    help="Whose pages may show these in a frame; self for its own.",
)
@options.setting(
    "--cors-origin",
    "cors_origins",
    metavar="ORIGIN",
    multiple=True,
    help="Whose pages may read the API.",
)
@options.setting(
    "--rate", type=click.IntRange(0), help="Requests a minute of one client; 0 for any."
)
@options.setting("--timeout", type=click.IntRange(0), help="Seconds of a query; 0 for any time.")
@options.setting(
    "--log",
    type=click.Choice(["full", "paths", "none"]),
    help="What is logged of a request: all, all but the query, nothing.",
)
def serve(content: Path, index: Path, watch: bool, tokens: Path, **options: Any) -> None:
    """Serve the search page, with an index that is up to date.

    On this machine whoever asks may see it. For others say who may: make
    tokens with `transcript-search token`, trust the header of a proxy
    (--trust-header, --trust-from), or let everybody in (--open).
    """
    from search.index.build import is_current
    from search.serving import server

    if content.is_dir() and not is_current(content, index):
        with progress_bar() as progress:
            report = engine.rebuild(content, index, progress)
        print_report(report, err=True)
    archive = engine.open_archive(index)
    status = archive.status()
    settings = Settings(str(content), str(index), tokens=str(tokens), **options)
    serving, address = server(archive, settings)
    if watch:
        threading.Thread(target=_watch, args=(content, index), daemon=True).start()
    click.echo(
        f"Serving {counted(status['passages'], 'passage')} of "
        f"{counted(status['transcripts'], 'transcript')} at {address} (Ctrl+C ends it).",
        err=True,
    )
    serving.run()


@click.command()
@click.argument("name", required=False)
@click.option("--revoke", is_flag=True, help="Let the token of NAME in no more.")
@options.tokens
def token(name: str | None, revoke: bool, tokens: Path) -> None:
    """Make a token for NAME, with which `serve` lets in; without a NAME, list those there are.

    It is printed once and kept as a hash only.
    """
    from search.web.tokens import Tokens

    kept = Tokens(tokens)
    if name is None and revoke:
        raise click.UsageError("Say whose token: transcript-search token NAME --revoke.")
    if name is None:
        for each in kept.all():
            click.echo(f"{each.made}  {each.name}")
    elif revoke:
        kept.revoke(name)
        click.echo(f"The token of {name} lets in no more.", err=True)
    else:
        click.echo(kept.make(name))
        click.echo(f"Kept as a hash in {tokens}: it cannot be shown again.", err=True)


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
                click.echo(f"Rebuilt: {counted(report.passages, 'passage')}.", err=True)
        except SearchError as error:
            click.echo(f"transcript-search: {error}", err=True)
