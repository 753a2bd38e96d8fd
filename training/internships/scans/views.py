"""Pages of signed agreements on paper."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.files.sending import send
from training.internships.agreements import queries as agreements
from training.internships.agreements.models import Agreement
from training.internships.scans import policies, queries, services
from training.internships.scans.forms import BringForm, ReasonForm
from training.internships.scans.models import AgreementScan
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun

bp = Noun("scans", __name__)

ONE = "/agreement-scans/<int:scan_id>"


@bp.page(
    "/agreements/<int:agreement_id>/paper", doors=MEMBER, may=policies.can_bring, subject=agreements.agreement, methods=["GET", "POST"]
)
def bring(agreement: Agreement) -> ResponseReturnValue:
    """Brings in an agreement that came back signed on paper."""
    form = BringForm()
    missing = [side for side in agreement.sides if side.signature is None]
    form.choose(until=[(side.place, ", ".join(one.name for one in missing[: number + 1])) for number, side in enumerate(missing)])
    if form.submitted():
        given = {name: value for name, value in form.fields.items() if name != "file"}
        sent = form.file.data
        scan = services.bring(g.actor, agreement, **given, source=sent.stream, name=sent.filename or "")
        flash(_("Kept. Somebody else at your school compares it now."), "success")
        return redirect(url_for(".show", scan_id=scan.id))
    against = policies.why_not_bring(agreement, checks=agreements.checks(agreement), waiting=queries.waiting(agreement.id))
    return render_template("internships/scans/bring.html", form=form, agreement=agreement, against=against)


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.scan)
def show(scan: AgreementScan) -> ResponseReturnValue:
    """Compares a signed paper with its agreement."""
    return render_template("internships/scans/show.html", scan=scan, reasons=policies.why_not_confirm(scan, g.actor), events=history(scan))


@bp.page(f"{ONE}/file", doors=MEMBER, may=policies.can_show, subject=queries.scan)
def file(scan: AgreementScan) -> ResponseReturnValue:
    """Opens the scan of a signed paper."""
    return send(scan.file, inline=True)


@bp.page(f"{ONE}/confirm", doors=MEMBER, may=policies.can_confirm, subject=queries.scan, methods=["POST"])
def confirm(scan: AgreementScan) -> ResponseReturnValue:
    """Confirms, as the second person, that a paper is right."""
    services.confirm(g.actor, scan)
    flash(_("Confirmed. The signatures are taken down."), "success")
    return redirect(url_for("internships.agreements.show", agreement_id=scan.agreement_id))


@bp.page(f"{ONE}/turn-down", doors=MEMBER, may=policies.can_turn_down, subject=queries.scan, methods=["GET", "POST"])
def turn_down(scan: AgreementScan) -> ResponseReturnValue:
    """Does not take a paper that is not right."""
    form = ReasonForm()
    if form.submitted():
        services.turn_down(g.actor, scan, **form.fields)
        flash(_("Not taken. Another paper can be brought in."), "success")
        return redirect(url_for("internships.agreements.show", agreement_id=scan.agreement_id))
    return render_template("internships/scans/turn_down.html", form=form, scan=scan)
