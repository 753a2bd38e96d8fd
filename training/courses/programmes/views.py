"""Pages of programmes: the public catalogue, and the school's own work on them."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.cohorts import queries as cohorts
from training.courses.endorsements import queries as endorsements
from training.courses.enrolments import queries as enrolments
from training.courses.programmes import policies, queries, services
from training.courses.programmes.difference import differences, rule
from training.courses.programmes.forms import CreateForm, EditForm, ReasonForm
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.tree import branches, spread
from training.courses.remarks import queries as remarks
from training.kernel import clock
from training.kernel.i18n import LazyString, _
from training.kernel.pages import MEMBER, PUBLIC, Noun
from training.kernel.policy import anyone
from training.kernel.wiring import wired
from training.organisations import queries as organisations
from training.saved_views.pages import opened

bp = Noun("programmes", __name__)

ONE = "/programmes/<int:version_id>"


@bp.page("/programmes", doors=PUBLIC, may=anyone, cacheable=True)
def catalogue() -> ResponseReturnValue:
    """What can be learnt in the region."""
    asked = opened("catalogue", read=enrolments.catalogue)
    meant = queries.meant(asked.wanted.words) if asked.wanted.words and not asked.found.total else []
    return render_template("courses/programmes/catalogue.html", asked=asked, meant=meant)


@bp.page("/programmes/<slug>", doors=PUBLIC, may=anyone, subject=queries.by_slug, cacheable=True)
def public(version: ProgrammeVersion) -> ResponseReturnValue:
    """One programme, for people who choose."""
    offered = cohorts.offered_for(g.actor, [version.id])
    return render_template(
        "courses/programmes/public.html",
        version=version,
        programme=version.programme,
        code=queries.listed_as(version.programme),
        cohorts=offered,
        seats=enrolments.public_seats(offered),
        skills=queries.skills_of(version.id),
        graduates=enrolments.graduates(version.programme_id),
        places=wired().tells["programme.places"](version.programme),
        address=current_app.config["CADRE"].public_url + url_for(".public", slug=version.programme.slug),
        branches=branches(version.modules),
        spread=spread(version.modules),
        endorsed=endorsements.counting(version.id, clock.today(version.programme.school.zone)),
        needed=version.prerequisites,
        rule=rule(version),
    )


@bp.page("/programmes", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the school's own programmes."""
    return render_template("courses/programmes/listed.html", asked=opened("programmes"))


@bp.page("/programmes/new", doors=MEMBER, may=policies.can_create, methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """Creates a programme, with its first draft."""
    form = CreateForm()
    if form.submitted():
        version = services.create(g.actor, organisations.own(g.actor), **form.fields)
        flash(_("The draft is there. Add its modules."), "success")
        return redirect(url_for(".show", version_id=version.id))
    return render_template("courses/programmes/create.html", form=form)


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.version)
def show(version: ProgrammeVersion) -> ResponseReturnValue:
    """One version: where it stands, what is in it, what can be done."""
    return render_template(
        "courses/programmes/show.html",
        version=version,
        programme=version.programme,
        code=queries.listed_as(version.programme),
        versions=queries.versions_of(version.programme_id),
        cohorts=cohorts.offered_for(g.actor, [version.id]),
        endorsements=endorsements.of_version(g.actor, version.id),
        remarks=remarks.unsettled(g.actor, version.id),
        against=why_not_hand_in(version) if version.open else [],
        branches=branches(version.modules),
        spread=spread(version.modules),
        needed=version.prerequisites,
        rule=rule(version),
        events=history(version),
    )


def why_not_hand_in(version: ProgrammeVersion) -> list[str | LazyString]:
    """What a draft lacks before it can be handed in."""
    circle = queries.circle(version.programme_id, version.prerequisites)
    against = policies.why_not_submit(version.programme, version, modules=version.modules)
    return [*against, *policies.why_not_need(version, version.prerequisites, circle=circle)]


@bp.page(f"{ONE}/changes", doors=MEMBER, may=policies.can_see, subject=queries.version)
def changes(version: ProgrammeVersion) -> ResponseReturnValue:
    """Compares two versions of a programme."""
    others = [one for one in queries.versions_of(version.programme_id) if one.id != version.id]
    asked = request.args.get("since", "")
    chosen = next((one for one in others if str(one.number) == asked), None) or next(
        (one for one in others if one.number < version.number), None
    )
    before = queries.version(g.actor, chosen.id) if chosen else None
    return render_template(
        "courses/programmes/changes.html",
        version=version,
        programme=version.programme,
        others=others,
        before=before,
        parts=differences(before, version) if before else [],
    )


@bp.page(f"{ONE}/edit", doors=MEMBER, may=policies.can_edit, subject=queries.version, methods=["GET", "POST"])
def edit_version(version: ProgrammeVersion) -> ResponseReturnValue:
    """Changes hours, length and summary of a draft."""
    programme = version.programme
    form = EditForm(
        obj=version,
        first=version.number == 1,
        data={"qualification": programme.qualification, "occupation_id": programme.occupation},
    )
    if form.submitted():
        services.edit_version(g.actor, version, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", version_id=version.id))
    return render_template("courses/programmes/edit_version.html", form=form, version=version, code=queries.listed_as(programme))


@bp.page(f"{ONE}/submit", doors=MEMBER, may=policies.can_submit, subject=queries.version, methods=["POST"])
def submit(version: ProgrammeVersion) -> ResponseReturnValue:
    """Hands the draft of a programme in for review."""
    services.submit(g.actor, version)
    flash(_("Handed in. Somebody else of your school looks at it now."), "success")
    return redirect(url_for(".show", version_id=version.id))


@bp.page(f"{ONE}/send-back", doors=MEMBER, may=policies.can_send_back, subject=queries.version, methods=["GET", "POST"])
def send_back(version: ProgrammeVersion) -> ResponseReturnValue:
    """Sends the draft of a programme back to its author with comments."""
    form = ReasonForm()
    left = remarks.unsettled(g.actor, version.id)
    if form.submitted():
        services.send_back(g.actor, version, **form.fields, remarks=len(left.rows))
        flash(_("Sent back with your comments."), "success")
        return redirect(url_for(".show", version_id=version.id))
    return render_template("courses/programmes/send_back.html", form=form, version=version, remarks=left)


@bp.page(f"{ONE}/publish", doors=MEMBER, may=policies.can_publish, subject=queries.version, methods=["POST"])
def publish(version: ProgrammeVersion) -> ResponseReturnValue:
    """Publishes a programme, as a second person."""
    services.publish(g.actor, version)
    flash(_("Published. Plan a cohort, so that people can take seats."), "success")
    return redirect(url_for(".show", version_id=version.id))


@bp.page(f"{ONE}/retire", doors=MEMBER, may=policies.can_retire, subject=queries.version, methods=["POST"])
def retire(version: ProgrammeVersion) -> ResponseReturnValue:
    """Takes a programme out of the catalogue."""
    services.retire(g.actor, version)
    flash(_("It is out of the catalogue. Cohorts that study it go on."), "success")
    return redirect(url_for(".show", version_id=version.id))


@bp.page(f"{ONE}/next", doors=MEMBER, may=policies.can_begin_next, subject=queries.version, methods=["POST"])
def begin_next(version: ProgrammeVersion) -> ResponseReturnValue:
    """Begins the next version of a programme with the same content."""
    following = services.begin_next(g.actor, version)
    flash(_("Version %(number)d is a draft now.", number=following.number), "success")
    return redirect(url_for(".show", version_id=following.id))
