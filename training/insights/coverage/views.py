"""The page of coverage."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from training.insights.coverage import policies, queries
from training.kernel.pages import MEMBER, Noun

bp = Noun("coverage", __name__)


@bp.page("/coverage", doors=MEMBER, may=policies.can_show)
def show() -> ResponseReturnValue:
    """Compares the skills that employers ask for with those that are taught."""
    partners = request.args.get("of") == "partners"
    behind = queries.behind(g.actor, request.args.get("skill", ""), partners=partners) if request.args.get("skill") else None
    return render_template(
        "insights/coverage/show.html",
        rows=queries.coverage(g.actor, partners=partners),
        partners=partners,
        behind=behind,
        employers=queries.employers_of(behind) if behind else {},
        most=queries.MOST,
    )
