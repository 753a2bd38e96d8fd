"""The page of those at risk."""

from flask import render_template
from flask.typing import ResponseReturnValue

from training.insights.risks import policies
from training.kernel.pages import MEMBER, Noun
from training.saved_views.pages import opened

bp = Noun("risks", __name__)


@bp.page("/risks", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees who is at risk of not finishing, and why."""
    return render_template("insights/risks/listed.html", asked=opened("risks"))
