"""How is it meant? What a person typed, as a tree.

    juxtaposition   patent talent           passages with all of it first, then with most
    or              patent OR 专利
    and             patent AND talent
    unary           -utility  NOT utility  (…)  "…"  "…"~5  =word  word~  innov*  speaker:王晓刚

Weakest first. Nothing is an error: an operator without anything to work on, a
bracket or a quote without its other half, a field that is none, are text.

>>> parse("(patent OR 专利) speaker:王晓刚 -utility", Analyzer()).read_as
'(patent OR 专利) speaker:王晓刚 -utility'
>>> parse("what is the 专利资产?", Analyzer()).read_as
'专利 资产'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from search.analysis import CHAR, FORM, STEM, Analyzer, chinese, english, fold
from search.analysis.scripts import HAN
from search.model import Token
from search.query import (
    FIELDS,
    OPERATORS,
    And,
    Everything,
    Filter,
    Most,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    Wildcard,
    is_condition,
)

LONGEST = 1_000
"""Code points of a query that are read; more is left off, and the query as read shows it."""

DEEPEST = 20
"""Brackets within brackets; deeper ones are text."""

WIDEST = 100
"""Words between the words of a `"…"~n`; a larger n means this."""

Cut = Callable[[str], Sequence[str]]
"""Gives a run of folded Han characters as words that follow each other without a rest."""


def parse(text: str, analyzer: Analyzer, exact: bool = False, cut: Cut = list) -> Query:
    """The query that a person meant; with `exact`, every word in its exact form.

    `cut` gives the words of characters that the analyzer knows no word for.
    """
    parser = _Parser(list(_lex(text[:LONGEST])), analyzer, exact, cut)
    return Query(text, parser.whole())


# From characters to symbols.

_OPEN, _CLOSE = "(", ")"
_QUOTES = {
    '"': '"”“',
    "“": '”"',
    "”": '”"',
    "„": "“”",
    "«": "»",
    "「": "」",
    "『": "』",
    "＂": "＂",
    "〝": "〞",
}
_FIELD = re.compile(rf"(?i:({'|'.join(FIELDS)}))[:：](?=\S)")
_WORD = re.compile(rf"[^\s()（）{re.escape(''.join(_QUOTES))}]+")
_NO_QUOTES = re.compile(f"[{re.escape(''.join(_QUOTES) + ''.join(_QUOTES.values()))}]")
_SLOP = re.compile(r"~(\d{1,3})")
_APOSTROPHE = re.compile(r"['’]s\b")
_UNIT = re.compile("[十百千]*[万亿]+")
_FUZZY = re.compile(r"(.*[^~])~([12]?)")


@dataclass(frozen=True, slots=True)
class _Symbol:
    kind: str
    """`(`, `)`, `-`, an operator, or what the text is: `word`, `phrase`, `filter`."""
    text: str = ""
    exact: bool = False
    slop: int | None = None
    field: str = ""
    at: int | None = None
    """Where the text of a word begins in what was typed."""


def _lex(text: str) -> Iterator[_Symbol]:
    at = 0
    while at < len(text):
        char = text[at]
        before = text[at - 1] if at else " "
        starts = before.isspace() or before in "(（-="
        if char.isspace():
            at += 1
        elif char in "(（":
            yield _Symbol(_OPEN)
            at += 1
        elif char in ")）":
            yield _Symbol(_CLOSE)
            at += 1
        elif char in "-－" and starts and before != "-" and text[at + 1 : at + 2].strip():
            yield _Symbol("-")
            at += 1
        elif starts and (field := _FIELD.match(text, at)):
            name, at = field[1].lower(), field.end()
            quoted = _quoted(text, at)
            value = quoted or _WORD.match(text, at)
            if value is None:
                yield _Symbol("word", name)
                continue
            content = text[at + 1 : value.end() - 1] if quoted else value[0]
            at = value.end()
            yield _Symbol("filter", content.strip(), field=name)
        else:
            exact = char in "=＝" and starts
            begin = at + exact
            if quoted := _quoted(text, begin):
                content, at = text[begin + 1 : quoted.end() - 1], quoted.end()
                slop = _SLOP.match(text, at)
                at = slop.end() if slop else at
                yield _Symbol("phrase", content, exact, min(int(slop[1]), WIDEST) if slop else None)
            elif word := _WORD.match(text, begin):
                at = word.end()
                kind = word[0] if word[0] in OPERATORS and not exact else "word"
                yield _Symbol(kind, word[0], exact, at=begin)
            else:
                at = begin + (begin == at)


def plain_words(text: str) -> Iterator[tuple[int, int]]:
    """Where the words begin and end that are typed as they are: unquoted, without an operator.

    What lies between two spaces is one here, in either script.

    >>> text = '专力 -bus "talent pool" =city innov* (patnt OR in:wang)'
    >>> [text[start:end] for start, end in plain_words(text)]
    ['专力', 'patnt']
    """
    negated = False
    for symbol in _lex(text[:LONGEST]):
        if symbol.kind == "word" and symbol.at is not None:
            if not (negated or symbol.exact or "*" in symbol.text or "~" in symbol.text):
                yield symbol.at, symbol.at + len(symbol.text)
        negated = symbol.kind in ("-", "NOT")


def in_quotes(text: str) -> bool:
    """Whether a quotation is open where the text ends."""
    closing = ""
    for char in text[:LONGEST]:
        closing = ("" if char in closing else closing) if closing else _QUOTES.get(char, "")
    return bool(closing)


def condition(field: str, value: str) -> str:
    """A condition as it is typed; quotes in its value are left out.

    >>> condition("speaker", "王曉剛"), condition("speaker", 'Wang "Xiao" Gang')
    ('speaker:王曉剛', 'speaker:"Wang Xiao Gang"')
    """
    value = " ".join(_NO_QUOTES.sub(" ", value).split())
    return f"{field}:{value}" if re.fullmatch(r"[\w-]+", value) else f'{field}:"{value}"'


def _quoted(text: str, at: int) -> re.Match[str] | None:
    """A quoted stretch that begins at `at`, if there is a closing quote."""
    closing = _QUOTES.get(text[at : at + 1])
    return (closing and re.compile(rf".[^{closing}]*[{closing}]", re.S).match(text, at)) or None


# From symbols to a tree.


class _Parser:
    def __init__(self, symbols: list[_Symbol], analyzer: Analyzer, exact: bool, cut: Cut) -> None:
        self.symbols = symbols
        self.analyzer = analyzer
        self.exact = exact
        self.cut = cut
        self.at = 0
        self.depth = 0

    def whole(self) -> Node | None:
        nodes: list[Node] = []
        while self.at < len(self.symbols):
            if node := self.juxtaposition():
                nodes.append(node)
            # A closing bracket that was never opened ends nothing.
            self.at += 1
        return _flat(nodes)

    def peek(self, *kinds: str) -> bool:
        return self.at < len(self.symbols) and self.symbols[self.at].kind in kinds

    def juxtaposition(self) -> Node | None:
        nodes: list[Node] = []
        while self.at < len(self.symbols) and not self.peek(_CLOSE):
            if node := self.disjunction():
                nodes.append(node)
        return _flat(nodes)

    def disjunction(self) -> Node | None:
        nodes = [self.conjunction()]
        while self.peek("OR") and self.operand_follows():
            self.at += 1
            nodes.append(self.conjunction())
        return _several(Or, nodes)

    def conjunction(self) -> Node | None:
        nodes = [self.unary()]
        while self.peek("AND") and self.operand_follows():
            self.at += 1
            nodes.append(self.unary())
        return _several(And, nodes)

    def operand_follows(self) -> bool:
        """Whether something to work on comes after the operator here."""
        following = self.symbols[self.at + 1 : self.at + 2]
        return bool(following) and following[0].kind not in (_CLOSE, "AND", "OR")

    def unary(self) -> Node | None:
        symbol = self.symbols[self.at]
        negates = symbol.kind == "-" or (symbol.kind == "NOT" and self.operand_follows())
        if negates and self.at + 1 < len(self.symbols):
            self.at += 1
            node = self.unary()
            if isinstance(node, Most) and not node.required:
                # What is unwanted is the words as typed together, not any one of them.
                node = And(node.words)
            # What is not unwanted is wanted.
            return node.node if isinstance(node, Not) else Not(node) if node else None
        self.at += 1
        if symbol.kind == _OPEN:
            return self.group()
        if symbol.kind == _CLOSE:
            self.at -= 1
            return None
        return self.leaf(symbol)

    def group(self) -> Node | None:
        if self.depth == DEEPEST:
            return None
        self.depth += 1
        node = self.juxtaposition()
        self.at += self.peek(_CLOSE)
        self.depth -= 1
        return node

    def leaf(self, symbol: _Symbol) -> Node | None:
        exact = symbol.exact or self.exact
        if symbol.kind == "filter":
            if is_condition(symbol.field, symbol.text):
                return Filter(symbol.field, symbol.text)
            return _flat([*self.words(symbol.field, exact), *self.words(symbol.text, exact)])
        if symbol.kind == "phrase":
            return self.phrase(symbol, exact)
        text = symbol.text or symbol.kind
        if "*" in text:
            return self.wildcard(text, exact)
        if (fuzzy := _FUZZY.fullmatch(text)) and (words := self.words(fuzzy[1], exact)):
            return _flat([_fuzzy(word, fuzzy[2]) for word in words])
        return _flat(self.words(text, exact))

    def phrase(self, symbol: _Symbol, exact: bool) -> Node | None:
        tokens = self.analyzer.tokens(symbol.text)
        if not tokens:
            return None
        text = symbol.text[min(t.start for t in tokens) : max(t.end for t in tokens)]
        if tokens[-1].position == 0:
            return Term(text, exact)
        return Phrase(_NO_QUOTES.sub(" ", text), exact, symbol.slop)

    def wildcard(self, text: str, exact: bool) -> Node | None:
        pattern = re.sub(r"\*+", "*", text)
        if pattern == "*":
            return Everything()
        tokens = self.analyzer.tokens(pattern)
        if not tokens:
            return None
        latin = {token.field in (FORM, STEM) for token in tokens}
        if latin == {False} or (latin == {True} and re.fullmatch(r"[\w*'’&.,-]+", pattern)):
            return Wildcard(pattern)
        # A pattern over both scripts, or with other signs in it: each piece by itself.
        pieces = re.findall(rf"\*?[{HAN}]+\*?|\*?[^\W{HAN}]+\*?", pattern)
        return _flat([Wildcard(p) if "*" in p else Term(p, exact) for p in pieces])

    def words(self, text: str, exact: bool) -> list[Node]:
        """The words of a stretch without spaces: Latin ones, and Chinese ones as they are cut."""
        words: list[Node] = []
        run: list[Token] = []
        end = 0
        for token in [*self.analyzer.tokens(text), None]:
            if token and token.field == CHAR:
                run.append(token)
            elif run and (token is None or token.field == FORM):
                words += self.chinese(text, run, exact)
                run = []
            if token and token.field == FORM and token.start >= end:
                end = token.end
                if token.term[-1:] == "0" and (apostrophe := _APOSTROPHE.match(text, end)):
                    # 1970's are the 1970s.
                    end = apostrophe.end()
                words.append(Term(text[token.start : end], exact))
        return words

    def chinese(self, text: str, run: list[Token], exact: bool) -> Iterator[Term]:
        """The words of a run of Han characters.

        Characters that nobody knows a word for are one word together: 觉领
        asks for 觉领, not for 觉 and 领 wherever they stand. 万 and 亿 behind digits
        are of the number: 6600万|年前.
        """
        before = text[run[0].start - 1] if run[0].start else ""
        if before.isdecimal() and (unit := _UNIT.match("".join(token.term for token in run))):
            counted, run = run[: unit.end()], run[unit.end() :]
            yield Term(text[counted[0].start : counted[-1].end], exact)
        pieces: list[list[Token]] = []
        alone = False
        at = 0
        for word in self.known("".join(token.term for token in run)):
            tokens, at = run[at : at + len(word)], at + len(word)
            unknown = len(word) == 1 and word not in chinese.STOP_WORDS
            if unknown and alone:
                pieces[-1] += tokens
            else:
                pieces.append(tokens)
            alone = unknown
        for tokens in pieces:
            yield Term(text[tokens[0].start : tokens[-1].end], exact)

    def known(self, run: str) -> Iterator[str]:
        """The run as the analyzer cuts it, and what that leaves in single characters as `cut`."""
        for single, found in groupby(self.analyzer.cutter.cut(run), lambda word: len(word) == 1):
            words = list(found)
            yield from self.cut("".join(words)) if single else words


def _fuzzy(word: Node, letters: str) -> Node:
    """Lets letters of a Latin word differ: one of a short word, two of a long one."""
    if not isinstance(word, Term) or not fold(word.text).isascii():
        return word
    return replace(word, fuzzy=int(letters) if letters else 1 + (len(word.text) > 5))


def _several(kind: type[And] | type[Or], nodes: list[Node | None]) -> Node | None:
    found = [node for node in nodes if node]
    return kind(tuple(found)) if len(found) > 1 else found[0] if found else None


def _flat(nodes: list[Node]) -> Node | None:
    """Juxtaposed nodes as one: stop words left out unless they are all there is."""
    words: list[Node] = []
    required: list[Node] = []
    for node in nodes:
        if isinstance(node, Most):
            words += node.words
            required += node.required
        else:
            (required if isinstance(node, Filter | Not) else words).append(node)
    telling = [
        word
        for before, word in zip([None, *words], words, strict=False)
        if not _is_stop_word(word) and not _is_asked(before, word)
    ]
    words = list(dict.fromkeys(telling or words))
    if len(words) + len(required) == 1:
        return (*words, *required)[0]
    return Most(tuple(words), tuple(required)) if words or required else None


def _is_stop_word(node: Node) -> bool:
    if not isinstance(node, Term) or node.exact or node.fuzzy:
        return False
    folded = fold(node.text)
    return folded in english.STOP_WORDS or folded in chinese.STOP_WORDS


def _is_asked(before: Node | None, word: Node) -> bool:
    """Whether a word is of the question and not of what is asked: `how many`, `what kind`."""
    if not (isinstance(before, Term) and isinstance(word, Term)) or before.exact or word.exact:
        return False
    return fold(word.text) in english.ASKED.get(fold(before.text), ())
