"""Pages of openings: the public catalogue, and the employer's own list."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.internships.openings import policies, queries, services
from training.internships.openings.forms import OpeningForm, ReasonForm
from training.internships.openings.models import Opening
from training.internships.openings.workflow import LIFECYCLE
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, PUBLIC, Noun
from training.kernel.policy import anyone
from training.kernel.web import done
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.saved_views.pages import opened
from training.taxonomy import queries as taxonomy

bp = Noun("openings", __name__)


@bp.page("/internships", doors=PUBLIC, may=anyone, cacheable=True)
def catalogue() -> ResponseReturnValue:
    """All open internships, with search and filters."""
    asked = opened("internships")
    meant = queries.meant(asked.wanted.words) if asked.wanted.words and not asked.found.total else []
    return render_template("internships/openings/catalogue.html", asked=asked, meant=meant)


@bp.page("/internships/<slug>", doors=PUBLIC, may=anyone, subject=queries.by_slug, cacheable=True)
def public(opening: Opening) -> ResponseReturnValue:
    """What anybody may know of an open internship."""
    return render_template("internships/openings/public.html", opening=opening)


@bp.page("/openings", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the employer's openings in every state."""
    return render_template("internships/openings/listed.html", asked=opened("openings"), employer=organisations.own(g.actor))


@bp.page("/openings/<int:opening_id>", doors=MEMBER, may=policies.can_show, subject=queries.own)
def show(opening: Opening) -> ResponseReturnValue:
    """One opening as its employer sees it."""
    return render_template("internships/openings/show.html", opening=opening, lifecycle=LIFECYCLE, events=history(opening))


@bp.page("/openings/new", doors=MEMBER, may=policies.can_make, subject=organisations.own, methods=["GET", "POST"])
def make(employer: Organisation) -> ResponseReturnValue:
    """Drafts an opening."""
    form = OpeningForm()
    choose(form, employer)
    if form.submitted():
        opening = services.make(g.actor, employer, **without_version(form))
        flash(_("The draft is saved. Open it when it is ready."), "success")
        return redirect(url_for(".show", opening_id=opening.id))
    return render_template("internships/openings/make.html", form=form, employer=employer)


@bp.page("/openings/<int:opening_id>/edit", doors=MEMBER, may=policies.can_edit, subject=queries.own, methods=["GET", "POST"])
def edit(opening: Opening) -> ResponseReturnValue:
    """Changes what an opening offers."""
    form = OpeningForm(data=filled(opening))
    choose(form, opening.employer)
    if form.submitted():
        services.edit(g.actor, opening, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", opening_id=opening.id))
    return render_template("internships/openings/edit.html", form=form, opening=opening)


@bp.page("/openings/<int:opening_id>/open", doors=MEMBER, may=policies.can_open, subject=queries.own, methods=["POST"])
def open(opening: Opening) -> ResponseReturnValue:  # noqa: A001 - the domain's verb
    """Offers an opening to everybody."""
    services.open(g.actor, opening)
    words = _("The opening is public. Requests come to you after the school has approved them.")
    done(words, url_for(".close", opening_id=opening.id))
    return redirect(url_for(".show", opening_id=opening.id))


@bp.page("/openings/<int:opening_id>/close", doors=MEMBER, may=policies.can_close, subject=queries.own, methods=["POST"])
def close(opening: Opening) -> ResponseReturnValue:
    """Closes an opening: it takes no further requests."""
    services.close(g.actor, opening)
    done(_("Closed for requests."), url_for(".open", opening_id=opening.id))
    return redirect(url_for(".show", opening_id=opening.id))


@bp.page("/openings/<int:opening_id>/withdraw", doors=MEMBER, may=policies.can_withdraw, subject=queries.own, methods=["GET", "POST"])
def withdraw(opening: Opening) -> ResponseReturnValue:
    """Takes an opening back, with a reason."""
    form = ReasonForm()
    if form.submitted():
        services.withdraw(g.actor, opening, **form.fields)
        flash(_("Withdrawn. Requests that waited for an answer lapse."), "success")
        return redirect(url_for(".show", opening_id=opening.id))
    return render_template("internships/openings/withdraw.html", form=form, opening=opening)


def choose(form: OpeningForm, employer: Organisation) -> None:
    """Fills the form's lists."""
    form.choose(
        site_id=[(0, employer.address or employer.town), *((site.id, str(site)) for site in organisations.sites(employer))],
        codes=[(one.id, f"{one.code} {one.title}") for one in taxonomy.codes("fgos")],
    )


def without_version(form: OpeningForm) -> dict[str, Any]:
    """The values for a new opening."""
    return {name: value for name, value in form.fields.items() if name != "version"}


TERMS = (
    "version",
    "title",
    "occupation_id",
    "site_id",
    "starts_on",
    "ends_on",
    "daily_hours",
    "weekly_hours",
    "shift_from",
    "shift_to",
    "mentor_limit",
    "requirements",
)
"""What the form takes from an opening as it is."""


def filled(opening: Opening) -> dict[str, Any]:
    """The opening as the form shows it."""
    pay = opening.pay
    return {name: getattr(opening, name) for name in TERMS} | {
        "places": opening.pool.places,
        "hazard": opening.hazard.value,
        "pay": pay.amount if pay is not None else None,
        "codes": [code.id for code in opening.codes],
    }
