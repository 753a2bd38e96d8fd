"""The first page of everybody."""

from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.insights.home import queries
from training.insights.home.queries import Waiting
from training.kernel.i18n import _
from training.kernel.lists import Wanted
from training.kernel.pages import ACCOUNT, LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.policy import any_learner, any_member, anyone, own_account
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
    return render_template("insights/home/landing.html", steps=steps, counts=queries.counts())


@bp.page("/", doors=MEMBER, may=any_member)
def member() -> ResponseReturnValue:
    """What waits for a member of an organisation."""
    return render_template("insights/home/member.html", **waiting(), organisation=organisations.own(g.actor))


@bp.page("/", doors=LEARNER, may=any_learner)
def learner() -> ResponseReturnValue:
    """What waits for a trainee."""
    return render_template("insights/home/learner.html", **waiting(), trainee=profiles.own(g.actor))


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
        return redirect(url_for(".learner"))
    return render_template("insights/home/start.html")
