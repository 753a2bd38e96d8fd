"""Codes, occupations and skills from files: whole lists, both layouts of ESCO, the same file twice."""

import io
import os
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import func, select

from tests.factories import actor_of, make_organisation, make_school, save
from training.exchange import checking, queries, services
from training.exchange.importers import usable_by
from training.kernel.db import db
from training.kernel.policy import OrganisationKind, Role
from training.taxonomy.models import ISCO, Occupation, ProgrammeCode, Skill, SkillKind

SAMPLES = Path(os.environ.get("CADRE_SAMPLES", "/nowhere"))
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="CADRE_SAMPLES is not set: the real lists were left out")
ESCO = "http://data.europa.eu/esco"


@pytest.fixture
def operator(app):
    return actor_of(make_organisation(OrganisationKind.OPERATOR), Role.OPERATOR)


def taken(operator, kind, content, name="list.csv"):
    """An import, confirmed where there is something to take."""
    batch = services.upload(operator, content, name=name, kind=kind)
    checking.check(batch.id)
    db.session.rollback()
    db.session.refresh(batch)
    if batch.ready:
        services.confirm(operator, batch)
        checking.apply(batch.id)
    db.session.rollback()
    db.session.refresh(batch)
    return batch


def sample(operator, kind, path):
    return taken(operator, kind, (SAMPLES / path).read_bytes(), Path(path).name)


def counted(batch):
    return batch.applied, batch.same, batch.bad


def sentences(batch):
    return [(one["cell"], one["sentence"]) for row in queries.all_rows(batch) for one in row.errors or []]


def code(system, code):
    return db.session.scalars(select(ProgrammeCode).where(ProgrammeCode.system == system, ProgrammeCode.code == code)).one()


def table(*lines):
    return "\r\n".join(lines).encode()


def workbook(*rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, place, cell, day)
            else:
                sheet.write(number, place, cell)
    book.close()
    return out.getvalue()


def test_only_operators_take_these_lists_in(app, operator):
    manager = actor_of(make_school(), Role.MANAGER)

    assert {"codes", "occupations", "skills"} <= usable_by(operator).keys()
    assert usable_by(manager).keys().isdisjoint({"codes", "occupations", "skills"})


class TestCodes:
    def test_a_code_comes_with_its_days_and_what_replaces_it(self, operator):
        head = "Код;Наименование;Вид;Квалификация;Действует с;Приём до;Новый код"
        taken(operator, "codes", table(head, "15.02.08;Технология;специальность;техник;01.09.2014;31.12.2022;15.02.16"))

        one = code("fgos", "15.02.08")
        assert (one.kind, one.title_ru, one.title_en, one.qualification) == ("specialty", "Технология", "Технология", "техник")
        assert (one.valid_from_on, one.admission_until_on, one.successor) == (date(2014, 9, 1), date(2022, 12, 31), "15.02.16")

    def test_a_code_that_a_spreadsheet_took_for_a_day_is_a_code_again(self, operator):
        batch = taken(operator, "codes", workbook(["code", "name_ru"], [datetime(2005, 1, 15), "Сварщик"]), "codes.xlsx")

        assert counted(batch) == (1, 0, 0)
        assert code("fgos", "15.01.05").kind == "profession"

    def test_a_number_cell_gets_the_zero_back_that_a_group_begins_with(self, operator):
        taken(operator, "codes", workbook(["code", "title", "level"], [110, "Officers", 4], [7212, "Welders", 4]), "isco.xlsx")

        assert (code(ISCO, "0110").title_en, code(ISCO, "7212").level) == ("Officers", "4")

    def test_another_countrys_list_has_a_short_name_of_its_own(self, operator):
        taken(operator, "codes", table("code;list;title;replaced by", "400-25410 S;EN;Welder;400-25413 S"))

        assert (code("en", "400-25410 S").successor, code("en", "400-25410 S").kind) == ("400-25413 S", "other")

    def test_what_is_wrong_is_told_by_row_and_column(self, operator):
        batch = taken(
            operator,
            "codes",
            table(
                "code;name_ru;valid from;admission until;successor",
                "ABC-1;Что-то;;;",
                "15.01.05;;;;",
                "15.01.06;Слесарь;01.09.2024;01.09.2023;",
                "15.01.07;Токарь;;;15.01.07",
            ),
        )

        assert counted(batch) == (0, 0, 4)
        assert [cell for cell, _sentence in sentences(batch)] == [None, "B3", "D4", "A5"]

    def test_a_later_list_changes_what_it_says_and_keeps_the_rest(self, operator):
        taken(operator, "codes", table("code;name_ru;qualification", "15.02.08;Технология;техник"))
        batch = taken(operator, "codes", table("code;name_ru;admission until", "15.02.08;Технология;31.12.2022"))

        one = code("fgos", "15.02.08")
        assert (counted(batch), one.qualification, one.admission_until_on) == ((1, 0, 0), "техник", date(2022, 12, 31))

    @needs_samples
    def test_the_national_list_and_isco_are_read_whole_and_twice_change_nothing(self, operator):
        assert counted(sample(operator, "codes", "fgos/spo_codes.csv")) == (44, 0, 0)
        assert counted(sample(operator, "codes", "isco/isco08.csv")) == (619, 0, 0)
        levels = select(ProgrammeCode.level, func.count()).where(ProgrammeCode.system == ISCO).group_by(ProgrammeCode.level)
        assert {level: number for level, number in db.session.execute(levels)} == {"1": 10, "2": 43, "3": 130, "4": 436}  # noqa: C416

        assert counted(sample(operator, "codes", "fgos/spo_codes.csv")) == (0, 44, 0)
        assert counted(sample(operator, "codes", "isco/isco08.csv")) == (0, 619, 0)
        assert sample(operator, "codes", "esco/ISCOGroups_en.csv").bad == 0


OFFICIAL = "conceptUri,iscoGroup,preferredLabel,status"


class TestOccupations:
    def test_both_layouts_make_the_same_occupation(self, operator):
        taken(operator, "occupations", table(OFFICIAL, f"{ESCO}/occupation/1,7212,welder,released"))
        batch = taken(
            operator,
            "occupations",
            table("ORIGINURI,ISCOGROUPCODE,CODE,PREFERREDLABEL", f"{ESCO}/occupation/1,7212,7212.3,welder"),
        )

        [one] = db.session.scalars(select(Occupation))
        assert (counted(batch), one.esco, one.isco, one.title_en, one.title_ru) == ((1, 0, 0), "7212.3", "7212", "welder", "welder")

    def test_one_that_the_region_calls_so_becomes_escos_and_keeps_its_names(self, operator):
        own = save(Occupation(slug="welder", isco="7212", title_en="Welder", title_ru="Сварщик")).id
        content = table(OFFICIAL, f"{ESCO}/occupation/1,7212,welder,released")

        assert counted(taken(operator, "occupations", content)) == (1, 0, 0)
        [one] = db.session.scalars(select(Occupation))
        assert (one.id, one.uri, one.title_en, one.title_ru) == (own, f"{ESCO}/occupation/1", "Welder", "Сварщик")
        assert counted(taken(operator, "occupations", content)) == (0, 1, 0)

    def test_a_russian_name_comes_where_the_file_has_one(self, operator):
        taken(operator, "occupations", table(OFFICIAL + ",preferredLabel_ru", f"{ESCO}/occupation/1,7212,welder,released,сварщик"))

        assert db.session.scalars(select(Occupation)).one().title_ru == "сварщик"

    def test_what_is_not_used_any_more_is_marked(self, operator):
        taken(operator, "occupations", table(OFFICIAL, f"{ESCO}/occupation/1,7212,welder,released"))
        taken(operator, "occupations", table(OFFICIAL, f"{ESCO}/occupation/1,7212,welder,deprecated"))

        assert db.session.scalars(select(Occupation)).one().deprecated

    def test_a_group_that_isco_does_not_have_is_refused_once_isco_is_here(self, operator):
        taken(operator, "codes", table("code;title;level", "7212;Welders;4"))

        batch = taken(operator, "occupations", table(OFFICIAL, f"{ESCO}/occupation/1,9999,ghost,released", "no address,7212,x,released"))

        assert (counted(batch), [cell for cell, _sentence in sentences(batch)]) == ((0, 0, 2), ["B2", "A3"])

    @needs_samples
    def test_both_editions_are_read_whole_and_twice_change_nothing(self, operator):
        assert counted(sample(operator, "occupations", "esco/occupations_en.csv")) == (2942, 0, 0)
        assert counted(sample(operator, "occupations", "esco/occupations_en.csv")) == (0, 2942, 0)
        newer = sample(operator, "occupations", "esco/occupations_v1.1.1_tabiya.csv")
        assert (newer.applied + newer.same, newer.bad) == (3007, 0)
        assert counted(sample(operator, "occupations", "esco/occupations_v1.1.1_tabiya.csv")) == (0, 3007, 0)
        assert db.session.scalar(select(func.count()).select_from(Occupation)) == 3010


class TestSkills:
    def test_the_hierarchy_makes_a_group_of_the_deepest_level(self, operator):
        head = "Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term"
        taken(operator, "skills", table(head, f"{ESCO}/skill/S,skills,,", f"{ESCO}/skill/S,skills,{ESCO}/skill/S8,working with machinery"))

        found = {one.title_en: one for one in db.session.scalars(select(Skill))}
        assert {title: (one.kind, one.uri) for title, one in found.items()} == {
            "skills": (SkillKind.GROUP, f"{ESCO}/skill/S"),
            "working with machinery": (SkillKind.GROUP, f"{ESCO}/skill/S8"),
        }

    def test_a_row_without_address_or_name_is_refused(self, operator):
        batch = taken(operator, "skills", table("conceptUri,skillType,preferredLabel", ",knowledge,physics", f"{ESCO}/skill/1,knowledge,"))

        assert (counted(batch), [cell for cell, _sentence in sentences(batch)]) == ((0, 0, 2), ["A2", "C3"])

    @needs_samples
    def test_both_collections_are_read_whole_and_twice_change_nothing(self, operator):
        assert counted(sample(operator, "skills", "esco/skillsHierarchy_en.csv")) == (656, 0, 0)
        assert counted(sample(operator, "skills", "esco/transversalSkillsCollection_en.csv")) == (107, 0, 0)
        kinds = {kind: number for kind, number in db.session.execute(select(Skill.kind, func.count()).group_by(Skill.kind))}  # noqa: C416
        assert kinds == {SkillKind.GROUP: 656, SkillKind.TRANSVERSAL: 106, SkillKind.SKILL: 1}

        assert counted(sample(operator, "skills", "esco/skillsHierarchy_en.csv")) == (0, 656, 0)
        assert counted(sample(operator, "skills", "esco/transversalSkillsCollection_en.csv")) == (0, 107, 0)
