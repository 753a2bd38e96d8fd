"""Pages of feeds: the address, and what calendars fetch there."""

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.accounts import queries as accounts
from training.accounts.models import Account
from training.courses.feeds import policies, queries, services
from training.courses.feeds.calendar import dates, validator
from training.courses.feeds.models import CalendarFeed
from training.kernel.i18n import _
from training.kernel.pages import ACCOUNT, PUBLIC, Noun
from training.kernel.policy import anyone

bp = Noun("feeds", __name__)


@bp.page("/calendar", doors=ACCOUNT, may=policies.can_show, subject=accounts.own)
def show(account: Account) -> ResponseReturnValue:
    """The address at which one's own calendar fetches lessons."""
    return render_template("courses/feeds/show.html", feed=queries.of_account(account), address=None)


@bp.page("/calendar/renew", doors=ACCOUNT, may=policies.can_renew, subject=accounts.own, methods=["POST"])
def renew(account: Account) -> ResponseReturnValue:
    """Makes a new address and shows it this once; the former works no more."""
    token = services.renew(g.actor, account)
    address = url_for(".fetch", token=token, _external=True)
    return render_template("courses/feeds/show.html", feed=queries.of_account(account), address=address)


@bp.page("/calendar/remove", doors=ACCOUNT, may=policies.can_remove, subject=accounts.own, methods=["POST"])
def remove(account: Account) -> ResponseReturnValue:
    """Removes the address."""
    services.remove(g.actor, account)
    flash(_("Removed. Calendars that fetched it get nothing any more."), "success")
    return redirect(url_for(".show"))


@bp.page("/calendar/<token>.ics", doors=PUBLIC, may=anyone, subject=queries.by_token)
def fetch(feed: CalendarFeed) -> ResponseReturnValue:
    """Somebody's lessons, for the calendar that knows the address; unchanged since the last time means 304."""
    lessons = queries.lessons(feed)
    etag = validator(feed, lessons)
    if request.if_none_match.contains(etag):
        response = Response(status=304)
    else:
        name, media_type, content = dates(feed, lessons)
        response = make_response(content)
        response.mimetype = media_type
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
