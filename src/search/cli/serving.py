"""`serve`: the search page, and an index that follows the transcripts."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import NoReturn

import click

import search as engine
from search.cli import options
from search.cli.reporting import print_report
from search.cli.terminal import counted, progress_bar
from search.errors import SearchError
from search.settings import ENVIRONMENT


@click.command()
@options.content
@options.index
@click.option(
    "--host",
    default=options.DEFAULTS.host,
    envvar=f"{ENVIRONMENT}_HOST",
    show_default=True,
    show_envvar=True,
    help="Address to serve at.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=options.DEFAULTS.port,
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
        with progress_bar() as progress:
            report = engine.rebuild(content, index, progress)
        print_report(report, err=True)
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
        f"Serving {counted(status['passages'], 'passage')} of "
        f"{counted(status['transcripts'], 'transcript')} at {address} (Ctrl+C ends it).",
        err=True,
    )
    server.run()


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
