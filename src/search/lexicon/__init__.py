"""What says the same in the other language?

Read in this order: `terms` (a word or phrase as the index holds it, and the
nouns); what is known before a text is read, `glossary`, `regional`, `cedict`
and `dictionary`; what a word can tell by itself, `numerals`, `families` and
`names`; then `bitext` (what the archive says, as columns of numbers),
`alignment` (which word of a passage says which of its other side), `phrases`
(which words together), `merge` (all of it as one table) and `table` (the table
in files that open in a millisecond).

    lexicon = build(arrays, glossary, regional)      at a rebuild
    lexicon.save(folder)
    Lexicon.open(folder).counterparts("专利")         at a search
"""

from __future__ import annotations

from search.lexicon.merge import build
from search.lexicon.table import Lexicon
from search.lexicon.terms import Counterpart, Pair, Source

__all__ = ["Counterpart", "Lexicon", "Pair", "Source", "build"]
