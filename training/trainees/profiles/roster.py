"""A school's roster as it comes in a table: what its columns mean, and what each row changes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from training.exchange import cells
from training.exchange.importers import Column, Importer, Made, Row, Undoing
from training.kernel import keys
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member
from training.trainees.profiles import bundled, policies, queries, services
from training.trainees.profiles.models import Trainee, identity_key
from training.trainees.profiles.workflow import Schooling

BASES = {
    "9": Schooling.BASIC,
    "9 кл": Schooling.BASIC,
    "9 кл.": Schooling.BASIC,
    "11": Schooling.UPPER,
    "11 кл": Schooling.UPPER,
    "11 кл.": Schooling.UPPER,
}
KEPT = ("email", "phone", "town", "group_code", "schooling")
"""What a later roster may change."""

COLUMNS = (
    Column("full_name", _l("Full name"), ("ФИО", "Фамилия Имя Отчество", "Ф.И.О.", "name"), example="Орлова Нина Сергеевна"),
    Column("family_name", _l("Family name"), ("Фамилия", "familyName", "surname"), read=cells.line(60), example="Орлова"),
    Column("given_name", _l("Given name"), ("Имя", "givenName", "first name"), read=cells.line(60), example="Нина"),
    Column("patronymic", _l("Patronymic"), ("Отчество", "middleName"), read=cells.line(60), example="Сергеевна"),
    Column(
        "born_on",
        _l("Date of birth"),
        ("Дата рождения", "Родился", "birth date", "born"),
        required=True,
        read=cells.day,
        example="04.11.2010",
    ),
    Column("group_code", _l("Group"), ("Группа", "Учебная группа", "class"), read=cells.line(60), example="СВ-26"),
    Column(
        "schooling",
        _l("Has finished"),
        ("База", "База 9/11", "Образование", "You have finished"),
        read=cells.member(Schooling, BASES),
        example="9",
    ),
    Column("email", _l("E-mail"), ("Почта", "Электронная почта", "e-mail", "email"), read=cells.email),
    Column("phone", _l("Phone"), ("Телефон", "phone"), read=cells.line(60)),
    Column("town", _l("Town"), ("Город", "Населённый пункт", "city"), read=cells.line(200), example="Димитровград"),
)


def names_of(values: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    """Family name, given name and patronymic, whether the file has them apart or in one cell."""
    if values.get("family_name") or not values.get("full_name"):
        return values.get("family_name"), values.get("given_name"), values.get("patronymic")
    parts = str(values["full_name"]).split()
    return (parts[0], parts[1] if len(parts) > 1 else None, " ".join(parts[2:]) or None)


def check(actor: Actor, rows: Sequence[Row]) -> None:
    """Names and a possible birth date for each row; a row that says nothing new is the same."""
    assert isinstance(actor, Member)
    found: dict[str, Row] = {}
    for row in rows:
        family, given, patronymic = names_of(row.values)
        if not family or not given:
            row.wrong("full_name" if "full_name" in row.values else "family_name", _l("Family name and given name are both needed."))
            continue
        for sentence in policies.why_not_born(row.values["born_on"]):
            row.wrong("born_on", sentence)
        key = identity_key(family, given, patronymic, row.values["born_on"])
        if key in found:
            row.wrong(None, _l("The same person stands in row %(number)d already.", number=found[key].number))
        found[key] = row
    known = queries.on_roster(actor.organisation_id, list(found))
    for key, row in found.items():
        row.same = not row.errors and key in known and not changes(known[key], row.values)


def changes(trainee: Trainee, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says differently; blank cells change nothing."""
    said = {name: values[name] for name in KEPT if values.get(name) is not None}
    if "schooling" in said:
        said["schooling"] = Schooling(said["schooling"])
    return {name: value for name, value in said.items() if written(name, getattr(trainee, name)) != value}


def written(name: str, value: Any) -> Any:
    """A value as a table would say it, which knows no double blanks and writes addresses as they are compared."""
    if isinstance(value, Schooling) or not isinstance(value, str):
        return value
    return keys.email_key(value) if name == "email" else " ".join(cells.shown(value).split())


def _identity(values: Mapping[str, Any]) -> str:
    family, given, patronymic = names_of(values)
    return identity_key(family or "", given or "", patronymic, values["born_on"])


def apply(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[Made]:
    """Takes the rows over, in the transaction that marks them as imported."""
    assert isinstance(actor, Member)
    people = []
    wanted = [_identity(values) for values in rows]
    known = queries.on_roster(actor.organisation_id, wanted)
    before = {
        key: {name: getattr(known[key], name) for name in changes(known[key], values)}
        for key, values in zip(wanted, rows, strict=True)
        if key in known
    }
    for values in rows:
        family, given, patronymic = names_of(values)
        kept = {name: values[name] for name in KEPT if values.get(name) is not None}
        if "schooling" in kept:
            kept["schooling"] = Schooling(kept["schooling"])
        people.append({"family_name": family, "given_name": given, "patronymic": patronymic, "born_on": values["born_on"], **kept})
    touched = services.take_over(actor, people=people)
    return [Made(*touched[key], before.get(key)) for key in wanted]


def now(ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Names and versions of people, by id."""
    query = select(Trainee).where(Trainee.id.in_(ids)).execution_options(populate_existing=True)
    return {one.id: (one.name, one.version) for one in db.session.scalars(query)}


def withdraw(actor: Actor, made: Sequence[Made]) -> None:
    """Takes a roster back."""
    people = []
    for one in made:
        before = dict(one.before) if one.before is not None else None
        if before and before.get("schooling"):
            before["schooling"] = Schooling(before["schooling"])
        people.append((one.id, before))
    services.give_back(actor, people=people)


IMPORTER = Importer(
    "trainees",
    _l("Roster of trainees"),
    COLUMNS,
    check,
    apply,
    policies.can_take_over,
    key=("full_name", "family_name", "given_name", "patronymic", "born_on"),
    undoing=Undoing("trainee", now, withdraw),
    bundled=bundled.settle,
)
