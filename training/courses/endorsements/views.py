"""Pages of endorsements: the school asks, the employer reads the whole content and answers."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.endorsements import policies, queries, services
from training.courses.endorsements.forms import AskForm, DeclineForm, GiveForm, RemarkForm, WithdrawForm
from training.courses.endorsements.models import Endorsement
from training.courses.endorsements.workflow import LIFECYCLE
from training.courses.programmes import queries as programmes
from training.courses.programmes.difference import rule
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.tree import branches, spread
from training.courses.remarks import queries as remarks
from training.courses.remarks.places import choices
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun
from training.organisations import queries as organisations
from training.saved_views.pages import opened
from training.threads import queries as threads

bp = Noun("endorsements", __name__)

ONE = "/endorsements/<int:endorsement_id>"


@bp.page("/endorsements", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees which programmes schools asked this employer to endorse."""
    return render_template("courses/endorsements/listed.html", asked=opened("endorsements"))


@bp.page(
    "/programmes/<int:version_id>/endorsements/new",
    doors=MEMBER,
    may=policies.can_ask,
    subject=programmes.version,
    methods=["GET", "POST"],
)
def ask(version: ProgrammeVersion) -> ResponseReturnValue:
    """Asks an employer to endorse a programme."""
    form = AskForm(
        employers=[(str(one.id), one.short_name) for one in queries.employers(g.actor)],
        data={"occupation_id": version.programme.occupation},
    )
    if form.submitted():
        employer = organisations.organisation(g.actor, int(form.employer_id.data))
        made = services.ask(g.actor, version, employer=employer, occupation_id=form.fields["occupation_id"])
        flash(_("Asked. %(employer)s can read the content and write to you here.", employer=employer.short_name), "success")
        return redirect(url_for(".show", endorsement_id=made.id))
    return render_template("courses/endorsements/ask.html", form=form, version=version)


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.endorsement)
def show(endorsement: Endorsement) -> ResponseReturnValue:
    """Sees what an employer is asked to endorse, word by word, and what it answered."""
    version = endorsement.programme_version
    return render_template(
        "courses/endorsements/show.html",
        endorsement=endorsement,
        version=version,
        programme=version.programme,
        branches=branches(version.modules),
        spread=spread(version.modules),
        needed=programmes.prerequisites_of(version),
        rule=rule(version),
        against=policies.why_not_give(version),
        remarks=remarks.unsettled(g.actor, version.id),
        remarks_now=not policies.why_not_remark(endorsement, version),
        thread=threads.thread(g.actor, endorsement),
        lifecycle=LIFECYCLE,
        events=history(endorsement),
    )


@bp.page(f"{ONE}/remark", doors=MEMBER, may=policies.can_remark, subject=queries.endorsement, methods=["GET", "POST"])
def remark(endorsement: Endorsement) -> ResponseReturnValue:
    """Makes a remark on a section of a programme that this employer is asked to endorse."""
    version = endorsement.programme_version
    form = RemarkForm(places=choices(version.modules), data={"place": request.args.get("about", "details")})
    if form.submitted():
        services.remark(g.actor, endorsement, **form.fields)
        flash(_("Your remark stands beside the section. The school is told and answers."), "success")
        return redirect(url_for(".show", endorsement_id=endorsement.id))
    return render_template("courses/endorsements/remark.html", endorsement=endorsement, version=version, form=form)


@bp.page(f"{ONE}/give", doors=MEMBER, may=policies.can_give, subject=queries.endorsement, methods=["GET", "POST"])
def give(endorsement: Endorsement) -> ResponseReturnValue:
    """Endorses a programme in the employer's name."""
    form = GiveForm()
    if form.submitted():
        until = services.valid(int(form.years.data), clock.today(endorsement.employer.zone))
        services.give(g.actor, endorsement, until=until, words=form.fields["words"])
        flash(_("Endorsed. It stands on the programme's public page."), "success")
        return redirect(url_for(".show", endorsement_id=endorsement.id))
    return render_template("courses/endorsements/give.html", endorsement=endorsement, version=endorsement.programme_version, form=form)


@bp.page(f"{ONE}/decline", doors=MEMBER, may=policies.can_decline, subject=queries.endorsement, methods=["GET", "POST"])
def decline(endorsement: Endorsement) -> ResponseReturnValue:
    """Declines to endorse a programme and says what is missing."""
    form = DeclineForm()
    if form.submitted():
        services.decline(g.actor, endorsement, **form.fields)
        flash(_("Declined. The school reads what is missing."), "success")
        return redirect(url_for(".show", endorsement_id=endorsement.id))
    return render_template("courses/endorsements/decline.html", endorsement=endorsement, version=endorsement.programme_version, form=form)


@bp.page(f"{ONE}/withdraw", doors=MEMBER, may=policies.can_withdraw, subject=queries.endorsement, methods=["GET", "POST"])
def withdraw(endorsement: Endorsement) -> ResponseReturnValue:
    """Takes an endorsement back, for a reason."""
    form = WithdrawForm()
    if form.submitted():
        services.withdraw(g.actor, endorsement, **form.fields)
        flash(_("Withdrawn. It is gone from the public page."), "success")
        return redirect(url_for(".show", endorsement_id=endorsement.id))
    return render_template("courses/endorsements/withdraw.html", endorsement=endorsement, version=endorsement.programme_version, form=form)


@bp.page(f"{ONE}/recall", doors=MEMBER, may=policies.can_recall, subject=queries.endorsement, methods=["POST"])
def recall(endorsement: Endorsement) -> ResponseReturnValue:
    """Takes a request for an endorsement back."""
    services.recall(g.actor, endorsement)
    flash(_("Taken back. The employer has been told."), "success")
    return redirect(url_for("courses.programmes.show", version_id=endorsement.version_id))
