"""The forms of reports."""

from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import Email, Optional

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class ReportForm(Form):
    """What somebody met."""

    words = TextAreaField(
        _l("What happened"),
        [REQUIRED, most(4000)],
        description=_l("What you wanted to do, and what you saw instead. Leave out passwords and other people's data."),
        render_kw={"rows": 7},
    )
    page = StringField(_l("On which page"), [Optional(), most(200)], description=_l("The address, if you remember it."))


class StrangerForm(ReportForm):
    """What somebody met who is not signed in."""

    email = EmailField(
        _l("E-mail"),
        [Optional(), most(200), Email(message=_l("This does not look like an e-mail address: name@example.org"))],
        description=_l("Only for our answer. Leave it out if you want none."),
        render_kw={"autocomplete": "email"},
    )


class AnswerForm(Form):
    """What the operator says."""

    words = TextAreaField(_l("Answer"), [REQUIRED, most(4000)], render_kw={"rows": 6})
