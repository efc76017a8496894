"""What does the editor know better?

Front matter and sidecars say who speaks and what the interview is called. What
they say of speakers is known before the languages are aligned, and all of it
takes the place of what was found after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from search.analysis import fold
from search.formats.metadata import Metadata, Speaker
from search.model import About, Bilingual, Block, Passage, Role, Transcript

_BEFORE_COLON = re.compile(r"[*_\s]*(?P<label>[^:：*_\n]{1,80}?)[*_\s]*[:：][*_\s]*(?=\S)")


def labelled(blocks: Iterable[Block], speakers: Sequence[Speaker]) -> list[Block]:
    """The blocks, with the labels of known speakers taken off their texts.

    Each speaker gets one label, whatever he was called and in which language.

    >>> knuth = Speaker(Bilingual("Donald Knuth", "高德纳"), ("DK",))
    >>> blocks = labelled([Block("DK: Yes.", 1), Block("高德纳：是。", 2)], [knuth])
    >>> [(block.label, block.text) for block in blocks]
    [('Donald Knuth', 'Yes.'), ('Donald Knuth', '是。')]
    """
    people = _by_label(speakers)
    return [_labelled(block, people) for block in blocks] if people else list(blocks)


def overruled(transcript: Transcript, metadata: Metadata) -> Transcript:
    """The transcript with what is said of it in the place of what was found."""
    if metadata == Metadata():
        return transcript
    people = _by_label(metadata.speakers)
    return replace(
        transcript,
        about=_about(transcript.about, metadata, people),
        passages=tuple(_passage(passage, people) for passage in transcript.passages),
    )


def _by_label(speakers: Iterable[Speaker]) -> Mapping[str, Speaker]:
    return {fold(label): speaker for speaker in speakers for label in speaker.labels}


def _labelled(block: Block, people: Mapping[str, Speaker]) -> Block:
    found = None if block.label else _BEFORE_COLON.match(block.text)
    label = block.label or (found["label"] if found else "")
    speaker = people.get(fold(label))
    if speaker is None:
        return block
    text = block.text[found.end() :] if found else block.text
    return replace(block, label=speaker.labels[0], text=text)


def _speaker(name: Bilingual | None, people: Mapping[str, Speaker]) -> Speaker | None:
    labels = (name.en, name.zh) if name else ()
    return next((people[fold(label)] for label in labels if label and fold(label) in people), None)


def _passage(passage: Passage, people: Mapping[str, Speaker]) -> Passage:
    speaker = _speaker(passage.speaker, people)
    if speaker is None:
        return passage
    talks = passage.role in (Role.QUESTION, Role.ANSWER)
    role = speaker.role if speaker.role and talks else passage.role
    return replace(passage, speaker=speaker.name, role=role)


def _about(about: About, metadata: Metadata, people: Mapping[str, Speaker]) -> About:
    # A title that nobody wrote is the name of the file.
    found = Bilingual() if about.title == Bilingual(en=about.id) else about.title
    others = [name for name in about.speakers if _speaker(name, people) is None]
    speakers = [speaker.name for speaker in metadata.speakers]
    return replace(
        about,
        title=Bilingual(metadata.title.en or found.en, metadata.title.zh or found.zh)
        if metadata.title or found
        else about.title,
        date=metadata.date or about.date,
        issue=metadata.issue or about.issue,
        source=metadata.source or about.source,
        speakers=tuple(dict.fromkeys([*speakers, *others])),
    )
