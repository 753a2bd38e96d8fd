"""Pages of recognition: the trainee asks and adds, the school's teachers decide."""

from collections.abc import Mapping

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.assessments import queries as assessments
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.queries import zone_of
from training.courses.credentials import queries as credentials
from training.courses.credentials.models import Credential
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.programmes import queries as programmes
from training.courses.recognitions import policies, queries, services
from training.courses.recognitions.forms import AcceptForm, AskForm, EvidenceForm, ReasonForm
from training.courses.recognitions.models import Recognition
from training.courses.recognitions.showing import Comparison, Shown, compared
from training.files.sending import send
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.trainees.passport import queries as passport
from training.trainees.passport.models import Evidence

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
    held = _held(enrolment)
    form = AskForm(modules=[(one.id, str(one)) for one in modules], **_choices(held))
    if form.submitted():
        [module] = [one for one in modules if one.id == form.module_id.data]
        made = services.ask(g.actor, enrolment, module=module, words=form.fields["words"], shown=held.get(form.choice), **form.evidence)
        flash(_("Asked. A teacher of your school looks at it and answers within ten working days."), "success")
        return redirect(url_for(".own", recognition_id=made.id))
    return render_template(
        "courses/recognitions/ask.html", form=form, enrolment=enrolment, modules=modules, against=policies.why_not_ask(enrolment)
    )


def _held(enrolment: Enrolment) -> dict[str, Credential | Evidence]:
    """What schools have marked that the trainee can show in that study, as the form names it: credentials that hold, and modules passed elsewhere."""
    today = clock.today(zone_of(enrolment.cohort))
    found: list[Credential | Evidence] = [*credentials.mine(g.actor), *passport.modules(enrolment.trainee_id)]
    return {_name(one): one for one in found if not policies.why_not_show(enrolment, one, today=today)}


def _name(shown: Credential | Evidence) -> str:
    """How the form names what can be shown."""
    if isinstance(shown, Evidence):
        return f"module-{shown.subject_id}-{shown.part_id}"
    return f"credential-{shown.id}"


def _choices(held: Mapping[str, Credential | Evidence]) -> dict[str, list[tuple[str, str]]]:
    """The same in words, in two groups."""
    found: dict[str, list[tuple[str, str]]] = {"credentials": [], "passed": []}
    for name, one in held.items():
        if isinstance(one, Evidence):
            words = [one.title, one.mark, one.organisation.short_name if one.organisation is not None else None]
            found["passed"].append((name, " · ".join(word for word in words if word)))
        else:
            found["credentials"].append((name, f"{one.number} · {one.title}, {one.school.short_name}"))
    return found


def _before(recognition: Recognition, held: Mapping[str, Credential | Evidence]) -> str:
    """What is shown so far, as the form names it; nothing where it cannot be shown any more."""
    now = f"credential-{recognition.credential_id}", f"module-{recognition.passed_in_id}-{recognition.passed_module_id}"
    return next((name for name in now if name in held), "")


def _shown(recognition: Recognition) -> tuple[Shown, Comparison] | None:
    """What the trainee shows, beside the module asked for; None where they show only a file, and to whom it is not shown."""
    if not recognition.chosen or not policies.can_read(g.actor, recognition):
        return None
    credential, passed = credentials.shown(recognition.credential_id), queries.passed(recognition)
    taught = queries.taught([recognition.module_id, *([passed.module.id] if passed is not None else [])])
    if credential is not None:
        shown = _of_credential(credential)
    else:
        assert passed is not None
        shown = _of_module(passed, {one.skill_id: one.level for one in taught[passed.module.id]})
    return shown, compared(recognition.module, taught[recognition.module_id], shown)


def _of_credential(credential: Credential) -> Shown:
    """A credential, with the skills of the whole programme."""
    today = clock.today(credential.school.zone)
    skills = programmes.skills_of(credentials.enrolment_of(credential).cohort.version_id)
    return Shown(
        title=credential.title,
        programme=None,
        school=credential.school.short_name,
        hours=credential.hours,
        mark=None,
        marked_on=credential.issued_on,
        levels={skill.id: level for skill, level in skills},
        standing=credential.standing(today),
        number=credential.number,
        slug=credential.slug,
        ended_on=credential.revoked_on or (credential.valid_until if credential.expired(today) else None),
    )


def _of_module(passed: queries.Passed, levels: Mapping[int, int]) -> Shown:
    """A module that was passed, with its mark as the passport has it now."""
    stands = passed.evidence
    return Shown(
        title=str(passed.module),
        programme=passed.programme.title,
        school=passed.programme.school.short_name,
        hours=passed.module.hours,
        mark=stands.mark if stands is not None else None,
        marked_on=assessments.marked_on(passed.enrolment, passed.module.id) if stands is not None else None,
        levels=levels,
        gone=stands is None,
    )


@bp.page(ONE, doors=LEARNER, may=policies.own, subject=queries.recognition)
def own(recognition: Recognition) -> ResponseReturnValue:
    """One's own request: what was asked, and what was decided by whom."""
    return render_template(
        "courses/recognitions/own.html",
        recognition=recognition,
        shown=_shown(recognition),
        events=history(recognition),
    )


@bp.page(f"{ONE}/evidence", doors=(MEMBER, LEARNER), may=policies.can_open, subject=queries.with_file)
def evidence(recognition: Recognition) -> ResponseReturnValue:
    """Opens the file that was shown as evidence."""
    assert recognition.file is not None, "loaded with a file"
    return send(recognition.file, inline=True)


@bp.page(f"{ONE}/amend", doors=LEARNER, may=policies.can_amend, subject=queries.recognition, methods=["GET", "POST"])
def amend(recognition: Recognition) -> ResponseReturnValue:
    """Adds what was missing."""
    held = _held(recognition.enrolment)
    form = EvidenceForm(data={"words": recognition.words, "shown": _before(recognition, held)}, **_choices(held))
    if form.submitted():
        services.amend(g.actor, recognition, words=form.fields["words"], shown=held.get(form.choice), **form.evidence)
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
        shown=_shown(recognition),
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
