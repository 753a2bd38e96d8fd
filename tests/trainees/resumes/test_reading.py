"""What is read in a JSON Resume, what is left and named, and what is refused with its place."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from training.kernel.policy import NotNow
from training.trainees.resumes.models import Line
from training.trainees.resumes.parsing import DEEPEST, LIMIT, MOST_VALUES
from training.trainees.resumes.reading import MOST_SKILLS, read

SAMPLES = Path(os.environ.get("CADRE_SAMPLES", "/nowhere")) / "resumes"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="CADRE_SAMPLES is not set: the published résumés were left out")

pytestmark = pytest.mark.usefixtures("app")


def said(**sections: Any) -> bytes:
    return json.dumps(sections, ensure_ascii=False).encode()


def left(content: bytes) -> dict[str, str]:
    return {one.path: str(one.why) for one in read(content).left}


class TestRead:
    def test_takes_contacts_education_certificates_and_skills_with_their_keywords(self):
        found = read(
            said(
                basics={"phone": " +7 900 ", "summary": "Точу.\r\nВарю.", "location": {"city": "Димитровград"}},
                education=[{"institution": "ДТК", "studyType": "СПО", "area": "Токарь", "startDate": "2021-09", "endDate": "2024-06-30"}],
                certificates=[{"name": "Стропальщик", "issuer": "УЦ", "date": "2023"}],
                skills=[{"name": "Токарное дело", "level": "Advanced", "keywords": ["16К20", " "]}],
            )
        )

        assert (found.phone, found.about, found.town) == ("+7 900", "Точу.\nВарю.", "Димитровград")
        assert found.educations == [Line("ДТК", "СПО, Токарь", 2021, 2024, "education[0]")]
        assert found.certificates == [Line("УЦ", "Стропальщик", None, 2023, "certificates[0]")]
        assert [(one.name, one.level) for one in found.abilities] == [("Токарное дело", 3), ("16К20", 3)]
        assert found.left == []

    @pytest.mark.parametrize(
        ("word", "level"), [("Beginner", 1), ("intermediate", 2), ("Advanced", 3), ("MASTER", 4), ("Wizard", 1), (None, 1)]
    )
    def test_a_level_is_what_its_word_means_and_the_lowest_where_nobody_knows(self, word, level):
        [found] = read(said(skills=[{"name": "Turning", "level": word}])).abilities

        assert found.level == level

    def test_what_it_does_not_take_is_named_once_with_how_often_it_stands_there(self):
        found = read(
            said(
                basics={"name": "Nina", "image": "http://tracker.example/x.png", "label": ""},
                work=[{"name": "Plant"}, {"name": "Forge"}],
                education=[{"institution": "A", "area": "B", "score": "5"}, {"institution": "C", "area": "D", "score": "4"}],
                hobby={"deep": {"deeper": 1}},
                languages=[],
            )
        )

        assert [(one.path, one.number, one.said) for one in found.left] == [
            ("basics.name", 1, "Nina"),
            ("basics.image", 1, "http://tracker.example/x.png"),
            ("work", 2, "Plant, Forge"),
            ("education[].score", 2, "5, 4"),
            ("hobby", 1, ""),
        ]

    @pytest.mark.parametrize(
        ("entry", "sentence"),
        [
            ({"institution": "A"}, "needs both"),
            ({"institution": "A" * 201, "area": "B"}, "Too long"),
            ({"institution": "A", "area": "B", "endDate": "1812"}, "cannot be right"),
            ({"institution": "A", "area": "B", "startDate": "2024", "endDate": "2020"}, "ends before"),
        ],
    )
    def test_a_line_that_has_no_place_is_left_with_the_reason(self, entry, sentence):
        found = read(said(education=[entry]))

        assert found.educations == []
        assert sentence in left(said(education=[entry]))["education[0]"]

    def test_words_that_are_too_long_are_left_whole(self):
        found = read(said(basics={"phone": "1" * 61, "summary": "x" * 4001}))

        assert (found.phone, found.about, [one.path for one in found.left]) == (None, None, ["basics.phone", "basics.summary"])

    def test_skills_beyond_the_limit_are_named(self):
        found = read(said(skills=[{"name": "One", "keywords": [f"Word {number}" for number in range(MOST_SKILLS)]}]))

        assert len(found.abilities) == MOST_SKILLS
        assert [one.said for one in found.left] == [f"Word {MOST_SKILLS - 1}"]


class TestRefusal:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"{\n  oops", "line 2, sign 3"),
            (b"", "line 1, sign 1"),
            (b"\xff\xfe{\x00", "byte 1 cannot be read"),
            (b"[]", "holds something else"),
            (b'{"a": NaN}', "no number"),
            (b'{"a": 1, "a": 2}', "stands twice"),
            (b'{"a": ' + b"1" * 5000 + b"}", "number that nobody can read"),
            (b'{"a": "' + b"x" * LIMIT + b'"}', "larger than 200 kB"),
            (b"[" * 100_000, "nested too deeply"),
            (b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1), "nested too deeply"),
            (b'{"a": [' + b"1," * MOST_VALUES + b"1]}", "more than 5000 values"),
            (b'{"basics": {"phone": "1\\u0000"}}', "basics.phone: it holds a sign"),
            (b'{"x": [{"y": "\\ud800"}]}', "x[0].y: it holds a sign"),
            (b'{"a\\ud800": 1}', "it holds a sign"),
            (said(basics=[]), "basics: this must be an object"),
            (said(basics={"location": "Moscow"}), "basics.location: this must be an object"),
            (said(basics={"phone": 7}), "basics.phone: this must be text"),
            (said(education={}), "education: this must be a list"),
            (said(education=[{}, "B"]), "education[1]: this must be an object"),
            (said(education=[{"startDate": "May 2020"}]), "education[0].startDate: a date is 2024"),
            (said(skills=[{"keywords": ["a", 2]}]), "skills[0].keywords[1]: this must be text"),
            (said(certificates=[{}] * 51), "certificates: at most 50 entries"),
        ],
    )
    def test_says_what_is_wrong_and_where(self, content, sentence):
        with pytest.raises(NotNow) as refusal:
            read(content)

        assert sentence in " ".join(map(str, refusal.value.sentences))
        assert refusal.value.field == "file"

    def test_names_every_wrong_place_up_to_ten(self):
        with pytest.raises(NotNow) as refusal:
            read(said(education=[{"area": 1} for _one in range(30)]))

        assert len(refusal.value.sentences) == 10


@needs_samples
@pytest.mark.parametrize(
    ("name", "town", "lines", "skills"),
    [("sample", "San Francisco", (1, 0), 8), ("new-grad", "Seattle", (1, 0), 16), ("career-changer", "Austin", (1, 3), 15)],
)
def test_published_resumes_are_read_whole(name, town, lines, skills):
    content = (SAMPLES / f"{name}.resume.json").read_bytes()

    found = read(content)

    assert (found.town, len(found.educations), len(found.certificates), len(found.abilities)) == (town, *lines, skills)
    named = {one.path.split(".")[0].split("[")[0] for one in found.left}
    assert set(json.loads(content)) - named <= {"certificates", "skills", "education"}, "every section is taken or named"
