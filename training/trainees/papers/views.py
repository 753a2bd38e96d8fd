"""Pages of signed papers."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.files.sending import send
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun
from training.trainees.consents import queries as consents
from training.trainees.consents.models import Consent
from training.trainees.papers import policies, queries, services
from training.trainees.papers.forms import BringForm, ReasonForm
from training.trainees.papers.models import ConsentPaper
from training.trainees.papers.workflow import Says

bp = Noun("papers", __name__)

ONE = "/consent-papers/<int:paper_id>"


@bp.page("/consents/<int:consent_id>/paper", doors=MEMBER, may=policies.can_bring, subject=consents.consent, methods=["GET", "POST"])
def bring(consent: Consent) -> ResponseReturnValue:
    """Brings a signed sheet in as a scan."""
    form = BringForm()
    if form.submitted():
        sent = form.file.data
        paper = services.bring(g.actor, consent, says=Says(form.says.data), source=sent.stream, name=sent.filename or "")
        flash(_("Kept. Somebody else at your school compares it now."), "success")
        return redirect(url_for(".show", paper_id=paper.id))
    return render_template("trainees/papers/bring.html", form=form, consent=consent)


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.paper)
def show(paper: ConsentPaper) -> ResponseReturnValue:
    """One paper, to be compared with what was asked."""
    return render_template(
        "trainees/papers/show.html", paper=paper, reasons=policies.why_not_confirm(paper, g.actor), events=history(paper)
    )


@bp.page(f"{ONE}/scan", doors=MEMBER, may=policies.can_show, subject=queries.paper)
def scan(paper: ConsentPaper) -> ResponseReturnValue:
    """The scan itself."""
    return send(paper.file, inline=True)


@bp.page(f"{ONE}/confirm", doors=MEMBER, may=policies.can_confirm, subject=queries.paper, methods=["POST"])
def confirm(paper: ConsentPaper) -> ResponseReturnValue:
    """Confirms a signed sheet as the second person."""
    services.confirm(g.actor, paper)
    flash(_("Confirmed. The guardian's answer is taken down."), "success")
    return redirect(url_for("trainees.consents.show", consent_id=paper.consent_id))


@bp.page(f"{ONE}/turn-down", doors=MEMBER, may=policies.can_turn_down, subject=queries.paper, methods=["GET", "POST"])
def turn_down(paper: ConsentPaper) -> ResponseReturnValue:
    """Turns a signed sheet down."""
    form = ReasonForm()
    if form.submitted():
        services.turn_down(g.actor, paper, **form.fields)
        flash(_("Not taken. Another paper can be brought in."), "success")
        return redirect(url_for("trainees.consents.show", consent_id=paper.consent_id))
    return render_template("trainees/papers/turn_down.html", form=form, paper=paper)
