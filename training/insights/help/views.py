"""Pages of help, for everybody."""

from flask import render_template
from flask.typing import ResponseReturnValue

from training.insights.help import queries
from training.insights.help.texts import RULES, Text
from training.kernel.pages import PUBLIC, Noun
from training.kernel.policy import anyone

bp = Noun("help", __name__)


@bp.page("/help", doors=PUBLIC, may=anyone, cacheable=True)
def index() -> ResponseReturnValue:
    """The help for each role, and the rules."""
    return render_template("insights/help/index.html", roles=queries.of_roles(), rules=queries.of_rules())


@bp.page("/help/<name>", doors=PUBLIC, may=anyone, subject=queries.text, cacheable=True)
def text(found: Text) -> ResponseReturnValue:
    """One text."""
    return render_template(
        "insights/help/text.html", text=found, others=queries.of_roles() if found.name not in RULES else queries.of_rules()
    )
