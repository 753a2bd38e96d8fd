"""The first public page: figures that are true, one search, a way in for everybody."""

from tests.candidates.factories import draft_vacancy, make_vacancy
from tests.courses.factories import make_cohort, make_programme, make_version
from tests.factories import make_employer, make_school
from tests.insights.search.conftest import statements as statements
from tests.internships.factories import make_opening
from training.courses.cohorts.workflow import State as CohortState
from training.courses.programmes.workflow import State as VersionState
from training.insights.home import landing
from training.internships.openings.workflow import State as OpeningState
from training.organisations.workflow import State as OrganisationState


def test_only_what_is_published_is_counted(app):
    school, employer, pending = make_school(), make_employer(), make_employer(state=OrganisationState.PENDING)
    make_version(make_programme(school))
    make_version(make_programme(school))
    make_version(make_programme(school), state=VersionState.DRAFT)
    make_version(make_programme(make_school(state=OrganisationState.SUSPENDED)))
    make_opening(employer=employer, places=5, taken=2)
    make_opening(employer=employer, state=OpeningState.DRAFT)
    make_opening(employer=pending)
    make_vacancy(employer)
    draft_vacancy(employer)

    assert landing.counts() == landing.Counts(programmes=2, schools=1, openings=1, places=3, vacancies=1)


def test_cohorts_that_one_can_apply_for_come_with_free_seats_first(app):
    full = make_cohort(seats=0, code="FULL")
    free = make_cohort(seats=3, code="FREE")
    make_cohort(state=CohortState.PLANNED)
    make_cohort(make_version(make_programme(make_school(state=OrganisationState.SUSPENDED))))
    make_cohort(make_version(state=VersionState.RETIRED))

    cohorts, seats = landing.going()

    assert [one.id for one in cohorts] == [free.id, full.id]
    assert seats[free.id].free == 3


def test_trades_are_counted_by_what_can_be_seen(app):
    employer = make_employer()
    opening = make_opening(employer=employer)
    make_opening(employer=employer, occupation=opening.occupation, state=OpeningState.CLOSED)
    make_version(make_programme(occupation_id=opening.occupation_id))

    [trade] = landing.trades()

    assert (trade.programmes, trade.openings, trade.vacancies) == (1, 1, 0)


def test_the_page_has_one_search_over_everything_and_a_way_in_for_each(client):
    make_cohort(seats=3)

    page = client.get("/")

    [form] = [form for form in page.all("form") if form.get("role") == "search"]
    assert form.get("action") == "/search"
    assert [field.get("value") for field in form.iter("input") if field.get("name") == "kind"] == [
        "",
        "programmes",
        "internships",
        "vacancies",
    ]
    links = {link.get("href") for link in page.all("a")}
    assert {"/programmes", "/help/guardian", "/help/school-manager", "/help/employer-manager", "/credentials"} <= links
    assert "Seats going now" in page.words


def test_an_empty_region_has_a_page_too(client):
    page = client.get("/")

    assert page.status == 200
    assert "0 programmes at 0 schools, 0 free internship places and 0 vacancies." in page.words
    assert "Seats going now" not in page.words


def test_as_many_statements_however_much_there_is(client, statements):
    make_cohort(seats=3)
    make_opening()
    with statements() as few:
        client.get("/")
    for _ in range(10):
        make_cohort(seats=3)
        make_opening()

    with statements() as many:
        client.get("/")

    assert len(many) == len(few)
