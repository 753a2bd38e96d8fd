"""Pages of applications: the candidate's, and the employer's board."""

from operator import attrgetter

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.candidates.applications import policies, queries, services
from training.candidates.applications.cards import faces
from training.candidates.applications.forms import ApplyForm, RejectForm, WithdrawForm
from training.candidates.applications.models import Application
from training.candidates.applications.workflow import LIFECYCLE, Rejection, Withdrawal
from training.candidates.vacancies import queries as vacancies
from training.candidates.vacancies.matching import match
from training.candidates.vacancies.models import Vacancy
from training.kernel.i18n import _
from training.kernel.keys import row_key
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.kernel.web import done
from training.saved_views.pages import opened
from training.threads import queries as threads
from training.trainees.consents.queries import open_of
from training.trainees.passport import queries as passport
from training.trainees.profiles import queries as profiles

bp = Noun("applications", __name__)


@bp.page("/vacancies/<slug>/apply", doors=LEARNER, may=policies.can_apply, subject=vacancies.by_slug, methods=["GET", "POST"])
def apply(vacancy: Vacancy) -> ResponseReturnValue:
    """Applying with the profile."""
    trainee = profiles.own(g.actor)
    form = ApplyForm()
    if form.submitted():
        application = services.apply(g.actor, vacancy, trainee=trainee, **form.fields)
        flash(_("Sent. %(employer)s sees your profile now.", employer=vacancy.employer.short_name), "success")
        return redirect(url_for(".standing", application_id=application.id))
    shown = passport.levels([trainee.id])[trainee.id]
    return render_template(
        "candidates/applications/apply.html",
        vacancy=vacancy,
        trainee=trainee,
        form=form,
        match=match(vacancy.asked, shown),
        titles={one.skill_id: one.skill.title for one in vacancy.asked},
        consent=open_of(trainee.id) if trainee.is_minor() else None,
        sent=queries.own_for(g.actor, vacancy.id),
    )


@bp.page("/applications", doors=LEARNER, may=policies.can_see_mine)
def mine() -> ResponseReturnValue:
    """One's own applications and where each stands."""
    return render_template("candidates/applications/mine.html", applications=queries.mine(g.actor))


@bp.page("/applications/<int:application_id>", doors=LEARNER, may=policies.can_see_standing, subject=queries.application)
def standing(application: Application) -> ResponseReturnValue:
    """Where one's application stands."""
    return render_template(
        "candidates/applications/standing.html",
        application=application,
        stages=vacancies.stages(application.vacancy_id),
        thread=threads.thread(g.actor, application),
    )


@bp.page(
    "/applications/<int:application_id>/withdraw",
    doors=LEARNER,
    may=policies.can_withdraw,
    subject=queries.application,
    methods=["GET", "POST"],
)
def withdraw(application: Application) -> ResponseReturnValue:
    """Takes one's application back."""
    form = WithdrawForm()
    if form.submitted():
        services.withdraw(g.actor, application, reason=Withdrawal(form.reason.data), words=form.fields["words"])
        flash(_("Withdrawn. The employer no longer sees your profile because of it."), "success")
        return redirect(url_for(".mine"))
    return render_template("candidates/applications/withdraw.html", application=application, form=form)


@bp.page("/vacancies/<int:vacancy_id>/board", doors=MEMBER, may=policies.can_see_board, subject=vacancies.own)
def board(vacancy: Vacancy) -> ResponseReturnValue:
    """The candidates of a vacancy, by stage."""
    return render_template("candidates/applications/board.html", vacancy=vacancy, board=queries.board(g.actor, vacancy), faces=faces)


@bp.page("/vacancies/<int:vacancy_id>/applications", doors=MEMBER, may=policies.can_see_board, subject=vacancies.own)
def listed(vacancy: Vacancy) -> ResponseReturnValue:
    """All applications for a vacancy, those that have ended too."""
    return render_template("candidates/applications/listed.html", vacancy=vacancy, asked=opened("applications", vacancy))


@bp.page("/applications/<int:application_id>", doors=MEMBER, may=policies.can_show, subject=queries.known, shows=attrgetter("trainee"))
def show(application: Application) -> ResponseReturnValue:
    """One candidate: why they fit, where they stand, what can be done."""
    skills = passport.of(application.trainee_id)
    found = match(application.vacancy.asked, {skill.id: level for skill, level, _evidence in skills})
    return render_template(
        "candidates/applications/show.html",
        application=application,
        stages=vacancies.stages(application.vacancy_id),
        match=found,
        skills={skill.id: (skill, level, evidence) for skill, level, evidence in skills},
        titles={one.skill_id: one.skill.title for one in application.vacancy.asked},
        lifecycle=LIFECYCLE,
        thread=threads.thread(g.actor, application),
        events=history(application),
    )


@bp.page("/applications/<int:application_id>/move", doors=MEMBER, may=policies.can_move, subject=queries.application, methods=["POST"])
def move(application: Application) -> ResponseReturnValue:
    """Puts a candidate into another stage."""
    chosen, before = request.form.get("stage", ""), application.stage_id
    services.move(g.actor, application, stage_id=row_key(chosen))
    place = request.form.get("from", "board")
    words = _("%(person)s is in “%(stage)s” now.", person=application.trainee.name, stage=application.stage)
    done(words, url_for(".move", application_id=application.id), stage=before, **{"from": place})
    if place == "card":
        return redirect(url_for(".show", application_id=application.id))
    return redirect(url_for(".board", vacancy_id=application.vacancy_id))


@bp.page(
    "/applications/<int:application_id>/reject",
    doors=MEMBER,
    may=policies.can_reject,
    subject=queries.application,
    methods=["GET", "POST"],
)
def reject(application: Application) -> ResponseReturnValue:
    """Rejects a candidate, for a reason."""
    form = RejectForm()
    if form.submitted():
        services.reject(g.actor, application, reason=Rejection(form.reason.data), words=form.fields["words"])
        flash(_("Rejected. The candidate is told in half an hour; until then you can undo it here."), "success")
        return redirect(url_for(".show", application_id=application.id))
    return render_template("candidates/applications/reject.html", application=application, form=form)


@bp.page(
    "/applications/<int:application_id>/reverse", doors=MEMBER, may=policies.can_reverse, subject=queries.application, methods=["POST"]
)
def reverse(application: Application) -> ResponseReturnValue:
    """Takes the rejection of a candidate back."""
    services.reverse(g.actor, application)
    flash(_("%(person)s is under consideration again.", person=application.trainee.name), "success")
    return redirect(url_for(".show", application_id=application.id))
