"""Where settings come from: flags, over environment, over `transcript-search.toml`, over defaults.

The command line reads flags and `TRANSCRIPT_SEARCH_*` by itself; this file
reads the TOML file of the folder it is run in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from search.errors import SearchError

FILE = "transcript-search.toml"
ENVIRONMENT = "TRANSCRIPT_SEARCH"


class SettingsError(SearchError):
    """The settings file cannot be used."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    content: str = "content"
    """Folder of the transcripts."""
    index: str = "index"
    """Folder of the index."""
    host: str = "127.0.0.1"
    """Address to serve at."""
    port: int = 8000
    """Port to serve at."""
    limit: int = 10
    """Hits that `search` prints."""
    open: bool = False
    """Whether whoever reaches the pages may see them, from other machines too."""
    tokens: str = "tokens.json"
    """File of the tokens; if it has any, one of them is asked for."""
    trust_header: str = ""
    """Header in which a proxy names who is asking."""
    trust_from: tuple[str, ...] = ()
    """Addresses and networks of that proxy."""
    proxies: int = 0
    """Proxies before it whose `X-Forwarded-` headers are believed."""
    frame_origins: tuple[str, ...] = ()
    """Origins whose pages may show these in a frame."""
    cors_origins: tuple[str, ...] = ()
    """Origins whose pages may read the API."""
    rate: int = 1200
    """Requests that one client may make in a minute; 0 for any number."""
    timeout: int = 5
    """Seconds that a query may take; 0 for any time."""
    log: str = "full"
    """What the access log says of a request: `full`, `paths` or `none`."""


def from_file(folder: Path) -> Mapping[str, Any]:
    """What the settings file of a folder says; empty if there is none. Raises `SettingsError`."""
    path = folder / FILE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsError(f"{path} cannot be read: {problem}.") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SettingsError(f"{path} is not TOML: {problem}.") from None
    known = {field.name: type(field.default) for field in fields(Settings)}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"{path}: no setting {name!r}. There are: {', '.join(known)}.")
        if not _fits(value, known[name]):
            raise SettingsError(f"{path}: {name} = {value!r} is not {_WANTED[known[name]]}.")
    return values


_WANTED = {int: "a number", str: "text", bool: "true or false", tuple: "a list of texts"}


def _fits(value: object, wanted: type) -> bool:
    if wanted is tuple:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return type(value) is wanted
