"""Making and changing a profile."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from training.accounts.models import Account
from training.audit.services import record, record_all, record_each
from training.files import pictures, storage
from training.files.services import claim, keep_received, let_go
from training.files.storage import Readable, Received
from training.kernel import keys
from training.kernel.db import Record, db, expect, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotNow, authorise, require
from training.trainees.profiles import policies, queries
from training.trainees.profiles.models import Education, Photo, Trainee, called, identity_key
from training.trainees.profiles.workflow import Event, Visibility

AT_ONCE = 5_000
"""Keys in one statement."""
NAMES = ("family_name", "given_name", "patronymic", "born_on")
"""By which a roster tells people apart."""
_INSERTED = insert(Record.metadata.tables[Trainee.__tablename__])


@transaction()
def make(
    actor: Actor, account: Account, *, family_name: str, given_name: str, born_on: date, patronymic: str | None = None, **details: Any
) -> Trainee:
    """The learning side of an account: from now on its owner can apply."""
    authorise(policies.can_make, actor, None)
    require(policies.why_not_born(born_on))
    trainee = Trainee(slug=keys.slug(), account=account, email=account.email, **details)
    trainee.call(family_name=family_name, given_name=given_name, patronymic=patronymic, born_on=born_on)
    try:
        with db.session.begin_nested():
            db.session.add(trainee)
    except IntegrityError:
        raise NotNow(_l("You have a profile already.")) from None
    record(actor, Event.MADE, trainee)
    return trainee


@transaction()
def edit(actor: Actor, trainee: Trainee, *, version: int, **details: Any) -> None:
    """Changes contacts, town and what the trainee says of themselves."""
    authorise(policies.can_edit, actor, trainee)
    expect(trainee, version)
    for name, value in details.items():
        setattr(trainee, name, value)
    record(actor, Event.EDITED, trainee)


@transaction()
def show_to(actor: Actor, trainee: Trainee, *, visibility: Visibility) -> None:
    """Decides who may find the trainee."""
    authorise(policies.can_edit, actor, trainee)
    trainee.visibility = visibility
    record(actor, Event.VISIBILITY, trainee, visibility=visibility)


@transaction()
def take_over(actor: Actor, *, people: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Adds a school's trainees from its roster, or changes what the roster says differently; gives id and version by identity key.

    Each is family_name, given_name, patronymic, born_on and any of e-mail, phone, town, group and schooling; the people become
    visible to this school only. Blank values change nothing.
    """
    authorise(policies.can_take_over, actor, None)
    assert isinstance(actor, Member)
    rows = {identity_key(*(one[name] for name in NAMES)): one for one in people}
    told = sorted({name for one in rows.values() for name in one} - set(NAMES))
    known = queries.on_roster(actor.organisation_id, list(rows))
    fresh = []
    for key, values in rows.items():
        if key in known:
            for name in values.keys() - set(NAMES):
                setattr(known[key], name, values[name])
        else:
            details = {name: values.get(name) for name in told}
            fresh.append(called(*(values[name] for name in NAMES)) | details | {"slug": keys.slug()})
    if fresh:
        common = {"school_id": actor.organisation_id, "visibility": Visibility.SCHOOL, "version": 1}
        db.session.connection().execute(_INSERTED, [one | common for one in fresh])
    db.session.flush()  # the versions are those of the rows as they are written
    found = db.session.execute(queries.versions(actor.organisation_id, list(rows)))
    touched = {key: (trainee_id, version) for key, trainee_id, version in found}
    record_all(actor, Event.IMPORTED, Trainee.__tablename__, list(dict.fromkeys(touched[key][0] for key in rows)))
    return touched


@transaction()
def give_back(actor: Actor, *, people: Sequence[tuple[int, Mapping[str, Any] | None]]) -> None:
    """Takes a roster back: whom it brought is nobody any more, whom it changed is as `before` says; nothing was built on them."""
    authorise(policies.can_take_over, actor, None)
    assert isinstance(actor, Member)
    before = dict(people)
    ids = list(before)
    found: list[Trainee] = []
    for start in range(0, len(ids), AT_ONCE):
        query = select(Trainee).where(Trainee.school_id == actor.organisation_id, Trainee.id.in_(ids[start : start + AT_ONCE]))
        found.extend(db.session.scalars(query.order_by(Trainee.id)))
    for trainee in found:
        said = before[trainee.id]
        if said is None:
            become_nobody(trainee)
            trainee.school_id = None
        else:
            for name, value in said.items():
                setattr(trainee, name, value)
    record_each(actor, Event.WITHDRAWN, [one for one in found if before[one.id] is None])
    record_each(actor, Event.RESTORED, [one for one in found if before[one.id] is not None])


def keep_photo(actor: Actor, trainee: Trainee, *, source: Readable) -> None:
    """A photograph for the card, in place of the one before; what a camera writes beside the picture is not kept."""
    authorise(policies.can_keep_photo, actor, trainee)
    content = source.read(pictures.LIMIT + 1)
    if len(content) > pictures.LIMIT:
        raise NotNow(_l("The photograph is larger than %(most)d MB. Make it smaller.", most=pictures.LIMIT // 1_000_000), field="photo")
    picture, kind = pictures.harmless(content)
    _keep_photo(actor, trainee, received=storage.receive(picture, name="photo", kinds={kind}, limit=pictures.LIMIT))


@transaction()
def _keep_photo(actor: Actor, trainee: Trainee, *, received: Received) -> None:
    file = keep_received(actor, received)
    photo = queries.photo(trainee.id)
    if photo is None:
        photo = Photo(trainee_id=trainee.id, file=file)
        db.session.add(photo)
    else:
        let_go(photo.file)
        photo.file = file
    claim(file, photo)
    record(actor, Event.PHOTO_KEPT, trainee, size=received.size)


@transaction()
def remove_photo(actor: Actor, trainee: Trainee) -> None:
    """The card shows initials again."""
    authorise(policies.can_remove_photo, actor, trainee)
    photo = queries.photo(trainee.id)
    if photo is not None:
        let_go(photo.file)
        db.session.delete(photo)
        record(actor, Event.PHOTO_REMOVED, trainee)


@transaction()
def add_education(
    actor: Actor, trainee: Trainee, *, place: str, what: str, from_year: int | None = None, until_year: int | None = None
) -> None:
    """The trainee says what they studied elsewhere."""
    add_educations(actor, trainee, lines=[{"place": place, "what": what, "from_year": from_year, "until_year": until_year}])


@transaction()
def add_educations(actor: Actor, trainee: Trainee, *, lines: Sequence[Mapping[str, Any]]) -> None:
    """Several lines at once, each with place, what, from_year and until_year."""
    authorise(policies.can_add_education, actor, trainee)
    for line in lines:
        require(policies.why_not_years(line["from_year"], line["until_year"]))
    if queries.education_count(trainee.id) + len(lines) > policies.EDUCATIONS:
        raise NotNow(_l("That is enough: take a line away first."))
    db.session.add_all([Education(trainee_id=trainee.id, **line) for line in lines])
    for _line in lines:
        record(actor, Event.EDUCATION_ADDED, trainee)


@transaction()
def remove_education(actor: Actor, education: Education) -> None:
    """The trainee takes a line back."""
    authorise(policies.can_remove_education, actor, education)
    record(actor, Event.EDUCATION_REMOVED, queries.by_id(education.trainee_id))
    db.session.delete(education)


def become_nobody(*records: Trainee) -> None:
    """Nothing tells any more who it was, inside the running transaction: a number stands in the name's place."""
    for trainee in records:
        trainee.call(family_name="№", given_name=str(trainee.id), patronymic=None, born_on=date(1900, 1, 1))
        trainee.slug = keys.slug()
        trainee.visibility = Visibility.NOBODY
        for name in ("email", "phone", "town", "schooling", "about", "group_code"):
            setattr(trainee, name, None)
