"""The pages speak English and Chinese, wherever they are mounted."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import Babel, gettext
from hypothesis import given
from hypothesis import strategies as st

from search import Archive
from search.web import blueprint
from search.web.languages import LANGUAGES, catalogue
from search.web.sayings import translated
from tests.web.engine_sentences import sentences

WEB = Path(str(resources.files("search.web")))
ADDRESSES = ("/", "/?q=patent", "/?q=xyzzyqwv", "/t/wang-xiaogang-sensetime?q=patent", "/nowhere")


def said() -> dict[str, str | None]:
    """Every message of the templates, with its plural."""
    found = extract_from_dir(
        WEB / "templates", [("**.html", "jinja2")], {"**.html": {"silent": "false"}}
    )
    messages: dict[str, str | None] = {}
    for _, _, message, _, _ in found:
        one, many = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
        messages[one] = many
    return messages


def language(html: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', html)
    assert found
    return found[1]


@pytest.mark.parametrize("language", sorted(LANGUAGES.keys() - {"en"}))
def test_every_message_is_translated_and_no_translation_is_stale(language: str) -> None:
    with (WEB / "translations" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    entries = [entry for entry in catalogue if entry.id]
    translated = {}
    for entry in entries:
        one, many = entry.id if isinstance(entry.id, tuple) else (entry.id, None)
        translated[one] = many
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert all(strings) and not entry.fuzzy, f"{one!r} is not translated: see `make messages`."
        values = {frozenset(re.findall(r"%\(\w+\)s|\{\w+\}", text)) for text in (one, *strings)}
        assert len(values) == 1, f"{one!r} has other values in {language}."
    assert not catalogue.obsolete
    assert translated == said(), "Run `make messages` and translate what is new."


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("browser", "expected"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr", "en"),
        ("", "en"),
        ("%%,;q=zz", "en"),
    ],
)
def test_a_page_speaks_as_the_browser_asks(
    client: FlaskClient, address: str, browser: str, expected: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": browser})
    assert language(answer.text) == expected
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_a_language_that_was_asked_for_is_kept(client: FlaskClient) -> None:
    answer = client.get("/?q=patent&hl=zh", headers={"Accept-Language": "en"})
    assert language(answer.text) == "zh-Hans"
    cookie = client.get_cookie("hl")
    assert cookie and cookie.value == "zh" and cookie.http_only and cookie.same_site == "Lax"
    assert language(client.get("/").text) == "zh-Hans"
    assert language(client.get("/?hl=en").text) == "en"
    assert language(client.get("/", headers={"Accept-Language": "zh"}).text) == "en"


@pytest.mark.parametrize("asked", ["fr", "../../etc/passwd", "zh\0", "<script>"])
def test_a_language_that_there_is_not_changes_nothing(client: FlaskClient, asked: str) -> None:
    answer = client.get("/", query_string={"hl": asked})
    assert language(answer.text) == "en"
    assert client.get_cookie("hl") is None


def test_the_switch_leads_to_the_same_page(client: FlaskClient) -> None:
    html = client.get("/?q=a%26b&page=2&exact=1").text
    assert 'hreflang="zh-Hans" href="/?q=a%26b&amp;page=2&amp;exact=1&amp;hl=zh">中文<' in html
    html = client.get("/t/wang-xiaogang-sensetime?q=patent&hl=zh").text
    assert 'hreflang="en" href="/t/wang-xiaogang-sensetime?q=patent&amp;hl=en">English<' in html


def test_nothing_of_a_chinese_page_is_left_in_english(client: FlaskClient) -> None:
    for address in ADDRESSES:
        html = client.get(address, headers={"Accept-Language": "zh"}).text
        for message in said():
            words = re.escape(message)
            label = rf'(?:aria-label|placeholder|title|alt|data-\w+)="{words}"'
            assert not re.search(rf">\s*{words}\s*<|{label}", html), (address, message)


def test_values_in_messages_stay_text(client: FlaskClient) -> None:
    html = client.get("/t/wang-xiaogang-sensetime", query_string={"q": "<b>%(x)s", "hl": "zh"}).text
    assert "“&lt;b&gt;%(x)s”的全部结果" in html


def test_the_application_around_keeps_its_own_language(archive: Archive) -> None:
    app = Flask("intranet")
    Babel(app, locale_selector=lambda: "de")
    app.register_blueprint(blueprint(archive), url_prefix="/archive")

    @app.get("/own")
    def own() -> str:
        return render_template_string("{{ gettext('Search') }} {{ _('Next') }}")

    @app.after_request
    def check(response: object) -> object:
        assert gettext("Search") == "Search"
        return response

    client = app.test_client()
    assert language(client.get("/archive/?hl=zh").text) == "zh-Hans"
    assert client.get("/own").text == "Search Next"
    cookie = client.get_cookie("hl", path="/archive/")
    assert cookie and cookie.path == "/archive/"


def test_an_application_is_left_as_it_was(archive: Archive) -> None:
    app = Flask("intranet")
    known = set(app.jinja_env.globals), set(app.jinja_env.extensions), set(app.extensions)
    app.register_blueprint(blueprint(archive))
    assert app.test_client().get("/?q=patent").status_code == 200
    assert known == (
        set(app.jinja_env.globals),
        set(app.jinja_env.extensions),
        set(app.extensions),
    )


def test_a_language_without_a_catalogue_is_english() -> None:
    assert catalogue("en").gettext("Search") == "Search"
    assert catalogue("zh").gettext("Search") == "检索"


def test_every_sentence_of_the_engine_is_translated_and_no_translation_is_stale() -> None:
    with (WEB / "translations" / "engine.zh.po").open("rb") as file:
        entries = {str(each.id): str(each.string) for each in read_po(file) if each.id}
    spoken = sentences()
    assert len(spoken) > 100
    assert not spoken - entries.keys(), "Translate these in web/translations/engine.zh.po."
    assert not entries.keys() - spoken, "The engine says these no more."
    for sentence, translation in entries.items():
        values = re.compile(r"\{+\d+\}+")
        assert sorted(values.findall(sentence)) == sorted(values.findall(translation)), sentence
        filled = translated(sentence.format(*"ABCD"), "zh")
        assert filled == translation.format(*"ABCD"), f"{sentence!r} is taken for another one."


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("torn bytes", "字节错位"),
        ("length ratio 1.6; names Li, Wu; both ask", "长度比 1.6；人名 Li, Wu；都是问句"),
        ("front matter: no such day: 2021-02-30", "front matter：没有这一天：2021-02-30"),
        (
            "There is no index in index. Run `transcript-search rebuild` to build it anew.",
            "index 中没有索引。请运行 `transcript-search rebuild` 重新构建。",
        ),
        ("Permission denied", "Permission denied"),
        ("A note: of the system", "A note: of the system"),
        ("", ""),
    ],
)
def test_what_the_engine_says_is_said_in_chinese_with_its_values(text: str, chinese: str) -> None:
    assert translated(text, "zh") == chinese
    assert translated(text, "en") == text


@given(st.lists(st.sampled_from(["a", "{0}", ": ", "; ", ")", "unsure pair ("]), max_size=200))
def test_any_text_at_all_can_be_passed_on(parts: list[str]) -> None:
    text = "".join(parts)
    assert isinstance(translated(text, "zh"), str)
    assert translated(f"unsure pair ({text})", "zh").startswith("对应存疑（")


def test_a_chinese_page_says_what_was_repaired_and_doubted_in_chinese(client: FlaskClient) -> None:
    status = client.get("/status?hl=zh").get_data(as_text=True)
    assert "拼音注音" in status and "pinyin gloss" not in status
    doubts = client.get("/t/wang-xiaogang-sensetime?doubts=1&hl=zh").get_data(as_text=True)
    assert "长度比" in doubts and "length ratio" not in doubts
    missing = client.get("/t/nobody?hl=zh").get_data(as_text=True)
    assert "没有名为“nobody”的访谈" in missing and "There is no" not in missing
