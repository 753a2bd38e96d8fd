"""Pages of notices: what one was told, how one wants to be told, and what became of the letters."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.kernel import receipts
from training.kernel.config import Config
from training.kernel.i18n import _
from training.kernel.lists import Wanted
from training.kernel.pages import ACCOUNT, LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.policy import anyone
from training.kernel.web import csrf
from training.kernel.wiring import wired
from training.notices import policies, queries, services, texts, topics
from training.notices.forms import ActForm, HoursForm, ways_form
from training.notices.models import Notification
from training.notices.topics import Stopping
from training.notices.workflow import Way

bp = Noun("notices", __name__)
letters = Noun("letters", __name__)
csrf.exempt(letters)  # mail programs press the one button here, without a page of ours and so without its token

EVERY_DOOR = (MEMBER, LEARNER, ACCOUNT)


@bp.page("/notices", doors=EVERY_DOOR, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Reads what one was told, as whom one acts."""
    wanted = Wanted.read(request.args, filters=["show"])
    found = queries.listed(g.actor, wanted)
    return render_template("notices/listed.html", found=found, lines=texts.lines(g.actor, found.rows), wanted=wanted)


@bp.page("/notices/read", doors=EVERY_DOOR, may=policies.can_list, methods=["POST"])
def read_all() -> ResponseReturnValue:
    """Marks everything that one was told as seen."""
    until = request.form.get("until", "")
    if ActForm().submitted() and until.isascii() and until.isdecimal() and len(until) < 10:
        services.read_all(g.actor, until=int(until))
    return redirect(url_for(".listed"))


@bp.page("/notices/<int:notice_id>/open", doors=EVERY_DOOR, may=policies.can_read, subject=queries.one, methods=["POST"])
def open_one(notification: Notification) -> ResponseReturnValue:
    """Opens what a notice is about, which counts as having read it."""
    if ActForm().submitted():
        services.read(g.actor, notification)
    [line] = texts.lines(g.actor, [notification])
    return redirect(line.url or url_for(".listed"))


@bp.page("/letters", doors=ACCOUNT, may=policies.can_choose, methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """How the letters of each topic come, and which always come."""
    me = g.actor.account_id
    listed = topics.catalogue(wired().addresses["capacities"](me), queries.choices(me))
    free = [one for one in listed if not topics.is_fixed(one.key)]
    form = ways_form(free)()
    if form.submitted():
        services.choose(g.actor, ways={one.key: Way(form[one.key].data) for one in free})
        flash(_("Kept. Letters come as you chose from now on."), "success")
        return redirect(url_for(".choose"))
    fixed = [one for one in listed if one.must]
    return render_template("notices/choose.html", form=form, free=free, fixed=fixed, hours=queries.hours(me), ways=Way)


@bp.page("/letters/hours", doors=ACCOUNT, may=policies.can_choose, methods=["GET", "POST"])
def set_hours() -> ResponseReturnValue:
    """When letters may come: quiet hours, the morning, the zone."""
    form = HoursForm(hours=queries.hours(g.actor.account_id))
    if form.submitted():
        services.set_hours(g.actor, **form.hours)
        flash(_("Kept. Letters that would come in your quiet hours wait until they are over."), "success")
        return redirect(url_for(".choose"))
    config: Config = current_app.config["CADRE"]
    return render_template("notices/hours.html", form=form, zone=config.zone)


@bp.page("/letters/log", doors=ACCOUNT, may=policies.can_choose)
def log() -> ResponseReturnValue:
    """What became of the letters to oneself."""
    wanted = Wanted.read(request.args, filters=["fate"])
    found = queries.delivered(g.actor, wanted)
    return render_template("notices/log.html", found=found, lines=texts.lines(g.actor, found.rows), wanted=wanted)


@letters.page("/letters/stop/<token>", doors=PUBLIC, may=anyone, subject=topics.stopping, methods=["GET", "POST"])
def stop(stopping: Stopping) -> ResponseReturnValue:
    """The link in a letter: a page with one button, because mail scanners follow links; mail programs press it by themselves (RFC 8058)."""
    if request.method == "POST":
        receipts.unbind()  # a mail program's request has no key; twice is once here
        services.stop(g.actor, stopping)
    return render_template("notices/stop.html", stopping=stopping, done=request.method == "POST")
