"""The commands do what the help says, with the exit codes that it names."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search.cli import main
from search.index import generations

INTERVIEW = "王曉剛:我們有專利。\n\nWang Xiaogang: We have patents.\n\nMr. Lee: Running costs?\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to run in, with a small `content/`."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "talk.txt").write_text(INTERVIEW, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_rebuild_reports_what_it_read(here: Path) -> None:
    result = run("rebuild")
    assert result.exit_code == 0
    assert "1 transcript, 2 passages: 1 in both languages" in result.stdout
    assert "Repairs: none." in result.stdout
    assert "Suspect: none." in result.stdout


def test_rebuild_names_repairs_by_rule_and_what_looks_suspect(here: Path) -> None:
    (here / "content" / "bad.txt").write_text("專利資產(chǎn)。\n\n破\ufffd損的文字。", "utf-8")
    result = run("rebuild")
    assert "Repairs: pinyin gloss 1." in result.stdout
    assert "bad.txt:3: broken characters" in result.stdout
    assert run("rebuild", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("binary.txt", b"\x00\x01\x02", "binary"),
        ("noise.txt", b"\x81 \xff9" * 50, "in no encoding that is known"),
        ("page.xyz", b"text", "no reader for '.xyz' files"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_built(
    here: Path, name: str, data: bytes, reason: str
) -> None:
    (here / "content" / name).write_bytes(data)
    result = run("rebuild")
    assert result.exit_code == 0
    assert f"Not read: {name}: {reason}" in result.stdout
    assert run("search", "patents").exit_code == 0
    assert run("rebuild", "--strict").exit_code == 3


def test_a_link_to_nothing_is_named(here: Path) -> None:
    (here / "content" / "gone.txt").symlink_to(here / "content" / "nothing")
    assert "Not read: gone.txt: not a file" in run("rebuild").stdout


def test_a_link_out_of_the_content_is_refused(here: Path) -> None:
    (here / "private.txt").write_text("Private words.")
    (here / "content" / "link.txt").symlink_to(here / "private.txt")
    assert "Not read: link.txt: a link that points out" in run("rebuild").stdout
    assert run("search", "private").exit_code == 1


def test_without_content_it_says_where_it_looked(here: Path) -> None:
    result = run("rebuild", "--content", "nowhere")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no folder nowhere" in result.stderr
    (here / "void").mkdir()
    result = run("rebuild", "--content", "void")
    assert result.exit_code == 3 and str(here / "void") in result.stderr


def test_search_prints_hits_as_plain_text_in_a_pipe(here: Path) -> None:
    run("rebuild")
    result = run("search", "专利")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    lines = result.stdout.splitlines()
    assert lines[0].startswith("1 passage for 专利 (")
    assert "Wang Xiaogang 王曉剛 · answer · talk/" in result.stdout
    assert {"We have patents.", "我們有專利。"} <= set(lines)


def test_search_names_a_missing_side(here: Path) -> None:
    run("rebuild")
    assert "(no Chinese in the source)" in run("search", "costs").stdout


def test_search_gives_the_json_of_python(here: Path) -> None:
    run("rebuild")
    printed = json.loads(run("search", "--json", "专利").stdout)
    expected = search.open_archive("index").search("专利").to_dict()
    for answer in (printed, expected):
        answer["took_ms"] = None
    assert printed == json.loads(json.dumps(expected))


def test_search_tells_by_its_exit_code_whether_it_found(here: Path) -> None:
    run("rebuild")
    assert run("search", "patents").exit_code == 0
    assert run("search", "whale").exit_code == 1
    assert run("search", "--exact", "patent").exit_code == 1
    assert run("search", "--one-language", "patent").exit_code == 0


def test_another_query_is_offered_beside_the_results(here: Path) -> None:
    run("rebuild")
    found = run("search", "patnets")
    assert found.exit_code == 1
    assert found.stderr == "Did you mean: patents\n"
    assert run("search", "patents").stderr == ""


def test_search_pages_with_limit_and_offset(here: Path) -> None:
    run("rebuild")
    result = run("search", "*", "--limit", "1")
    assert "1 more: --offset 1" in result.stderr
    assert run("search", "*", "--limit", "1", "--offset", "1").stdout.count("· talk/") == 1


def test_words_after_the_command_are_one_query(here: Path) -> None:
    run("rebuild")
    assert run("search", "running", "costs").exit_code == 0
    assert run("search", "--", "-costs").stdout.startswith("1 passage for NOT costs")


@settings(max_examples=60)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_ends_with_0_or_1(index_dir: Path, text: str) -> None:
    assert run("search", "--index", str(index_dir), "--limit", "2", "--", text).exit_code in (0, 1)


def test_a_missing_index_is_one_line_and_exit_code_4(here: Path) -> None:
    for command in (("search", "x"), ("stats",), ("export",)):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (4, "")
        assert result.stderr.count("\n") == 1
        assert "transcript-search rebuild" in result.stderr


def test_a_cut_index_is_one_line_and_exit_code_4(here: Path) -> None:
    run("rebuild")
    generation = generations.current(here / "index").path
    for file in generation.iterdir():
        whole = file.read_bytes()
        if not whole:
            continue
        file.write_bytes(whole[:-1])
        result = run("search", "patents")
        assert result.exit_code == 4
        assert result.stderr.count("\n") == 1 and file.name in result.stderr
        assert "transcript-search rebuild" in result.stderr
        file.write_bytes(whole)
    assert run("search", "patents").exit_code == 0


def test_of_two_rebuilds_one_wins_and_one_says_so(here: Path) -> None:
    run("rebuild")
    command = [sys.executable, "-m", "search.cli", "rebuild"]
    with generations.building(here / "index"):
        other = subprocess.run(command, capture_output=True, text=True, check=False)
    assert other.returncode == 5
    assert "Another rebuild of index is running" in other.stderr
    pair = [subprocess.Popen(command, stdout=-3, stderr=-3) for _ in range(2)]
    codes = sorted(process.wait() for process in pair)
    assert codes in ([0, 5], [0, 0])
    assert run("search", "patents").exit_code == 0


def test_check_lists_repairs_and_paragraphs_without_a_counterpart(here: Path) -> None:
    (here / "content" / "talk.txt").write_text(
        INTERVIEW + "\n在那之后我們談了專利資產(chǎn)。\n", "utf-8"
    )
    result = run("check")
    assert result.exit_code == 0
    assert "talk.txt:7:13: pinyin gloss: (chǎn) dropped" in result.stdout
    assert "talk.txt:5: no Chinese: Running costs?" in result.stdout
    assert not (here / "index").exists()
    assert json.loads(run("check", "--json").stdout)["repairs"] == {"pinyin gloss": 1}


def test_check_has_a_table_of_files_with_their_formats_and_encodings(here: Path) -> None:
    page = "<nav>Menu</nav><p>我們有專利，很多的專利。</p>"
    (here / "content" / "page.html").write_bytes(page.encode("big5"))
    (here / "content" / "two.en.md").write_text("Patents.", "utf-8")
    (here / "content" / "two.zh.md").write_text("專利。", "utf-16")
    result = run("check")
    head, *rows = (line.split() for line in result.stdout.splitlines()[:5])
    assert head[:4] == ["file", "format", "encoding", "passages"]
    assert rows[0][:4] == ["page.html", "HTML", "Big5", "1"]
    assert rows[1][:4] == ["talk.txt", "text", "UTF-8", "2"]
    assert [row[0] for row in rows[2:]] == ["two.en.md", "two.zh.md"]
    assert rows[3][1:] == ["Markdown", "UTF-16", "LE", "with", "BOM"]
    assert "page.html:1: left out: Menu" in result.stdout


def test_check_goes_from_the_table_to_the_doubts_to_the_work(here: Path) -> None:
    (here / "content" / "bad.txt").write_text("破\ufffd損的文字。\n\n專利資產(chǎn)。\n", "utf-8")
    (here / "content" / "empty.txt").write_text("")
    lines = run("check").stdout.splitlines()
    order = [
        "bad.txt ",
        "2 transcripts, 4 passages",
        "  bad.txt:1: broken characters",
        "Not read: empty.txt: empty",
        "Without a counterpart: 2.",
        "bad.txt: no English at all: 2 paragraphs",
        "talk.txt:5: no Chinese: Running costs?",
        "Mended: 1.",
        "bad.txt:3:5: pinyin gloss: (chǎn) dropped",
    ]
    places = [
        next(at for at, line in enumerate(lines) if line.startswith(begins)) for begins in order
    ]
    assert places == sorted(places)


def test_check_names_the_passage_and_the_file_of_a_paragraph_without_a_counterpart(
    here: Path,
) -> None:
    cue = "00:00:0{0},000 --> 00:00:0{0},900\n{1}\n\n"
    for lang, cues in (("en", ("Patents.", "Thanks.")), ("zh", ("專利。",))):
        text = "".join(cue.format(at, said) for at, said in enumerate(cues, 1))
        (here / "content" / f"two.{lang}.srt").write_text(text, "utf-8")
    report = json.loads(run("check", "--json").stdout)
    alone = [each for file in report["files"] for each in file["alone"]]
    assert [(each["file"], each["line"]) for each in alone] == [
        ("talk.txt", 5),
        ("two.en.srt", 5),
    ]
    run("rebuild")
    archive = search.open_archive("index")
    texts = {
        passage.id: passage.en
        for about in archive.transcripts()
        for passage in getattr(archive.transcript(about.id), "passages", ())
    }
    assert all(texts[each["passage"]] == each["begins"] for each in alone)
    assert archive.report()["files"] == report["files"]


def test_check_is_strict_if_asked_to_be(here: Path) -> None:
    assert run("check", "--strict").exit_code == 0
    (here / "content" / "bad.txt").write_text("破\ufffd損的文字。", "utf-8")
    assert (run("check").exit_code, run("check", "--strict").exit_code) == (0, 1)
    (here / "content" / "empty.txt").write_text("")
    strict = run("check", "--strict", "--json")
    assert strict.exit_code == 3 and json.loads(strict.stdout)["refusals"]


def test_check_names_lines_that_come_again_in_every_file(here: Path) -> None:
    for name in ("a", "b", "c"):
        (here / "content" / f"{name}.txt").write_text(f"點擊標題查看原文\n\n{name} whale.", "utf-8")
    result = run("check", "--strict")
    assert result.exit_code == 0
    line = "a.txt:1, b.txt:1, c.txt:1: in 3 of 4 files: 點擊標題查看原文"
    assert line in result.stdout.splitlines()
    (repeated,) = json.loads(run("check", "--json").stdout)["repeated"]
    assert repeated["places"][0] == {"file": "a.txt", "line": 1}
    assert json.loads(run("rebuild", "--json").stdout)["repeated"] is None


def test_no_name_and_no_text_is_a_command_to_the_terminal(here: Path) -> None:
    (here / "content" / "new\nline\x1b[2J.srt").write_text("x")
    (here / "content" / "page.html").write_text("<nav>\x1b[2J</nav><p>Yes.</p>", "utf-8")
    result = run("check")
    assert "\x1b" not in result.stdout
    assert "Not read: new\\nline\\x1b[2J.srt: no cues" in result.stdout


def test_export_writes_everything_or_what_a_query_finds(here: Path) -> None:
    run("rebuild")
    everything = run("export").stdout
    assert (
        "> Running costs?" in everything and "> We have patents.\n>\n> 我們有專利。" in everything
    )
    assert "Running costs?" not in run("export", "专利").stdout
    assert run("export", "patent").exit_code == 0
    assert run("export", "--exact", "--one-language", "patent").exit_code == 1


def test_export_writes_the_format_that_is_asked_for_or_that_the_file_is_named_after(
    here: Path,
) -> None:
    run("rebuild")
    for name, begins in (("a.tmx", b"<?xml"), ("a.CSV", b"\xef\xbb\xbfid,"), ("a.x", b"> ")):
        assert run("export", "--output", name).stdout == ""
        assert (here / name).read_bytes().startswith(begins)
    run("export", "--output", "a.csv", "--format", "jsonl")
    assert json.loads((here / "a.csv").read_text("utf-8").splitlines()[0])["id"]
    assert sorted(path.name for path in here.glob("a.*")) == ["a.CSV", "a.csv", "a.tmx", "a.x"]


def test_an_export_that_finds_nothing_leaves_the_file_as_it_was(here: Path) -> None:
    run("rebuild")
    (here / "kept.csv").write_text("kept")
    result = run("export", "--output", "kept.csv", "whale")
    assert (result.exit_code, result.stdout) == (1, "") and "Nothing found" in result.stderr
    assert (here / "kept.csv").read_text() == "kept"


def test_a_file_that_cannot_be_written_is_named(here: Path) -> None:
    run("rebuild")
    result = run("export", "--output", "nowhere/a.csv")
    assert result.exit_code == 1 and "nowhere/a.csv cannot be written" in result.stderr
    assert not list(here.glob("**/*.part"))


def test_what_is_there_and_no_file_is_written_to_and_not_replaced(here: Path) -> None:
    run("rebuild")
    os.mkfifo(here / "pipe.csv")
    command = [sys.executable, "-m", "search.cli", "export", "--output", "pipe.csv"]
    with subprocess.Popen(command) as process:
        assert (here / "pipe.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
        assert process.wait() == 0
    assert (here / "pipe.csv").is_fifo()


def test_analyze_prints_tokens_with_their_places(here: Path) -> None:
    rows = [line.split("\t") for line in run("analyze", "SenseTime的專利").stdout.splitlines()]
    assert rows[0] == ["position", "start", "end", "field", "term", "text"]
    assert ["0", "0", "9", "form", "sensetime", "SenseTime"] in rows
    assert ["2", "10", "12", "word", "专利", "專利"] in rows


def test_analyze_knows_the_editors_words(here: Path) -> None:
    (here / "content" / "dictionary.txt").write_text("商湯絕影 5 nz\nR&D\n", "utf-8")
    built = run("rebuild")
    assert "Not read: dictionary.txt, line 2: 'R&D' is not of Han characters" in built.stdout
    assert "\tword\t商汤绝影\t商湯絕影" in run("analyze", "商湯絕影").stdout


def test_stats_says_what_the_index_holds(here: Path) -> None:
    run("rebuild")
    assert "sides        both 1, en 1, zh 0" in run("stats").stdout
    printed = json.loads(run("stats", "--json").stdout)
    assert (printed["passages"], printed["transcripts"]) == (2, 1)


def test_flags_go_over_environment_over_file_over_defaults(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "transcript-search.toml").write_text('index = "from-file"\nlimit = 1\n')
    assert run("rebuild").exit_code == 0 and (here / "from-file").is_dir()
    assert "1 more" in run("search", "*").stderr
    monkeypatch.setenv("TRANSCRIPT_SEARCH_INDEX", "from-environment")
    assert run("rebuild").exit_code == 0 and (here / "from-environment").is_dir()
    assert run("rebuild", "--index", "from-flag").exit_code == 0 and (here / "from-flag").is_dir()
    assert not (here / "index").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [("indx = 'x'", "no setting 'indx'"), ("port = 'x'", "is not a number"), ("=", "is not TOML")],
)
def test_a_wrong_settings_file_is_named(here: Path, text: str, words: str) -> None:
    (here / "transcript-search.toml").write_text(text)
    result = run("stats")
    assert result.exit_code == 2 and words in result.stderr and result.stderr.count("\n") == 1


def test_wrong_use_is_exit_code_2(here: Path) -> None:
    assert run("search").exit_code == 2
    assert run("search", "x", "--limit", "0").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_a_folder_that_cannot_be_written_is_named(here: Path) -> None:
    (here / "index").write_text("a file")
    result = run("rebuild")
    assert result.exit_code == 1 and "cannot be written" in result.stderr


def test_serve_builds_a_missing_index_and_says_where_it_serves_in_one_line(here: Path) -> None:
    command = [sys.executable, "-m", "search.cli", "serve", "--port", "0", "--watch"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            lines = iter(process.stderr.readline, "")
            serving = next(line for line in lines if line.startswith("Serving"))
            assert "Serving 2 passages of 1 transcript at" in serving
            found = re.search(r"http://127.0.0.1:\d+", serving)
            assert found
            with urllib.request.urlopen(f"{found[0]}/?q=patents") as page:
                assert b"patents" in page.read()
            (here / "content" / "more.txt").write_text("A whale was seen.")
            assert any("Rebuilt: 3 passages." in line for line in lines)
            with urllib.request.urlopen(f"{found[0]}/?q=whale") as page:
                assert b"whale</mark>" in page.read()
        finally:
            process.terminate()


def test_serve_wants_to_be_told_who_may_see_it_from_elsewhere(here: Path) -> None:
    result = run("serve", "--host", "0.0.0.0", "--port", "0")
    assert result.exit_code == 2
    assert "Say who may see it" in result.stderr
    run("token", "Ann")
    result = run("serve", "--host", "192.0.2.1", "--port", "0")
    assert "Say who may see it" not in result.stderr and "Cannot serve at" in result.stderr


def test_a_token_is_shown_once_listed_and_revoked(here: Path) -> None:
    made = run("token", "Ann")
    assert made.exit_code == 0
    secret = made.stdout.strip()
    assert secret.startswith("tst_") and "cannot be shown again" in made.stderr
    listed = run("token")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  Ann\n", listed.stdout)
    assert secret not in (here / "tokens.json").read_text()
    assert run("token", "Ann").exit_code == 2
    assert run("token", "Ann", "--revoke").exit_code == 0
    assert run("token").stdout == ""
    assert run("token", "Ann", "--revoke").exit_code == 2
    assert run("token", "--revoke").exit_code == 2


def test_settings_of_every_kind_come_from_the_file(here: Path) -> None:
    (here / "transcript-search.toml").write_text(
        'trust_header = "X-User"\ntrust_from = ["10.0.0.0/8", "proxy"]\n'
    )
    assert "'proxy' does not appear to be" in run("serve").stderr
    (here / "transcript-search.toml").write_text('open = true\nhost = "192.0.2.1"\n')
    assert "Cannot serve at" in run("serve").stderr
    for wrong, words in (
        ('open = "yes"', "is not true or false"),
        ('trust_from = "10.0.0.1"', "is not a list of texts"),
        ("trust_from = [1]", "is not a list of texts"),
        ("rate = true", "is not a number"),
    ):
        (here / "transcript-search.toml").write_text(wrong)
        result = run("serve")
        assert result.exit_code == 2 and words in result.stderr


def test_lists_come_from_the_environment_as_words(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_SEARCH_FRAME_ORIGINS", "https://desk.example intranet")
    assert "'intranet' is no origin" in run("serve").stderr


def test_serve_says_that_a_port_is_taken(here: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2 and "Give another --host or --port" in result.stderr


def test_serve_without_content_and_index_says_so(here: Path) -> None:
    result = run("serve", "--content", "none", "--index", "none")
    assert result.exit_code == 4 and "There is no index in none." in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is always full")
@pytest.mark.parametrize("command", [["check"], ["export"], ["--help"]])
def test_output_that_finds_no_room_ends_in_one_sentence(here: Path, command: list[str]) -> None:
    run("rebuild")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "search.cli", *command],
            cwd=here,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "transcript-search: The output is cut: No space left on device.\n"
