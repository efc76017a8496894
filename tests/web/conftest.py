"""The pages over the real index, asked without a browser."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search import Archive
from search.web import create_app


@pytest.fixture(scope="session")
def app(archive: Archive) -> Flask:
    app: Flask = create_app(archive)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
