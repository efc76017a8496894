"""From the files of one transcript to the transcript: read, repaired, aligned, overruled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from search.align import align
from search.align.dictionary import installed
from search.formats import SUBTITLES, Document, Unreadable, read
from search.formats.cues import in_time
from search.formats.encoding import decode
from search.formats.metadata import LARGEST, Metadata, sidecar
from search.mended import Hurt, with_mended
from search.model import Block, Doubt, Omission, Refusal, Repair, SourceFile, Transcript
from search.overrule import labelled, overruled
from search.repair import EditorsRepairs, Witness, repair
from search.sources import File, Source
from search.structure import language, paragraphs, without_marks

_OWN_LANGUAGE = 0.7
"""The least share of the blocks of a file for one language that are in it."""


def transcript(
    source: Source, data: Mapping[File, bytes], editors: EditorsRepairs | None = None
) -> tuple[Transcript | None, list[Refusal]]:
    """The transcript of those files that can be read, if there is one, and those that cannot.

    `data` holds what is in the files; one that it lacks is passed over.
    """
    documents: dict[File, Document] = {}
    said, doubts = Metadata(), list[Doubt]()
    repairs: list[Repair] = []
    hurt: list[Hurt] = []
    omitted: list[Omission] = []
    refusals: list[Refusal] = []
    for file in source.all_files:
        if file not in data:
            continue
        try:
            if source.is_sidecar:
                raise Unreadable(f"no transcript {file.stem} stands beside it")
            if file == source.sidecar:
                said, wrong = _sidecar(data[file])
                doubts += [replace(doubt, file=file.name) for doubt in wrong]
                continue
            where = file.name if len(source.files) > 1 else None
            document = read(file.name, data[file])
            blocks, repaired, broken, whole = _repaired(document.blocks, editors)
            spoken, marks = without_marks(blocks)
            documents[file] = replace(document, blocks=tuple(spoken))
            hurt += whole
            repairs += [replace(each, file=where) for each in repaired]
            doubts += [replace(each, file=where) for each in (*document.doubts, *broken)]
            omitted += [replace(each, file=where) for each in (*document.omitted, *marks)]
        except Unreadable as problem:
            refusals.append(Refusal(file.name, str(problem)))
    if not documents:
        return None, refusals
    for document in documents.values():
        said = said.over(document.metadata)
    as_whole = False
    if len(documents) > 1:
        blocks, as_whole, unsure = _in_two_languages(documents)
        doubts += unsure
    else:
        blocks = next(iter(documents.values())).blocks
    read_as = paragraphs(labelled(blocks, said.speakers))
    aligned = align(read_as, source.id, source.name, installed, as_whole)
    passages = with_mended(aligned.passages, hurt) if repairs else aligned.passages
    return (
        overruled(
            replace(
                aligned,
                passages=passages,
                repairs=tuple(repairs),
                doubts=(*doubts, *aligned.doubts),
                omitted=tuple(omitted),
                files=tuple(
                    SourceFile(file.name, document.format, document.encoding, file.lang)
                    for file, document in documents.items()
                ),
            ),
            said,
        ),
        refusals,
    )


def _repaired(
    blocks: tuple[Block, ...], editors: EditorsRepairs | None
) -> tuple[tuple[Block, ...], list[Repair], list[Doubt], list[Hurt]]:
    whole: list[Block] = []
    hurt: list[Hurt] = []
    repairs: list[Repair] = []
    doubts: list[Doubt] = []
    witness = Witness(block.text for block in blocks)
    for block in blocks:
        text, repaired, doubted = repair(block.text, block.line, witness, editors)
        repairs += repaired
        doubts += doubted
        hurt.append(Hurt.of(block, text, repaired))
        if stripped := text.strip():
            whole.append(block if stripped == block.text else replace(block, text=stripped))
    if not whole:
        raise Unreadable("no text is left when it is repaired")
    return tuple(whole), repairs, doubts, hurt


def _sidecar(data: bytes) -> tuple[Metadata, tuple[Doubt, ...]]:
    if len(data) > LARGEST:
        raise Unreadable(f"{len(data):,} bytes, more than {LARGEST:,} for a sidecar")
    decoded = decode(data)
    metadata, doubts = sidecar(decoded.text)
    return metadata, (*decoded.doubts, *doubts)


def _in_two_languages(
    documents: Mapping[File, Document],
) -> tuple[tuple[Block, ...], bool, list[Doubt]]:
    """The blocks of a file for each language: by their times, or one file after the other.

    And whether, for all that is known, the texts of the files are translations.
    """
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    for file, document in documents.items():
        own = sum((block.lang or language(block.text)) is file.lang for block in document.blocks)
        lang = file.lang
        if own < _OWN_LANGUAGE * len(document.blocks):
            lang = None
            what = "not in the one language of its name: languages are told by script"
            doubts.append(Doubt(1, what, file.name))
        first = 1 + max((block.row for block in blocks if block.row is not None), default=0)
        blocks += [
            replace(
                block,
                lang=block.lang or lang,
                row=None if block.row is None else first + block.row,
            )
            for block in document.blocks
        ]
    if not all(file.ending in SUBTITLES for file in documents):
        return tuple(blocks), not doubts, doubts
    in_rows, apart = in_time(blocks)
    if apart:
        what = f"{apart:,} cues answer no cue of the other file by their times"
        doubts.append(Doubt(1, what, next(iter(documents)).name))
    return in_rows, False, doubts
