"""Tokens that let people and programs in, in a file from which nobody can take one.

A token is 256 random bits. What is kept of it is a hash of a hash: whoever
reads the file has neither the token nor the hash in between, which is what a
browser's cookie holds. A slow hash would add nothing, because there is nothing
to be guessed (NIST SP 800-63B, 5.1.2.2).
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from itsdangerous import BadSignature, URLSafeTimedSerializer

from search.errors import SearchError

PREFIX: Final = "tst_"
"""How a token begins, so that one that was published by mistake can be searched for."""

SESSION: Final = 12 * 60 * 60
"""Seconds for which a browser stays signed in."""

_LONGEST_NAME: Final = 64


class TokensError(SearchError):
    """The file of tokens cannot be used, or has no such name."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token: whose it is, since when (a date and time in UTC), and its hash."""

    name: str
    made: str
    digest: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the file holds, and the key that signs cookies."""

    key: str
    tokens: tuple[Token, ...]


class Tokens:
    """The tokens in a file. It is read again when it has changed, so that a token ends at once.

    Every method raises `TokensError` if the file cannot be read; a file that
    is not there holds none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int, int] | None = None
        self._kept = _Kept("", ())

    def all(self) -> tuple[Token, ...]:
        return self._read().tokens

    def make(self, name: str) -> str:
        """A new token for somebody, which cannot be had again."""
        if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
            raise TokensError(
                f"{name!r} is no name for a token: give 1 to {_LONGEST_NAME} printable characters."
            )
        kept = self._read()
        if any(token.name == name for token in kept.tokens):
            raise TokensError(
                f"{self.path} has a token for {name!r} already. Revoke it first, or give another "
                "name."
            )
        secret = PREFIX + secrets.token_urlsafe(32)
        made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        token = Token(name, made, _hash(_hash(secret)))
        self._write(_Kept(kept.key or secrets.token_hex(32), (*kept.tokens, token)))
        return secret

    def revoke(self, name: str) -> None:
        """Lets a token, and whoever is signed in with it, in no more."""
        kept = self._read()
        left = tuple(token for token in kept.tokens if token.name != name)
        if len(left) == len(kept.tokens):
            known = ", ".join(token.name for token in left) or "none"
            raise TokensError(f"{self.path} has no token for {name!r}. There are: {known}.")
        self._write(_Kept(kept.key, left))

    def holder(self, token: str) -> str | None:
        """Whose token this is."""
        return self._name(_hash(token))

    def cookie(self, token: str) -> str | None:
        """What a browser keeps that was shown a token; `None` if it is nobody's."""
        if self.holder(token) is None:
            return None
        return self._signer().dumps(_hash(token))

    def signed_in(self, cookie: str) -> str | None:
        """Who was given this cookie, if it is not too old."""
        try:
            shown = self._signer().loads(cookie, max_age=SESSION)
        except BadSignature:
            return None
        return self._name(shown)

    def _name(self, shown: str) -> str | None:
        digest = _hash(shown)
        return next((token.name for token in self._read().tokens if token.digest == digest), None)

    def _signer(self) -> URLSafeTimedSerializer:
        # Without a file there is no key: then nothing has been signed, and nothing will be.
        key = self._read().key or secrets.token_hex(32)
        return URLSafeTimedSerializer(key, signer_kwargs={"digest_method": hashlib.sha256})

    def _read(self) -> _Kept:
        try:
            stat = os.stat(self.path)
            stamp = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
            if stamp != self._stamp:
                self._kept = _parsed(json.loads(self.path.read_text("utf-8")))
                self._stamp = stamp
        except FileNotFoundError:
            return _Kept("", ())
        except OSError as problem:
            raise TokensError(f"{self.path} cannot be read: {problem.strerror}.") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise TokensError(
                f"{self.path} is no file of tokens. Remove it and make them anew with "
                "`transcript-search token NAME`."
            ) from None
        return self._kept

    def _write(self, kept: _Kept) -> None:
        """Replaces the file at once. Who writes at the same time finds the new one in the way."""
        aside = self.path.with_name(self.path.name + ".new")
        tokens = [
            {"name": token.name, "made": token.made, "hash": token.digest} for token in kept.tokens
        ]
        text = json.dumps({"key": kept.key, "tokens": tokens}, ensure_ascii=False, indent=1)
        try:
            with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
                new.write(text + "\n")
            os.replace(aside, self.path)
        except FileExistsError:
            raise TokensError(
                f"{aside} is in the way: somebody is just making a token. If nobody is, remove it."
            ) from None
        except OSError as problem:
            with suppress(OSError):
                aside.unlink()
            raise TokensError(f"{self.path} cannot be written: {problem.strerror}.") from None


def _parsed(data: dict[str, Any]) -> _Kept:
    tokens = tuple(Token(each["name"], each["made"], each["hash"]) for each in data["tokens"])
    if not isinstance(data["key"], str) or not data["key"]:
        raise ValueError("no key")
    return _Kept(data["key"], tokens)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
