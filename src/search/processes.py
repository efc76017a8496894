"""Work in as many processes as there are cores, with the answers in order.

The processes are programs of their own that are given what to do on their
standard input. A `multiprocessing` pool would either copy a process with
threads in it, or run the caller's main module again.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, Any, TypeVar

from search.errors import SearchError

Request = TypeVar("Request")


def cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def answers(
    requests: Iterable[Request],
    module: str,
    given: Any,
    name: Callable[[Request], str],
    processes: int,
) -> Iterator[Any]:
    """What a module, run as a program, answers to each request, in order.

    The program calls `serve`; `given` is what it is told before all requests.
    `name` says what a request is about. Raises `SearchError` if a process
    ends before it is done.
    """
    idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    workers = [start(module, given) for _ in range(processes)]
    for worker in workers:
        idle.put(worker)

    def ask(request: Request) -> Any:
        worker = idle.get()
        assert worker.stdin and worker.stdout
        try:
            _send(worker.stdin, request)
            return pickle.load(worker.stdout)
        except (EOFError, BrokenPipeError):
            raise SearchError(
                f"A process that worked on {name(request)} ended before it was done; "
                "the old index stays. Is there memory enough? Try again."
            ) from None
        finally:
            # Whoever waits for a worker gets this one, and learns the same if it is dead.
            idle.put(worker)

    waiting: deque[Future[Any]] = deque()
    try:
        with ThreadPoolExecutor(processes) as threads:
            for request in requests:
                waiting.append(threads.submit(ask, request))
                # What is done faster than it is taken would fill the memory.
                if len(waiting) > 4 * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


def start(module: str, given: Any) -> subprocess.Popen[bytes]:
    """A process that runs a module as a program and was told what is given."""
    command = [sys.executable, "-m", module]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert worker.stdin
    _send(worker.stdin, given)
    return worker


def serve(made: Callable[[Any], Callable[[Any], Any]]) -> None:
    """The program of a process: ends when its standard input does.

    `made` makes what answers requests of what is given before them.
    """
    requests, out = sys.stdin.buffer, sys.stdout.buffer
    # Whatever ends the process that asks ends this one, without a word.
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        answer = made(pickle.load(requests))
        while True:
            _send(out, answer(pickle.load(requests)))


def _send(stream: IO[bytes], value: Any) -> None:
    pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()
