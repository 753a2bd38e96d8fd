"""The index follows what happens to an organisation, and can be made anew."""

import pytest
from sqlalchemy import func, select, update

from tests.insights.search.stage import SYSTEM, found, make_region
from training.insights.search.commands import group
from training.insights.search.services import refresh
from training.insights.search.tasks import rebuild
from training.kernel.db import db, writing
from training.kernel.policy import Visitor
from training.organisations.models import Organisation
from training.organisations.workflow import State
from training.search.models import SearchDocument
from training.search.services import drop_many


def documents():
    return db.session.scalar(select(func.count()).select_from(SearchDocument))


@pytest.mark.usefixtures("app")
class TestRefresh:
    def test_the_same_again_writes_nothing(self):
        region = make_region()

        assert refresh(SYSTEM, region.school.id) == 0

    def test_a_closed_organisation_leaves_no_title_behind(self):
        region = make_region()
        before = documents()
        closed = update(Organisation).where(Organisation.id == region.school.id).values(state=State.CLOSED)
        with writing() as session:
            session.execute(closed.execution_options(synchronize_session=False))
        db.session.expire_all()

        refresh(SYSTEM, region.school.id)

        assert before - documents() == 3

    def test_is_asked_for_whenever_an_organisation_changes_its_state_or_name(self, app):
        followed = app.extensions["wiring"].subscribers

        for event in ("verified", "suspended", "reinstated", "closed", "edited"):
            assert "search.refresh" in followed[f"organisation.{event}"]
        assert "memberships.tell_suspended" in followed["organisation.suspended"], "others go on hearing of it"


@pytest.mark.usefixtures("app")
class TestRebuild:
    def test_what_was_lost_is_found_again(self):
        make_region()
        kinds = {"programme": "programmes", "opening": "internships", "vacancy": "vacancies"}
        for kind in kinds:
            drop_many(kind, list(db.session.scalars(select(SearchDocument.subject_id).where(SearchDocument.kind == kind))))
        assert found(Visitor(), "сварщик") == {}

        rebuild()

        assert set(found(Visitor(), "сварщик")) == set(kinds.values())

    def test_the_command_says_how_much_had_changed(self, app):
        make_region()
        drop_many("opening", list(db.session.scalars(select(SearchDocument.subject_id).where(SearchDocument.kind == "opening"))))

        said = app.test_cli_runner().invoke(group, ["rebuild"])

        assert said.output == "Records that said something else than before: 2. The index is made anew.\n"
