"""What the national list says of a code: on the programme's pages, and where a cohort is planned."""

from datetime import timedelta

import pytest

from tests.courses.factories import make_cohort, make_programme, make_version
from tests.factories import actor_of, make_member, save
from training.courses.cohorts import policies, services
from training.courses.cohorts.workflow import Funding, StudyForm
from training.courses.programmes import services as programmes
from training.kernel import clock
from training.kernel.policy import NotNow, Role
from training.taxonomy.models import ProgrammeCode


def listed(code, **given):
    return save(ProgrammeCode(system="fgos", code=code, kind="specialty", title_en="Old", title_ru="Старая", **given))


def planned(version, manager, opens):
    days = {"opens_on": opens, "closes_on": opens + timedelta(20), "starts_on": opens + timedelta(30), "ends_on": opens + timedelta(300)}
    return services.plan(manager, version, code="A-1", study_form=StudyForm.FULL_TIME, seats={Funding.STATE: 10}, **days)


def test_the_pages_say_until_when_it_admits_and_what_replaces_it(client):
    version = make_version(make_programme(code="15.02.08"))
    listed("15.02.08", admission_until_on=clock.today().replace(year=2022, month=12, day=31), successor="15.02.16")
    client.sign_in(make_member(version.programme.school, Role.MANAGER).account)

    for page in (f"/programmes/{version.programme.slug}", f"/o/{version.programme.school.slug}/programmes/{version.id}"):
        words = client.get(page).words
        assert ("Last day of admission under code 15.02.08" in words, "is replaced by 15.02.16" in words) == (True, True)


def test_nothing_is_said_of_a_code_that_goes_on(client):
    version = make_version(make_programme(code="15.02.16"))
    listed("15.02.16", predecessor="15.02.08")

    assert "15.02.08" not in client.get(f"/programmes/{version.programme.slug}").words


@pytest.mark.usefixtures("app")
class TestCohorts:
    def test_applications_open_while_the_code_admits(self):
        version = make_version(make_programme(code="15.02.08"))
        manager = actor_of(version.programme.school, Role.MANAGER)
        last = clock.today() + timedelta(5)
        listed("15.02.08", admission_until_on=last, successor="15.02.16")

        with pytest.raises(NotNow) as refusal:
            planned(version, manager, last + timedelta(1))
        assert "Write a programme under 15.02.16" in str(refusal.value.sentences[0])
        assert planned(version, manager, last).opens_on == last

    def test_nor_are_they_moved_beyond_it(self):
        cohort = make_cohort(make_version(make_programme(code="15.02.08")))
        manager = actor_of(cohort.programme_version.programme.school, Role.MANAGER)
        listed("15.02.08", admission_until_on=cohort.opens_on)
        days = {name: getattr(cohort, name) for name in ("closes_on", "starts_on", "ends_on", "joins_until_on")}

        with pytest.raises(NotNow) as refusal:
            services.edit(manager, cohort, version=cohort.version, opens_on=cohort.opens_on + timedelta(1), **days)
        assert "Let applications open by then" in str(refusal.value.sentences[0])

    def test_a_code_that_no_list_has_admits(self):
        assert policies.why_not_admit(None, opens_on=clock.today()) == []

    def test_a_new_programme_stands_in_the_list_that_has_its_code(self):
        listed("15.02.08")
        version = make_version()
        teacher = actor_of(version.programme.school, Role.TEACHER)

        for code, system in (("15.02.08", "fgos"), ("Own-1", "own")):
            made = programmes.create(teacher, version.programme.school, title=f"T {code}", code=code, kind="specialty")
            assert made.programme.code_system == system
