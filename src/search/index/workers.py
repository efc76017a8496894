"""Analysis in as many processes as there are cores, with the results in order.

The processes are programs of their own that are given passages on their
standard input. A `multiprocessing` pool would either copy a process with
threads in it, or run the caller's main module again.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, Any

from search.analysis import Analyzer
from search.errors import SearchError
from search.index.analysed import Analysed, analyse
from search.model import Passage

WORTH_IT = 1_000
"""Passages below which a second process, which loads the dictionary too, gains nothing."""


def analyses(
    batches: Sequence[Sequence[Passage]], analyzer: Analyzer, processes: int | None = None
) -> Iterator[Analysed]:
    """The tokens of each batch, in order; the same whatever the number of processes."""
    if processes is None:
        processes = _cores() if sum(map(len, batches)) >= WORTH_IT else 1
    if processes < 2:
        return (analyse(batch, analyzer) for batch in batches)
    return _in_processes(batches, analyzer, processes)


def _in_processes(
    batches: Sequence[Sequence[Passage]], analyzer: Analyzer, processes: int
) -> Iterator[Analysed]:
    idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    workers = [_start(analyzer) for _ in range(processes)]
    for worker in workers:
        idle.put(worker)

    def ask(batch: Sequence[Passage]) -> Analysed:
        worker = idle.get()
        assert worker.stdin and worker.stdout
        try:
            _send(worker.stdin, batch)
            analysed: Analysed = pickle.load(worker.stdout)
        except (EOFError, BrokenPipeError):
            raise SearchError(
                f"A process that analysed {batch[0].id} and what follows ended before it was done; "
                "the old index stays. Is there memory enough? Try again."
            ) from None
        finally:
            # Whoever waits for a worker gets this one, and learns the same if it is dead.
            idle.put(worker)
        return analysed

    waiting: deque[Future[Analysed]] = deque()
    try:
        with ThreadPoolExecutor(processes) as threads:
            for batch in batches:
                waiting.append(threads.submit(ask, batch))
                # What is analysed faster than it is taken would fill the memory.
                if len(waiting) > 4 * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


def _cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start(analyzer: Analyzer) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", __name__]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert worker.stdin
    _send(worker.stdin, (analyzer.words, analyzer.cutter.by))
    return worker


def _send(stream: IO[bytes], value: Any) -> None:
    pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _work() -> None:
    """The program of a process: ends when its standard input does."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever ends the process that asks ends this one, without a word.
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        words, by = pickle.load(requests)
        analyzer = Analyzer(words, by=by)
        while True:
            _send(answers, analyse(pickle.load(requests), analyzer))


if __name__ == "__main__":
    _work()
