"""Pages of talent."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.candidates.talent import policies, queries, services
from training.candidates.talent.forms import InviteForm
from training.candidates.vacancies import queries as vacancies
from training.candidates.vacancies.matching import match
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.saved_views.pages import opened
from training.taxonomy import queries as taxonomy
from training.trainees.engagements import queries as engagements
from training.trainees.passport import queries as passport
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee

bp = Noun("talent", __name__)


@bp.page("/talent", doors=MEMBER, may=policies.can_list, subject=organisations.own)
def listed(employer: Organisation) -> ResponseReturnValue:
    """People who let verified employers find them, by how well they fit a vacancy."""
    asked = opened("talent", employer)
    return render_template("candidates/talent/listed.html", employer=employer, asked=asked, vacancy=queries.chosen(employer, asked.wanted))


@bp.page("/talent/<int:trainee_id>", doors=MEMBER, may=policies.can_show, subject=queries.trainee, shows=lambda trainee: trainee)
def show(trainee: Trainee) -> ResponseReturnValue:
    """One person who agreed to be found: what they can do, and the vacancies they fit."""
    skills = passport.of(trainee.id)
    shown = {skill.id: level for skill, level, _evidence in skills}
    mine = vacancies.live(g.actor)
    matches = sorted(((match(one.asked, shown), one) for one in mine), key=lambda pair: (-pair[0].score, pair[1].id))
    return render_template(
        "candidates/talent/show.html",
        trainee=trainee,
        photo=profiles.photo(trainee.id),
        educations=profiles.educations(trainee.id),
        engagements=engagements.of(trainee.id),
        pages={},
        skills=skills,
        matches=matches,
        titles={key: skill.title for key, skill in taxonomy.skills_by_id({ask.skill_id for one in mine for ask in one.asked}).items()},
        invited=queries.invited_to(trainee.id, [one.id for one in mine]),
    )


@bp.page("/talent/<int:trainee_id>/invite", doors=MEMBER, may=policies.can_invite, subject=queries.trainee, methods=["GET", "POST"])
def invite(trainee: Trainee) -> ResponseReturnValue:
    """Tells somebody who agreed to be found of a vacancy."""
    form = InviteForm(vacancy_id=request.args.get("vacancy", type=int))
    form.choose(vacancy_id=[(one.id, one.title) for one in vacancies.live(g.actor)])
    if form.submitted():
        services.invite(g.actor, trainee, vacancy=vacancies.own(g.actor, form.vacancy_id.data))
        flash(_("Invited. %(person)s gets a letter with the vacancy.", person=trainee.name), "success")
        return redirect(url_for(".show", trainee_id=trainee.id))
    return render_template("candidates/talent/invite.html", form=form, trainee=trainee)
