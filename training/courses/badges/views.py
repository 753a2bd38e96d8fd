"""Public pages of badges: the badge itself, who issued it, the keys, what was revoked, and the check of one."""

from flask import Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from training.courses.badges import checking, content, queries, signing
from training.courses.badges.forms import CheckForm
from training.courses.badges.models import SigningKey
from training.courses.badges.workflow import Algorithm, Verdict
from training.courses.credentials.models import Credential
from training.kernel.i18n import _
from training.kernel.pages import PUBLIC, Noun
from training.kernel.policy import anyone
from training.organisations.models import Organisation

bp = Noun("badges", __name__)


@bp.page("/credentials/<slug>/badge", doors=PUBLIC, may=anyone, subject=queries.issued, cacheable=True)
def download(credential: Credential) -> ResponseReturnValue:
    """The credential as a signed badge, for anybody who has its address."""
    made = signing.badge(credential, queries.algorithm(request.args.get("signed", Algorithm.RS256.value)))
    response = Response(made, content_type="text/plain; charset=us-ascii")
    response.headers["Content-Disposition"] = f'attachment; filename="{credential.number}.jwt"'
    return response


@bp.page("/.well-known/jwks.json", doors=PUBLIC, may=anyone, cacheable=True)
def keys() -> ResponseReturnValue:
    """Every key that badges were ever signed with, its public half."""
    return jsonify(keys=[one.public for one in queries.keys(g.actor)])


@bp.page("/badges/keys/<slug>", doors=PUBLIC, may=anyone, subject=queries.key, cacheable=True)
def key(found: SigningKey) -> ResponseReturnValue:
    """One key's public half, at the address by which badges name it."""
    return jsonify(found.public)


@bp.page("/badges/issuers/<slug>", doors=PUBLIC, may=anyone, subject=queries.issuer, cacheable=True)
def issuer(school: Organisation) -> ResponseReturnValue:
    """A school as the issuer of badges."""
    return jsonify({"@context": content.CONTEXTS, **content.profile(school, signing.site())})


@bp.page("/badges/status/<slug>/<int:number>/<name>", doors=PUBLIC, may=anyone, subject=queries.listed, cacheable=True)
def status(found: queries.Listed) -> ResponseReturnValue:
    """What a school has revoked, as a signed list."""
    made = signing.status_list(found.school, found.number, found.algorithm)
    return Response(made, content_type="application/vc+jwt")


@bp.page("/badges/check", doors=PUBLIC, may=anyone, methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """Checks a badge that somebody was shown, as text or as a file."""
    form = CheckForm()
    finding = checking.check(form.given(), signing.site()) if form.submitted() else None
    if finding is not None and finding.verdict is Verdict.UNREADABLE:
        form.token.errors = [_("This is not a badge. Copy the whole text of it, or choose its file.")]
        finding = None
    return render_template("courses/badges/check.html", form=form, finding=finding, verdicts=Verdict)
