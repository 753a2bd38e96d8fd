"""Pages of threads: the whole conversation, one message's history, its files."""

from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.files.models import StoredFile
from training.files.sending import send
from training.kernel.i18n import _
from training.kernel.limits import limiter
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.threads import policies, queries, services
from training.threads.forms import ActForm, EditForm, WriteForm
from training.threads.models import Message
from training.threads.queries import MORE, Place

bp = Noun("threads", __name__)

BOTH = (MEMBER, LEARNER)
ONE = "/threads/<kind>/<int:subject_id>"
MESSAGE = "/messages/<int:message_id>"


@bp.page(ONE, doors=BOTH, may=policies.can_read, subject=queries.place, methods=["GET", "POST"])
@limiter.limit("15 per minute; 200 per day", methods=["POST"])
def show(place: Place) -> ResponseReturnValue:
    """Reads everything that was said on a record, and writes to it."""
    found = queries.thread(g.actor, place.record, before=before(), limit=MORE)
    form = WriteForm(people=found.people)
    if form.submitted():
        sent = [(one.stream, one.filename or "") for one in form.file.data or [] if one.filename]
        message = services.write(g.actor, place, text=form.fields["text"] or "", mentions=form.mentions.data or (), files=sent)
        return redirect(f"{place.url(g.actor)}#message-{message.id}")
    return render_template("threads/show.html", place=place, thread=found, form=form, url=place.url(g.actor))


def before() -> int | None:
    """The message that the page asked for ends before."""
    asked = request.args.get("before", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


@bp.page(f"{ONE}/read", doors=BOTH, may=policies.can_read, subject=queries.place, methods=["POST"])
def read(place: Place) -> ResponseReturnValue:
    """Marks what was said on a record as seen."""
    until = request.form.get("until", "")
    if ActForm().submitted() and until.isascii() and until.isdecimal() and len(until) < 10:
        services.read(g.actor, place, until=int(until))
    return redirect(f"{place.url(g.actor)}#thread")


@bp.page(MESSAGE, doors=BOTH, may=policies.can_see_versions, subject=queries.message)
def message(message: Message) -> ResponseReturnValue:
    """What a message said at first, and how it was changed."""
    place = queries.place(g.actor, message.subject_kind, message.subject_id)
    return render_template("threads/message.html", message=message, place=place, url=place.url(g.actor), events=history(message))


@bp.page(f"{MESSAGE}/edit", doors=BOTH, may=policies.can_edit, subject=queries.message, methods=["GET", "POST"])
def edit(message: Message) -> ResponseReturnValue:
    """Changes a message of one's own."""
    form = EditForm(text=message.text)
    place = queries.place(g.actor, message.subject_kind, message.subject_id)
    url = f"{place.url(g.actor)}#message-{message.id}"
    if form.submitted():
        services.edit(g.actor, message, text=form.fields["text"] or "")
        return redirect(url)
    return render_template("threads/edit.html", message=message, place=place, form=form, url=url)


@bp.page(f"{MESSAGE}/withdraw", doors=BOTH, may=policies.can_withdraw, subject=queries.message, methods=["GET", "POST"])
def withdraw(message: Message) -> ResponseReturnValue:
    """Takes a message of one's own back."""
    form = ActForm()
    place = queries.place(g.actor, message.subject_kind, message.subject_id)
    url = f"{place.url(g.actor)}#message-{message.id}"
    if form.submitted():
        services.withdraw(g.actor, message)
        flash(_("Withdrawn. Nobody else can read it here any more; letters that have been sent stay with those who got them."), "success")
        return redirect(url)
    return render_template("threads/withdraw.html", message=message, place=place, form=form, url=url)


@bp.page(f"{MESSAGE}/files/<slug>", doors=BOTH, may=policies.can_read, subject=queries.attachment)
def download(file: StoredFile) -> ResponseReturnValue:
    """A file that goes with a message, to be saved."""
    return send(file)
