"""Safety 9: what opens something is long, stored as a hash, and stands in no row and no log."""

import ast
import logging

import pytest
from sqlalchemy import String, text

from tests.client import Browser
from tests.factories import make_account
from training.accounts import queries, services
from training.accounts.models import Link, Session
from training.accounts.workflow import Purpose
from training.kernel import keys
from training.kernel.config import ROOT
from training.kernel.db import Record, db, transaction
from training.kernel.policy import System, Visitor


@transaction()
def made(actor: System, purpose: Purpose, subject_id: int) -> Link:
    return services.link(purpose, subject_id, once=True)


def rows() -> str:
    """Everything that stands in the database."""
    db.session.rollback()
    return "\n".join(str(tuple(row)) for name in Record.metadata.tables for row in db.session.execute(text(f'SELECT * FROM "{name}"')))


def test_every_random_secret_has_at_least_128_bits():
    asked: list[tuple[str, int]] = []
    for path in (ROOT / "training").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("token_urlsafe", "token_bytes"):
                size = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else 0
                asked.append((f"{path.relative_to(ROOT)}:{node.lineno}", size if isinstance(size, int) else 0))

    assert asked
    assert [where for where, size in asked if size < 16] == []
    assert len(keys.code()) * 4.95 > 128  # 31 signs are 4.95 bits each


def test_whatever_is_called_a_token_is_as_long_as_a_hash():
    columns = [column for table in Record.metadata.tables.values() for column in table.c if column.name in ("token", "cookie", "secret")]

    assert {str(column) for column in columns} >= {"session.token", "link.token", "link.cookie"}
    for column in columns:
        assert isinstance(column.type, String)
        assert column.type.length == 64, f"{column} does not look like a digest"


def test_no_row_holds_a_token_in_the_clear(app):
    account = make_account()
    token = services.mint(System("tests"), made(System("tests"), Purpose.RESET, account.id))
    visitor = Browser(app)
    followed = visitor.get(f"/l/{token}")
    cookie = followed.response.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    session = services.sign_in(Visitor(), db.session.merge(account), device="tests")

    found = rows()

    assert not [secret for secret in (token, cookie, session) if secret in found]
    assert queries.digest(session) in found


@pytest.mark.parametrize("path", ["/l/{token}", "/l/{token}?next=/", "/letters/stop/{token}"])
def test_an_error_leaves_no_token_and_no_further_line_in_the_log(app, monkeypatch, caplog, path):
    token = "s3cr3t-" * 5
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_given):
        raise RuntimeError("away")

    monkeypatch.setattr("training.accounts.queries.by_token", broken)
    monkeypatch.setattr("training.notices.topics.read", broken, raising=False)
    with caplog.at_level(logging.ERROR):
        Browser(app).get(path.format(token=token))
        Browser(app).get(path.format(token="a%0D%0AFAKE line"))

    assert token not in caplog.text
    assert not [line for line in caplog.text.splitlines() if line.startswith("FAKE")]
    app.config["PROPAGATE_EXCEPTIONS"] = None


def test_a_session_is_a_hash_of_its_cookie(app):
    account = make_account()
    token = services.sign_in(Visitor(), account, device="tests")

    assert db.session.query(Session).filter_by(token=queries.digest(token)).count() == 1
    assert db.session.query(Session).filter_by(token=token).count() == 0
