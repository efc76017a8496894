"""How does the served archive bear many people at once?

The server runs in a process of its own, as `transcript-search serve` does it;
the people are threads of this process, each with a connection that stays open.
Each does what an editor does: types a word, with completions at every other
letter, looks at the hits, and now and then reads on in a transcript.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Thread
from urllib.parse import quote

import click
import numpy as np

import search
from benchmarks.machine import machine, versions
from search.index import generations

READS = 0.25
"""How often who has found something reads on."""

WORDS = 400
"""Different words that are asked for."""

PATIENCE = 30.0
"""Seconds after which a request has failed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One request: what it was, how many milliseconds it took, and whether it was answered."""

    kind: str
    milliseconds: float
    answered: bool


@click.command(help=__doc__)
@click.option("--index", type=click.Path(path_type=Path, exists=True), default=Path("index"))
@click.option("--clients", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--seconds", type=click.IntRange(1), default=60, show_default=True)
@click.option(
    "--pause",
    type=click.FloatRange(0),
    default=1.0,
    show_default=True,
    help="Seconds between two requests of one client, on average; 0 for none at all.",
)
def main(index: Path, clients: int, seconds: int, pause: float) -> None:
    words, transcripts = material(search.open_archive(index))
    with serving(index) as host:
        answers = load(host, words, transcripts, clients, seconds, pause)
    passages = search.open_archive(index).status()["passages"]
    described = machine()
    click.echo(f"date     {generations.now()}")
    click.echo(
        f"machine  {described['processor']}, {described['cores']} cores, load {described['load']} "
        "(with the clients)"
    )
    click.echo(f"versions {', '.join(f'{name} {found}' for name, found in versions().items())}")
    click.echo(
        f"archive  {passages:,} passages; {clients} clients for {seconds} s, "
        f"{pause:g} s between two requests of one\n"
    )
    show(answers, seconds)


def material(archive: search.Archive) -> tuple[Sequence[str], Sequence[str]]:
    """Words of both languages that stand in the archive, and the ids of its transcripts."""
    ids = [about.id for about in archive.transcripts()]
    texts = []
    for id in ids[:40]:
        transcript = archive.transcript(id)
        for passage in transcript.passages if transcript else ():
            texts += [passage.en or "", passage.zh or ""]
    found = sorted(set(re.findall(r"[A-Za-z]{4,}|[\u4e00-\u9fff]{2}", " ".join(texts))))
    return Random(1).sample(found, min(WORDS, len(found))), ids


@contextmanager
def serving(index: Path) -> Iterator[str]:
    """Host and port at which the archive is served, by a process that ends with this."""
    command = [sys.executable, "-m", "search.cli", "serve", "--index", str(index)]
    command += ["--content", str(index / "none"), "--tokens", str(index / "none")]
    command += ["--port", "0", "--rate", "0", "--log", "none"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            for line in process.stderr:
                if found := re.search(r"http://(\S+:[0-9]+)", line):
                    # Whoever does not listen to the server makes it wait.
                    Thread(target=process.stderr.read, daemon=True).start()
                    yield found[1]
                    return
            raise click.ClickException("The server did not begin.")
        finally:
            process.terminate()


def load(
    host: str,
    words: Sequence[str],
    transcripts: Sequence[str],
    clients: int,
    seconds: float,
    pause: float,
) -> list[Answer]:
    """What all clients were answered in so many seconds, from the very first request."""
    until = time.monotonic() + seconds
    kept: list[list[Answer]] = [[] for _ in range(clients)]
    threads = [
        Thread(target=client, args=(host, words, transcripts, Random(at), pause, until, kept[at]))
        for at in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for each in kept for answer in each]


def client(
    host: str,
    words: Sequence[str],
    transcripts: Sequence[str],
    random: Random,
    pause: float,
    until: float,
    kept: list[Answer],
) -> None:
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    for kind, path in requests(words, transcripts, random):
        time.sleep(random.expovariate(1 / pause) if pause else 0)
        if time.monotonic() > until:
            break
        began = time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            answered = answer.status == 200
        except (OSError, http.client.HTTPException):
            connection.close()
            answered = False
        kept.append(Answer(kind, 1000 * (time.perf_counter() - began), answered))
    connection.close()


def requests(
    words: Sequence[str], transcripts: Sequence[str], random: Random
) -> Iterator[tuple[str, str]]:
    """What one editor asks for, without end: the kind, and the path."""
    for word in cycle(random.sample(words, len(words))):
        for end in range(1, len(word), 2):
            yield "completions", f"/api/v1/suggest?q={quote(word[:end])}"
        yield "search page", f"/?q={quote(word)}"
        yield "search, JSON", f"/api/v1/search?q={quote(word)}"
        if random.random() < READS:
            yield "reading page", f"/t/{quote(random.choice(transcripts))}?q={quote(word)}"


def show(answers: Sequence[Answer], seconds: int) -> None:
    times = defaultdict(list)
    for answer in answers:
        times[answer.kind].append(answer.milliseconds)
        times["all"].append(answer.milliseconds)
    click.echo(f"{'milliseconds':<14}{'requests':>9}{'p50':>9}{'p95':>9}{'p99':>9}{'most':>9}")
    for kind in sorted(times, key=lambda kind: (kind == "all", kind)):
        found = np.array(times[kind])
        shares = "".join(f"{np.percentile(found, share):9.1f}" for share in (50, 95, 99, 100))
        click.echo(f"{kind:<14}{len(found):9,}{shares}")
    failed = sum(not answer.answered for answer in answers)
    click.echo(f"\n{len(answers) / seconds:,.0f} requests a second, {failed:,} not answered")


if __name__ == "__main__":
    main()
