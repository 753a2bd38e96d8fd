"""The operator's pages, and the one that has the demonstration loaded afresh."""

from flask import Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.jobs import queries
from training.jobs.models import Job
from training.jobs.policies import can_discard, can_retry
from training.kernel.config import Config
from training.kernel.db import NotFound
from training.kernel.i18n import _, weekdays
from training.kernel.keys import sort_key
from training.kernel.limits import limiter
from training.kernel.lists import Wanted
from training.kernel.pages import MEMBER, PUBLIC, Noun
from training.kernel.policy import Actor
from training.notices import mailbox
from training.operations import demonstration as region
from training.operations import policies, services
from training.operations.forms import ResetForm, SampleForm
from training.operations.queries import resetting
from training.operations.samples import samples
from training.saved_views.pages import opened

bp = Noun("operations", __name__)


@bp.page("/jobs", doors=MEMBER, may=policies.can_run)
def jobs() -> ResponseReturnValue:
    """Sees the background work: how much waits, what is parked and why; tries it again or gives it up."""
    return render_template("operations/jobs.html", asked=opened("jobs"))


@bp.page("/jobs/<int:job_id>/retry", doors=MEMBER, may=can_retry, subject=queries.one, methods=["POST"])
def retry(job: Job) -> ResponseReturnValue:
    """Tries a parked job again."""
    services.retry(g.actor, job)
    flash(_("The job runs again shortly."), "success")
    return redirect(url_for(".jobs"))


@bp.page("/jobs/<int:job_id>/discard", doors=MEMBER, may=can_discard, subject=queries.one, methods=["POST"])
def discard(job: Job) -> ResponseReturnValue:
    """Gives a parked job up."""
    services.discard(g.actor, job)
    flash(_("The job is given up; the trail keeps that."), "success")
    return redirect(url_for(".jobs"))


@bp.page("/mail", doors=MEMBER, may=policies.can_run)
def mail() -> ResponseReturnValue:
    """Reads the letters that became files, newest first."""
    config: Config = current_app.config["CADRE"]
    wanted = Wanted.read(request.args)
    key = sort_key(wanted.words)
    found = [one for one in mailbox.letters(100) if key in sort_key(f"{one.subject} {one.to}")]
    return render_template("operations/mail.html", letters=found, wanted=wanted, real=config.smtp is not None)


@bp.page("/deliveries", doors=MEMBER, may=policies.can_run)
def deliveries() -> ResponseReturnValue:
    """Sees what became of every letter: queued, held, sent, failed and why; of what it says, nothing."""
    return render_template("operations/deliveries.html", asked=opened("deliveries"))


def one_letter(actor: Actor, name: str) -> mailbox.Letter:
    """A letter by its name."""
    return mailbox.letter(name)


@bp.page("/mail/<name>", doors=MEMBER, may=policies.can_run, subject=one_letter)
def letter(found: mailbox.Letter) -> ResponseReturnValue:
    """One letter, with links that work."""
    return render_template("operations/letter.html", letter=found)


def only_here() -> Config:
    """The configuration of a demonstration; NotFound in a real installation."""
    config: Config = current_app.config["CADRE"]
    if not config.demo:
        raise NotFound
    return config


@bp.page("/parts", doors=MEMBER, may=policies.can_run)
def parts() -> ResponseReturnValue:
    """Looks at every part that pages are made of; in the demonstration only."""
    only_here()
    shown = samples()
    form = SampleForm(hours=6.5)
    form.choose(kind=[("open", _("Open")), ("closed", _("Closed"))])
    form.name.errors = [*form.name.errors, _("Fill this in.")]
    return render_template(
        "operations/parts.html",
        form=form,
        face=shown["face"],
        pool=shown["seats"],
        crowd=shown["crowd"],
        seats=shown["seats"],
        steps=shown["steps"],
        hours=shown["weeks"],
        dates=shown["month"],
        weekdays=weekdays(),
        relay_steps=shown["relay"],
        state=shown["state"],
        asked=shown["asked"],
        in_card=shown["in_card"],
        asked_sort=lambda key: f"?sort={key}",
        found_thread=shown["thread"],
        entries=shown["history"],
        one_task=shown["task"],
        letter=shown["letter"],
        wanted=shown["wanted"],
        sample_shell=shown["shell"],
        rows=shown["rows"],
    )


@bp.page("/demonstration", doors=PUBLIC, may=policies.can_reset, methods=["GET", "POST"])
@limiter.limit("6 per hour", methods=["POST"])
def demonstration() -> ResponseReturnValue:
    """In the demonstration only: how old it is, and one press to have it loaded afresh."""
    config = only_here()
    form = ResetForm()
    if form.submitted():
        services.reset(g.actor)
        return redirect(url_for(".demonstration"))
    days = region.age(config.folder, config.zone)
    return render_template("operations/demonstration.html", form=form, days=days, job=resetting())


@bp.page("/demonstration/progress", doors=PUBLIC, may=policies.can_reset)
def demonstration_progress() -> ResponseReturnValue:
    """How far the loading is; when it is over, the page is loaded anew."""
    only_here()
    if "HX-Request" not in request.headers:
        return redirect(url_for(".demonstration"))
    job = resetting()
    response: Response = make_response(render_template("operations/_progress.html", job=job))
    if job is None:
        response.headers["HX-Refresh"] = "true"
    return response
