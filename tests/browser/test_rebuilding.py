"""The page while the index is built anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, expect

import search
from search.web import create_app

Open = Callable[..., Page]
Serve = Callable[[Flask], str]


def test_a_rebuilt_index_is_shown_without_a_restart(
    open_page: Open, serve: Serve, tmp_path: Path
) -> None:
    content, index = tmp_path / "content", tmp_path / "index"
    content.mkdir()
    talk = content / "talk.txt"
    talk.write_text("The red lantern.\n", encoding="utf-8")
    search.rebuild(content, index)
    page = open_page(serve(create_app(index)) + "/?q=lantern")
    expect(page.locator(".hit mark")).to_have_text(["lantern"])
    talk.write_text("The green lantern, and another lantern.\n", encoding="utf-8")
    search.rebuild(content, index)
    page.reload()
    expect(page.locator(".hit .side.en")).to_have_text("The green lantern, and another lantern.")
    expect(page.locator(".hit mark")).to_have_text(["lantern", "lantern"])
