"""Nominees from a table: whom an employer sends, against which of the seats that it has bought."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import joinedload

from training.courses.allocations import policies, queries, services
from training.courses.allocations.models import Allocation, Nominee, name_key
from training.courses.allocations.workflow import LIVE
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.purchases import queries as purchases
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.policies import visible_to as purchases_seen
from training.courses.purchases.workflow import State as PurchaseState
from training.exchange import cells
from training.exchange.importers import Column, Importer, Made, Row, Undoing, laid_out
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _, _l, language
from training.kernel.keys import email_key, row_key, sort_key
from training.kernel.listings import Layout
from training.kernel.policy import Actor, Member, NotAllowed

COLUMNS = (
    Column("purchase", _l("Number of the purchase"), ("Номер покупки", "Покупка", "purchase"), read=cells.line(60), example="12"),
    Column("cohort", _l("Cohort"), ("Группа", "Код группы", "cohort code"), read=cells.code, example="СВ-26"),
    Column("school", _l("School"), ("Колледж", "Учебное заведение", "school"), example="ДТК"),
    Column("full_name", _l("Full name"), ("ФИО", "Фамилия Имя Отчество", "Ф.И.О.", "name"), example="Орлова Нина Сергеевна"),
    Column("family_name", _l("Family name"), ("Фамилия", "familyName", "surname"), read=cells.line(60), example="Орлова"),
    Column("given_name", _l("Given name"), ("Имя", "givenName", "first name"), read=cells.line(60), example="Нина"),
    Column("patronymic", _l("Patronymic"), ("Отчество", "middleName"), read=cells.line(60), example="Сергеевна"),
    Column("email", _l("E-mail"), ("Почта", "Электронная почта", "e-mail", "email"), required=True, read=cells.email),
    Column("personnel_number", _l("Personnel number"), ("Табельный номер", "Таб. №", "Табельный №"), read=cells.line(60), example="00417"),
)


def names_of(values: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    """Family name, given name and patronymic, whether the file has them apart or in one cell."""
    if values.get("family_name") or not values.get("full_name"):
        return values.get("family_name"), values.get("given_name"), values.get("patronymic")
    parts = str(values["full_name"]).split()
    return (parts[0], parts[1] if len(parts) > 1 else None, " ".join(parts[2:]) or None)


def check(actor: Actor, rows: Sequence[Row]) -> None:
    """Finds each row's purchase and name; who is nominated already is the same, and whoever comes after the last free seat is too many.

    Free seats are counted within the rows that are looked at together, and once more when they are taken.
    """
    if not isinstance(actor, Member):
        raise NotAllowed("nominees come in for an employer")
    bought = _bought(actor, rows)
    placed = [(row, found) for row in rows if (found := _placed(row, bought)) is not None and _named(row)]
    addresses = {email_key(row.values["email"]) for row, _purchase in placed}
    cohort_ids = {purchase.cohort_id for _row, purchase in placed}
    own: dict[tuple[int, str], Allocation] = {(one.purchase_id, one.email_key): one for one in queries.named(actor, cohort_ids, addresses)}
    taken = queries.taken(cohort_ids, addresses)
    against = {one.id: _against(one) for one in {purchase.id: purchase for _row, purchase in placed}.values()}
    free = {purchase.id: purchase.pool.free if purchase.pool else 0 for _row, purchase in placed}
    for row, purchase in placed:
        key = email_key(row.values["email"])
        known = own.get((purchase.id, key))
        if known is not None and known.state in LIVE:
            _same(row, known)
        elif known is not None:
            row.wrong(
                "email",
                _l("%(name)s: %(state)s. Nominate the person on the page of the purchase.", name=known.name, state=known.state.label),
            )
        elif (purchase.cohort_id, key) in taken:
            row.wrong("email", _l("Somebody with this e-mail address is nominated for this cohort already."))
        elif against[purchase.id]:
            row.wrong(None, against[purchase.id][0])
        elif free[purchase.id] < 1:
            row.wrong(None, policies.why_not_so_many(0)[0])
        else:
            free[purchase.id] -= 1
            taken.add((purchase.cohort_id, key))
            row.values["purchase_id"] = purchase.id
    _remark_unready([(row, purchase) for row, purchase in placed if "purchase_id" in row.values])


def _remark_unready(named: Sequence[tuple[Row, SeatPurchase]]) -> None:
    """Says of whom it is not known that they meet what the programme builds on: once for each cohort that the rows name."""
    addresses: dict[int, set[str]] = defaultdict(set)
    for row, purchase in named:
        addresses[purchase.cohort_id].add(email_key(row.values["email"]))
    cohorts_of = {purchase.cohort_id: purchase.cohort for _row, purchase in named}
    unready = {key: queries.unready(cohorts_of[key], there) for key, there in addresses.items()}
    for row, purchase in named:
        if email_key(row.values["email"]) in unready[purchase.cohort_id]:
            row.remark(policies.unready(" ".join(name for name in names_of(row.values) if name)))


def _bought(actor: Actor, rows: Sequence[Row]) -> Sequence[SeatPurchase]:
    """The purchases that rows may mean, with cohorts, schools and seats as they are now."""
    numbers = {row_key(row.values.get("purchase") or "") for row in rows}
    codes = {sort_key(row.values["cohort"]) for row in rows if row.values.get("cohort")}
    whole = joinedload(SeatPurchase.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
    query = purchases_seen(actor).join(SeatPurchase.cohort).where(SeatPurchase.state == PurchaseState.AGREED)
    query = query.where(or_(SeatPurchase.id.in_(numbers), Cohort.code_key.in_(codes)))
    loaded = query.options(whole.joinedload(Programme.school), joinedload(SeatPurchase.pool))
    return db.session.scalars(loaded.order_by(SeatPurchase.id), execution_options={"populate_existing": True}).all()


def _placed(row: Row, bought: Sequence[SeatPurchase]) -> SeatPurchase | None:
    """The purchase that a row names: by its number, else by the cohort and its school."""
    if row.values.get("purchase"):
        found = [one for one in bought if one.id == row_key(row.values["purchase"])]
        if not found:
            row.wrong("purchase", _l("You have bought no seats under this number. Look at the list of bought seats."))
        return found[0] if found else None
    if not row.values.get("cohort"):
        row.wrong("cohort" if "cohort" in row.values else None, _l("Write the number of the purchase, or the cohort."))
        return None
    found = [one for one in bought if one.cohort.code_key == sort_key(row.values["cohort"]) and _at(row.values.get("school"), one)]
    if not found:
        row.wrong(
            "cohort", _l("You have bought no seats of this cohort. Write its code, and its school as the list of bought seats has it.")
        )
    elif len(found) > 1:
        row.wrong("cohort", _l("Several purchases fit. Write the number of the purchase."))
    return found[0] if len(found) == 1 else None


def _at(written: str | None, purchase: SeatPurchase) -> bool:
    school = purchase.cohort.programme_version.programme.school
    known = {sort_key(name) for name in (school.native_name, school.latin_name, school.legal_name) if name}
    return not written or sort_key(written) in known


def _named(row: Row) -> bool:
    family, given, _patronymic = names_of(row.values)
    if not family or not given:
        row.wrong("full_name" if "full_name" in row.values else "family_name", _l("Family name and given name are both needed."))
    return bool(family and given)


def _against(purchase: SeatPurchase) -> list[Any]:
    today = clock.today(cohorts.zone_of(purchase.cohort))
    return list(policies.why_not_nominate(purchase, purchase.cohort, today=today))


def _same(row: Row, known: Allocation) -> None:
    family, given, patronymic = names_of(row.values)
    if name_key(family or "", given or "", patronymic) == known.name_key:
        row.same = True
    else:
        row.wrong(
            "email",
            _l("This address is nominated already as %(name)s. Correct the row, or cancel that nomination first.", name=known.full_name),
        )


def apply(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[Made]:
    """Names the people, in the transaction that marks the rows as imported."""
    if not isinstance(actor, Member):
        raise NotAllowed("nominees come in for an employer")
    people: dict[int, list[Nominee]] = defaultdict(list)
    for values in rows:
        family, given, patronymic = names_of(values)
        people[values["purchase_id"]].append(
            Nominee(
                family_name=family or "",
                given_name=given or "",
                patronymic=patronymic,
                email=values["email"],
                personnel_number=values.get("personnel_number"),
            )
        )
    bought = purchases.each(actor, people)
    made: dict[tuple[int, str], int] = {}
    for key, named in people.items():
        for one in services.nominate(actor, bought[key], people=named, language=language()):
            made[key, one.email_key] = one.id
    return [Made(made[values["purchase_id"], email_key(values["email"])], 1) for values in rows]


def withdraw(actor: Actor, made: Sequence[Made]) -> None:
    """Takes a list of nominees back."""
    services.take_back(actor, ids=[one.id for one in made], reason=_("The list was taken back."))


IMPORTER = Importer(
    "nominations",
    _l("Nominees for bought seats"),
    COLUMNS,
    check,
    apply,
    policies.can_import,
    key=("email", "purchase", "cohort", "school"),
    undoing=Undoing("allocation", queries.now, withdraw),
)


def live(actor: Actor) -> ColumnElement[bool]:
    """Those who take up a seat: whose nomination is over would not come in again."""
    return Allocation.state.in_(LIVE)


def number(row: Any) -> int:
    """Of which purchase they are."""
    return int(row.purchase_id)


LAYOUT = Layout(
    "nominations",
    laid_out(
        IMPORTER,
        purchase=number,
        family_name=lambda row: row.family_name,
        given_name=lambda row: row.given_name,
        patronymic=lambda row: row.patronymic,
        email=lambda row: row.email,
        personnel_number=lambda row: row.personnel_number,
    ),
    may=policies.can_import,
    only=live,
)
"""The people as lists of them come in."""
