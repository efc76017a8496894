"""The web pages and their JSON: `create_app` serves an archive by itself,
`blueprint` is the same as a part of another Flask application.

To read in this order: `app` puts the parts together, `asked` is what an
address asks for, `pages` answers people and `api` programs (`openapi` describes
it with `schemas`, `problems` refuses, `fresh` answers once a generation),
`feeds` browsers and feed readers. `reading` shows a whole transcript,
`conversion` in the characters one reads, `sentences` and `runs` say how a
passage stands there; `concordance` shows lines, `desk` what is to be done.
`languages` are those that pages speak, `sayings` what the engine says in them,
`shown` is what the templates are given, `embed` are the pages in a frame.
`access` lets in, with `tokens` or by a proxy; `limits` bounds how often and how
long, `headers` what browsers may do, and `log` says what was asked.
"""

from .access import Access, Trusted
from .app import blueprint, create_app, prepare
from .tokens import Tokens

__all__ = ["Access", "Tokens", "Trusted", "blueprint", "create_app", "prepare"]
