"""A trainee brings a résumé in, part by part, and takes one away."""

import json
import os
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.client import Browser
from tests.factories import events_of, learner, make_school, make_trainee, save
from training.accounts.models import Account
from training.audit.models import Happening
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import NotAllowed, NotNow
from training.taxonomy.models import Skill
from training.trainees.employments.models import Employment
from training.trainees.passport import queries as passport
from training.trainees.passport.models import EvidenceKind
from training.trainees.passport.services import attest
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Education, Trainee
from training.trainees.resumes import services
from training.trainees.resumes.reading import read
from training.trainees.resumes.workflow import Section

SAMPLES = Path(os.environ.get("CADRE_SAMPLES", "/nowhere")) / "resumes"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="CADRE_SAMPLES is not set: the published résumés were left out")

RESUME = {
    "basics": {"name": "Nobody", "phone": "+7 900 111-22-33", "summary": "I turn.", "location": {"city": "Ulyanovsk"}},
    "work": [{"name": "Forge"}],
    "education": [{"institution": "College", "area": "Turning", "startDate": "2021", "endDate": "2024"}],
    "certificates": [{"name": "Slinger", "issuer": "Centre", "date": "2023-05-01"}],
    "skills": [{"name": "turning", "level": "Advanced", "keywords": ["Сварка", "Juggling"]}],
}


def make_skills() -> tuple[int, int]:
    turning = save(Skill(slug="turning", title_en="Turning", title_ru="Токарное дело"))
    welding = save(Skill(slug="welding", title_en="Welding", title_ru="Сварка"))
    return turning.id, welding.id


def own_of(app: Any, trainee: Any) -> Browser:
    return Browser(app).sign_in(db.session.get_one(Account, trainee.account_id))


def brought(own: Browser, content: Any = RESUME) -> Any:
    """The page after a file was sent."""
    sent = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return own.post("/me/resume/bring", own.get("/me/resume/bring").form() | {"file": (BytesIO(sent), "resume.json")})


def taken(own: Browser, content: Any = RESUME, **changed: Any) -> Any:
    """After everything was ticked that can be, but for what is `changed`."""
    form = brought(own, content).form(action="/resume/take") | changed
    return own.post("/me/resume/take", {name: value for name, value in form.items() if value is not None})


def test_the_parts_are_shown_and_nothing_is_taken_yet(app):
    make_skills()
    trainee = make_trainee(phone="+7 1", town=None)

    page = brought(own_of(app, trainee))

    assert page.status == 200
    for words in ("+7 900 111-22-33", "Instead of: +7 1", "College · 2021–2024", "Slinger", "Turning", "Juggling", "work – Forge"):
        assert words in page.words, words
    db.session.expire_all()
    assert db.session.get_one(Trainee, trainee.id).phone == "+7 1"
    assert events_of(trainee) == []


def test_what_is_ticked_stands_in_the_profile_and_the_passport(app):
    turning, welding = make_skills()
    trainee = make_trainee()
    own = own_of(app, trainee)

    answer = taken(own)

    assert answer.location == "/me/profile"
    assert "7 pieces of the résumé are taken." in own.get(answer.location).words
    db.session.expire_all()
    found = db.session.get_one(Trainee, trainee.id)
    assert (found.phone, found.town, found.about) == ("+7 900 111-22-33", "Ulyanovsk", "I turn.")
    lines = [(one.place, one.what, one.from_year, one.until_year) for one in profiles.educations(trainee.id)]
    assert lines == [("College", "Turning", 2021, 2024), ("Centre", "Slinger", None, 2023)]
    assert passport.stated(trainee.id) == {turning: 3, welding: 3}
    assert events_of(trainee)[-1] == "resume.taken"


def test_only_what_is_ticked_is_taken(app):
    make_skills()
    trainee = make_trainee(phone="+7 1")
    own = own_of(app, trainee)

    taken(own, contacts=None, about=None, certificates=None, skills=None)

    db.session.expire_all()
    assert db.session.get_one(Trainee, trainee.id).phone == "+7 1"
    assert [one.what for one in profiles.educations(trainee.id)] == ["Turning"]
    assert passport.stated(trainee.id) == {}


def test_the_same_file_again_changes_nothing(app):
    make_skills()
    trainee = make_trainee()
    own = own_of(app, trainee)
    taken(own)
    before = db.session.scalar(select(func.count()).select_from(Happening))

    page = brought(own)
    number = services.take(learner(trainee), trainee, resume=read(json.dumps(RESUME).encode()), sections=set(Section))

    assert "There is nothing to take" in page.words
    assert "7 pieces are here already." in page.words
    assert number == 0
    assert db.session.scalar(select(func.count()).select_from(Happening)) == before
    assert db.session.scalar(select(func.count()).select_from(Education)) == 2


def test_what_one_has_stated_and_what_others_have_confirmed_stays(app):
    turning, _welding = make_skills()
    trainee = make_trainee()
    with writing():
        attest(trainee, {turning: 1}, EvidenceKind.OWN, trainee)
        attest(trainee, {turning: 2}, EvidenceKind.RATING, trainee)

    taken(own_of(app, trainee))

    assert passport.stated(trainee.id)[turning] == 1
    assert passport.levels([trainee.id])[trainee.id][turning] == 2


def test_a_full_profile_takes_as_much_as_fits_and_names_the_rest(app):
    trainee = make_trainee()
    lines = [{"institution": f"College {number}", "area": "Turning"} for number in range(21)]
    own = own_of(app, trainee)

    page = brought(own, {"education": lines})
    taken(own, {"education": lines})

    assert "education[20] – Turning, College 20" in page.words
    assert len(profiles.educations(trainee.id)) == 20


@pytest.mark.parametrize(("content", "words"), [(b"{", "This is not JSON"), (b'{"skills": 1}', "skills: this must be a list")])
def test_a_bad_file_is_named_beside_its_field(app, content, words):
    page = brought(own_of(app, make_trainee()), content)

    assert page.status == 409
    assert words in page.words
    assert page.root.get_element_by_id("file-error") is not None


def test_what_is_sent_back_changed_is_read_with_the_same_care(app):
    trainee = make_trainee()
    own = own_of(app, trainee)

    form = brought(own).form(action="/resume/take")
    broken = own.post("/me/resume/take", form | {"content": "{"})
    nothing = taken(own, contacts=None, about=None, education=None, certificates=None, skills=None)

    assert (broken.status, nothing.status) == (409, 409)
    assert "Nothing was chosen" in nothing.words
    assert events_of(trainee) == []


def test_markup_in_a_file_stays_text(app):
    page = brought(own_of(app, make_trainee()), {"<script>x</script>": 1, "skills": [{"name": "<b>bold</b>"}]})

    assert page.status == 200
    assert "<script>x" not in page.text
    assert "<b>bold" not in page.text


def test_only_the_trainee_takes(app):
    with pytest.raises(NotAllowed):
        services.take(learner(make_trainee()), make_trainee(), resume=read(b"{}"), sections=set(Section))
    trainee = make_trainee()
    with pytest.raises(NotNow, match="Nothing was chosen"):
        services.take(learner(trainee), trainee, resume=read(b"{}"), sections=set())


def test_reading_costs_as_many_statements_however_long_the_file(app, statements):
    make_skills()
    counts = []
    for number in (2, 40):
        own = own_of(app, make_trainee())
        lines = [{"institution": f"College {one}", "area": "Turning"} for one in range(number)]
        form = own.get("/me/resume/bring").form()
        sent = json.dumps({"education": lines, "skills": [{"name": "Turning", "keywords": [f"w{one}" for one in range(number)]}]}).encode()
        with statements() as count:
            assert own.post("/me/resume/bring", form | {"file": (BytesIO(sent), "resume.json")}).status == 200
        counts.append(len(count))

    assert counts[0] == counts[1]


class TestFile:
    def whole(self) -> Trainee:
        """Somebody of whom everything is known that a résumé has a place for."""
        turning, _welding = make_skills()
        school = make_school()
        trainee = make_trainee(phone="+7 900", town="Ulyanovsk", about="I turn.")
        save(Education(trainee_id=trainee.id, place="College", what="Turning", from_year=2021, until_year=2024))
        day = clock.today()
        job = {"position": "Turner", "began_on": day, "ended_on": None, "subject_kind": "offer", "subject_id": 1}
        save(Employment(trainee_id=trainee.id, employer_id=school.id, **job))
        with writing():
            attest(trainee, {turning: 3}, EvidenceKind.CREDENTIAL, trainee, title="Turner", by=school.id)
        return trainee

    def test_says_what_the_card_shows_in_the_layout_of_other_resumes(self, app):
        trainee = self.whole()

        got = own_of(app, trainee).get("/me/resume")

        told = json.loads(got.text)
        assert told["basics"]["location"] == {"city": "Ulyanovsk"}
        assert told["education"] == [{"institution": "College", "area": "Turning", "startDate": "2021", "endDate": "2024"}]
        assert told["skills"] == [{"name": "Turning", "level": "Advanced"}]
        assert told["certificates"][0]["name"] == "Turner"
        assert told["work"][0]["position"] == "Turner"
        assert trainee.born_on.isoformat() not in got.text
        assert (got.response.mimetype, got.response.headers["Cache-Control"]) == ("application/json", "private, no-store")

    def test_brought_back_in_it_changes_nothing_of_what_one_says_oneself(self, app):
        trainee = self.whole()
        own = own_of(app, trainee)
        file = own.get("/me/resume").content

        found = read(file)
        taken(own, file, certificates=None, skills=None, contacts="", education="", about="")

        assert (found.phone, found.town, found.about) == ("+7 900", "Ulyanovsk", "I turn.")
        assert [(one.name, one.level) for one in found.abilities] == [("Turning", 3)]
        assert len(profiles.educations(trainee.id)) == 1

    @needs_samples
    @pytest.mark.parametrize("known", [True, False], ids=["a whole life", "nothing but a name"])
    def test_is_valid_by_the_published_schema(self, app, known):
        trainee = self.whole() if known else make_trainee()
        schema = json.loads((SAMPLES / "schema.json").read_text())

        told = json.loads(own_of(app, trainee).get("/me/resume").text)

        assert faults(told, schema, schema) == []
        assert faults({"basics": {"name": 1}, "education": [{"startDate": "May"}]}, schema, schema) == [
            ".basics.name",
            ".education[0].startDate",
        ]


KINDS = {"object": dict, "array": list, "string": str}


def faults(value: Any, schema: Any, root: Any, path: str = "") -> list[str]:
    """The places where a value breaks a JSON schema, by the words that the published one uses."""
    if "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
    unknown = set(schema) - {"$schema", "$id", "additionalProperties", "definitions", "properties", "items", "type", "title"}
    assert unknown <= {"description", "format", "pattern"}, unknown
    if "type" in schema and not isinstance(value, KINDS[schema["type"]]):
        return [path]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [path]
    if schema.get("format") == "uri" and ":" not in value:
        return [path]
    found = []
    if isinstance(value, dict):
        for name, inner in value.items():
            found += faults(inner, schema.get("properties", {}).get(name, {}), root, f"{path}.{name}")
    if isinstance(value, list):
        for place, inner in enumerate(value):
            found += faults(inner, schema.get("items", {}), root, f"{path}[{place}]")
    return found


@needs_samples
def test_a_published_resume_is_brought_in_and_then_again_for_nothing(app):
    trainee = make_trainee()
    own = own_of(app, trainee)
    content = (SAMPLES / "career-changer.resume.json").read_bytes()

    taken(own, content)
    again = brought(own, content)

    assert len(profiles.educations(trainee.id)) == 4
    assert "There is nothing to take" in again.words
