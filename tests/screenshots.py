"""Draws every page in each language, light and dark, narrow and wide: `make screenshots`.

    python -m tests.screenshots [--index DIR] [--to DIR] [--only WORD]

The pictures are to be looked at. Some of them are in the docs.
"""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server
from waitress.wasyncore import close_all

from search.web import create_app

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
READING = "/t/wang-xiaogang-sensetime"
PAGES = {
    "welcome": "/",
    "search": "/?q=专利资产",
    "some": "/?q=patent innovation reward",
    "one-side": "/?q=infringement lang:en -lang:zh",
    "meant": "/?q=inovation",
    "nothing": "/?q=zebra lang:zh",
    "reading": f"{READING}?q=专利#be511757",
    "repairs": f"{READING}?as=found&doubts=1",
    "concordance": "/concordance?q=patent&lang=en&sort=right",
    "terms": "/terms?q=innovation",
    "worklist": "/worklist",
    "status": "/status",
    "interface": "/api/docs",
    "missing": "/t/nobody",
    "sentence": "/?q=专利资产 role:answer",
    "menu": "/?q=专利资产",
    "help": "/?q=专利资产",
    "completions": "/?q=",
}
THEN: dict[str, Callable[[Page], object]] = {
    "sentence": lambda page: page.locator('.en [data-pair="2"]').first.hover(),
    "menu": lambda page: page.locator(".menu summary").first.click(),
    "help": lambda page: page.keyboard.press("?"),
    "completions": lambda page: typed(page, "zhuanl"),
}
"""What is done on a page before it is drawn."""
WIDTHS = {"phone": 360, "desk": 1440}
LANGUAGES = ("en", "zh")
SCHEMES = ("light", "dark")


def typed(page: Page, line: str) -> None:
    page.locator("#q").fill(line)
    page.locator("[role=option]").first.wait_for()


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The pages over an index, at a free port of this machine."""
    server = create_server(create_app(index), host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(partial(close_all, server._map))
        thread.join()
        server.task_dispatcher.shutdown()


def draw(browser: Browser, site: str, to: Path, only: str) -> Iterator[Path]:
    """Every page on every screen, as PNG files of one screen each."""
    for (name, address), language, scheme, (screen, width) in product(
        PAGES.items(), LANGUAGES, SCHEMES, WIDTHS.items()
    ):
        path = to / f"{name}-{language}-{scheme}-{screen}.png"
        if only not in path.stem:
            continue
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN" if language == "zh" else "en-GB",
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto(site + address)
        THEN.get(name, str)(page)
        page.screenshot(path=path)
        context.close()
        yield path


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--to", type=Path, default=Path("build/screenshots"))
    parser.add_argument("--only", default="", help="pictures with this in their name")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        parser.error("no Chromium here: `apt-get install chromium`")
    with served(given.index) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for path in draw(browser, site, given.to, given.only):
            print(path)
        browser.close()


if __name__ == "__main__":
    main()
