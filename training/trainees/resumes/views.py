"""A résumé as its owner brings it in and takes it away."""

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.exchange.downloads import named
from training.kernel import clock
from training.kernel.i18n import _, ngettext
from training.kernel.pages import LEARNER, Noun
from training.trainees.passport import queries as passport
from training.trainees.passport.layout import written
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.resumes import policies, queries, services
from training.trainees.resumes.forms import BringForm, TakeForm
from training.trainees.resumes.parsing import LIMIT
from training.trainees.resumes.reading import read
from training.trainees.resumes.writing import laid_out

bp = Noun("resumes", __name__)

MOST_LEFT = 100
"""Fields named one by one that are not taken."""


@bp.page("/resume/bring", doors=LEARNER, may=policies.can_bring, subject=profiles.own, methods=["GET", "POST"])
def bring(trainee: Trainee) -> ResponseReturnValue:
    """A file is read and shown, part by part; nothing of it is kept before its owner says so."""
    form = BringForm()
    if not form.submitted():
        return render_template("trainees/resumes/bring.html", form=form)
    content = form.file.data.stream.read(LIMIT + 1)
    plan = queries.plan(trainee, read(content))
    ticks = {one.value: True for one in plan.sections}
    ready = TakeForm(formdata=None, data={"content": content.decode("utf-8-sig"), **ticks})
    return render_template("trainees/resumes/take.html", form=ready, plan=plan, most_left=MOST_LEFT)


@bp.page("/resume/take", doors=LEARNER, may=policies.can_take, subject=profiles.own, methods=["POST"])
def take(trainee: Trainee) -> ResponseReturnValue:
    """The parts that were ticked become the owner's own words here."""
    form = TakeForm()
    if form.submitted():
        taken = services.take(g.actor, trainee, resume=read((form.content.data or "").encode()), sections=form.chosen)
        if taken:
            flash(ngettext("%(num)s piece of the résumé is taken.", "%(num)s pieces of the résumé are taken.", taken), "success")
        else:
            flash(_("Everything you chose was here already. Nothing has changed."), "info")
    return redirect(url_for("trainees.profiles.own"))


@bp.page("/resume", doors=LEARNER, may=policies.can_take_along, subject=profiles.own)
def take_along(trainee: Trainee) -> ResponseReturnValue:
    """One's résumé as a file in the layout of jsonresume.org."""
    skills, lines, jobs = passport.of(trainee.id), profiles.educations(trainee.id), queries.jobs(trainee.id)
    response = Response(written(laid_out(trainee, lines, jobs, skills, clock.now())), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", **named("resume.json"))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
