"""What reports hand down: the report as a record, and whoever left an address as somebody who is written to."""

from flask import url_for

from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Wiring
from training.notices.models import Address
from training.operations.problems import queries
from training.operations.problems.lists import PROBLEMS
from training.operations.problems.models import Problem
from training.operations.problems.workflow import LIFECYCLE, Event, Notice
from training.organisations.queries import slug_of


def title(problem: Problem) -> str:
    """Its number and first words."""
    return _("Report %(number)d: %(words)s", number=problem.id, words=str(problem))


def page(actor: Actor, problem: Problem) -> str:
    """The operator's page, or the list of one's own reports."""
    if isinstance(actor, Member):
        return url_for("operations.problems.show", organisation=slug_of(actor.organisation_id), problem_id=problem.id)
    return url_for("operations.problems.mine")


def stranger(problem_id: int, organisation_id: int | None) -> Address | None:
    """Whoever reported it without an account."""
    found = queries.by_id(problem_id)
    return Address(found.email, found.email, found.language, None, "/help") if found and found.email else None


WIRING = Wiring(
    lists={PROBLEMS.name: PROBLEMS},
    kinds={"problem": Kind(find=queries.problem, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    workflows={"problem": LIFECYCLE},
    addresses={"problem": stranger},
)
