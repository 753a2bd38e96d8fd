"""The first page of everybody."""

from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.courses.attendance import queries as attendance
from training.insights.home import first_steps, going, queries
from training.insights.home import landing as first
from training.insights.home.queries import Waiting
from training.kernel.i18n import _
from training.kernel.lists import Wanted
from training.kernel.pages import ACCOUNT, LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.policy import any_learner, any_member, anyone, own_account
from training.kernel.web import bound_for
from training.organisations import queries as organisations
from training.trainees.profiles import queries as profiles

bp = Noun("home", __name__)


@bp.page("/", doors=PUBLIC, may=anyone, cacheable=True)
def landing() -> ResponseReturnValue:
    """What this is, and the way in for each kind of visitor."""
    steps = [
        ("trainee", "person", _("Take a seat"), _("A free seat is yours at once. If the group is full, you see your place in the queue.")),
        ("school", "mortarboard", _("Study"), _("At a school near you, by a published programme.")),
        ("employer", "tools", _("Practise at a plant"), _("With a named mentor, a signed agreement and hours the law allows at your age.")),
        ("school", "award", _("Hold a credential"), _("A certificate anyone can check by its number.")),
        ("employer", "briefcase", _("Start work"), _("You decide which employers see you. Under 18, a parent decides with you.")),
    ]
    cohorts, seats = first.going()
    return render_template(
        "insights/home/landing.html",
        steps=steps,
        counts=first.counts(),
        cohorts=cohorts,
        seats_of=seats,
        trades=first.trades(),
        paths=paths(),
        chips=chips(),
    )


def chips() -> list[tuple[str, str]]:
    """Questions that many come with, as (label, address)."""
    return [
        (_("Seats free now"), url_for("courses.programmes.catalogue", start="free")),
        (_("Retrain from another job"), url_for("courses.programmes.catalogue", kind="retraining")),
        (_("All internships"), url_for("internships.openings.catalogue")),
        (_("All vacancies"), url_for("candidates.vacancies.catalogue")),
    ]


def paths() -> list[tuple[str, str, str, str, str]]:
    """The way in for each kind of visitor: party, picture, name, what they come for, address."""
    return [
        ("trainee", "mortarboard", _("I want a trade"), _("Find a programme and take a seat."), url_for("courses.programmes.catalogue")),
        ("guardian", "person-check", _("I am a parent"), _("What you agree to, and how."), url_for("insights.help.text", name="guardian")),
        ("school", "building", _("I work at a school"), _("Publish, admit, place."), url_for("insights.help.text", name="school-manager")),
        ("employer", "hammer", _("I work at a plant"), _("Offer places, hire."), url_for("insights.help.text", name="employer-manager")),
        ("region", "patch-check", _("I check a credential"), _("Is it real?"), url_for("courses.credentials.check")),
    ]


@bp.page("/", doors=MEMBER, may=any_member)
def member() -> ResponseReturnValue:
    """Sees what waits for a member of an organisation."""
    organisation = organisations.own(g.actor)
    return render_template(
        "insights/home/member.html",
        **waiting(),
        organisation=organisation,
        first_steps=first_steps.progress(g.actor, organisation),
        unmarked=attendance.unmarked(g.actor),
    )


@bp.page("/", doors=LEARNER, may=any_learner)
def learner() -> ResponseReturnValue:
    """What waits for a trainee, and what goes on meanwhile."""
    return render_template("insights/home/learner.html", **waiting(), trainee=profiles.own(g.actor), going=going.on(g.actor))


def waiting() -> dict[str, Any]:
    """The asked-for page of what waits for whoever is here."""
    wanted = Wanted.read(request.args)
    page = queries.waiting(g.actor, wanted)
    return {"tasks": [placed(one) for one in page.rows], "page": page, "wanted": wanted}


def placed(one: Waiting) -> Waiting:
    """A line with its address, also where it leads to a week of a logbook."""
    if one.week is None:
        return one
    placement_id, monday = one.week
    return replace(one, url=url_for("internships.logbooks.countersign", placement_id=placement_id, monday=monday.isoformat()))


@bp.page("/start", doors=ACCOUNT, may=own_account)
def start() -> ResponseReturnValue:
    """For somebody who is neither a member nor a trainee yet: what one can begin with."""
    if profiles.id_of(g.account.id) is not None:
        return redirect(bound_for() or url_for(".learner"))
    return render_template("insights/home/start.html")
