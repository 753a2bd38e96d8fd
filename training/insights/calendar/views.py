"""The page of the calendar."""

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.insights.calendar import policies, queries
from training.kernel.i18n import format_month, weekdays
from training.kernel.pages import LEARNER, MEMBER, Noun

bp = Noun("calendar", __name__)


@bp.page("/calendar", doors=[MEMBER, LEARNER], may=policies.can_show)
def show() -> ResponseReturnValue:
    """Sees a month of one's own dates."""
    month = queries.month(g.actor, queries.month_of(request.args.get("month", "")))
    home = url_for("insights.home.learner" if "/me/" in f"{request.path}/" else "insights.home.member")
    names = [f"{name[:1].upper()}{name[1:]}" for name in map(format_month, (month.before, month.first, month.after))]
    return render_template("insights/calendar/show.html", month=month, names=names, weekdays=weekdays(), home=home)
