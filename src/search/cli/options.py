"""What the commands are given: options that several of them have."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from search.results import Sort
from search.settings import ENVIRONMENT, Settings

DEFAULTS = Settings()


def setting(*names: str, **how: Any) -> Callable[[Any], Any]:
    """An option of a setting, whose default is the setting's."""
    name = names[-1].removeprefix("--").replace("-", "_")
    return click.option(
        *names,
        default=getattr(DEFAULTS, name),
        envvar=f"{ENVIRONMENT}_{name.upper()}",
        show_default=bool(getattr(DEFAULTS, name)),
        show_envvar=True,
        **how,
    )


def folder(name: str, help: str) -> Callable[[Any], Any]:
    """An option for a folder, with the setting of its name as the default."""
    return setting(f"--{name}", type=click.Path(path_type=Path), metavar="DIR", help=help)


content = folder("content", "Folder of the transcripts.")
index = folder("index", "Folder of the index.")
tokens = setting(
    "--tokens",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="File of the tokens; if it has any, one is asked for.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
query = click.argument("query", nargs=-1, required=True)
exact = click.option("--exact", is_flag=True, help="Every word in its exact form.")
exact_characters = click.option(
    "--exact-characters", is_flag=True, help="Chinese in the very characters typed."
)
sort = click.option(
    "--sort",
    type=click.Choice([order.value for order in Sort]),
    default=Sort.RELEVANCE.value,
    show_default=True,
    help="The order of the hits.",
)
one_language = click.option(
    "--one-language", is_flag=True, help="Do not look for translations of the words."
)


def as_typed(argument: str) -> str:
    """An argument as UTF-8, whatever the locale made of its bytes."""
    return os.fsencode(argument).decode("utf-8", "replace")
