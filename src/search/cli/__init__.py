"""The command line. Results go to standard output, everything else to standard error.

Exit codes: 0 done; 1 nothing found, or findings under --strict; 2 wrong use;
3 content cannot be read; 4 index missing, stale or corrupt; 5 another build
is running.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import Any

import click

from search.cli.content import check, rebuild
from search.cli.looking import analyze, stats, terms
from search.cli.searching import search
from search.cli.serving import serve, token
from search.cli.taking import export
from search.errors import SearchError
from search.settings import from_file


class _Commands(click.Group):
    """Ends with the exit code and the words of a `SearchError`, never with a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        try:
            return super().main(*args, **options)
        except OSError as problem:
            # All else that cannot be written or read is named by who tried. Of a pipe that is
            # closed early click makes nothing.
            if problem.errno != errno.ENOSPC:
                raise
            click.echo(f"transcript-search: The output is cut: {problem.strerror}.", err=True)
            # What is left of it is not tried again when the process ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)

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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="transcript-search")
def main() -> None:
    """Search bilingual (English and Chinese) interview transcripts."""


for command in (rebuild, search, serve, token, check, analyze, stats, terms, export):
    main.add_command(command)
