import os
from datetime import timedelta

import pytest

from tests.factories import make_account
from training.files import queries, services, storage
from training.files.media import CSV, DOCUMENTS, PDF, TABLES, TEXT
from training.files.models import StoredFile
from training.files.sending import send
from training.kernel import clock
from training.kernel.db import NotFound, db, writing
from training.kernel.policy import NotNow, Visitor

pytestmark = pytest.mark.usefixtures("app")

WHO = Visitor(7)
PAPER = b"%PDF-1.7\nsomething"


def keep(content=PAPER, name="paper.pdf", kinds=DOCUMENTS, limit=1_000_000, subject=None):
    return services.keep(WHO, content, name=name, kinds=kinds, limit=limit, subject=subject)


def lying():
    return {f"{path.parent.name}/{path.name}" for path in storage.folder().glob("??/*")}


class TestKeep:
    def test_keeps_the_bytes_under_a_random_name_outside_the_static_root(self, app):
        file = keep(name="../../static/evil.pdf")

        path = queries.path(file)
        assert path.read_bytes() == PAPER
        assert "evil" not in str(path)
        assert app.static_folder is not None
        assert not path.is_relative_to(app.static_folder)
        assert (file.name, file.media_type, file.size, file.account_id) == ("evil.pdf", PDF, len(PAPER), 7)

    @pytest.mark.parametrize(
        ("content", "name"),
        [(b"<!doctype html><script>1</script>", "paper.pdf"), (b"", "paper.pdf"), (b"x" * 2000, "paper.pdf"), (b"MZ\x90\0", "paper.pdf")],
    )
    def test_refuses_what_is_not_taken_and_leaves_nothing_behind(self, content, name):
        before = lying()

        with pytest.raises(NotNow) as refusal:
            keep(content, name)

        assert refusal.value.field == "file"
        assert lying() == before
        assert db.session.query(StoredFile).count() == 0

    def test_stops_reading_at_the_limit(self):
        class Endless:
            given = 0

            def read(self, size=-1):
                self.given += size
                return b"x" * size

        endless = Endless()
        with pytest.raises(NotNow, match="larger"):
            keep(endless, "a.csv", TABLES, 200_000)
        assert endless.given < 400_000

    def test_text_is_taken_as_the_kind_that_is_asked_for(self):
        assert keep(b"a;b", "a.txt", frozenset({CSV})).media_type == CSV
        assert keep(b"a;b", "a.csv", frozenset({TEXT})).media_type == TEXT

    def test_belongs_to_its_subject(self):
        account = make_account()
        file = keep(subject=account)

        assert queries.of_subject(account) == [file]


class TestSweep:
    def test_removes_what_nothing_refers_to_after_a_day(self):
        kept = keep(subject=make_account())
        unclaimed = keep()
        stray = storage.receive(PAPER, name="x.pdf", kinds=DOCUMENTS, limit=100)
        two_days_ago = (clock.now() - timedelta(days=2)).timestamp()
        for place in (kept.place, unclaimed.place, stray.place):
            os.utime(storage.folder() / place, (two_days_ago, two_days_ago))
        with writing():
            unclaimed.kept_at = clock.now() - timedelta(days=2)

        assert services.sweep() >= 2

        assert kept.place in lying()
        assert not {unclaimed.place, stray.place} & lying()

    def test_leaves_today_s_alone(self):
        file = keep()
        stray = storage.receive(PAPER, name="x.pdf", kinds=DOCUMENTS, limit=100)

        services.sweep()

        assert {file.place, stray.place} <= lying()


class TestSend:
    def test_is_a_download_that_cannot_run(self, app):
        file = keep(name='Договор №1 "x"; a=b.pdf')
        with app.test_request_context():
            response = send(file)
            response.close()

        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert "filename*=UTF-8''%D0%94" in response.headers["Content-Disposition"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.mimetype == PDF

    def test_only_harmless_kinds_are_shown_inline(self, app):
        with app.test_request_context():
            paper, table = send(keep(), inline=True), send(keep(b"a;b", "a.csv", TABLES), inline=True)
            paper.close()
            table.close()

        assert paper.headers["Content-Disposition"].startswith("inline")
        assert table.headers["Content-Disposition"].startswith("attachment")

    def test_lost_bytes_are_not_found(self, app):
        file = keep()
        storage.remove(file.place)

        with pytest.raises(NotFound), app.test_request_context():
            send(file)
