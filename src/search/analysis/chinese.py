"""Which words stand in a run of Han characters?

The one place that knows jieba, and rjieba, the same in Rust, if it is
installed. A private tokenizer, made without the cache file in the shared
temporary folder and without the guesses of the hidden Markov model: those
depend on what stands around a word, and a query would be cut otherwise than
the text.

>>> list(Cutter().words("人工智能专利"))
[('人工', 0, 2), ('智能', 2, 4), ('人工智能', 0, 4), ('专利', 4, 6)]
"""

from __future__ import annotations

import math
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from search.analysis.normalize import fold, simplified

STOP_WORDS = frozenset(
    fold(word)
    for word in """的 了 和 是 在 就 也 都 而 及 与 着 或 之 于 以 为 由 被 把 让 给 向 对 从 到 将
    很 又 并 等 吗 呢 吧 啊 呀 这 那 有 我 你 他 她 它 您 我们 你们 他们 这个 那个 什么 怎么 怎样
    如何 哪些 哪个 哪里 多少 谁 请问 以及 但是 因为 所以 如果 而且 或者 一个 一些 没有 可以 不
    个 哪 何 几 何时 何种 何处 何地 何人 何为 为何 为什么 时候 什么时候 怎么样 哪位 哪种 哪一
    多大 多久 多长 是什么 什么样 会 该 第 还 时 中 里 上""".split()
)
"""Words that say nothing in a query unless nothing else is left. They are indexed all the same."""


JIEBA, RJIEBA = "jieba", "rjieba"
"""What cuts. The two agree but where two ways to cut a run are as likely, so an archive is asked
with the one that it was built with."""


def fastest() -> str:
    """rjieba where it is installed (`pip install transcript-search[fast]`), else jieba."""
    return RJIEBA if is_installed(RJIEBA) else JIEBA


def is_installed(by: str) -> bool:
    """Whether text can be cut by this here."""
    return find_spec(by) is not None


_LONGEST = 16
"""Characters of the longest word in the dictionary."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one archive with their counts in the dictionary, and the sum of all counts."""

    counts: Mapping[str, int]
    total: int


class Cutter:
    """Cuts folded Han text with jieba's dictionary and the editors' own words.

    `words` are added to the dictionary; they must be Han only, folded. With a
    `vocabulary`, only the words of an archive are known: what stands there is
    cut alike, and the dictionary, which takes half a second to load, is not
    needed. `by` is `JIEBA` or `RJIEBA`. Threads may share a cutter.
    """

    def __init__(
        self,
        words: Iterable[str] = (),
        vocabulary: Vocabulary | None = None,
        by: str = JIEBA,
    ) -> None:
        self.by = by
        self._own = tuple(words)
        self._vocabulary = vocabulary
        self._lock = threading.Lock()
        self._tokenizer: Any = None

    def words(self, run: str) -> Iterator[tuple[str, int, int]]:
        """The words of a run of Han characters, as `(word, start, end)`.

        jieba's search mode: a long word comes after the shorter dictionary
        words of two and three characters in it.
        """
        yield from self._loaded().tokenize(run, mode="search", HMM=False)

    def cut(self, run: str) -> list[str]:
        """The run as words that follow each other without a rest."""
        return list(self._loaded().cut(run, HMM=False))

    def likelihood(self, run: str) -> float:
        """The logarithm of the probability of the likeliest way to cut the run.

        A unigram model over jieba's counts; an unknown character counts as
        seen half a time.
        """
        tokenizer = self._loaded()
        total = math.log(tokenizer.total)
        return sum(math.log(tokenizer.FREQ.get(word) or 0.5) - total for word in self.cut(run))

    def vocabulary(self, words: Iterable[str], known: Vocabulary | None = None) -> Vocabulary:
        """These words and the editors' own as they stand in the dictionary.

        It is not loaded if all are `known`.
        """
        wanted = sorted({*words, *self._own})
        counts: Mapping[str, int] = known.counts if known else {}
        if known and all(word in counts for word in wanted):
            return Vocabulary({word: counts[word] for word in wanted}, known.total)
        tokenizer = self._loaded()
        found = (counts[word] if word in counts else tokenizer.FREQ.get(word, 0) for word in wanted)
        return Vocabulary(dict(zip(wanted, found, strict=True)), tokenizer.total)

    def standing(self, runs: Iterable[str], known: Vocabulary) -> Vocabulary:
        """All words that stand in some runs: with these, the runs are cut as by all others.

        `known` is what this cutter's kind gave for an archive: the editors'
        words and the sum of all counts are taken from there. The dictionary
        is read past, which costs a quarter of loading it.
        """
        wanted = {
            run[first:last]
            for run in runs
            for first in range(len(run))
            for last in range(first + 1, min(first + _LONGEST, len(run)) + 1)
        }
        folding = {ord(char): plain for char, plain in simplified().items()}
        counts: dict[str, int] = {}
        for line in _dictionary().translate(folding).splitlines():
            word, _, rest = line.partition(" ")
            if word in wanted:
                counts[word] = max(int(rest.partition(" ")[0]), counts.get(word, 0))
        counts |= {word: known.counts[word] for word in wanted & known.counts.keys()}
        # Longer than those of the dictionary may only the editors' be.
        counts |= {word: known.counts[word] for word in self._own if len(word) > _LONGEST}
        return Vocabulary(counts, known.total)

    def _loaded(self) -> Any:
        if self._tokenizer is None:
            with self._lock:
                if self._tokenizer is None:
                    tokenizer = (
                        _tokenizer(self._own)
                        if self._vocabulary is None
                        else _small_tokenizer(self._vocabulary)
                    )
                    self._tokenizer = _Rust(tokenizer) if self.by == RJIEBA else tokenizer
        return self._tokenizer


def _tokenizer(own: tuple[str, ...]) -> Any:
    tokenizer = _jieba().Tokenizer()
    counts, total = frequencies()
    tokenizer.FREQ = dict(counts) if own else counts
    tokenizer.total = total
    tokenizer.initialized = True
    for word in own:
        tokenizer.add_word(word)
    return tokenizer


def _small_tokenizer(vocabulary: Vocabulary) -> Any:
    tokenizer = _jieba().Tokenizer()
    # jieba asks for the beginnings of a word to see whether to read on.
    beginnings = {word[:end]: 0 for word in vocabulary.counts for end in range(1, len(word))}
    tokenizer.FREQ = {**beginnings, **vocabulary.counts}
    tokenizer.total = vocabulary.total
    tokenizer.initialized = True
    return tokenizer


class _Rust:
    """rjieba with the words of a tokenizer of jieba's, called as that is."""

    def __init__(self, tokenizer: Any) -> None:
        from rjieba import Jieba

        self.FREQ: Mapping[str, int] = tokenizer.FREQ
        self.total: int = tokenizer.total
        self._cutter = Jieba.empty()  # type: ignore[no-untyped-call]
        # It counts the total itself; what an archive's words lack of it has no letters.
        rest = self.total - sum(self.FREQ.values())
        for word, count in (*self.FREQ.items(), (" ", rest)):
            if count > 0:
                self._cutter.add_word(word, count, None)

    def tokenize(self, run: str, mode: str, HMM: bool) -> list[tuple[str, int, int]]:
        found: list[tuple[str, int, int]] = self._cutter.tokenize(run, mode, HMM)
        return found

    def cut(self, run: str, HMM: bool) -> list[str]:
        found: list[str] = self._cutter.cut(run, HMM)
        return found


@cache
def frequencies() -> tuple[dict[str, int], int]:
    """The words of jieba's dictionary, folded, with their counts, and the sum of all counts.

    Beginnings of words that are no words themselves count 0. Not to be changed.
    """
    tokenizer = _jieba().Tokenizer()
    counts, _ = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    # Text is cut after folding, so the dictionary has to know its words folded: 著名 as 着名.
    table = simplified()
    for word in [word for word in counts if not table.keys().isdisjoint(word)]:
        folded = fold(word)
        counts[folded] = max(counts[word], counts.get(folded, 0))
        for end in range(1, len(folded)):
            counts.setdefault(folded[:end], 0)
    return counts, sum(counts.values())


def _dictionary() -> str:
    """jieba's dictionary: a line a word, with its count and its part of speech."""
    with _jieba().Tokenizer().get_dict_file() as file:
        text: str = file.read().decode("utf-8")
    return text


def _jieba() -> Any:
    with warnings.catch_warnings():
        # jieba 0.42.1 is from 2020; its own source warns on newer Pythons.
        warnings.simplefilter("ignore")
        import jieba
    return jieba


@cache
def version(by: str = JIEBA) -> str:
    """The version of what cuts, and with it that of jieba's dictionary."""
    if by != JIEBA:
        from importlib import metadata

        return f"{version()}, {by} {metadata.version(by)}"
    found = find_spec("jieba")
    assert found and found.origin, "jieba is a dependency of this package"
    # Reading the line costs a tenth of what the package metadata or the import would.
    source = Path(found.origin).read_text("utf-8")
    return source.partition("__version__ = '")[2].partition("'")[0]
