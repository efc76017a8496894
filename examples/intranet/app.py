"""An intranet that takes in the archive in every way there is.

    python examples/intranet/app.py        then open http://127.0.0.1:8010/desk/

- `/desk/archive/` is the archive itself, mounted as a blueprint.
- `/desk/second/` is another one beside it (here the same index again).
- `/desk/frame` shows the archive in a frame that fits its height.
- `/desk/` has the widget in a page of the intranet's own.

`templates/transcripts/head.html` puts the house's style sheet on the archive's pages, `above.html`
a way back over them.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, render_template

import search
from search.web import blueprint

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent


def create_app(index: Path) -> Flask:
    """The intranet over the archive in the folder `index`."""
    archive = search.open_archive(index)
    desk = Blueprint("desk", __name__)
    desk.add_url_rule("/", "home", lambda: render_template("home.html"))
    desk.add_url_rule("/frame", "frame", lambda: render_template("frame.html"))
    # Pages of this application itself may show the archive in a frame.
    desk.register_blueprint(blueprint(archive, frame_origins=["self"]), url_prefix="/archive")
    desk.register_blueprint(blueprint(archive, "second"), url_prefix="/second")
    app = Flask("intranet", root_path=str(HERE))
    app.register_blueprint(desk, url_prefix="/desk")
    return app


def main() -> None:
    from waitress import serve

    index = PROJECT / "index"
    search.rebuild(PROJECT / "content", index)
    print("The intranet is at http://127.0.0.1:8010/desk/")
    serve(create_app(index), host="127.0.0.1", port=8010)


if __name__ == "__main__":
    main()
