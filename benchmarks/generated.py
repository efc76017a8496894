"""An archive to measure on: any number of bilingual passages out of one seed.

The English is invented words with the inflections, numbers and compounds of
the real language, each as often as one over its rank (Zipf's law), behind the
function words of real English. The Chinese is words of jieba's dictionary, as
often as the dictionary says. Words are drawn independently: nothing here has
a meaning, and the two sides of a passage do not translate each other.

The same seed gives the same archive on every machine and Python: of the
generator only `random()` is used, the one method whose numbers Python
promises to keep. A longer archive begins with the shorter one.
"""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from itertools import accumulate
from pathlib import Path
from random import Random

from search.model import About, Alignment, Bilingual, Passage, Role, Transcript

PER_TRANSCRIPT = 40
"""Passages of one interview."""

ENGLISH_WORDS = 60
CHINESE_CHARACTERS = 100
"""Mean lengths of a side; a side of a passage may have four times as much, or a fifth."""

BOTH, ENGLISH_ONLY = 1 / 2, 1 / 3
"""Shares of the passages; the rest is Chinese only."""

STEMS = 12_000
"""English words besides the function words; with their inflections about four times as many."""

_SPREAD = 0.5
"""Standard deviation of the logarithm of a length."""

_INTERVIEWERS = 10

_FUNCTION_WORDS = (
    "the of and to a in is that it for was on are as with be at by this from or an have not but "
    "had his they her which you we were all their has would what will there if can"
).split()
"""In about the order of how often English has them."""

_INFLECTIONS = (("", 0.55), ("s", 0.2), ("ing", 0.1), ("ed", 0.1), ("ation", 0.05))
"""Endings that the stemmer takes off, and how often a word has each."""

_SPECIAL = 1 / 12
"""The share of numbers and compounds among the English words."""

_ONSETS = "b c ch d f g gl h j k l m n p pl r s st t tr v w z".split()
_VOWELS = "a e i o u".split()
_CODAS = ["", "", "", "l", "n", "r", "s"]
# A stem that ended otherwise might be changed where it is inflected (a last letter doubled, an e
# added), or lose what the stemmer takes for one more ending (-ant, -ent, -er).
_LAST_CODAS = "nd rk m rt ll g ck mp nk st".split()
_NAME_CODAS = "l n r m".split()

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙"
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words to draw from, and the running sum of how often each is drawn."""

    words: tuple[str, ...]
    upto: tuple[float, ...]

    @classmethod
    def of(cls, weighted: Iterable[tuple[str, float]]) -> Words:
        words, weights = zip(*weighted, strict=True)
        return cls(words, tuple(accumulate(weights)))

    def draw(self, random: Random) -> str:
        return self.words[bisect(self.upto, random.random() * self.upto[-1])]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an archive is written with; `terms` stand in the Chinese as in the English."""

    english: Words
    chinese: Words
    terms: tuple[str, ...]


def passages(count: int, seed: int) -> Iterator[Passage]:
    """The passages of all transcripts, in order."""
    for transcript in transcripts(count, seed):
        yield from transcript.passages


def transcripts(count: int, seed: int) -> Iterator[Transcript]:
    """Interviews of `PER_TRANSCRIPT` passages, `count` in all; the last may be shorter."""
    vocabulary = _vocabulary(seed)
    people = Random(f"{seed} interviewers")
    interviewers = [_person(people) for _ in range(_INTERVIEWERS)]
    for number, first in enumerate(range(0, count, PER_TRANSCRIPT)):
        random = Random(f"{seed} transcript {number}")
        interviewer, guest = interviewers[number % _INTERVIEWERS], _person(random)
        about = About(
            id=f"generated-{number:05}",
            file=f"generated-{number:05}.txt",
            title=Bilingual(f"A talk with {guest.en}", f"对话{guest.zh}"),
            date=f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}",
            speakers=(interviewer, guest),
        )
        size = min(PER_TRANSCRIPT, count - first)
        yield Transcript(
            about, tuple(_passage(random, vocabulary, about, position) for position in range(size))
        )


def _passage(random: Random, vocabulary: Vocabulary, about: About, position: int) -> Passage:
    asks = position % 2 == 0
    side = random.random()
    en = zh = None
    if side < BOTH + ENGLISH_ONLY:
        en = _english(random, vocabulary, "?" if asks else ".")
    if side < BOTH or side >= BOTH + ENGLISH_ONLY:
        zh = _chinese(random, vocabulary, "？" if asks else "。")
    text = f"{position}\x1f{en}\x1f{zh}"
    return Passage(
        id=f"{about.id}/{hashlib.blake2b(text.encode(), digest_size=4).hexdigest()}",
        transcript=about.id,
        position=position,
        role=Role.QUESTION if asks else Role.ANSWER,
        speaker=about.speakers[0 if asks else 1],
        en=en,
        zh=zh,
        alignment=Alignment(1.0, "generated") if en and zh else None,
        line=1 + 4 * position,
    )


def _english(random: Random, vocabulary: Vocabulary, end: str) -> str:
    """Sentences of about twelve words, with a comma here and there."""
    pieces: list[str] = []
    begins = True
    for _ in range(_length(random, ENGLISH_WORDS)):
        word = vocabulary.english.draw(random)
        pieces += (" " if pieces else "", word[0].upper() + word[1:] if begins else word)
        stop = random.random()
        begins = stop < 1 / 12
        pieces.append("." if begins else "," if stop < 1 / 6 else "")
    return "".join(pieces).rstrip(".,") + end


def _chinese(random: Random, vocabulary: Vocabulary, end: str) -> str:
    """Sentences of about twenty words, with a comma or a stop after every eighth."""
    pieces: list[str] = []
    missing = _length(random, CHINESE_CHARACTERS)
    while missing > 0:
        if random.random() < 1 / 50:
            piece = vocabulary.terms[int(random.random() * len(vocabulary.terms))]
        else:
            piece = vocabulary.chinese.draw(random)
            missing -= len(piece)
        stop = random.random()
        pieces += (piece, "。" if stop < 1 / 20 else "，" if stop < 1 / 8 else "")
    return "".join(pieces).rstrip("。，") + end


def _length(random: Random, mean: int) -> int:
    """A length, log-normal: most passages are shorter than the mean, a few much longer."""
    # Twelve uniform numbers make a normal one near enough; `sum` rounds otherwise before 3.12.
    normal = math.fsum(random.random() for _ in range(12)) - 6
    return max(3, round(mean * math.exp(_SPREAD * normal - _SPREAD**2 / 2)))


@cache
def _vocabulary(seed: int) -> Vocabulary:
    random = Random(f"{seed} vocabulary")
    stems: dict[str, None] = {}
    while len(stems) < STEMS:
        stems[_stem(random)] = None
    weighted = [(word, 1 / rank) for rank, word in enumerate(_FUNCTION_WORDS, 1)]
    terms: dict[str, None] = {}
    for rank, stem in enumerate(stems, len(_FUNCTION_WORDS) + 1):
        if random.random() < _SPECIAL:
            term = _special(random)
            terms[term] = None
            weighted.append((term, 1 / rank))
        else:
            weighted += ((stem + ending, share / rank) for ending, share in _INFLECTIONS)
    return Vocabulary(Words.of(weighted), _dictionary(), tuple(terms))


@cache
def _dictionary() -> Words:
    """The words of jieba's dictionary that are Han throughout, with its own counts."""
    # The file is read from where the package lies: nothing of jieba is imported here.
    path = Path(str(distribution("jieba").locate_file("jieba/dict.txt")))
    lines = path.read_text("utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return Words.of(
        (word, float(count)) for word, count, *_ in entries if _HAN_WORD.fullmatch(word)
    )


def _stem(random: Random) -> str:
    return _syllables(random, 1 + int(random.random() * 2), _CODAS) + _syllable(random, _LAST_CODAS)


def _special(random: Random) -> str:
    """A number, or a compound of the kinds that `search.analysis.english` tells apart."""
    kind = int(random.random() * 5)
    one, other = _stem(random), _stem(random)
    number = int(10 ** (random.random() * 5))
    match kind:
        case 0:
            return f"{number:,}"
        case 1:
            return f"{one[0]}{number % 10}{other[0]}".upper()
        case 2:
            return f"{one[:3]}{number}".upper()
        case 3:
            return one.capitalize() + other.capitalize()
        case _:
            return f"{one}-{other}"


def _person(random: Random) -> Bilingual:
    given, family = (_syllables(random, 2, _NAME_CODAS).capitalize() for _ in range(2))
    words = _dictionary()
    name = _choice(random, _SURNAMES) + "".join(words.draw(random) for _ in range(2))[:2]
    return Bilingual(f"{given} {family}", name)


def _syllables(random: Random, count: int, codas: Sequence[str]) -> str:
    return "".join(_syllable(random, codas) for _ in range(count))


def _syllable(random: Random, codas: Sequence[str]) -> str:
    return _choice(random, _ONSETS) + _choice(random, _VOWELS) + _choice(random, codas)


def _choice(random: Random, among: Sequence[str]) -> str:
    return among[int(random.random() * len(among))]
