"""What the law keeps of signed rulings (`LawRule`, name `retention`, subject `ruling`): the files of people stand on them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.enrolments.models import Enrolment
from training.courses.rulings.models import Ruling, RulingLine
from training.courses.rulings.workflow import State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _l
from training.privacy.holds import Hold, years_after
from training.taxonomy.queries import law


def holds(trainee_id: int) -> list[Hold]:
    """The signed lines over a trainee that the school still has to keep; the ruling itself names others too and stays in any case."""
    query = (
        select(RulingLine)
        .join(RulingLine.ruling)
        .join(RulingLine.enrolment)
        .where(Enrolment.trainee_id == trainee_id, Ruling.state == State.SIGNED)
        .options(joinedload(RulingLine.ruling).joinedload(Ruling.school))
    )
    found = []
    for line in db.session.scalars(query.order_by(RulingLine.id)):
        school, signed_on = line.ruling.school, line.ruling.signed_on
        rule = law(school.country, "retention", "ruling", clock.today(school.zone))
        if rule is None or signed_on is None or (until_on := years_after(signed_on, rule.parameters["years"])) <= clock.today(school.zone):
            continue
        words = _l("Ruling %(number)s", number=line.ruling.number)
        found.append(Hold("ruling_line", line.id, words, until_on, rule.source))
    return found
