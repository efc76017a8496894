"""What does a file say of its own damage?

The same replacements went over the whole file, so what stands whole in one
place says what must have happened in another: a character that is glossed
here is glossed everywhere, one that stands bare is glossed nowhere, and where
the bytes A3 A1 to A3 FE survive on two characters, full-width ASCII was not
replaced blindly.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from search.analysis.pinyin import TONED, readings, spelt
from search.repair.likelihood import Model, is_common, script_of
from search.repair.octets import octets

BROKEN = "[\ue000-\uf8ff\ufffd]"
TORN_GLOSS = rf"[?\ufffd]\(?[{TONED}]{{1,7}}\)"
_READING = rf"(?=[{TONED}]*[^\x00-\x7f])[{TONED}]{{1,7}}"
_SECOND_GLOSSED = rf"(?<=[\u3400-\u9fff])[@-~]\({_READING}\)"
"""A gloss after what was the second byte of a character, and is no Han character now."""
_CERTAIN = re.compile(rf"{BROKEN}|\?{_READING}\)|{_SECOND_GLOSSED}")
_TEAR = re.compile(rf"{BROKEN}|{TORN_GLOSS}|\?![^ !->@-~]|{_SECOND_GLOSSED}")
_GLOSS = re.compile(rf"([\u3400-\u9fff\uf900-\ufaff])[(（]([{TONED}]{{1,7}})[)）]")
_OUT_OF_STEP = re.compile(rf"(?:{BROKEN}|{TORN_GLOSS}|\?)[^\x00-\x3f]*")
"""A sign of torn bytes and what follows it, up to a character that ends every tear."""
_WIDE = re.compile(rb"\xa3[\xa1-\xfe]")
_SECOND = re.compile(r"[\u3400-\u9fff][@\[-`{-~]")
"""A sign that may be the second byte of a character that was read without its first."""
_PAIR = re.compile("(?=([\u3400-\u9fff]{2}))")
_HAN = re.compile("[\u3400-\u9fff]")
_EFFORT = 500_000
"""Characters of a file that are searched, at some 0.1 ms each. Torn ones count more."""
_MOST_READ = 400_000
"""Characters of a file that are asked for their pairs."""


def is_torn(text: str) -> bool:
    """Whether a sign of torn bytes stands in the text."""
    return _TEAR.search(text) is not None


def may_be_torn(text: str, witness: Witness) -> bool:
    """Whether the text is worth a search. Nearly all undamaged text is told here, at once.

    Where full-width ASCII was replaced blindly, a tear may show in nothing but
    uncommon characters, closer together than names and terms bring them.
    """
    if is_torn(text):
        return True
    if not _HAN.search(text) or not witness.blind:
        return False
    if not ("?" in text or _SECOND.search(text) or _uncommon().search(text)):
        return False
    return witness.torn or _strange().search(text) is not None


@cache
def _uncommon() -> re.Pattern[str]:
    common = "".join(filter(is_common, map(chr, range(0x4E00, 0x9FA6))))
    # Rows 2 and 4 to 9 of GBK: kana, Greek, Cyrillic, bopomofo, lines of tables.
    return re.compile(
        f"(?:(?![{common}])[\u3400-\u9fff]|[\u02ca-\u0451\u2035-\u266f\u3021-\u33d5])"
    )


@cache
def _strange() -> re.Pattern[str]:
    one = _uncommon().pattern
    return re.compile(rf"{one}[^\n]{{0,8}}?(?:{one}|\?)|\?[^\n]{{0,8}}?{one}|{one}[@-~]")


class Witness:
    """The evidence of a whole file, given as its paragraphs. Nothing is read before it is asked."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._paragraphs = tuple(paragraphs)
        self.effort = _EFFORT

    @cached_property
    def torn(self) -> bool:
        """Whether a certain sign of torn bytes stands anywhere."""
        return any(map(_CERTAIN.search, self._paragraphs))

    @cached_property
    def blind(self) -> bool:
        """Whether full-width ASCII may have been replaced across the borders of characters.

        Then no two bytes of the kind are left.
        """
        return not any(
            _WIDE.search(paragraph.encode("gb18030", "replace")) for paragraph in self._paragraphs
        )

    @cached_property
    def wide(self) -> bool:
        """Whether full-width ASCII stayed as it was: torn bytes read as such at times."""
        return sum(text.count("，") - text.count(",") for text in self._paragraphs) > 0

    @cached_property
    def quotes(self) -> frozenset[str]:
        """The marks that begin quotations in this file."""
        return frozenset(
            sign for sign in "“《「『‘" if any(sign in text for text in self._paragraphs)
        )

    @cached_property
    def glossed(self) -> Mapping[bytes, frozenset[str]]:
        """The pairs of bytes that carry a gloss, each with the readings that stand there."""
        found: defaultdict[bytes, set[str]] = defaultdict(set)
        for paragraph in self._paragraphs:
            for gloss in _GLOSS.finditer(paragraph):
                if (reading := spelt(gloss[2])) in readings(gloss[1]):
                    found[octets(gloss[1])].add(reading)
        return {pair: frozenset(each) for pair, each in found.items()}

    @cached_property
    def bare(self) -> frozenset[bytes]:
        """Pairs of bytes that stand without a gloss: characters and what lies across two."""
        found: set[bytes] = set()
        for paragraph in self._paragraphs:
            last = b""
            for at, char in enumerate(paragraph[:_MOST_READ]):
                pair = octets(char)
                if len(pair) < 2:
                    last = b""
                    continue
                if last:
                    found.add(last[1:] + pair[:1])
                if paragraph[at + 1 : at + 2] not in ("(", "（", "?", "\ufffd"):
                    found.add(pair)
                last = pair
        return frozenset(found - self.glossed.keys())

    @cached_property
    def model(self) -> Model:
        """The likelihood of text in the script of this file, with the pairs of its clean part."""
        script = script_of("".join(self._paragraphs)[:_MOST_READ])
        familiar: Counter[str] = Counter()
        for paragraph in self._paragraphs:
            whole = _GLOSS.sub(r"\1", paragraph[:_MOST_READ])
            familiar.update(pair[1] for pair in _PAIR.finditer(_OUT_OF_STEP.sub("?", whole)))
        return Model(script, familiar)
