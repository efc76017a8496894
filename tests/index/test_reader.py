"""Patterns are compared with the forms of an archive as a person would read them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from search.index.reader import _is_like
from tests.conftest import MakeArchive


@given(form=st.text("ab", max_size=8), pattern=st.text("ab*", max_size=8))
def test_a_pattern_is_read_as_its_regular_expression(form: str, pattern: str) -> None:
    pieces = f"*{pattern}".split("*") if "*" not in pattern else pattern.split("*")
    like = ".*".join(map(re.escape, pieces))
    assert _is_like(form, pieces) == bool(re.fullmatch(like, form))


def test_a_pattern_of_many_stars_is_answered_at_once(make_archive: MakeArchive) -> None:
    """Trying every place of every piece would take longer than the world has stood."""
    archive = make_archive(f"One long word: {'ab' * 3_000}.")
    assert archive.search("*a*" * 20 + "*c*").total == 0
    assert archive.search("*a*b*" * 20).total == 1
