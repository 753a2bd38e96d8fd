"""Pages that say who may do what: with the names of one's people, and for everybody."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from training.insights.rights import policies, queries
from training.kernel.pages import MEMBER, PUBLIC, Noun
from training.kernel.policy import ROLES_OF, OrganisationKind, anyone

bp = Noun("rights", __name__)


@bp.page("/people/roles", doors=MEMBER, may=policies.can_show)
def show() -> ResponseReturnValue:
    """Reads which role may do what, and who holds it."""
    return render_template(
        "insights/rights/show.html",
        roles=ROLES_OF[g.actor.kind],
        areas=queries.areas(g.actor.kind),
        holders=queries.holders(g.actor.organisation_id, g.actor.kind),
    )


@bp.page("/help/roles", doors=PUBLIC, may=anyone, cacheable=True)
def explain() -> ResponseReturnValue:
    """Which role may do what, for every kind of organisation."""
    return render_template("insights/rights/explain.html", kinds=[(kind, ROLES_OF[kind], queries.areas(kind)) for kind in OrganisationKind])
