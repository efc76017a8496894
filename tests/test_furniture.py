"""Lines of the pages are told from those of the talks by their coming again."""

from __future__ import annotations

import pytest

from search.furniture import repeated
from search.model import About, Bilingual, Passage, Role, SourceFile, Transcript


def transcript(name: str, *texts: str, format: str = "text") -> Transcript:
    passages = tuple(
        Passage(f"{name}/{at}", name, at, Role.NARRATION, None, text, None, None, 1 + 2 * at)
        for at, text in enumerate(texts)
    )
    files = (SourceFile(f"{name}.txt", format),)
    return Transcript(About(name, f"{name}.txt", Bilingual()), passages, files=files)


def talk(name: str, length: int = 60) -> list[str]:
    return [f"{name} says {number}." for number in range(length)]


def found(*transcripts: Transcript) -> list[str]:
    return [each.text for each in repeated(transcripts)]


def test_a_line_of_every_file_is_named_with_its_place_in_each() -> None:
    files = [transcript(name, f"Only {name}.", "Follow us!") for name in "abc"]
    (line,) = repeated(files)
    assert (line.text, line.of) == ("Follow us!", 3)
    assert line.places == (("a.txt", 3), ("b.txt", 3), ("c.txt", 3))


def test_two_files_are_too_few() -> None:
    assert found(*(transcript(name, "Follow us!") for name in "ab")) == []


def test_a_line_that_comes_again_in_one_file_only_is_none() -> None:
    files = [transcript(name, f"Only {name}.") for name in "bc"]
    assert found(transcript("a", "Yes.", "Yes.", "Yes."), *files) == []


@pytest.mark.parametrize(("place", "named"), [(0, True), (30, False), (60, True)])
def test_in_half_of_the_files_it_counts_at_the_head_and_the_foot_alone(
    place: int, named: bool
) -> None:
    files = []
    for number, name in enumerate("abcdef"):
        texts = talk(name)
        if number < 3:
            texts.insert(place, "Follow us!")
        files.append(transcript(name, *texts))
    assert found(*files) == ["Follow us!"] * named


def test_in_every_file_it_counts_anywhere() -> None:
    files = [transcript(name, *talk(name), "Follow us!", *talk(name.upper())) for name in "abc"]
    assert found(*files) == ["Follow us!"]


def test_files_of_another_format_have_other_furniture() -> None:
    pages = [transcript(name, "Follow us!", name, format="HTML") for name in "abc"]
    texts = [transcript(name, name) for name in "defghijk"]
    assert found(*pages, *texts) == ["Follow us!"]


def test_signs_alone_are_no_line() -> None:
    assert found(*(transcript(name, "* * *") for name in "abc")) == []
