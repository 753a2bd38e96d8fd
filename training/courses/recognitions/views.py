"""Pages of recognition: the trainee asks and adds, the school's teachers decide."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.assessments import queries as assessments
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.credentials import queries as credentials
from training.courses.credentials.models import Credential
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.programmes import queries as programmes
from training.courses.recognitions import policies, queries, services
from training.courses.recognitions.forms import AcceptForm, AskForm, EvidenceForm, ReasonForm
from training.courses.recognitions.models import Recognition
from training.files.sending import send
from training.kernel.db import NotFound
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun

bp = Noun("recognitions", __name__)

ONE = "/recognitions/<int:recognition_id>"


@bp.page(
    "/study/<int:enrolment_id>/recognition",
    doors=LEARNER,
    may=policies.can_ask,
    subject=enrolments.enrolment,
    methods=["GET", "POST"],
)
def ask(enrolment: Enrolment) -> ResponseReturnValue:
    """Asks that a module be recognised, because one learnt it before."""
    done = queries.taken(enrolment.id) | assessments.passed(enrolment)
    modules = [one for one in policies.askable(programmes.modules_of(enrolment.cohort.version_id)) if one.id not in done]
    form = AskForm(modules=[(one.id, str(one)) for one in modules], credentials=_choices())
    if form.submitted():
        [module] = [one for one in modules if one.id == form.module_id.data]
        made = services.ask(g.actor, enrolment, module=module, words=form.fields["words"], credential=_chosen(form), **form.evidence)
        flash(_("Asked. A teacher of your school looks at it and answers within ten working days."), "success")
        return redirect(url_for(".own", recognition_id=made.id))
    return render_template(
        "courses/recognitions/ask.html", form=form, enrolment=enrolment, modules=modules, against=policies.why_not_ask(enrolment)
    )


def _choices() -> list[tuple[str, str]]:
    """The credentials that the trainee can show."""
    held = (one for one in credentials.mine(g.actor) if one.revoked_on is None)
    return [(str(one.id), f"{one.number} · {one.title}, {one.school.short_name}") for one in held]


def _chosen(form: EvidenceForm) -> Credential | None:
    """The credential that the trainee shows, if it is one."""
    return credentials.credential(g.actor, form.credential) if form.credential is not None else None


@bp.page(ONE, doors=LEARNER, may=policies.own, subject=queries.recognition)
def own(recognition: Recognition) -> ResponseReturnValue:
    """One's own request: what was asked, and what was decided by whom."""
    return render_template(
        "courses/recognitions/own.html",
        recognition=recognition,
        credential=credentials.shown(recognition.credential_id),
        events=history(recognition),
    )


@bp.page(f"{ONE}/evidence", doors=(MEMBER, LEARNER), may=policies.can_open, subject=queries.recognition)
def evidence(recognition: Recognition) -> ResponseReturnValue:
    """Opens the file that was shown as evidence."""
    if recognition.file is None:
        raise NotFound
    return send(recognition.file, inline=True)


@bp.page(f"{ONE}/amend", doors=LEARNER, may=policies.can_amend, subject=queries.recognition, methods=["GET", "POST"])
def amend(recognition: Recognition) -> ResponseReturnValue:
    """Adds what was missing."""
    form = EvidenceForm(credentials=_choices(), data={"words": recognition.words})
    if form.submitted():
        services.amend(g.actor, recognition, words=form.fields["words"], credential=_chosen(form), **form.evidence)
        flash(_("Sent. A teacher of your school looks at it again."), "success")
        return redirect(url_for(".own", recognition_id=recognition.id))
    return render_template("courses/recognitions/amend.html", form=form, recognition=recognition)


@bp.page(f"{ONE}/withdraw", doors=LEARNER, may=policies.can_withdraw, subject=queries.recognition, methods=["POST"])
def withdraw(recognition: Recognition) -> ResponseReturnValue:
    """Takes one's request back before it is decided."""
    services.withdraw(g.actor, recognition)
    flash(_("Taken back. You can ask again at any time while you study."), "success")
    return redirect(url_for("courses.enrolments.own", enrolment_id=recognition.enrolment_id))


@bp.page("/cohorts/<int:cohort_id>/recognitions", doors=MEMBER, may=policies.can_see_cohort, subject=cohorts.cohort)
def of_cohort(cohort: Cohort) -> ResponseReturnValue:
    """Sees which modules the people of a cohort ask to be recognised."""
    return render_template("courses/recognitions/of_cohort.html", cohort=cohort, recognitions=queries.of_cohort(g.actor, cohort.id))


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.recognition)
def show(recognition: Recognition) -> ResponseReturnValue:
    """Looks at what a trainee learnt before, and at the evidence."""
    return render_template(
        "courses/recognitions/show.html",
        recognition=recognition,
        credential=credentials.shown(recognition.credential_id),
        against=policies.why_not_decide_own(g.actor, recognition),
        events=history(recognition),
    )


@bp.page(f"{ONE}/accept", doors=MEMBER, may=policies.can_accept, subject=queries.recognition, methods=["GET", "POST"])
def accept(recognition: Recognition) -> ResponseReturnValue:
    """Recognises a module in one's own name."""
    form = AcceptForm()
    if form.submitted():
        services.accept(g.actor, recognition, **form.fields)
        return told(recognition, _("Recognised; %(trainee)s is told.", trainee=recognition.enrolment.trainee.name))
    return render_template("courses/recognitions/accept.html", form=form, recognition=recognition)


@bp.page(f"{ONE}/send-back", doors=MEMBER, may=policies.can_send_back, subject=queries.recognition, methods=["GET", "POST"])
def send_back(recognition: Recognition) -> ResponseReturnValue:
    """Sends a request for recognition back, because something is missing."""
    form = ReasonForm()
    if form.submitted():
        services.send_back(g.actor, recognition, **form.fields)
        return told(recognition, _("Sent back; %(trainee)s is told what is missing.", trainee=recognition.enrolment.trainee.name))
    return render_template("courses/recognitions/send_back.html", form=form, recognition=recognition)


@bp.page(f"{ONE}/refuse", doors=MEMBER, may=policies.can_refuse, subject=queries.recognition, methods=["GET", "POST"])
def refuse(recognition: Recognition) -> ResponseReturnValue:
    """Does not recognise a module, for a reason."""
    form = ReasonForm()
    if form.submitted():
        services.refuse(g.actor, recognition, **form.fields)
        return told(recognition, _("Not recognised; %(trainee)s is told why.", trainee=recognition.enrolment.trainee.name))
    return render_template("courses/recognitions/refuse.html", form=form, recognition=recognition)


@bp.page(f"{ONE}/revoke", doors=MEMBER, may=policies.can_revoke, subject=queries.recognition, methods=["GET", "POST"])
def revoke(recognition: Recognition) -> ResponseReturnValue:
    """Revokes that a module is recognised, for a reason."""
    form = ReasonForm()
    if form.submitted():
        services.revoke(g.actor, recognition, **form.fields)
        return told(recognition, _("Revoked; %(trainee)s is told why.", trainee=recognition.enrolment.trainee.name))
    return render_template("courses/recognitions/revoke.html", form=form, recognition=recognition)


def told(recognition: Recognition, words: str) -> ResponseReturnValue:
    """Back to the request, with what was done."""
    flash(words, "success")
    return redirect(url_for(".show", recognition_id=recognition.id))
