"""Editions of mark scales: what every school begins with, new ones, and those that were used."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from tests.factories import actor_of, events_of, make_employer, make_school
from training.courses.scales import queries, services
from training.courses.scales.models import ScaleBand, ScaleEdition
from training.courses.scales.policies import Band, why_not_bands
from training.courses.scales.workflow import Event, ScaleKind
from training.kernel import clock
from training.kernel.db import NotFound, Stale, db, writing
from training.kernel.policy import NotAllowed, NotNow, Role

ZONE = "Europe/Samara"
BANDS = [Band("2", 0, passes=False), Band("3", 5000, passes=True), Band("4", 7000, passes=True), Band("5", 9000, passes=True)]


def add(school, *, actor=None, days=0, bands=BANDS, kind=ScaleKind.MARKS):
    actor = actor or actor_of(school, Role.MANAGER)
    on = clock.today(ZONE) + timedelta(days=days)
    return services.add(actor, school, kind=kind, valid_from_on=on, source="Local act 7", bands=bands)


def marks(school, *, days=0):
    db.session.rollback()
    edition = queries.in_force(school.id, clock.today(ZONE) + timedelta(days=days))[ScaleKind.MARKS]
    return [(band.label, band.from_share) for band in edition.bands]


@pytest.mark.usefixtures("app")
class TestAdd:
    def test_every_school_begins_with_the_recommended_conversion(self):
        assert marks(make_school()) == [("2", 0), ("3", 2000), ("4", 4000), ("5", 7000)]
        assert set(queries.in_force(make_school().id, clock.today(ZONE))) == set(ScaleKind)

    def test_the_school_s_own_edition_holds_from_its_day_and_for_nobody_else(self):
        school, other = make_school(), make_school()

        edition = add(school, days=3)

        assert marks(school, days=2)[1] == ("3", 2000)
        assert marks(school, days=3)[1] == ("3", 5000)
        assert marks(other, days=3)[1] == ("3", 2000)
        assert events_of(edition) == [Event.ADDED]
        with pytest.raises(NotFound):
            queries.edition(actor_of(other, Role.MANAGER), edition.id)

    def test_one_day_has_one_edition_and_none_begins_in_the_past(self):
        school = make_school()
        add(school)

        with pytest.raises(NotNow, match="from that day already"):
            add(school)
        with pytest.raises(NotNow, match="from today or from a later day"):
            add(school, days=-1)

    def test_only_managers_of_the_school_add_one(self):
        school = make_school()

        for actor in (actor_of(school, Role.TEACHER), actor_of(make_school(), Role.MANAGER), actor_of(make_employer(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                add(school, actor=actor)


@pytest.mark.usefixtures("app")
class TestEdit:
    def test_an_unused_edition_changes_and_a_used_one_does_not(self):
        school = make_school()
        manager = actor_of(school, Role.MANAGER)
        edition = add(school, actor=manager)
        bands = [Band("fair", 0, passes=False), Band("good", 6000, passes=True)]

        services.edit(manager, edition, version=edition.version, source="Local act 8", bands=bands)

        assert marks(school) == [("fair", 0), ("good", 6000)]
        with writing():
            services.use(edition)
        db.session.expire_all()
        edition = queries.edition(manager, edition.id)
        with pytest.raises(NotNow, match="stays as it is"):
            services.edit(manager, edition, version=edition.version, source="Local act 9", bands=bands)

    def test_whoever_saw_an_older_one_is_told(self):
        school = make_school()
        edition = add(school)

        with pytest.raises(Stale):
            services.edit(actor_of(school, Role.MANAGER), edition, version=edition.version + 1, source="Act", bands=BANDS)

    def test_nobody_changes_what_every_school_begins_with(self):
        school = make_school()
        shared = queries.in_force(school.id, clock.today(ZONE))[ScaleKind.MARKS]

        with pytest.raises(NotAllowed):
            services.edit(actor_of(school, Role.MANAGER), shared, version=shared.version, source="Act", bands=BANDS)

    @pytest.mark.parametrize(
        "statement",
        [
            update(ScaleEdition).values(source="other"),
            update(ScaleBand).values(from_share=1),
            text("DELETE FROM scale_band"),
            text("DELETE FROM scale_edition"),
        ],
    )
    def test_the_database_itself_keeps_a_used_edition(self, statement):
        edition = queries.in_force(make_school().id, clock.today(ZONE))[ScaleKind.MARKS]
        with writing():
            services.use(edition)

        with pytest.raises(DBAPIError), writing() as session:
            session.execute(statement)


@pytest.mark.parametrize(
    ("bands", "says"),
    [
        ([Band("5", 0, passes=True)], "at least two"),
        ([Band("2", 10, passes=False), Band("5", 50, passes=True)], "begins at 0"),
        ([Band("2", 0, passes=False), Band("2", 50, passes=True)], "called the same"),
        ([Band("2", 0, passes=False), Band("3", 0, passes=True)], "same percent"),
        ([Band("2", 0, passes=True), Band("3", 10, passes=False)], "lowest mark fails"),
        ([Band("2", 0, passes=False), Band("3", 10, passes=False)], "highest passes"),
    ],
)
def test_bands_that_make_no_sense_are_refused(bands, says):
    assert any(says in str(sentence) for sentence in why_not_bands(bands))


def test_sound_bands_are_taken():
    assert why_not_bands(BANDS) == []
