"""Pages of credentials: anybody's check, the holder's, the issuer's."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.credentials import policies, queries, services
from training.courses.credentials.forms import ReasonForm
from training.courses.credentials.models import Credential
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.files import sending
from training.kernel.db import NotFound
from training.kernel.i18n import _, ngettext
from training.kernel.keys import sort_key
from training.kernel.pages import LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.policy import anyone
from training.saved_views.pages import opened
from training.threads import queries as threads

bp = Noun("credentials", __name__)

ONE = "/credentials/<int:credential_id>"


@bp.page("/credentials", doors=PUBLIC, may=anyone)
def check() -> ResponseReturnValue:
    """Checks a credential by issuer, number and the holder's family name, as they stand on the document."""
    school, number, name = (request.args.get(key, "").replace("\0", "").strip()[:100] for key in ("school", "number", "name"))
    found = queries.numbered(int(school), number) if school.isascii() and school.isdigit() and len(school) < 10 and number else None
    if found is not None and name and sort_key(name) == sort_key(found.holder.split()[0]):
        return redirect(url_for(".public", slug=found.slug))
    return render_template(
        "courses/credentials/check.html",
        issuers=queries.issuers(),
        school=school,
        number=number,
        name=name,
        asked=bool(school or number or name),
    )


@bp.page("/credentials/<slug>", doors=PUBLIC, may=anyone, subject=queries.public, cacheable=True)
def public(credential: Credential) -> ResponseReturnValue:
    """What a credential says and whether it is valid, for anybody who has its address."""
    return render_template("courses/credentials/public.html", credential=credential, programme=queries.programme_slug(credential))


@bp.page("/credentials", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees what the school issued."""
    return render_template("courses/credentials/listed.html", asked=opened("credentials"))


@bp.page("/credentials", doors=LEARNER, may=policies.can_list_mine)
def mine() -> ResponseReturnValue:
    """What one holds."""
    return render_template("courses/credentials/mine.html", credentials=queries.mine(g.actor))


@bp.page(ONE, doors=(MEMBER, LEARNER), may=policies.can_see, subject=queries.credential)
def show(credential: Credential) -> ResponseReturnValue:
    """One credential, for its holder and its issuer."""
    return render_template(
        "courses/credentials/show.html",
        credential=credential,
        thread=threads.thread(g.actor, credential),
        events=history(credential),
        site=current_app.config["CADRE"].public_url,
    )


@bp.page(f"{ONE}/document", doors=(MEMBER, LEARNER), may=policies.can_download, subject=queries.credential)
def download(credential: Credential) -> ResponseReturnValue:
    """The document as PDF."""
    if credential.file is None:
        raise NotFound
    return sending.send(credential.file)


@bp.page("/enrolments/<int:enrolment_id>/credential", doors=MEMBER, may=policies.can_issue, subject=enrolments.enrolment, methods=["POST"])
def issue(enrolment: Enrolment) -> ResponseReturnValue:
    """Issues the credential for a completed enrolment."""
    credential = services.issue(g.actor, enrolment)
    flash(_("Credential %(number)s is issued; its document is being made.", number=credential.number), "success")
    return redirect(url_for(".show", credential_id=credential.id))


@bp.page("/cohorts/<int:cohort_id>/credentials", doors=MEMBER, may=policies.can_issue_all, subject=cohorts.cohort, methods=["POST"])
def issue_all(cohort: Cohort) -> ResponseReturnValue:
    """Issues credentials to everybody who completed in the cohort."""
    number = services.issue_all(g.actor, cohort)
    flash(ngettext("%(num)s credential is issued.", "%(num)s credentials are issued.", number), "success")
    return redirect(url_for("courses.cohorts.show", cohort_id=cohort.id))


@bp.page(f"{ONE}/revoke", doors=MEMBER, may=policies.can_revoke, subject=queries.credential, methods=["GET", "POST"])
def revoke(credential: Credential) -> ResponseReturnValue:
    """Revokes a credential: from now on every check says so."""
    form = ReasonForm()
    if form.submitted():
        services.revoke(g.actor, credential, **form.fields)
        flash(_("Credential %(number)s is revoked.", number=credential.number), "success")
        return redirect(url_for(".show", credential_id=credential.id))
    return render_template("courses/credentials/revoke.html", form=form, credential=credential)
