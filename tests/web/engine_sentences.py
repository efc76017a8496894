"""Every sentence that pages pass on from the code, read from its source.

Doubts, refusals, repairs, the reasons of pairs, and what cannot be answered are
put together where they are given: from strings, and from values, for which
`{0}`, `{1}`, … stand here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import count, product
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
FOLDERS = {"search": PROJECT / "src/search", "search.web": PROJECT / "web"}
OTHERS = {"search.web.api", "search.cli.__main__"}
"""The first refuses to programs, in English; the second is the program itself."""

GIVEN = {
    "Doubt": 1,
    "Refusal": 1,
    "Unreadable": 0,
    "_Wrong": 0,
    "Change": 2,
    "IndexStale": 1,
    "IndexCorrupt": 2,
    "abort": 1,
    "BadRequest": 0,
    "MethodNotAllowed": 1,
    "TooManyRequests": 0,
    "Unauthorized": 0,
}
"""What passes a sentence on, and which of its arguments it is."""

WITH = {"Entry": "problem"}
"""The same, by the name of the argument."""

REASONS = ("reasons", "reason", "asks")
"""The functions of `align` that give what speaks for a pair."""


def sentences() -> set[str]:
    """All of them, the values numbered in the order in which they stand."""
    found = {
        text
        for package, folder in FOLDERS.items()
        for path in folder.rglob("*.py")
        if (name := _named(package, path.relative_to(folder))) not in OTHERS
        for text in _Module(name, ast.parse(path.read_text(encoding="utf-8"))).given()
    }
    return {numbered(text) for text in found if re.search("[a-z]{2}", text)}


def _named(package: str, path: Path) -> str:
    """The name of the module that stands in a file of a package."""
    return ".".join((package, *path.with_suffix("").parts)).removesuffix(".__init__")


def numbered(sentence: str) -> str:
    """The sentence with a number in each of its `{}`."""
    numbers = count()
    return re.sub(r"\{\}", lambda _: f"{{{next(numbers)}}}", sentence)


class _Module:
    """A module, and what its names stand for."""

    def __init__(self, name: str, module: ast.Module) -> None:
        self.module = module
        self.all = [each for each in ast.walk(module) if isinstance(each, ast.FunctionDef)]
        self.functions = {each.name: each for each in self.all}
        self.constants = {
            name: value.replace("{", "{{").replace("}", "}}")
            for name, value in vars(import_module(name)).items()
            if name.isupper() and isinstance(value, str)
        }

    def given(self) -> Iterator[str]:
        for function in self.all:
            for each in ast.walk(function):
                for text in self.passed_on(each, function):
                    yield from self.texts(text, function)
            if function.name in REASONS:
                for returned in _returned(function):
                    yield from self.texts(returned, function)

    def passed_on(self, node: ast.AST, function: ast.FunctionDef) -> Iterator[ast.expr]:
        """The sentences among the parts of a call."""
        match node:
            case (
                ast.Call(func=ast.Name(id="Clue"), args=[kind, *_])
                | ast.Return(value=ast.Tuple(elts=[ast.Name(id="TRANSLATION") as kind, _]))
            ):
                # One is named as `number 5`, several as `numbers 5, 7`.
                for ending in (" ", "s "):
                    named = ast.BinOp(kind, ast.Add(), ast.Constant(ending))
                    yield ast.BinOp(named, ast.Add(), ast.Name("what"))
            case ast.Call(func=ast.Name(id="_turn"), args=[_, _, _, why]):
                yield why
            case ast.Call(func=ast.Attribute(value=ast.Name(id="reasons")), args=[reason]):
                yield reason
            case ast.Call(func=ast.Attribute(value=ast.Name(id="wrong")), args=[ast.Tuple() as at]):
                yield at.elts[-1]
            case ast.Assign(targets=[ast.Name(id="reasons")], value=ast.List(elts=reasons)):
                yield from reasons
            case ast.Call(func=ast.Attribute(value=ast.Call(), attr="__init__"), args=[*_, what]):
                yield what
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
                if name in GIVEN and GIVEN[name] < len(args):
                    yield args[GIVEN[name]]
                yield from (word.value for word in node.keywords if WITH.get(name) == word.arg)

    def texts(self, made: ast.expr, function: ast.FunctionDef) -> list[str]:
        """What an expression of a function may read, with `{}` for every value."""
        match made:
            case ast.Constant(value=str(text)):
                return [text.replace("{", "{{").replace("}", "}}")]
            case ast.JoinedStr(values=parts):
                every = [self.texts(part, function) for part in parts]
                return ["".join(text) for text in product(*every)]
            case ast.FormattedValue(value=ast.Name() as value, format_spec=None, conversion=-1):
                return self.texts(value, function)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                both = product(self.texts(left, function), self.texts(right, function))
                return [a + b if a + b != "{}{}" else "{}" for a, b in both]
            case ast.IfExp(body=body, orelse=other):
                return [*self.texts(body, function), *self.texts(other, function)]
            case ast.Name(id=name) if name in self.constants:
                return [self.constants[name]]
            case ast.Name(id=name):
                held = [
                    text for each in _held(name, function) for text in self.held(each, function)
                ]
                return list(dict.fromkeys(held)) or ["{}"]
        return ["{}"]

    def held(self, value: ast.expr, function: ast.FunctionDef) -> list[str]:
        """The same for what a name stands for: what another function returns too."""
        match value:
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                inner = self.functions[name]
                return [text for each in _returned(inner) for text in self.texts(each, inner)]
        return self.texts(value, function)


def _returned(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for each in ast.walk(function):
        if isinstance(each, ast.Return) and each.value:
            yield each.value


def _held(name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a name of a function may stand for."""
    for each in ast.walk(function):
        match each:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                yield value
