"""In which language does a page speak? As its address says, else a cookie, else the browser.

Templates say everything in English through `_` and `ngettext`;
`translations/zh.po` has the same in Chinese. It is read as it stands, so that
there is nothing to compile and nothing that can be stale.
"""

from __future__ import annotations

from functools import cache, partial
from importlib import resources
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Response, render_template, request, url_for
from flask_babel import Domain, force_locale, get_locale
from markupsafe import Markup

from search.analysis.scripts import is_han

from . import embed, sayings

LANGUAGES: Final = {"en": "English", "zh": "中文"}
"""The languages that pages speak, each as it calls itself."""

ASKED: Final = "hl"
"""The argument of an address that asks for a language, and the cookie that keeps it."""

_YEAR: Final = 365 * 24 * 60 * 60


class Catalogues(Domain):  # type: ignore[misc]
    """The words of these pages, apart from those of the application that they may be part of."""

    def get_translations(self) -> NullTranslations:
        return catalogue(str(get_locale()))


WORDS: Final = Catalogues(domain="transcripts")


@cache
def catalogue(language: str) -> NullTranslations:
    """What the templates say in a language; English needs none."""
    file = resources.files(__package__).joinpath(f"translations/{language}.po")
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as written:
        write_mo(compiled, read_po(written, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def chosen() -> str:
    """The language in which the request at hand is answered."""
    for given in (request.args.get(ASKED), request.cookies.get(ASKED)):
        if given in LANGUAGES:
            return given
    # The best first. Werkzeug's own choice takes a late `zh` before an early `en-GB`.
    for tag, quality in request.accept_languages:
        primary = tag.partition("-")[0].lower()
        if quality and primary in LANGUAGES:
            return primary
    return "en"


def render(template: str, **values: Any) -> str:
    """A page in the chosen language, whichever the application speaks otherwise."""
    language = chosen()
    with force_locale(language):
        # Asked for once: a page has some hundred messages.
        words = WORDS.get_translations()
        return render_template(
            template,
            **values,
            language=language,
            elsewhere=elsewhere(),
            script=script,
            said=partial(sayings.translated, language=language),
            _=partial(say, words),
            ngettext=partial(count, words),
        )


def say(words: NullTranslations, message: str, **values: Any) -> Markup:
    """A message in the language of the page; a value that is no markup is escaped."""
    said = Markup(words.ugettext(message))
    return said % values if values else said


def count(words: NullTranslations, one: str, many: str, num: int, **values: Any) -> Markup:
    """The same of a number of things: `%(num)s` is the number, its thousands apart."""
    message = words.ungettext(one, many, num)
    return Markup(message) % {"num": f"{num:,}", **values}


def script(text: str) -> str:
    """The language that a text is most likely in, for its `lang`: Chinese has Han characters.

    >>> script("《知產人物 IP PEOPLE》"), script("Wang Xiaogang")
    ('zh', 'en')
    """
    return "zh" if any(map(is_han, text)) else "en"


def elsewhere() -> list[tuple[str, str, str]]:
    """Every language but the one of this page: its code, its name, this page's address in it."""
    rule = request.url_rule
    # What `embed` adds to an address is among the arguments already.
    where: dict[str, Any] = {**(request.view_args or {}), embed.ASKED: None}
    page = url_for(rule.endpoint, **where) if rule else url_for(".search")
    args = [(name, value) for name, value in request.args.items(multi=True) if name != ASKED]
    return [
        (language, name, f"{page}?{urlencode([*args, (ASKED, language)])}")
        for language, name in LANGUAGES.items()
        if language != chosen()
    ]


def remember(response: Response) -> Response:
    """Keeps the language that was asked for, and tells caches what a page depends on."""
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    asked = request.args.get(ASKED)
    if response.mimetype == "text/html" and asked in LANGUAGES:
        keep(response, ASKED, asked)
    return response


def keep(response: Response, name: str, value: str) -> None:
    """A choice of the reader's, for a year and for every page of the archive."""
    response.set_cookie(
        name,
        value,
        max_age=_YEAR,
        path=url_for(".search", **{embed.ASKED: None}),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
