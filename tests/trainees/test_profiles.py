"""One's own profile: photograph, education, skills, the card as others see it, and who has looked."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select

from tests.client import Browser
from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.factories import (
    acting,
    actor_of,
    events_of,
    learner,
    make_consent,
    make_employer,
    make_member,
    make_minor,
    make_school,
    make_trainee,
    save,
)
from tests.files.pictures import jpeg, png
from training.accounts.models import Account
from training.audit.services import record
from training.files.models import StoredFile
from training.kernel.db import db, transaction, writing
from training.kernel.policy import Role
from training.organisations.workflow import State as OrganisationState
from training.taxonomy.models import Skill
from training.trainees.disclosures.services import choose_visibility, disclose
from training.trainees.disclosures.workflow import Because
from training.trainees.engagements import queries as engagements
from training.trainees.engagements.models import EngagementKind
from training.trainees.engagements.services import engage
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.passport.services import attest
from training.trainees.profiles.models import Education, Photo
from training.trainees.profiles.workflow import Event as ProfileEvent
from training.trainees.profiles.workflow import Visibility


def browser_of(app, trainee):
    return Browser(app).sign_in(db.session.get_one(Account, trainee.account_id))


def with_photo(app, **given):
    trainee = make_trainee(**given)
    own = browser_of(app, trainee)
    filled = own.get("/me/profile/photo").form()
    sent = own.post("/me/profile/photo", filled | {"photo": (BytesIO(png(beside=b"taken at home")), "../../me.png")})
    assert sent.status == 302
    db.session.commit()
    return trainee, own


@transaction()
def show(actor, trainee, *, to):
    disclose(actor, trainee, Because.APPLICATION, trainee, to=to.id)


def test_a_photograph_stands_on_the_card_without_what_the_camera_wrote(app):
    trainee, own = with_photo(app)

    got = own.get(f"/me/trainees/{trainee.id}/photo")
    assert (got.status, got.response.mimetype) == (200, "image/png")
    assert got.content == png(), "nothing beside the picture"
    assert got.response.headers["X-Content-Type-Options"] == "nosniff"
    assert "photo" in own.get("/me/profile").text
    assert events_of(trainee) == ["trainee.photo_kept"]


def test_another_photograph_takes_its_place_and_none_can_be_had_again(app):
    trainee, own = with_photo(app)

    filled = own.get("/me/profile/photo").form()
    own.post("/me/profile/photo", filled | {"photo": (BytesIO(jpeg()), "new.jpg")})
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Photo)) == 1
    kept = select(func.count()).select_from(StoredFile).where(StoredFile.subject_kind.is_not(None))
    assert db.session.scalar(kept) == 1, "the former file belongs to nothing and is swept"

    own.press("/me/profile/photo/remove", page="/me/profile/photo")
    assert own.get(f"/me/trainees/{trainee.id}/photo").status == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"<script>alert(1)</script>", "me.png"), (b"%PDF-1.4", "me.jpg"), (b"GIF89a" + bytes(99), "me.png"), (b"", "x.png")],
)
def test_what_is_no_photograph_is_refused_beside_the_field(app, content, name):
    own = browser_of(app, make_trainee())

    shown = own.post("/me/profile/photo", own.get("/me/profile/photo").form() | {"photo": (BytesIO(content), name)})

    assert shown.status in (200, 409)
    assert 'id="photo-error"' in shown.text
    assert db.session.scalars(select(Photo)).all() == []


def test_a_photograph_is_seen_by_whoever_sees_the_card_and_nobody_else(app):
    school, employer, other = make_school(), make_employer(), make_employer()
    trainee, _own = with_photo(app, school_id=school.id, visibility=Visibility.SCHOOL)
    show(learner(trainee), trainee, to=employer)
    address = "/o/{}/trainees/{}/photo"
    browsers = {place: Browser(app).sign_in(make_member(place, Role.MANAGER).account) for place in (school, employer, other)}

    answers = {place.id: browsers[place].get(address.format(place.slug, trainee.id)).status for place in browsers}

    assert answers == {school.id: 200, employer.id: 200, other.id: 404}
    assert "photo" not in browsers[school].get(f"/o/{school.slug}/trainees").text, "lists show no photographs"


def test_education_is_added_and_taken_away(app):
    trainee = make_trainee()
    own = browser_of(app, trainee)

    wrong = own.submit("/me/profile/education/add", place="School 7", what="Nine years", from_year="2022", until_year="2020")
    assert (wrong.status, "ends before it begins" in wrong.words) == (409, True)
    own.submit("/me/profile/education/add", place="School 7", what="Nine years", from_year="2013", until_year="2022")
    assert "2013–2022" in own.get("/me/profile").words

    line = db.session.scalars(select(Education)).one()
    other = browser_of(app, make_trainee())
    assert other.get(f"/me/profile/education/{line.id}/remove").status == 404
    own.submit(f"/me/profile/education/{line.id}/remove")
    assert "School 7" not in own.get("/me/profile").words
    assert events_of(trainee) == ["trainee.education_added", "trainee.education_removed"]


def test_an_own_statement_stands_apart_from_what_others_confirmed(app):
    trainee = make_trainee()
    turning = save(Skill(slug="turning", title_en="Turning", title_ru="Точение"))

    @transaction()
    def confirmed() -> None:
        attest(trainee, {turning.id: 2}, EvidenceKind.CREDENTIAL, trainee)

    confirmed()
    own = browser_of(app, trainee)
    own.submit("/me/passport/state", skill_id=str(turning.id), level="4")
    shown = own.get("/me/passport").words
    assert "Own statement" in shown
    assert "Credential" in shown

    theirs = {one.kind: one.id for one in db.session.scalars(select(Evidence))}
    db.session.commit()  # ends the reading
    forged = own.post(f"/me/passport/evidence/{theirs[EvidenceKind.CREDENTIAL]}/take-back", own.get("/me/passport").form())
    assert forged.status == 403, "what others confirmed cannot be taken back"
    own.press(f"/me/passport/evidence/{theirs[EvidenceKind.OWN]}/take-back", page="/me/passport")
    assert "Own statement" not in own.get("/me/passport").words
    assert own.get(f"/me/passport/evidence/{theirs[EvidenceKind.CREDENTIAL]}").location == "/me/profile"
    assert events_of(trainee) == ["skill.stated", "skill.taken_back"]


class TestPreview:
    def test_is_what_the_employer_gets(self, app):
        employer = make_employer()
        trainee, own = with_photo(app, about="I like lathes.", phone="+7 000 111", visibility=Visibility.SCHOOL)
        show(learner(trainee), trainee, to=employer)
        recruiter = Browser(app).sign_in(make_member(employer, Role.RECRUITER).account)

        card = recruiter.get(f"/o/{employer.slug}/trainees/{trainee.id}")
        preview = own.get(f"/me/profile/preview?employer={employer.id}")

        assert sections(preview)[:4] == sections(card)[:4]
        assert "I like lathes." in preview.words

    def test_says_why_a_stranger_sees_nothing(self, app):
        make_employer()
        trainee = make_trainee(about="I like lathes.", visibility=Visibility.SCHOOL)
        own = browser_of(app, trainee)

        assert "sees nothing of you" in own.get("/me/profile/preview").words
        choose_visibility(learner(trainee), trainee, visibility=Visibility.EMPLOYERS)
        assert "I like lathes." in own.get("/me/profile/preview").words

    def test_of_a_minor_is_empty_until_a_guardian_agrees(self, app):
        employer = make_employer()
        trainee = make_minor(about="I like lathes.")
        show(learner(trainee), trainee, to=employer)
        own = browser_of(app, trainee)
        page = f"/me/profile/preview?employer={employer.id}"

        assert "no parent or guardian has agreed" in own.get(page).words
        make_consent(trainee)
        assert "I like lathes." in own.get(page).words


def sections(page):
    return [" ".join(" ".join(one.itertext()).split()) for one in page.root.find(".//main").iter("section")]


def test_who_looked_is_told_to_whom_they_looked_at(app):
    employer, school = make_employer(), make_school()
    trainee = make_trainee(school_id=school.id)
    show(learner(trainee), trainee, to=employer)
    own = browser_of(app, trainee)
    assert "Nobody yet" in own.get("/me/profile/looks").words

    for place, role in ((employer, Role.RECRUITER), (school, Role.TEACHER)):
        Browser(app).sign_in(make_member(place, role).account).get(f"/o/{place.slug}/trainees/{trainee.id}")

    shown = own.get("/me/profile/looks").words
    assert employer.short_name in shown
    assert school.short_name not in shown


def test_an_employer_reads_nothing_of_the_others(app):
    employer, other = make_employer(), make_employer()
    trainee = make_trainee()
    for place in (employer, other):
        show(learner(trainee), trainee, to=place)
    Browser(app).sign_in(make_member(other, Role.RECRUITER).account).get(f"/o/{other.slug}/trainees/{trainee.id}")

    shown = Browser(app).sign_in(make_member(employer, Role.RECRUITER).account).get(f"/o/{employer.slug}/trainees/{trainee.id}")

    assert shown.status == 200
    assert other.short_name not in shown.text
    assert "History" not in shown.words


def test_an_unverified_employer_finds_nobody_who_lets_verified_ones(app):
    employer = make_employer(state=OrganisationState.PENDING)
    trainee = make_trainee()
    choose_visibility(learner(trainee), trainee, visibility=Visibility.EMPLOYERS)

    browser = Browser(app).sign_in(make_member(employer, Role.RECRUITER).account)

    assert browser.get(f"/o/{employer.slug}/trainees/{trainee.id}").status == 404


def test_as_many_statements_for_forty_looks_as_for_two(app, statements):
    few, many = make_trainee(), make_trainee()
    for trainee, number in ((few, 2), (many, 40)):
        employers = [make_member(make_employer(), Role.RECRUITER) for _ in range(number)]

        @transaction()
        def look(trainee=trainee, employers=employers) -> None:
            for one in employers:
                record(acting(one), ProfileEvent.VIEWED, trainee)

        look()
    counted = []
    for trainee in (few, many):
        own = browser_of(app, trainee)
        own.get("/me/profile/looks")
        with statements() as sent:
            own.get("/me/profile/looks")
        counted.append(len(sent))

    assert counted[0] == counted[1]


def test_a_school_goes_from_a_card_to_the_study_and_nobody_else_does(app):
    school, employer = make_school(), make_employer()
    trainee = make_trainee(school_id=school.id)
    studies = make_enrolment(make_cohort(make_version(make_programme(school))), trainee)
    with writing():
        engage(trainee, EngagementKind.STUDY, studies, at=school.id, from_on=date(2026, 9, 1), until_on=date(2027, 6, 30))
    where = engagements.of(trainee.id)

    assert engagements.pages(actor_of(employer, Role.MANAGER), where) == {}
    card = Browser(app).sign_in(make_member(school, Role.MANAGER).account).get(f"/o/{school.slug}/trainees/{trainee.id}")
    own = browser_of(app, trainee).get("/me/profile")
    assert f"/o/{school.slug}/enrolments/{studies.id}" in [link.get("href") for link in card.all("a")]
    assert f"/me/study/{studies.id}" in [link.get("href") for link in own.all("a")]
