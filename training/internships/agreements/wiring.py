"""What agreements hand down: the agreement as a record, and guardians as people who are written to."""

from collections.abc import Sequence

from flask import url_for

from training.accounts import queries as links
from training.accounts import services as accounts
from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.accounts.workflow import Purpose
from training.internships.agreements import holding, queries, tasks
from training.internships.agreements.models import Agreement
from training.internships.agreements.workflow import LIFECYCLE, SIGNERS, Event, Notice
from training.internships.placements.workflow import Event as PlacementEvent
from training.kernel.i18n import _, _l, format_range
from training.kernel.policy import Actor, Bearer, Member, System
from training.kernel.wiring import Kind, Side, Signing, Task, Topic, Wiring
from training.kernel.workflow import Party
from training.notices.models import Address
from training.organisations.queries import slug_of
from training.trainees.profiles import queries as profiles


def title(agreement: Agreement) -> str:
    """Its number, and of whom."""
    return _("Agreement %(number)s, %(trainee)s", number=agreement.number, trainee=agreement.placement.trainee.name)


def page(actor: Actor, agreement: Agreement) -> str:
    """Where the actor finds the agreement."""
    if isinstance(actor, Bearer):
        return url_for("internships.agreements.sign_by_link", link=actor.link_id)
    if isinstance(actor, Member):
        return url_for("internships.agreements.show", organisation=slug_of(actor.organisation_id), agreement_id=agreement.id)
    return url_for("internships.agreements.show", agreement_id=agreement.id)


def signatory(agreement_id: int, organisation_id: int | None) -> Address | None:
    """The guardian who signs an agreement, with the link's token made at this moment."""
    agreement = queries.for_letters(agreement_id)
    guardian = next((side.guardian for side in agreement.sides if side.party is Party.GUARDIAN), None)
    link = links.newest_link(Purpose.SIGNING, agreement_id)
    if guardian is None or link is None:
        return None
    return Address(guardian.email, guardian.name, guardian.language, None, f"/l/{accounts.mint(System('notices'), link)}")


def sides(agreement: Agreement) -> Sequence[Side]:
    """Those who sign for the school and the employer, and the trainees of the annex."""
    school = Holding(agreement.school, SIGNERS[Party.SCHOOL])
    employer = Holding(agreement.employer, SIGNERS[Party.EMPLOYER])
    return [*(profiles.side(row.placement.trainee) for row in agreement.annex), *memberships.sides(school, employer)]


def of_guardian(actor: Actor) -> list[Signing]:
    """The agreements on the page of the guardian whose link somebody holds."""
    return [
        Signing(
            _("Agreement %(number)s", number=agreement.number),
            f"{agreement.employer.short_name} · {format_range(agreement.starts_on, agreement.ends_on)}",
            agreement.state,
            due_at,
            side.signature.signed_at if side.signature is not None else None,
            url_for("internships.agreements.open_from_page", link=getattr(actor, "link_id", 0), agreement_id=agreement.id),
        )
        for agreement, side, due_at in queries.of_guardian(actor)
    ]


WIRING = Wiring(
    tasks={"agreements.render": Task(tasks.render), "agreements.follow": Task(tasks.follow)},
    subscriptions={
        PlacementEvent.CANCELLED.value: "agreements.follow",
        PlacementEvent.WITHDRAWN.value: "agreements.follow",
    },
    kinds={"agreement": Kind(find=queries.agreement, title=title, url=page, sides=sides, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"agreement": Topic(_l("Agreements"), frozenset({"trainee", "school", "employer"}))},
    holds={"agreement": holding.holds},
    signings={"agreement": of_guardian},
    workflows={"agreement": LIFECYCLE},
    addresses={"signatory": signatory},
)
