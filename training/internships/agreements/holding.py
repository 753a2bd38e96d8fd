"""What the law keeps of signed agreements (`LawRule`, name `retention`, subject `agreement`)."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from training.internships.agreements.models import Agreement, AgreementParty, AgreementPlacement
from training.internships.agreements.workflow import State
from training.internships.placements.models import Placement
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _l
from training.privacy.holds import Hold, years_after
from training.taxonomy.queries import law


def holds(trainee_id: int) -> list[Hold]:
    """The agreements in force over a trainee's placements that their parties still have to keep, and the guardians who signed them."""
    annexed = (
        select(AgreementPlacement.agreement_id)
        .join(Placement, Placement.id == AgreementPlacement.placement_id)
        .where(Placement.trainee_id == trainee_id)
    )
    query = select(Agreement).where(Agreement.id.in_(annexed), Agreement.state == State.IN_FORCE)
    query = query.options(joinedload(Agreement.school), selectinload(Agreement.sides).joinedload(AgreementParty.guardian))
    found = []
    for agreement in db.session.scalars(query.order_by(Agreement.id)):
        today = clock.today(agreement.school.zone)
        rule = law(agreement.school.country, "retention", "agreement", today)
        if rule is None or (until_on := years_after(agreement.ends_on, rule.parameters["years"])) <= today:
            continue
        found.append(Hold("agreement", agreement.id, _l("Agreement %(number)s", number=agreement.number), until_on, rule.source))
        found += [
            Hold("guardian", side.guardian.id, _l("Who signed agreement %(number)s", number=agreement.number), until_on, rule.source)
            for side in agreement.sides
            if side.guardian is not None
        ]
    return found
