"""Who asks for, gives and withdraws consents."""

from sqlalchemy import ColumnElement, Select, exists, false, select

from training.accounts.workflow import Purpose as LinkPurpose
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Learner, Member, OrganisationKind, Role, System, holds
from training.trainees.consents.models import Consent
from training.trainees.consents.workflow import Purpose, State
from training.trainees.profiles.models import Trainee

STAFF = (Role.MANAGER, Role.PLACEMENT_OFFICER, Role.TEACHER)
"""Who deals with guardians at a school."""


def visible_to(actor: Actor) -> Select[Consent]:
    """One's own; the one a link was sent for; those of one's school's trainees."""
    match actor:
        case System():
            return select(Consent)
        case Learner(trainee_id=me):
            return select(Consent).where(Consent.trainee_id == me)
        case Bearer(purpose=LinkPurpose.CONSENT, subject_id=mine):
            return select(Consent).where(Consent.id == mine)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Consent).join(Trainee, Trainee.id == Consent.trainee_id).where(Trainee.school_id == mine)
        case _:
            return select(Consent).where(false())


def given(trainee_id: ColumnElement[int]) -> ColumnElement[bool]:
    """As a condition: a guardian's consent to employers seeing that trainee is in force."""
    return exists().where(Consent.trainee_id == trainee_id, Consent.purpose == Purpose.EMPLOYERS, Consent.state == State.GIVEN)


def can_ask(actor: Actor, trainee: Trainee) -> bool:
    """The minor, or their school, names the guardian to ask."""
    match actor:
        case Learner(trainee_id=me):
            return me == trainee.id
        case Member(kind=OrganisationKind.SCHOOL):
            return holds(actor, *STAFF, at=trainee.school_id)
        case System():
            return True
        case _:
            return False


def can_show(actor: Actor, consent: Consent) -> bool:
    """The trainee's school; load the consent with its trainee."""
    return holds(actor, *STAFF, at=consent.trainee.school_id)


def can_print_letter(actor: Actor, consent: Consent) -> bool:
    """The trainee's school."""
    return can_show(actor, consent)


def can_fetch_letter(actor: Actor, consent: Consent) -> bool:
    """The trainee's school."""
    return can_show(actor, consent)


def can_record(actor: Actor, consent: Consent) -> bool:
    """The trainee's school, for an answer on paper."""
    return can_show(actor, consent)


def can_give(actor: Actor, consent: Consent) -> bool:
    """The guardian who holds the link."""
    return isinstance(actor, Bearer) and actor.purpose == LinkPurpose.CONSENT and actor.subject_id == consent.id


def can_refuse(actor: Actor, consent: Consent) -> bool:
    """The guardian who holds the link."""
    return can_give(actor, consent)


def can_withdraw(actor: Actor, consent: Consent) -> bool:
    """The guardian who holds the link, at any time; the school on the guardian's word, because that way nobody is shown by mistake."""
    return can_give(actor, consent) or can_withdraw_for(actor, consent)


def can_withdraw_for(actor: Actor, consent: Consent) -> bool:
    """The trainee's school, on the guardian's word."""
    return can_show(actor, consent)


def why_not_ask(trainee: Trainee, *, open_consent: Consent | None) -> list[str | LazyString]:
    """Only minors need a guardian's consent, and one answer at a time."""
    if not trainee.is_minor():
        return [_l("%(trainee)s is of age and decides without a guardian.", trainee=trainee.name)]
    if open_consent is not None:
        return [_l("A guardian has been asked already: %(state)s.", state=str(open_consent.state.label).lower())]
    return []


def why_not_print_letter(consent: Consent) -> list[str | LazyString]:
    """A letter asks somebody who has not answered."""
    if consent.state is not State.ASKED:
        return [_l("The answer is there already: %(state)s.", state=str(consent.state.label).lower())]
    return []
