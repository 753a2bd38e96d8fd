"""Pages of credentials: anybody's check, the holder's, the issuer's."""

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.awards import queries as awards
from training.courses.credentials import policies, queries
from training.courses.credentials.models import Credential
from training.courses.credentials.workflow import State
from training.courses.revocations import queries as revocations
from training.files import sending
from training.kernel import clock
from training.kernel.db import NotFound
from training.kernel.keys import sort_key
from training.kernel.pages import LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.policy import Member, anyone
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
    return render_template(
        "courses/credentials/public.html",
        credential=credential,
        programme=queries.programme_slug(credential),
        today=clock.today(credential.school.zone),
    )


@bp.page("/credentials", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees what the school issued."""
    return render_template("courses/credentials/listed.html", asked=opened("credentials"), today=clock.today())


@bp.page("/credentials", doors=LEARNER, may=policies.can_list_mine)
def mine() -> ResponseReturnValue:
    """What one holds."""
    return render_template("courses/credentials/mine.html", credentials=queries.mine(g.actor), today=clock.today())


@bp.page(ONE, doors=(MEMBER, LEARNER), may=policies.can_see, subject=queries.credential)
def show(credential: Credential) -> ResponseReturnValue:
    """One credential, for its holder and its issuer."""
    return render_template(
        "courses/credentials/show.html",
        credential=credential,
        thread=threads.thread(g.actor, credential),
        today=clock.today(credential.school.zone),
        former=queries.former(credential),
        following=queries.following(credential.id, (State.DRAFT, State.ISSUED) if isinstance(g.actor, Member) else (State.ISSUED,)),
        award=awards.of_credential(g.actor, credential.id),
        revocation=revocations.waiting_for(g.actor, credential.id),
        events=history(credential),
        site=current_app.config["CADRE"].public_url,
    )


@bp.page(f"{ONE}/document", doors=(MEMBER, LEARNER), may=policies.can_download, subject=queries.credential)
def download(credential: Credential) -> ResponseReturnValue:
    """The document as PDF."""
    if credential.file is None:
        raise NotFound
    return sending.send(credential.file)
