"""Who asks for, gives and withdraws consents."""

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import aliased

from training.accounts.workflow import Purpose as LinkPurpose
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Learner, Member, OrganisationKind, Role, System, holds
from training.trainees.consents.models import Consent
from training.trainees.consents.workflow import Purpose, State
from training.trainees.profiles.models import Trainee

STAFF = (Role.MANAGER, Role.PLACEMENT_OFFICER, Role.TEACHER)
"""Who deals with guardians at a school."""
ADMITTING = (Role.MANAGER, Role.TEACHER)
"""Who reads of a step that waits."""


def visible_to(actor: Actor) -> Select[Consent]:
    """One's own; those of the guardian whom a link was sent to; those of one's school's trainees, and those that a step at the school waits for."""
    match actor:
        case System():
            return select(Consent)
        case Learner(trainee_id=me):
            return select(Consent).where(Consent.trainee_id == me)
        case Bearer(purpose=LinkPurpose.CONSENT, subject_id=mine):
            sent = aliased(Consent)
            same = exists().where(sent.id == mine, sent.guardian_id == Consent.guardian_id)
            return select(Consent).where(or_(Consent.id == mine, same))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            theirs = select(Trainee.id).where(Trainee.school_id == mine)
            return select(Consent).where(or_(Consent.school_id == mine, Consent.subject_id.is_(None) & Consent.trainee_id.in_(theirs)))
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
    """Those who admit at the school that waits for it; otherwise who deals with guardians at the trainee's. Load it with its trainee."""
    if consent.school_id is not None:
        return holds(actor, *ADMITTING, at=consent.school_id)
    return holds(actor, *STAFF, at=consent.trainee.school_id)


def own(actor: Actor, consent: Consent) -> bool:
    """The trainee's own."""
    return isinstance(actor, Learner) and actor.trainee_id == consent.trainee_id


def can_name(actor: Actor, consent: Consent) -> bool:
    """The trainee, or the school that waits."""
    return own(actor, consent) or can_show(actor, consent)


def can_send_again(actor: Actor, consent: Consent) -> bool:
    """The trainee, or the school that waits."""
    return can_name(actor, consent)


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
    """The guardian who holds the link; `visible_to` says which consents are theirs."""
    return isinstance(actor, Bearer) and actor.purpose == LinkPurpose.CONSENT


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


def why_not_name(consent: Consent) -> list[str | LazyString]:
    """A step of a minor still waits for somebody's answer."""
    if consent.subject_id is None:
        return [_l("Ask again from the trainee's page.")]
    if not consent.trainee.is_minor():
        return [_l("%(trainee)s is of age and decides without a guardian.", trainee=consent.trainee.name)]
    if consent.state in (State.GIVEN, State.LAPSED):
        return [_l("The answer is not needed any more: %(state)s.", state=str(consent.state.label).lower())]
    return []


def why_not_send_again(consent: Consent) -> list[str | LazyString]:
    """Somebody with an address has not answered."""
    return [] if consent.asked_by_post else [_l("Nobody who is reached by e-mail is waited for.")]


def why_not_go_on(trainee: Trainee, *, consent: Consent | None) -> list[str | LazyString]:
    """The one rule of steps that wait: of age nobody is asked; under 18 a guardian has agreed, by link or on paper. Load the guardian too."""
    if not trainee.is_minor() or (consent is not None and consent.state is State.GIVEN):
        return []
    who = consent.guardian.name if consent is not None and consent.guardian is not None else "–"
    match consent.state if consent is not None else None:
        case State.ASKED:
            return [_l("%(trainee)s is under 18: the answer of %(guardian)s is waited for.", trainee=trainee.name, guardian=who)]
        case State.REFUSED:
            return [_l("%(trainee)s is under 18, and %(guardian)s has not agreed.", trainee=trainee.name, guardian=who)]
        case State.WITHDRAWN:
            return [_l("%(trainee)s is under 18, and %(guardian)s has withdrawn the consent.", trainee=trainee.name, guardian=who)]
        case _:
            return [_l("%(trainee)s is under 18: name the parent or guardian who is asked first.", trainee=trainee.name)]


def why_not_stay(trainee: Trainee, *, consent: Consent | None) -> list[str | LazyString]:
    """What was agreed to holds, unless the guardian has taken it back meanwhile; before there were links it was noted without a record."""
    return why_not_go_on(trainee, consent=consent) if consent is not None else []
