"""The page of concordance lines."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, fromstring

from search import Archive
from search.concordance import Order
from search.model import Lang
from search.web.asked import LINES


def page(client: FlaskClient, **args: str) -> HtmlElement:
    answer = client.get("/concordance", query_string=args)
    assert answer.status_code == 200
    return fromstring(answer.get_data(as_text=True))


def lines(html: HtmlElement) -> list[tuple[str, ...]]:
    return [
        tuple(part.text_content() for part in summary)
        for summary in html.xpath("//ol[@class='lines']//summary")
    ]


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("order", Order)
def test_every_line_stands_there_in_order_in_its_language(
    client: FlaskClient, archive: Archive, lang: Lang, order: Order
) -> None:
    html = page(client, q="patent", lang=lang.value, sort=order.value)
    found = archive.concordance("patent", lang=lang, order=order)
    assert found.lines and len(found.lines) < LINES
    assert lines(html) == [(line.left, line.match, line.right) for line in found.lines]
    assert set(html.xpath("//ol[@class='lines']//summary/@lang")) == {lang.value}


def test_a_line_opens_to_both_sides_and_leads_to_its_passage(
    client: FlaskClient, archive: Archive
) -> None:
    html = page(client, q="专利", lang="zh")
    found = archive.concordance("专利", lang=Lang.ZH)
    for item, line in zip(html.xpath("//ol[@class='lines']/li"), found.lines, strict=True):
        texts = [side.text_content() for side in item.xpath(".//p[@lang][contains(@class,'side')]")]
        assert texts == [text for text in (line.passage.en, line.passage.zh) if text]
        assert [mark.text for mark in item.xpath(".//div//mark")] == [line.match]
        for link in item.xpath(".//a/@href"):
            assert urlsplit(link).path == f"/t/{line.passage.transcript}"
            assert urlsplit(link).fragment == line.passage.key


def test_many_lines_are_several_pages(client: FlaskClient, archive: Archive) -> None:
    total = archive.concordance("the", lang=Lang.EN).total
    assert total > 2 * LINES
    seen, address = 0, "/concordance?q=the&lang=en&sort=left&exact=1"
    while address:
        html = fromstring(client.get(address).get_data(as_text=True))
        seen += len(lines(html))
        (address,) = html.xpath("//a[@rel='next']/@href") or [""]
        if address:
            args = parse_qs(urlsplit(address).query)
            assert (args["lang"], args["sort"], args["exact"]) == (["en"], ["left"], ["1"])
    assert seen == total
    beyond = page(client, q="the", lang="en", page="9999")
    assert len(lines(beyond)) == (total - 1) % LINES + 1


def test_without_a_query_it_says_what_it_is_for(client: FlaskClient) -> None:
    assert "how is it used?" in page(client).text_content()
    assert not lines(page(client, q=" "))


@pytest.mark.parametrize("args", [{"q": "xyzzyqwv"}, {"q": "(", "lang": "fr", "sort": "up"}])
def test_what_has_no_lines_says_so(client: FlaskClient, args: dict[str, str]) -> None:
    html = page(client, **args)
    assert not lines(html)
    assert "0 places" in html.text_content()
