"""`rebuild` and `check`: what is in `content/`, and what came of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import search as engine
from search.cli import options
from search.cli.reporting import print_files, print_report, print_work
from search.cli.terminal import print_json, progress_bar
from search.errors import ContentError

if TYPE_CHECKING:
    from search.index.report import Report

_strict = click.option(
    "--strict", is_flag=True, help="Fail if a file was refused (3) or looks suspect (1)."
)


@click.command()
@options.content
@options.index
@_strict
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
    _end(report, strict)


@click.command()
@options.content
@_strict
@options.as_json
def check(content: Path, strict: bool, as_json: bool) -> None:
    """Report what was read, what is suspect, and what has no counterpart."""
    from search.index.build import check

    with progress_bar() as progress:
        report = check(content, progress)
    if as_json:
        print_json(report.to_dict())
    else:
        print_files(report)
        click.echo()
        print_report(report)
        print_work(report)
    _end(report, strict)


def _end(report: Report, strict: bool) -> None:
    """Ends with the exit code of what was found, if that counts."""
    if strict and report.refusals:
        sys.exit(ContentError.exit_code)
    if strict and report.doubts:
        sys.exit(1)
