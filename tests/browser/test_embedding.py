"""The archive in the pages of an intranet: mounted, in a frame, and as a widget."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response
from playwright.sync_api import Browser, Page, expect

from search import Archive
from search.web import create_app
from search.web.access import Access
from search.web.tokens import Tokens
from tests.browser.conftest import PATIENCE, Open, Serve
from tests.conftest import MakeArchive

Visit = Callable[..., Page]
Theme = Literal["light", "dark"]

# As strict as a page can be: no script and no style but from files.
STRICT = "default-src 'none'; img-src data:; script-src {0}; connect-src {0}; frame-src {0}"


@pytest.fixture(scope="module")
def desk(root: Path, index_dir: Path, serve: Serve) -> str:
    """The address of the intranet of `examples/`."""
    file = root / "examples" / "intranet" / "app.py"
    spec = importlib.util.spec_from_file_location("intranet", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return serve(module.create_app(index_dir)) + "/desk"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a page that may ask other hosts; whatever it complains of is in `page.complaints`."""
    contexts = []

    def visited(address: str, complaints: list[str]) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield visited
    for context in contexts:
        context.close()


@dataclass
class Elsewhere:
    """Another origin with one page, as strict as can be towards all but the archive."""

    archive: str = ""
    body: str = ""

    def app(self) -> Flask:
        app = Flask("elsewhere")
        app.add_url_rule("/", "page", self.page)
        return app

    def page(self) -> Response:
        head = "<!doctype html><html lang=en><title>Elsewhere</title><link rel=icon href=data:,>"
        answer = Response(head + self.body, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = STRICT.format(self.archive)
        return answer


@pytest.fixture
def home(open_page: Open, desk: str) -> Page:
    return open_page(f"{desk}/")


def test_the_widget_shows_hits_in_both_languages_with_marks(home: Page) -> None:
    widget = home.locator("transcript-search")
    expect(widget.locator(".hit")).to_have_count(3)
    expect(widget.locator("[role=status]")).to_have_text("4 with all words, 10 with some")
    first = widget.locator(".hit").first
    expect(first.locator(".side[lang=zh] mark.match").first).to_have_text("專利資產")
    expect(first.locator(".side[lang=en] mark.counterpart").first).to_have_text("patents")
    expect(first.locator(".who span").first).to_have_attribute("lang", "en")
    expect(widget.locator(".absent").first).to_have_text("No Chinese in the source")


def test_its_box_completes_and_searches_by_the_keyboard_alone(home: Page) -> None:
    box = home.get_by_role("combobox", name="Search the interviews")
    box.fill("wangx")
    option = home.get_by_role("option").first
    expect(option).to_contain_text("王曉剛")
    home.keyboard.press("ArrowDown")
    expect(box).to_have_value("speaker:王曉剛")
    expect(option).to_have_attribute("aria-selected", "true")
    home.keyboard.press("Escape")
    expect(box).to_have_value("wangx")
    expect(home.get_by_role("listbox")).to_be_hidden()
    home.keyboard.press("ArrowDown")
    expect(option).to_be_visible()
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    expect(home.locator("transcript-search [role=status]")).to_have_text("23 passages")


def test_a_hit_leads_to_its_passage_under_the_prefix(home: Page, desk: str) -> None:
    home.locator("transcript-search .hit a").first.click()
    home.wait_for_url(f"{desk}/archive/t/wang-xiaogang-sensetime?q=*#*")
    expect(home.locator("section:target mark").first).to_be_visible()
    # The house's own colour, from its own template.
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
    assert home.evaluate(accent).strip() == "#1f5f4a"


def test_a_page_hears_of_results_and_of_what_is_chosen(home: Page) -> None:
    home.evaluate(
        """() => {
          window.heard = [];
          for (const name of ["results", "choose"])
            document.addEventListener(`transcript-search:${name}`, (event) => {
              heard.push([name, event.detail.total ?? event.detail.id]);
              event.preventDefault();
            });
          document.querySelector("transcript-search").query = "infringement";
        }"""
    )
    expect(home.locator("transcript-search mark").first).to_have_text("infringement")
    before = home.url
    home.locator("transcript-search .hit a").first.click()
    (results, total), (choose, id) = home.evaluate("heard")
    assert (results, choose) == ("results", "choose")
    assert total > 0 and id.startswith("wang-xiaogang-sensetime/")
    assert home.url == before


def test_it_speaks_chinese_and_keeps_to_its_limit(home: Page) -> None:
    home.evaluate(
        """() => {
          const widget = document.querySelector("transcript-search");
          widget.lang = "zh";
          widget.setAttribute("limit", "1");
        }"""
    )
    expect(home.get_by_role("button", name="检索")).to_be_visible()
    expect(home.locator("transcript-search .hit")).to_have_count(1)
    expect(home.locator("transcript-search [role=status]")).to_contain_text("含全部词语")
    expect(home.get_by_role("link", name="查看全部结果")).to_be_visible()


def test_it_follows_the_theme_that_is_asked_for(home: Page) -> None:
    widget = home.locator("transcript-search")
    colour = "element => getComputedStyle(element).color"
    light = widget.evaluate(colour)
    widget.evaluate("element => element.setAttribute('theme', 'dark')")
    assert widget.evaluate(colour) != light


@pytest.mark.parametrize("width", [320, 1440])
def test_it_fits_the_page(open_page: Open, desk: str, width: int) -> None:
    page = open_page(f"{desk}/", width=width)
    expect(page.locator("transcript-search .hit")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_frame_fits_what_it_shows_and_stays_a_frame(open_page: Open, desk: str) -> None:
    page = open_page(f"{desk}/frame")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Transcripts")).to_be_visible()
    frame.locator("#q").fill("专利")
    frame.locator("#q").press("Enter")
    expect(frame.locator("mark").first).to_be_visible()
    expect(frame.locator(".brand")).to_be_hidden()
    page.wait_for_function(
        """() => {
          const frame = document.querySelector("iframe");
          const inside = frame.contentDocument?.body.getBoundingClientRect().height;
          return inside > 1000 && Math.abs(frame.clientHeight - inside) < 4;
        }"""
    )


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere()


WIDGET = '<script src="{0}/assets/widget.js" defer></script><transcript-search query="专利">'
FRAME = '<iframe src="{0}/?q=专利&embed=1"></iframe>'


def test_from_another_origin_the_widget_works_for_those_who_are_listed(
    archive: Archive, serve: Serve, visit: Visit, elsewhere: Elsewhere
) -> None:
    other = serve(elsewhere.app())
    status = "transcript-search [role=status]"
    for listed, said in (([], "The archive cannot be reached now."), ([other], "9 passages")):
        complaints: list[str] = []
        elsewhere.archive = serve(create_app(archive, cors_origins=listed))
        elsewhere.body = WIDGET.format(elsewhere.archive)
        expect(visit(other, complaints).locator(status)).to_have_text(said)
        # Nothing of the widget needs a looser policy of the page.
        assert all("CORS" in each or "ERR_FAILED" in each for each in complaints)
        assert bool(complaints) is not bool(listed)


def test_in_a_frame_of_another_origin_it_is_shown_to_those_who_are_listed(
    archive: Archive, serve: Serve, visit: Visit, elsewhere: Elsewhere
) -> None:
    other = serve(elsewhere.app())
    for listed in ([], [other]):
        complaints: list[str] = []
        elsewhere.archive = serve(create_app(archive, frame_origins=listed))
        elsewhere.body = FRAME.format(elsewhere.archive)
        page = visit(other, complaints)
        mark = page.frame_locator("iframe").locator("mark").first
        if listed:
            expect(mark).to_be_visible()
        else:
            page.wait_for_load_state("networkidle")
            assert any("frame-ancestors" in each for each in complaints)
            expect(mark).to_have_count(0)


def test_with_a_token_the_widget_reads_what_is_not_open(
    archive: Archive, serve: Serve, visit: Visit, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    other = serve(elsewhere.app())
    tokens = Tokens(tmp_path / "tokens.json")
    secret = tokens.make("Desk")
    guarded = create_app(archive, cors_origins=[other], access=Access(tokens))
    elsewhere.archive = serve(guarded)
    elsewhere.body = WIDGET.format(elsewhere.archive)
    page = visit(other, [])
    status = page.locator("transcript-search [role=status]")
    expect(status).to_have_text("The archive cannot be reached now.")
    page.evaluate(
        """token => {
          const widget = document.querySelector("transcript-search");
          widget.token = token;
          widget.query = "专利 ";
        }""",
        secret,
    )
    expect(status).to_have_text("9 passages")


def test_a_person_signs_in_and_is_where_they_wanted_to_be(
    archive: Archive, serve: Serve, visit: Visit, tmp_path: Path
) -> None:
    tokens = Tokens(tmp_path / "tokens.json")
    secret = tokens.make("Ann")
    site = serve(create_app(archive, access=Access(tokens)))
    page = visit(f"{site}/?q=专利", [])
    page.get_by_label("Token").fill("tst_wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not known")
    page.get_by_label("Token").fill(secret)
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    assert page.url == f"{site}/?q=%E4%B8%93%E5%88%A9"
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Token")).to_be_visible()
    page.goto(f"{site}/?q=专利")
    expect(page.get_by_label("Token")).to_be_visible()


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_the_intranet(
    browser: Browser, desk: str, archive: Archive, serve: Serve, tmp_path: Path, theme: Theme
) -> None:
    tokens = Tokens(tmp_path / "tokens.json")
    tokens.make("Ann")
    guarded = serve(create_app(archive, access=Access(tokens)))
    context = browser.new_context(color_scheme=theme)
    page = context.new_page()
    for address, there in (
        (f"{desk}/", "transcript-search .hit"),
        (f"{desk}/archive/api/docs", ".interface"),
        (f"{guarded}/", ".sign-in"),
    ):
        page.goto(address)
        expect(page.locator(there).first).to_be_visible()
        assert axe(page) == [], address
    page.goto(f"{desk}/")
    page.get_by_role("combobox").fill("pat")
    expect(page.get_by_role("option").first).to_be_visible()
    assert axe(page) == []
    context.close()


def axe(page: Page) -> list[str]:
    """What axe-core complains of, shadow trees included."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def test_markup_in_a_transcript_does_nothing_in_a_widget_or_a_page(
    serve: Serve, visit: Visit, make_archive: MakeArchive, elsewhere: Elsewhere
) -> None:
    evil = "<script>hacked()</script><img src=x onerror=hacked()>"
    archive = make_archive(
        f"Mr. <b onclick=hacked()>: A lantern {evil} was lit.\n\n燈籠{evil}點亮了。\n"
    )
    other = serve(elsewhere.app())
    elsewhere.archive = serve(create_app(archive, cors_origins=[other]))
    elsewhere.body = WIDGET.format(elsewhere.archive).replace("专利", "lantern")
    complaints: list[str] = []
    widget = visit(other, complaints).locator("transcript-search")
    expect(widget.locator(".side").first).to_contain_text("<script>hacked()</script>")
    expect(widget.locator("img, script, b")).to_have_count(0)
    page = visit(f"{elsewhere.archive}/?q=lantern", complaints)
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("main img, main script, main b")).to_have_count(0)
    assert complaints == []
