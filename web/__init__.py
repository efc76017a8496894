"""The web pages and their JSON: `create_app` serves an archive by itself,
`blueprint` is the same as a part of another Flask application.

To read in this order: `app` puts the parts together, `asked` is what an
address asks for, `pages` answers people and `api` programs, `languages` are
those that pages speak, `shown` is what the templates are given.
"""

from .app import blueprint, create_app

__all__ = ["blueprint", "create_app"]
