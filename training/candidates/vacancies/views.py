"""Pages of vacancies: the public catalogue, and the employer's own list."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.candidates.applications import queries as applications
from training.candidates.vacancies import policies, queries, services
from training.candidates.vacancies.forms import AskForm, CloseForm, StagesForm, VacancyForm, ask_form
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.workflow import LIFECYCLE
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, PUBLIC, Noun
from training.kernel.policy import anyone
from training.kernel.web import done
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.saved_views.pages import opened
from training.trainees.profiles.queries import id_of

bp = Noun("vacancies", __name__)


@bp.page("/vacancies", doors=PUBLIC, may=anyone, cacheable=True)
def catalogue() -> ResponseReturnValue:
    """All live vacancies, with search and filters."""
    asked = opened("work")
    meant = queries.meant(asked.wanted.words) if asked.wanted.words and not asked.found.total else []
    return render_template("candidates/vacancies/catalogue.html", asked=asked, meant=meant)


@bp.page("/vacancies/<slug>", doors=PUBLIC, may=anyone, subject=queries.by_slug, cacheable=True)
def public(vacancy: Vacancy) -> ResponseReturnValue:
    """What anybody may know of a live vacancy."""
    unknown = g.account is not None and id_of(g.account.id) is None
    return render_template("candidates/vacancies/public.html", vacancy=vacancy, without_profile=unknown)


@bp.page("/vacancies", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the employer's vacancies in every state."""
    return render_template("candidates/vacancies/listed.html", asked=opened("vacancies"), employer=organisations.own(g.actor))


@bp.page("/vacancies/<int:vacancy_id>", doors=MEMBER, may=policies.can_show, subject=queries.own)
def show(vacancy: Vacancy) -> ResponseReturnValue:
    """One vacancy as its employer sees it."""
    stages = queries.stages(vacancy.id)
    return render_template(
        "candidates/vacancies/show.html",
        vacancy=vacancy,
        stages=stages,
        steps=applications.steps(g.actor, vacancy.id, stages),
        lifecycle=LIFECYCLE,
        events=history(vacancy),
    )


@bp.page("/vacancies/new", doors=MEMBER, may=policies.can_draft, subject=organisations.own, methods=["GET", "POST"])
def draft(employer: Organisation) -> ResponseReturnValue:
    """Drafts a vacancy."""
    form = VacancyForm()
    choose(form, employer)
    if form.submitted():
        values: dict[str, Any] = {name: value for name, value in form.fields.items() if name != "version"}
        vacancy = services.draft(g.actor, employer, **values)
        flash(_("The draft is saved. Look at the skills it asks for, then publish it."), "success")
        return redirect(url_for(".show", vacancy_id=vacancy.id))
    return render_template("candidates/vacancies/draft.html", form=form, employer=employer)


@bp.page("/vacancies/<int:vacancy_id>/edit", doors=MEMBER, may=policies.can_edit, subject=queries.own, methods=["GET", "POST"])
def edit(vacancy: Vacancy) -> ResponseReturnValue:
    """Changes what a vacancy offers."""
    pay = {name: int(money.amount) if money else None for name, money in (("pay_from", vacancy.least), ("pay_to", vacancy.most))}
    shown = {"positions": vacancy.pool.positions, "employment": vacancy.employment.value, "schedule": vacancy.schedule.value}
    kept = ("version", "title", "occupation_id", "description", "site_id", "town", "closes_on")
    form = VacancyForm(data=shown | pay | {name: getattr(vacancy, name) for name in kept})
    choose(form, vacancy.employer)
    if form.submitted():
        services.edit(g.actor, vacancy, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", vacancy_id=vacancy.id))
    return render_template("candidates/vacancies/edit.html", form=form, vacancy=vacancy)


@bp.page("/vacancies/<int:vacancy_id>/skills", doors=MEMBER, may=policies.can_ask, subject=queries.own, methods=["GET", "POST"])
def ask(vacancy: Vacancy) -> ResponseReturnValue:
    """Says which skills the work needs, and how well."""
    form: AskForm = ask_form(
        [(one.skill_id, one.skill.title, one.level) for one in vacancy.asked],
        vacancy.version,
    )
    if form.submitted():
        services.ask(g.actor, vacancy, version=form.fields["version"], skills=form.skills)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", vacancy_id=vacancy.id))
    return render_template("candidates/vacancies/ask.html", form=form, vacancy=vacancy)


@bp.page("/vacancies/<int:vacancy_id>/publish", doors=MEMBER, may=policies.can_publish, subject=queries.own, methods=["POST"])
def publish(vacancy: Vacancy) -> ResponseReturnValue:
    """Shows a vacancy to everybody."""
    services.publish(g.actor, vacancy)
    flash(_("The vacancy is public. Applications come to its board."), "success")
    return redirect(url_for(".show", vacancy_id=vacancy.id))


@bp.page("/vacancies/<int:vacancy_id>/pause", doors=MEMBER, may=policies.can_pause, subject=queries.own, methods=["POST"])
def pause(vacancy: Vacancy) -> ResponseReturnValue:
    """Pauses a vacancy: it takes no applications for a while."""
    services.pause(g.actor, vacancy)
    done(_("Paused. Nobody finds it until you resume."), url_for(".resume", vacancy_id=vacancy.id))
    return redirect(url_for(".show", vacancy_id=vacancy.id))


@bp.page("/vacancies/<int:vacancy_id>/resume", doors=MEMBER, may=policies.can_resume, subject=queries.own, methods=["POST"])
def resume(vacancy: Vacancy) -> ResponseReturnValue:
    """Resumes a vacancy: it takes applications again."""
    services.resume(g.actor, vacancy)
    done(_("The vacancy is public again."), url_for(".pause", vacancy_id=vacancy.id))
    return redirect(url_for(".show", vacancy_id=vacancy.id))


@bp.page("/vacancies/<int:vacancy_id>/close", doors=MEMBER, may=policies.can_close, subject=queries.own, methods=["GET", "POST"])
def close(vacancy: Vacancy) -> ResponseReturnValue:
    """Withdraws a vacancy for good, after asking."""
    form = CloseForm()
    if form.submitted():
        services.close(g.actor, vacancy)
        flash(_("Withdrawn. Whoever waited for an answer is told."), "success")
        return redirect(url_for(".show", vacancy_id=vacancy.id))
    return render_template("candidates/vacancies/close.html", form=form, vacancy=vacancy)


@bp.page("/vacancies/stages", doors=MEMBER, may=policies.can_choose_stages, subject=organisations.own, methods=["GET", "POST"])
def choose_stages(employer: Organisation) -> ResponseReturnValue:
    """Chooses the stages that coming vacancies begin with."""
    own = [str(one) for one in queries.templates(employer.id)] or [str(kind.label) for kind in services.STANDARD]
    form = StagesForm(names="\n".join(own))
    if form.submitted():
        services.choose_stages(g.actor, employer, names=form.lines)
        flash(_("Saved for vacancies you draft from now on."), "success")
        return redirect(url_for(".listed"))
    return render_template("candidates/vacancies/choose_stages.html", form=form, employer=employer)


def choose(form: VacancyForm, employer: Organisation) -> None:
    """Fills the form's lists."""
    form.choose(
        site_id=[(0, employer.address or employer.town), *((site.id, str(site)) for site in organisations.sites(employer))],
    )
