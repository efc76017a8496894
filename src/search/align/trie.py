"""Which words begin where? All places of a text at once.

A trie (de la Briandais, 1959) laid out in sorted arrays, one a depth: a node
is a row of one, and its key the node before it with one character more. A
text is walked from all of its places together, one character further a step.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.align.sparse import Ints

_BITS = 21
"""Of a code point."""


class Trie:
    """Words, to be looked for in texts. The longest decides how far is looked."""

    def __init__(self, words: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        longest = int(lengths.max(initial=0))
        letters = np.array(words, f"<U{max(1, longest)}").view("<u4").astype(np.int64)
        letters = letters.reshape(len(words), max(1, longest))
        node = np.zeros(len(words), np.int64)
        self._depths: list[tuple[Ints, Ints]] = []
        for depth in range(longest):
            going = lengths > depth
            keys, node[going] = np.unique(
                node[going] << _BITS | letters[going, depth], return_inverse=True
            )
            ends = np.flatnonzero(lengths == depth + 1)
            numbers = np.full(len(keys), -1)
            numbers[node[ends]] = ends
            self._depths.append((keys, numbers))
        # Most places begin no word: a table of code points is quicker to ask.
        begins = self._depths[0][0] if longest else node
        self._begins = np.full(int(begins.max(initial=0)) + 2, -1)
        self._begins[begins] = np.arange(len(begins))

    def longest(self, text: str) -> tuple[Ints, Ints]:
        """For each place of a text the longest word that begins there: its length, its number.

        Where none does they are 0 and -1.

        >>> [each.tolist() for each in Trie(["人工", "人工智能", "能"]).longest("人工智能")]
        [[4, 0, 0, 1], [1, -1, -1, 2]]
        """
        size = len(text)
        behind = np.zeros(len(self._depths), np.int64)
        letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
        letters = np.concatenate([letters, behind])
        lengths, words = np.zeros(size, np.int64), np.full(size, -1)
        node = self._begins[np.minimum(letters[:size], len(self._begins) - 1)]
        at = np.flatnonzero(node >= 0)
        node = node[at]
        for depth, (keys, numbers) in enumerate(self._depths):
            if depth:
                wanted = node << _BITS | letters[at + depth]
                found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
                there = keys[found] == wanted
                at, node = at[there], found[there]
            ended = numbers[node] >= 0
            lengths[at[ended]] = depth + 1
            words[at[ended]] = numbers[node[ended]]
        return lengths, words
