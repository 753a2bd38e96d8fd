"""Finding offers."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from training.candidates.applications.models import Application
from training.candidates.offers.models import Offer
from training.candidates.offers.policies import visible_to
from training.candidates.offers.workflow import State
from training.candidates.vacancies.models import Vacancy
from training.kernel.db import by_id, db
from training.kernel.policy import Actor, System
from training.kernel.prepared import by_key


def _whole(query: Select[Offer]) -> Select[Offer]:
    application = joinedload(Offer.application)
    vacancy = application.joinedload(Application.vacancy)
    return query.options(application.joinedload(Application.trainee), vacancy.joinedload(Vacancy.employer), joinedload(Offer.employer))


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Offer.id)


def offer(actor: Actor, offer_id: int) -> Offer:
    """One offer with its application, candidate, vacancy and employer."""
    return _BY_ID.one(actor, key=offer_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Offer]:
    """Those offers of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Offer.id.in_(ids)))


def of_application(actor: Actor, application_id: int) -> Sequence[Offer]:
    """The offers of an application, the newest first."""
    query = _whole(visible_to(actor)).where(Offer.application_id == application_id)
    return db.session.scalars(query.order_by(Offer.id.desc())).all()


def count_out(vacancy_id: int) -> int:
    """How many offers for a vacancy wait for an answer."""
    query = select(func.count()).select_from(Offer).join(Application, Application.id == Offer.application_id)
    return db.session.scalar(query.where(Application.vacancy_id == vacancy_id, Offer.state == State.SENT)) or 0


def live_of(application_id: int) -> Offer | None:
    """The offer of an application that waits for an answer, if there is one."""
    query = _whole(visible_to(System("offers"))).where(Offer.application_id == application_id, Offer.state == State.SENT)
    return db.session.scalars(query).one_or_none()
