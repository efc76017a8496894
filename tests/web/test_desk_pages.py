"""What a desk works through: terms, the worklist, the status."""

from __future__ import annotations

import csv
from io import StringIO
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml.html import HtmlElement, fromstring

from search import Archive
from search.web import create_app
from tests.conftest import MakeArchive

ID = "wang-xiaogang-sensetime"


def main(client: FlaskClient, address: str, **args: str) -> HtmlElement:
    answer = client.get(address, query_string=args)
    assert answer.status_code == 200
    (found,) = fromstring(answer.get_data(as_text=True)).xpath("//main")
    return found


def test_the_desk_is_one_click_away_on_every_page(client: FlaskClient) -> None:
    for address in ("/", "/?q=patent", f"/t/{ID}", "/terms", "/status", "/nowhere"):
        html = fromstring(client.get(address).get_data(as_text=True))
        links = html.xpath("//nav[@class='desk quiet']//a/@href")
        assert links == ["/concordance", "/terms", "/worklist", "/status"]
    assert not fromstring(client.get("/?embed=1").get_data()).xpath("//nav[@class='desk quiet']")


def test_a_term_is_shown_as_it_is_rendered(client: FlaskClient, archive: Archive) -> None:
    html = main(client, "/terms", q="专利")
    (rendering,) = archive.terms("专利").renderings
    (row,) = html.xpath(".//tbody/tr")
    name, count, forms, transcripts = (cell.text_content() for cell in row)
    assert (name, count) == (rendering.text, str(rendering.count))
    assert forms.split() == [str(x) for each in rendering.forms.items() for x in each]
    assert "Wang Xiaogang" in transcripts
    assert "patent" in client.get(row.xpath("./th/a/@href")[0]).get_data(as_text=True)


def test_passages_without_a_rendering_are_named(client: FlaskClient, archive: Archive) -> None:
    found = archive.terms("innovation")
    assert found.without
    links = main(client, "/terms", q="innovation").xpath(".//ul[@class='places']//a/@href")
    keys = [urlsplit(link).fragment for link in links]
    assert keys == [id.rpartition("/")[2] for id in found.without]


def test_a_term_that_stands_nowhere_has_no_table(client: FlaskClient) -> None:
    assert not main(client, "/terms", q="xyzzyqwv").xpath(".//table")
    assert not main(client, "/terms").xpath(".//table")


def test_the_worklist_leads_to_every_paragraph_without_a_counterpart(
    client: FlaskClient, archive: Archive
) -> None:
    alone = archive.report()["files"][0]["alone"]
    html = main(client, "/worklist")
    links = html.xpath(".//tbody//a/@href")
    assert links == [f"/t/{each['passage'].replace('/', '#')}" for each in alone]
    assert html.xpath(".//tbody//a/text()") == [each["begins"] for each in alone]
    places = {link.rpartition("#")[2] for link in links}
    assert places <= {each.get("id") for each in main(client, f"/t/{ID}").xpath(".//section")}


def test_the_worklist_is_a_table_for_spreadsheets_too(
    client: FlaskClient, archive: Archive
) -> None:
    answer = client.get("/worklist.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(StringIO(answer.get_data().decode("utf-8-sig"))))
    alone = archive.report()["files"][0]["alone"]
    assert [(row["file"], int(row["line"])) for row in rows] == [
        (each["file"], each["line"]) for each in alone
    ]
    assert {row["missing"] for row in rows} == {"en", "zh"}
    assert rows[0]["link"].startswith(f"http://localhost/t/{ID}#")


def test_of_a_transcript_in_one_language_the_worklist_says_so_once(
    make_archive: MakeArchive,
) -> None:
    archive = make_archive("One lantern burns.\n\n=Two lanterns burn.\n")
    client = create_app(archive).test_client()
    html = main(client, "/worklist")
    assert "No Chinese at all" in html.text_content() and not html.xpath(".//table")
    rows = list(csv.DictReader(StringIO(client.get("/worklist.csv").get_data(as_text=True))))
    assert [row["begins"] for row in rows] == ["One lantern burns.", "'=Two lanterns burn."]


def test_where_nothing_is_missing_the_worklist_is_empty(make_archive: MakeArchive) -> None:
    archive = make_archive("知產很重要。 / Property matters.\n\n我們保護產品。 / We protect it.\n")
    html = main(create_app(archive).test_client(), "/worklist")
    assert "Every paragraph has its counterpart." in html.text_content()


def test_the_status_tells_what_is_searched(client: FlaskClient, archive: Archive) -> None:
    text = main(client, "/status").text_content()
    known = archive.status()
    assert known["generation"] in text
    assert "just now" in text or " ago" in text
    assert "Every file was read." in text and "Nothing looks suspect." in text
    for rule, count in archive.report()["repairs"].items():
        assert f"{rule}{count}" in text


def test_the_status_names_what_was_refused_and_what_is_suspect(make_archive: MakeArchive) -> None:
    archive = make_archive("A lantern.\n", other__txt="破\ufffd損\ue123的文本。\n", bad__docx="no")
    rows = main(create_app(archive).test_client(), "/status").xpath(".//tbody/tr")
    cells = [[cell.text_content() for cell in row] for row in rows]
    report = archive.report()
    assert report["refusals"] and report["doubts"]
    assert [*cells] == [
        *([each["file"], each["reason"]] for each in report["refusals"]),
        *([each["file"], str(each["line"]), each["what"]] for each in report["doubts"]),
    ]
