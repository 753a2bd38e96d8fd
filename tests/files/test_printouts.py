"""Documents to print: asked for with a button, made by the worker with the rights of that moment, kept for a day."""

import io
from datetime import timedelta

import pypdf
import pytest
import time_machine
from sqlalchemy import func, select

from tests.client import Browser, fields_of
from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.factories import acting, events_of, make_member, make_school, make_trainee
from tests.internships.factories import load_rules, make_entry, make_placement
from training.files import queries as files
from training.files.printouts import queries, services
from training.files.printouts.models import Printout
from training.files.printouts.workflow import Event, State
from training.internships.logbooks.models import monday_of
from training.internships.logbooks.workflow import State as EntryState
from training.internships.placements.workflow import State as PlacementState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.i18n import force_locale
from training.kernel.policy import Learner, Role, System


@pytest.fixture(autouse=True)
def rules(app):
    load_rules()


@pytest.fixture
def school(app):
    return make_school(legal_name="Димитровградский техникум")


@pytest.fixture
def cohort(school):
    made = make_cohort(make_version(make_programme(school)))
    for name in ("Яковлев", "Абрамова"):
        person = make_trainee()
        person.call(family_name=name, given_name="Ким", patronymic=None, born_on=person.born_on)
        make_enrolment(made, person)
    return made


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def newest() -> Printout:
    db.session.rollback()
    return queries.of_id(System("tests"), db.session.scalars(select(func.max(Printout.id))).one())


def ask(browser: Browser, page: str) -> str:
    """Presses the button of the page; gives the address of the document."""
    button = next(form for form in browser.get(page).all("form") if "/printouts/new" in (form.get("action") or ""))
    return browser.post(button.get("action"), fields_of(button)).location


def test_a_cohort_s_roster_is_printed_by_name_with_room_to_sign(app, school, cohort):
    browser = Browser(app).sign_in(make_member(school, Role.TEACHER).account)
    place = ask(browser, f"/o/{school.slug}/cohorts/{cohort.id}")
    assert "being made" in browser.get(place).words
    run_due()

    shown = browser.get(place)
    file = browser.get(f"{place}/file")

    assert "Ready" in shown.words
    assert f"/o/{school.slug}/cohorts/{cohort.id}" in [link.get("href") for link in shown.all("a")]
    words = text_of(file.content)
    assert "Димитровградский техникум" in words
    assert words.index("Абрамова") < words.index("Яковлев")
    assert "Signature" in words
    assert file.response.headers["Content-Disposition"].startswith("attachment")
    assert events_of(newest()) == [Event.ASKED]


def test_it_speaks_the_language_it_was_asked_in(app, school, cohort):
    with force_locale("ru"):
        services.ask(acting(make_member(school, Role.MANAGER)), document="roster", args={"cohort": str(cohort.id)})
    run_due()

    assert "Подпись" in text_of(stored(newest()))


def test_its_page_leads_back_only_to_what_its_owner_may_still_see(app, school, cohort):
    teacher = acting(make_member(school, Role.TEACHER))
    printout = services.ask(teacher, document="roster", args={"cohort": str(cohort.id)})

    for gone in ("999999", "x"):
        printout.args = {"cohort": gone}
        assert queries.about(teacher, printout) is None


def stored(printout: Printout) -> bytes:
    assert printout.file is not None
    return files.path(printout.file).read_bytes()


class TestLogbook:
    @pytest.fixture
    def placement(self, app):
        return make_placement(state=PlacementState.ACTIVE)

    def test_a_week_is_printed_with_its_hours_and_both_lines_to_sign_on(self, app, placement):
        entry = make_entry(placement, minutes=450, task="Set up the <script> lathe #let", state=EntryState.COUNTERSIGNED)
        make_entry(placement, minutes=60, task="A draft", days_ago=0, number=2, state=EntryState.DRAFT)
        trainee = Learner(placement.trainee.account_id, placement.trainee_id)

        services.ask(
            trainee, document="logbook_week", args={"placement": str(placement.id), "monday": monday_of(entry.worked_on).isoformat()}
        )
        run_due()
        words = text_of(stored(newest()))

        assert "Set up the <script> lathe #let" in words
        assert "A draft" in words
        assert "8.5 h" in words
        assert "Mentor, signature and date" in words

    @pytest.mark.parametrize("args", [{"placement": "x", "monday": "2026-06-15"}, {"placement": "1", "monday": "never"}, {}])
    def test_what_names_no_week_is_not_there(self, app, placement, args):
        with pytest.raises(NotFound):
            services.ask(Learner(placement.trainee.account_id, placement.trainee_id), document="logbook_week", args=args)


class TestRights:
    def test_nobody_prints_what_they_do_not_see(self, app, cohort):
        stranger = acting(make_member(make_school(), Role.MANAGER))

        with pytest.raises(NotFound):
            services.ask(stranger, document="roster", args={"cohort": str(cohort.id)})

    def test_whoever_lost_the_right_meanwhile_gets_no_document(self, app, school, cohort):
        person = make_member(school, Role.TEACHER)
        services.ask(acting(person), document="roster", args={"cohort": str(cohort.id)})
        person.ended_on = clock.today()
        db.session.commit()

        run_due()

        assert newest().state is State.FAILED

    def test_a_colleague_does_not_get_it(self, app, school, cohort):
        place = ask(Browser(app).sign_in(make_member(school, Role.TEACHER).account), f"/o/{school.slug}/cohorts/{cohort.id}")
        run_due()

        assert Browser(app).sign_in(make_member(school, Role.TEACHER).account).get(f"{place}/file").status == 404


def test_it_is_let_go_after_a_day(app, school, cohort):
    services.ask(acting(make_member(school, Role.TEACHER)), document="roster", args={"cohort": str(cohort.id)})
    run_due()

    with time_machine.travel(clock.now() + timedelta(hours=23)):
        assert services.remove_over(System("tests")) == 0
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert services.remove_over(System("tests")) == 1
    assert (newest().state, newest().file_id) == (State.GONE, None)
