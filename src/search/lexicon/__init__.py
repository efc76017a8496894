"""What says the same in the other language?

Read in this order: `terms` (a word or phrase as the index holds it, and the
nouns); what is known before a text is read, `glossary`, `regional`, `cedict`;
what a word can tell by itself, `numerals`, `inflection`, `families`,
`transcription` and `names`; then `bitext` (what the archive says, as columns
of numbers), `table` (terms and rows of others, in files that open in a
millisecond), `amounts` (large numbers as the other language counts),
`dictionary` (CC-CEDICT as such a table, the same for every
archive), `alignment` (which word of a passage says which of its other side),
`phrases` (which words together),
`learned` (what the archive says, counted), `standing` (what stands in it),
`lookup` (all of it merged, for the term that is asked) and `build`.

    build.build(arrays, glossary, regional, dictionary=...).save(folder)    at a rebuild
    Lexicon.open(folder, arrays, dictionary).counterparts("专利")      at a search
"""

from __future__ import annotations

from search.lexicon.dictionary import Dictionary
from search.lexicon.lookup import Lexicon
from search.lexicon.terms import Counterpart, Pair, Source

__all__ = ["Counterpart", "Dictionary", "Lexicon", "Pair", "Source"]
