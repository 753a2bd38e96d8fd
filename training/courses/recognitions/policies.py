"""Who asks that a module be recognised, who decides, and what stands against it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, exists, false, select

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import own as own_enrolment
from training.courses.enrolments.workflow import STUDYING
from training.courses.programmes.models import Module
from training.courses.recognitions.models import Recognition
from training.courses.recognitions.workflow import DECIDERS, OPEN, State
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, System, holds
from training.trainees.passport.models import Evidence, EvidenceKind


class Credential(Protocol):
    """A credential as far as it is evidence; credentials stand above this noun."""

    @property
    def id(self) -> int:
        """Its key."""

    @property
    def trainee_id(self) -> int:
        """Its holder."""

    @property
    def given(self) -> bool:
        """Whether its holder has been given it."""

    @property
    def revoked_on(self) -> date | None:
        """The day on which it was revoked, if it was."""

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""


def visible_to(actor: Actor) -> Select[Recognition]:
    """One's own; a school's to its people."""
    match actor:
        case System():
            return select(Recognition)
        case Learner(trainee_id=me):
            mine = select(Enrolment.id).where(Enrolment.trainee_id == me)
            return select(Recognition).where(Recognition.enrolment_id.in_(mine))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Recognition).where(Recognition.school_id == mine)
        case _:
            return select(Recognition).where(false())


def recognised(enrolment_id: Any, module_id: Any) -> ColumnElement[bool]:
    """As a condition: whether the module of a row is recognised for its enrolment."""
    mine = (Recognition.enrolment_id == enrolment_id, Recognition.module_id == module_id, Recognition.state == State.ACCEPTED)
    return exists().where(*mine).correlate_except(Recognition)


def can_ask(actor: Actor, enrolment: Enrolment) -> bool:
    """The trainee."""
    return own_enrolment(actor, enrolment)


def own(actor: Actor, recognition: Recognition) -> bool:
    """The trainee's own."""
    return own_enrolment(actor, recognition.enrolment)


def can_amend(actor: Actor, recognition: Recognition) -> bool:
    """The trainee."""
    return own(actor, recognition)


def can_withdraw(actor: Actor, recognition: Recognition) -> bool:
    """The trainee."""
    return own(actor, recognition)


def can_show(actor: Actor, recognition: Recognition) -> bool:
    """Teachers and managers of the school: the evidence is for those who decide."""
    return holds(actor, *DECIDERS, at=recognition.school_id)


def can_read(actor: Actor, recognition: Recognition) -> bool:
    """What the trainee shows of what schools have marked: those who decide while it is open, then whoever has decided; the trainee.

    The choice is the disclosure, and taking the request back ends it.
    """
    if own(actor, recognition):
        return True
    if not isinstance(actor, Member) or not can_show(actor, recognition) or recognition.state is State.WITHDRAWN:
        return False
    return recognition.state in OPEN or actor.account_id in {one.by_id for one in recognition.decisions}


def can_open(actor: Actor, recognition: Recognition) -> bool:
    """The trainee, and those who decide."""
    return own(actor, recognition) or can_show(actor, recognition)


def can_see_cohort(actor: Actor, cohort: Cohort) -> bool:
    """Teachers and managers of the school."""
    return holds(actor, *DECIDERS, at=cohort.school_id)


def can_accept(actor: Actor, recognition: Recognition) -> bool:
    """Teachers and managers of the school, each in their own name."""
    return can_show(actor, recognition)


def can_send_back(actor: Actor, recognition: Recognition) -> bool:
    """Those who would accept."""
    return can_accept(actor, recognition)


def can_refuse(actor: Actor, recognition: Recognition) -> bool:
    """Those who would accept."""
    return can_accept(actor, recognition)


def can_revoke(actor: Actor, recognition: Recognition) -> bool:
    """Those who would accept."""
    return can_accept(actor, recognition)


def why_not_ask(enrolment: Enrolment) -> list[str | LazyString]:
    """While one studies."""
    return [] if enrolment.state in STUDYING else [_l("Modules are recognised while you study. You do not study here now.")]


def why_not_ask_for(module: Module, modules: Sequence[Module], *, standing: Recognition | None) -> list[str | LazyString]:
    """A module of one's own version that has no parts, and for which nothing is open or recognised; `modules` are the version's."""
    if module.id not in {one.id for one in askable(modules)}:
        return [_l("Choose one of the modules that you study here.")]
    if standing is None:
        return []
    if standing.state is State.ACCEPTED:
        return [_l("This module is recognised already.")]
    return [_l("You have asked for this module already, and it is not decided yet.")]


def why_not_show(enrolment: Enrolment, shown: Credential | Evidence, *, today: date) -> list[str | LazyString]:
    """A credential of one's own that holds, or a module that one has passed in another study."""
    mine = shown.trainee_id == enrolment.trainee_id
    if isinstance(shown, Evidence):
        passed = shown.kind is EvidenceKind.MODULE and shown.subject_id != enrolment.id
        return [] if mine and passed else [_l("Choose a module that you have passed in another study.")]
    if mine and shown.given and shown.revoked_on is None and not shown.expired(today):
        return []
    return [_l("Choose a credential of your own that is valid and has not been revoked.")]


def why_not_accept(recognition: Recognition) -> list[str | LazyString]:
    """The trainee studies still."""
    if recognition.enrolment.state in STUDYING:
        return []
    return [_l("%(trainee)s does not study here any more, so nothing can be recognised.", trainee=recognition.enrolment.trainee.name)]


def why_not_decide_own(actor: Actor, recognition: Recognition) -> list[str | LazyString]:
    """Nobody decides on what they learnt themselves."""
    if isinstance(actor, Member) and actor.account_id == recognition.enrolment.trainee.account_id:
        return [_l("This is your own request, so somebody else at your school decides it.")]
    return []


def why_not_withdraw(recognition: Recognition) -> list[str | LazyString]:
    """Before it is decided."""
    return [] if recognition.state in OPEN else [_l("It is decided already.")]


def askable(modules: Sequence[Module]) -> list[Module]:
    """Those modules that have no parts: what has parts is recognised part by part."""
    whole = {one.parent_id for one in modules}
    return [one for one in modules if one.id not in whole]
