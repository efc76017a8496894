"""Which stems are forms of one English word that no rule tells?

Snowball takes off what is regular: took, taken and take keep stems of their
own, as do children and child.

>>> sorted(forms("take")), sorted(forms("patent")), lemmas("taken"), lemmas("patent")
(['take', 'taken', 'took'], ['patent'], ('take',), ())
>>> sorted(forms("businessman")), lemmas("businessmen")
(['businessman', 'businessmen'], ('businessman',))
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from search.analysis import english

_FILE = "irregular.tsv"


def forms(lemma: str) -> tuple[str, ...]:
    """The stem of a word as a dictionary has it, and those of its irregular forms."""
    if known := _irregular().get(lemma):
        return known
    return (lemma, f"{lemma[:-2]}en") if _is_of(lemma, "man") else (lemma,)


def lemmas(form: str) -> tuple[str, ...]:
    """The stems of the words that a stem is an irregular form of."""
    return _lemmas().get(form) or ((f"{form[:-2]}an",) if _is_of(form, "men") else ())


def _is_of(stem: str, ending: str) -> bool:
    """Whether a word is made with man or men: businessman, policewomen, and not omen."""
    return stem.endswith(ending) and len(stem) > len(ending) + 2 and stem.isalpha()


@cache
def _irregular() -> Mapping[str, tuple[str, ...]]:
    rows = files(__package__).joinpath(_FILE).read_text("utf-8").splitlines()
    found = (tuple(dict.fromkeys(map(english.stem, row.split()))) for row in rows)
    return {stems[0]: stems for stems in found if len(stems) > 1}


@cache
def _lemmas() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for lemma, *others in _irregular().values():
        for form in others:
            found[form] = (*found.get(form, ()), lemma)
    return found
