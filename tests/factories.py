"""Records for tests, valid by default; they go through the services' own tables but skip the ways to get there."""

import itertools
import secrets
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import insert

from training.accounts import queries as accounts
from training.accounts.memberships.models import Membership
from training.accounts.models import Account, Session
from training.audit.models import Happening
from training.kernel import clock, keys
from training.kernel.db import Record, db
from training.kernel.policy import Learner, Member, OrganisationKind, Role
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.trainees.consents.models import TEXT_VERSION, Consent, Guardian
from training.trainees.consents.workflow import Purpose as ConsentPurpose
from training.trainees.consents.workflow import State as ConsentState
from training.trainees.profiles.models import Trainee, identity_key

_count = itertools.count(1)
FAMILY = ("Belov", "Orlova", "Galimov", "Titova", "Zaripov", "Ershova", "Maslov", "Fomina")
GIVEN = ("Artyom", "Nina", "Ilnaz", "Alisa", "Timur", "Varvara", "Nikita", "Gulnara")


R = TypeVar("R", bound=Record)


def save(record: R) -> R:
    """Writes a record for good (within the test)."""
    db.session.add(record)
    db.session.commit()
    return record


def make_account(**given: Any) -> Account:
    """An account with a confirmed address."""
    number = next(_count)
    email = given.pop("email", f"person{number}@example.org")
    name = f"{GIVEN[number % 8]} {FAMILY[number % 7]}"
    values = {"name": name, "email": email, "email_key": keys.email_key(email), "confirmed_at": clock.now(), **given}
    return save(Account(**values))


def session_token(account: Account) -> str:
    """The token of a new session."""
    token = secrets.token_urlsafe(16)
    save(Session(account_id=account.id, token=accounts.digest(token), began_at=clock.now(), expires_at=clock.now() + timedelta(days=1)))
    return token


def make_organisation(kind: OrganisationKind = OrganisationKind.EMPLOYER, **given: Any) -> Organisation:
    """A verified organisation."""
    number = next(_count)
    names = given.pop("legal_name", f"{kind.value.title()} {number}, limited"), given.pop("short_name", f"{kind.value.title()} {number}")
    values = {
        "slug": keys.slug(),
        "kind": kind,
        "town": "Dimitrovgrad",
        "address": "1 Plant Street",
        "state": OrganisationState.VERIFIED,
        **given,
    }
    organisation = Organisation(**values)
    organisation.rename(*names)
    return save(organisation)


def make_school(**given: Any) -> Organisation:
    """A verified school."""
    return make_organisation(OrganisationKind.SCHOOL, **given)


def make_employer(**given: Any) -> Organisation:
    """A verified employer."""
    return make_organisation(OrganisationKind.EMPLOYER, **given)


def make_authority(**given: Any) -> Organisation:
    """A verified authority."""
    return make_organisation(OrganisationKind.AUTHORITY, **given)


def make_member(organisation: Organisation, *roles: Role, account: Account | None = None) -> Membership:
    """Somebody with these roles in an organisation; gives the first membership."""
    person = account or make_account()
    made = [save(Membership(account=person, organisation=organisation, role=role, began_on=clock.today())) for role in roles]
    return made[0]


def acting(membership: Membership) -> Member:
    """The member as an actor, with every role they have there."""
    here = db.session.query(Membership).filter_by(
        account_id=membership.account_id, organisation_id=membership.organisation_id, ended_on=None
    )
    return Member(membership.account_id, membership.organisation_id, membership.organisation.kind, frozenset(one.role for one in here))


def actor_of(organisation: Organisation, *roles: Role) -> Member:
    """A new member of an organisation, as an actor."""
    return acting(make_member(organisation, *roles))


def make_trainee(*, born_on: date | None = None, account: Account | None = None, **given: Any) -> Trainee:
    """A trainee of age with an account (give `born_on` for a minor)."""
    number = next(_count)
    person = account or make_account()
    trainee = Trainee(slug=keys.slug(), account=person, email=person.email, **given)
    trainee.call(
        family_name=FAMILY[number % 8],
        given_name=GIVEN[number % 7],
        patronymic=None,
        born_on=born_on or clock.today().replace(day=1) - timedelta(days=19 * 366 + number),
    )
    return save(trainee)


def make_minor(years: int = 16, **given: Any) -> Trainee:
    """A trainee who turned `years` some months ago."""
    return make_trainee(born_on=clock.today() - timedelta(days=int(years * 365.25) + 120), **given)


def learner(trainee: Trainee) -> Learner:
    """The trainee as an actor."""
    assert trainee.account_id is not None
    return Learner(trainee.account_id, trainee.id)


def people(number: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """So many accounts and their trainees of age as rows to insert at once; their keys are counted from 1,000,001."""
    accounts: list[dict[str, Any]] = []
    trainees: list[dict[str, Any]] = []
    for key in range(1_000_001, 1_000_001 + number):
        family, given, email, born = f"{FAMILY[key % 8]} {key}", GIVEN[key % 7], f"one-of-many-{key}@example.org", date(1990, 5, 1)
        accounts.append({"id": key, "name": f"{given} {family}", "email": email, "email_key": email, "version": 1})
        names = {"family_name": family, "given_name": given, "born_on": born, "email": email}
        sorted_by = {"name_key": keys.sort_key(f"{family} {given}"), "identity_key": identity_key(family, given, None, born)}
        trainees.append({"id": key, "slug": keys.slug(), "account_id": key, **names, **sorted_by, "version": 1})
    return accounts, trainees


def make_learners(number: int) -> list[Learner]:
    """So many trainees as actors, in a handful of statements."""
    accounts, trainees = people(number)
    db.session.execute(insert(Account), accounts)
    db.session.execute(insert(Trainee), trainees)
    db.session.commit()
    return [Learner(row["account_id"], row["id"]) for row in trainees]


def make_consent(trainee: Trainee, state: ConsentState = ConsentState.GIVEN) -> Consent:
    """A guardian's consent to employers seeing a minor."""
    guardian = Guardian(trainee_id=trainee.id, name="Olga Belova", email=f"guardian{next(_count)}@example.org", language="en")
    given_at = clock.now() if state is ConsentState.GIVEN else None
    return save(
        Consent(
            trainee=trainee, guardian=guardian, purpose=ConsentPurpose.EMPLOYERS, text_version=TEXT_VERSION, state=state, given_at=given_at
        )
    )


def events_of(subject: Record) -> list[str]:
    """What has happened to a record, oldest first; uncommitted work is undone before looking."""
    db.session.rollback()
    rows = db.session.query(Happening).filter_by(subject_kind=subject.__tablename__, subject_id=subject.id).order_by(Happening.id)
    return [row.name for row in rows]
