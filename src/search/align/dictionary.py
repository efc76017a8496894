"""What of a dictionary is evidence that two paragraphs say the same?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from search.align.words import LONGEST_WORD, Translations, stems
from search.analysis.english import STOP_WORDS

_LONGEST = 4
"""Words of a translation; a longer one explains."""


def translations(entries: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> Translations:
    """For each folded Han word the stems of its translations, from its senses.

    A translation of several words is as likely as each is of them. A word
    such as *he* is one only by itself.

    >>> translations([("他", [["he", "him"]]), ("发明专利", [["invention patent"]])])
    {'他': {'he': 1.0, 'him': 1.0}, '发明专利': {'invent': 0.5, 'patent': 0.5}}
    """
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word, senses in entries:
        if len(word) > LONGEST_WORD:
            continue
        for gloss in (gloss for sense in senses for gloss in sense):
            printed = stems(gloss)
            said = [stem for word_, stem in printed if len(printed) == 1 or word_ not in STOP_WORDS]
            for stem in said if len(said) <= _LONGEST else ():
                found[word][stem] = max(found[word].get(stem, 0.0), 1 / len(said))
    return dict(found)
