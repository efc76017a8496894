"""A browser, and the pages served to it as they are in use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from threading import Thread
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)
from waitress import create_server
from waitress.wasyncore import close_all

from search import Archive
from search.web import create_app

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PATIENCE = 10_000
"""Milliseconds that a condition may take to come true."""

Open = Callable[..., Page]
Serve = Callable[[Flask], str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        missing = "The browser tests need Chromium: `apt-get install chromium`."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve an application on a free port of this machine until the tests end; give its address."""
    with ExitStack() as stack:

        def served(app: Flask) -> str:
            server = create_server(app, host="127.0.0.1", port=0, threads=4)
            thread = Thread(target=server.run)
            thread.start()
            stack.callback(server.task_dispatcher.shutdown)
            stack.callback(thread.join)
            stack.callback(server.trigger.pull_trigger, partial(close_all, server._map))
            return f"http://127.0.0.1:{server.effective_port}"

        yield served


@pytest.fixture(scope="session")
def site(serve: Serve, archive: Archive) -> str:
    """The address of the real archive."""
    return serve(create_app(archive))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open an address as a person would; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def watch(page: Page, host: str) -> None:
        def said(message: ConsoleMessage) -> None:
            # A page that is answered with an error is one all the same.
            if message.type == "error" and message.location["url"] != page.url:
                complaints.append(message.text)

        def asked(request: Request) -> None:
            if urlsplit(request.url).netloc != host:
                complaints.append(f"asked {request.url}")

        page.on("console", said)
        page.on("request", asked)
        page.on("pageerror", lambda error: complaints.append(str(error)))

    def opened(address: str, *, width: int = 1440, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=javascript
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watch(page, urlsplit(address).netloc)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
