"""The demonstration: how old it is, and loading it afresh."""

import os
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from training import cli
from training.jobs.models import Job
from training.jobs.services import progress
from training.kernel import clock
from training.kernel.config import Config
from training.kernel.db import db
from training.kernel.policy import Visitor
from training.operations import demonstration, queries, services
from training.operations.tasks import reset_demonstration

ZONE = "Europe/Samara"


@pytest.fixture
def folder(app):
    """The folder of this demonstration, where nothing is noted yet."""
    place = app.config["CADRE"].folder
    note = place / "demonstration"
    yield place
    note.unlink(missing_ok=True)


def load_days_ago(folder, days):
    demonstration.note_loaded(folder)
    moment = (clock.now() - timedelta(days=days)).timestamp()
    os.utime(folder / "demonstration", (moment, moment))


class TestAge:
    def test_it_is_counted_in_days_since_it_was_loaded(self, folder):
        assert demonstration.age(folder, ZONE) is None

        demonstration.note_loaded(folder)
        assert demonstration.age(folder, ZONE) == 0

        load_days_ago(folder, 5)
        assert demonstration.age(folder, ZONE) == 5

    @pytest.mark.parametrize(("days", "stale"), [(0, None), (2, None), (3, 3), (40, 40)])
    def test_from_three_days_on_it_is_too_old(self, folder, days, stale):
        load_days_ago(folder, days)

        assert demonstration.days_stale(folder, ZONE) == stale


class TestPage:
    def test_a_fresh_demonstration_offers_nothing_on_other_pages(self, client, folder):
        load_days_ago(folder, 1)

        assert "dates have moved on" not in client.get("/").words

    def test_an_old_one_offers_to_be_loaded_afresh_on_every_page(self, client, folder):
        load_days_ago(folder, 4)

        page = client.get("/sign-in")

        assert "The demonstration was loaded 4 days ago; dates have moved on. Load it afresh" in page.words
        assert "/demonstration" in [link.get("href") for link in page.all("a")]

    def test_one_press_asks_for_it_and_a_second_press_asks_no_more(self, client, folder):
        load_days_ago(folder, 4)
        assert "everybody is signed out" in client.get("/demonstration").words

        sent = client.submit("/demonstration")
        assert (sent.status, sent.location) == (302, "/demonstration")
        client.post("/demonstration", client.token())

        assert [job.task for job in db.session.query(Job)] == [demonstration.TASK]
        assert "Waiting for the background work to begin" in client.get("/demonstration").words

    def test_the_progress_asks_for_the_page_anew_when_it_is_over(self, client, folder):
        client.submit("/demonstration")
        under_way = client.get("/demonstration/progress", headers={"HX-Request": "true"})
        assert "HX-Refresh" not in under_way.response.headers

        db.session.query(Job).delete()
        db.session.commit()

        assert client.get("/demonstration/progress", headers={"HX-Request": "true"}).response.headers["HX-Refresh"] == "true"

    @pytest.mark.parametrize("path", ["/demonstration", "/demonstration/progress"])
    def test_a_real_installation_has_no_such_page_and_says_nothing(self, client, app, folder, monkeypatch, path):
        load_days_ago(folder, 9)
        config: Config = app.config["CADRE"]
        monkeypatch.setitem(app.config, "CADRE", replace(config, mode="production"))

        assert client.get(path).status == 404
        assert client.post(path, client.token()).status in (404, 405)
        assert "dates have moved on" not in client.get("/").words


class TestLoading:
    def test_the_command_s_progress_is_told(self, app, monkeypatch):
        monkeypatch.setattr(demonstration, "RESET", (sys.executable, "-c", "print('   5 %'); print('12 events'); print(' 100 %')"))
        told = []

        demonstration.load_afresh(lambda done, total: told.append((done, total)))

        assert told == [(0, 100), (5, 100), (99, 100)]

    def test_a_command_that_fails_says_its_last_words(self, app, monkeypatch):
        monkeypatch.setattr(demonstration, "RESET", (sys.executable, "-c", "print('no room'); raise SystemExit(1)"))

        with pytest.raises(demonstration.Failed, match="no room"):
            demonstration.load_afresh(progress)

    def test_the_job_runs_the_command(self, app, monkeypatch):
        monkeypatch.setattr(demonstration, "RESET", (sys.executable, "-c", "pass"))

        reset_demonstration()

    def test_the_command_is_refused_in_a_real_installation(self, app, monkeypatch):
        monkeypatch.setitem(app.config, "CADRE", replace(app.config["CADRE"], mode="production"))

        result = app.test_cli_runner().invoke(cli.reset)

        assert result.exit_code == 1
        assert "This is a real installation" in result.output


def test_nothing_is_asked_for_twice(app):
    services.reset(Visitor())
    services.reset(Visitor())

    assert queries.resetting() is not None
    assert db.session.query(Job).count() == 1
