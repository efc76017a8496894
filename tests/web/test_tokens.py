"""Tokens let in whoever has them, and the file of tokens gives none away."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.web import tokens as module
from search.web.tokens import Tokens, TokensError


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "tokens.json")


def test_a_token_is_known_and_no_other(tokens: Tokens) -> None:
    ann, bo = tokens.make("Ann"), tokens.make("王曉剛")
    assert ann != bo and len(ann) > 40
    assert (tokens.holder(ann), tokens.holder(bo)) == ("Ann", "王曉剛")
    for wrong in ("", ann[:-1], ann + "0", ann.swapcase()):
        assert tokens.holder(wrong) is None


def test_nothing_that_is_in_the_file_lets_in(tokens: Tokens) -> None:
    secret = tokens.make("Ann")
    text = tokens.path.read_text("utf-8")
    kept = json.loads(text)
    assert secret not in text and secret.removeprefix(module.PREFIX) not in text
    for value in (kept["key"], kept["tokens"][0]["hash"]):
        assert tokens.holder(value) is None
        # Whoever signs with the key of the file still has nothing to sign.
        assert tokens.signed_in(tokens._signer().dumps(value)) is None


def test_only_its_owner_reads_the_file(tokens: Tokens) -> None:
    tokens.make("Ann")
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600


def test_a_revoked_token_and_its_cookies_let_in_no_more(tokens: Tokens) -> None:
    other = Tokens(tokens.path)
    secret, stays = tokens.make("Ann"), tokens.make("Bo")
    cookie = other.cookie(secret)
    assert cookie and other.signed_in(cookie) == "Ann"
    tokens.revoke("Ann")
    assert other.holder(secret) is None
    assert other.signed_in(cookie) is None
    assert other.holder(stays) == "Bo"
    assert [token.name for token in other.all()] == ["Bo"]


def test_a_cookie_is_good_for_a_day_of_work(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = tokens.cookie(tokens.make("Ann"))
    assert cookie and tokens.signed_in(cookie) == "Ann"
    monkeypatch.setattr(module, "SESSION", -1)
    assert tokens.signed_in(cookie) is None


def test_a_cookie_that_was_changed_is_none(tokens: Tokens) -> None:
    cookie = tokens.cookie(tokens.make("Ann"))
    assert cookie
    body, _, signature = cookie.rpartition(".")
    for wrong in ("", body, signature, f"{body}.{signature[::-1]}", f"x{cookie}"):
        assert tokens.signed_in(wrong) is None
    assert tokens.cookie("tst_wrong") is None


@given(text=st.text())
def test_any_text_may_be_shown(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    tokens = Tokens(tmp_path_factory.getbasetemp() / "of-any-text.json")
    if not tokens.all():
        tokens.make("Ann")
    assert tokens.holder(text) is None
    assert tokens.signed_in(text) is None


def test_a_name_is_given_once_and_can_be_read(tokens: Tokens) -> None:
    tokens.make("Ann")
    with pytest.raises(TokensError, match="has a token for 'Ann' already"):
        tokens.make("Ann")
    for name in ("", " ", "two\nlines", "\x1b[2J", "x" * 65):
        with pytest.raises(TokensError, match="is no name"):
            tokens.make(name)
    with pytest.raises(TokensError, match=r"no token for 'Bo'\. There are: Ann"):
        tokens.revoke("Bo")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": "", "tokens": []}', "\xff", '{"tokens"'])
def test_a_damaged_file_is_named_and_lets_nobody_in(tokens: Tokens, text: str) -> None:
    tokens.path.write_text(text, "latin-1")
    with pytest.raises(TokensError, match=r"tokens\.json is no file of tokens"):
        tokens.holder("tst_any")


def test_two_who_make_a_token_at_once_lose_none(tokens: Tokens) -> None:
    tokens.make("Ann")
    tokens.path.with_name("tokens.json.new").touch()
    with pytest.raises(TokensError, match="is in the way"):
        tokens.make("Bo")
    assert [token.name for token in tokens.all()] == ["Ann"]
