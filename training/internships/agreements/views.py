"""Pages of agreements: text left, checks and signing right."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts.arriving import opened
from training.audit.queries import history
from training.files.models import StoredFile
from training.files.sending import send
from training.internships.agreements import policies, queries, services
from training.internships.agreements.forms import MakeForm, ReasonForm, SignForm
from training.internships.agreements.models import Agreement
from training.internships.agreements.workflow import LIFECYCLE, State
from training.internships.placements import policies as placement_policies
from training.internships.placements import queries as placements
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.internships.scans import queries as scans
from training.kernel import clock
from training.kernel.db import NotFound
from training.kernel.i18n import _, current_zone, day_meant, format_date, language
from training.kernel.keys import initials
from training.kernel.pages import BEARER, LEARNER, MEMBER, Noun
from training.threads import queries as threads
from training.turns import queries as turns

bp = Noun("agreements", __name__)


@bp.page(
    "/placements/<int:placement_id>/agreement",
    doors=[MEMBER, LEARNER],
    may=placement_policies.can_show,
    subject=placements.placement,
)
def of_placement(placement: Placement) -> ResponseReturnValue:
    """The placement's agreement; where there is none yet, what comes before it."""
    agreement = queries.of_placement(g.actor, placement)
    if agreement is not None and (agreement.state is not State.CANCELLED or placement.state is not PlacementState.ACCEPTED):
        return redirect(url_for(".show", agreement_id=agreement.id))
    return render_template("internships/agreements/of_placement.html", placement=placement, lifecycle=LIFECYCLE)


@bp.page(
    "/placements/<int:placement_id>/agreement/make",
    doors=MEMBER,
    may=policies.can_make,
    subject=placements.placement,
    methods=["GET", "POST"],
)
def make(placement: Placement) -> ResponseReturnValue:
    """Has the text of an agreement prepared."""
    form = MakeForm()
    if form.submitted():
        agreement = services.make(g.actor, placement, language=language())
        flash(_("The text is being prepared; it takes a moment."), "success")
        return redirect(url_for(".show", agreement_id=agreement.id))
    return render_template("internships/agreements/make.html", form=form, placement=placement)


@bp.page("/agreements/<int:agreement_id>", doors=[MEMBER, LEARNER], may=policies.can_show, subject=queries.agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """With whom it is, the text, what the law says, and signing."""
    return render_template(
        "internships/agreements/show.html",
        form=SignForm(),
        scans=scans.of(g.actor, agreement.id),
        thread=threads.thread(g.actor, agreement),
        events=history(agreement),
        **parts(agreement),
    )


@bp.page("/agreements/<int:agreement_id>/sign", doors=MEMBER, may=policies.can_sign, subject=queries.agreement, methods=["GET", "POST"])
def sign(agreement: Agreement) -> ResponseReturnValue:
    """Signs an agreement for a party."""
    form = SignForm()
    if form.submitted():
        services.sign(g.actor, agreement)
        flash(_("Signed."), "success")
        return redirect(url_for(".show", agreement_id=agreement.id))
    return render_template("internships/agreements/sign.html", form=form, **parts(agreement))


@bp.page("/agreement", doors=BEARER, may=policies.can_sign_by_link, subject=queries.by_link, methods=["GET", "POST"])
def sign_by_link(agreement: Agreement) -> ResponseReturnValue:
    """A guardian reads and signs."""
    form = SignForm()
    if form.submitted():
        services.sign(g.actor, agreement)
        flash(_("Signed. Thank you."), "success")
        return redirect(url_for(".sign_by_link"))
    return render_template("internships/agreements/sign_by_link.html", form=form, **parts(agreement))


@bp.page("/agreements/<int:agreement_id>/open", doors=BEARER, may=policies.can_open, subject=queries.from_page, methods=["POST"])
def open_from_page(agreement: Agreement) -> ResponseReturnValue:
    """On from a guardian's page to an agreement that they sign."""
    return opened(services.open_from_page(g.actor, agreement))


@bp.page("/agreements/<int:agreement_id>/pdf", doors=[MEMBER, LEARNER], may=policies.can_show, subject=queries.agreement)
def pdf(agreement: Agreement) -> ResponseReturnValue:
    """The text that everybody signs."""
    return send(_file(agreement))


@bp.page("/agreement/pdf", doors=BEARER, may=policies.can_sign_by_link, subject=queries.by_link)
def pdf_by_link(agreement: Agreement) -> ResponseReturnValue:
    """The text that a guardian is asked to sign."""
    return send(_file(agreement))


@bp.page("/agreements/<int:agreement_id>/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.agreement, methods=["GET", "POST"])
def cancel(agreement: Agreement) -> ResponseReturnValue:
    """Cancels an agreement: nobody signs this text any more."""
    form = ReasonForm()
    if form.submitted():
        services.cancel(g.actor, agreement, **form.fields)
        flash(_("Cancelled. You can make another."), "success")
        return redirect(url_for("internships.placements.show", placement_id=agreement.placement.id))
    return render_template("internships/agreements/cancel.html", form=form, agreement=agreement)


def _file(agreement: Agreement) -> StoredFile:
    if agreement.file is None:
        raise NotFound
    return agreement.file


def parts(agreement: Agreement) -> dict[str, Any]:
    """What the pages that show an agreement need."""
    checks = queries.checks(agreement)
    party = policies.party_of(g.actor, agreement)
    return {
        "agreement": agreement,
        "checks": checks,
        "reasons": policies.why_not_sign(agreement, party=party, checks=checks),
        "signer": next((one for one in agreement.sides if one.party is party), None),
        "steps": steps(agreement),
        "lifecycle": LIFECYCLE,
    }


def steps(agreement: Agreement) -> list[dict[str, Any]]:
    """The parties in their order, and the first day: who has signed, with whom it is, until when."""
    due = next((turn.due_at for turn in turns.of(agreement)), None)
    following = agreement.next_side if agreement.state is State.SIGNING else None
    found: list[dict[str, Any]] = []
    for side in agreement.sides:
        signature = side.signature
        if signature is not None:
            detail = _(
                "Signed %(day)s by %(name)s",
                day=format_date(clock.day_of(signature.signed_at), relative=False, weekday=False),
                name=signature.name,
            )
        elif side is following:
            detail = _("Signs by %(day)s", day=format_date(day_meant(due))) if due else _("Signs now")
        else:
            detail = _("Signs after that") if agreement.state is not State.CANCELLED else ""
        status = "done" if signature else "now" if side is following else "stop" if agreement.state is State.CANCELLED else "next"
        found.append(
            {"party_kind": side.party.value, "name": side.name, "detail": detail, "status": status, "initials": initials(side.name)}
        )
    begins = format_date(agreement.starts_on, relative=False)
    begun = agreement.starts_on <= clock.today(current_zone())
    last = ("done" if begun else "now") if agreement.state is State.IN_FORCE else "next"
    return [*found, {"party_kind": None, "name": _("Begins"), "detail": begins, "status": last, "initials": ""}]
