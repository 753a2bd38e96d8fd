"""What the law keeps of issued credentials (`LawRule`, name `retention`, subject `credential`: the issuer answers for each for decades); which drafts are decided about first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import GIVEN, State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import LazyString, _l
from training.privacy.holds import Hold, years_after
from training.taxonomy.queries import law


def holds(trainee_id: int) -> list[Hold]:
    """The credentials of a trainee that their issuers still have to keep."""
    query = (
        select(Credential).where(Credential.trainee_id == trainee_id, Credential.state.in_(GIVEN)).options(joinedload(Credential.school))
    )
    found = []
    for credential in db.session.scalars(query.order_by(Credential.id)):
        today = clock.today(credential.school.zone)
        rule = law(credential.school.country, "retention", "credential", today)
        if rule is not None and (until_on := years_after(credential.issued_on, rule.parameters["years"])) > today:
            words = _l("Credential %(number)s, %(title)s", number=credential.number, title=credential.title)
            found.append(Hold("credential", credential.id, words, until_on, rule.source))
    return found


def stops(trainee_id: int) -> list[str | LazyString]:
    """A draft is issued, and then kept by law, or dropped by the school first: nobody who is gone is given a credential without a name."""
    query = select(Credential).where(Credential.trainee_id == trainee_id, Credential.state == State.DRAFT)
    found = db.session.scalars(query.options(joinedload(Credential.school)).order_by(Credential.id)).all()
    return [
        _l(
            "A credential waits to be confirmed: %(title)s, %(school)s. The school issues it or drops it first.",
            title=one.title,
            school=one.school.short_name,
        )
        for one in found
    ]
