"""What quotas hand down."""

from flask import url_for

from training.courses.quotas import queries
from training.courses.quotas.lists import QUOTAS
from training.courses.quotas.models import Quota
from training.courses.quotas.workflow import Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(quota: Quota) -> str:
    """Of what, for when."""
    return _("Quota of state seats: %(code)s, %(year)s", code=quota.code, year=str(quota.year))


def page(actor: Actor, quota: Quota) -> str:
    """Where the region and the school find it."""
    if isinstance(actor, Member):
        return url_for("courses.quotas.show", organisation=slug_of(actor.organisation_id), quota_id=quota.id)
    return url_for("insights.home.landing")


WIRING = Wiring(
    lists={QUOTAS.name: QUOTAS},
    kinds={"quota": Kind(find=queries.quota, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"quota": Topic(_l("Quotas of state seats"), frozenset({"school"}))},
)
