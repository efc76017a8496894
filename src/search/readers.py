"""Transcripts read in as many processes as there are cores, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from search.model import Refusal, Transcript
from search.processes import answers, cores, serve
from search.reading import transcript
from search.repair import EditorsRepairs
from search.sources import File, Source

WORTH_IT = 1 << 20
"""Bytes of files after which other processes, which load the same dictionaries, are a help."""

Request = tuple[Source, Mapping[File, bytes]]
Read = tuple[Transcript | None, list[Refusal]]


def transcripts(
    requests: Iterable[Request], editors: EditorsRepairs, processes: int | None = None
) -> Iterator[Read]:
    """What `reading.transcript` makes of each; the same whatever the number of processes."""
    most = cores() if processes is None else processes
    first: list[Request] = []
    size = 0
    rest = iter(requests)
    for request in rest if most > 1 else ():
        first.append(request)
        size += sum(map(len, request[1].values()))
        if size >= WORTH_IT:
            asked = chain(first, rest)
            yield from answers(asked, __name__, editors, lambda asked: asked[0].name, most)
            return
    for source, data in chain(first, rest):
        yield transcript(source, data, editors)


def _reader(editors: EditorsRepairs) -> Any:
    def read(asked: Request) -> Read:
        source, data = asked
        return transcript(source, data, editors)

    return read


if __name__ == "__main__":
    serve(_reader)
