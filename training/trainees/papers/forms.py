"""The forms of papers."""

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, TextAreaField

from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import _l
from training.trainees.papers.workflow import Says


class BringForm(Form):
    """What is marked on the paper, and its scan."""

    says = RadioField(_l("What is marked on the paper"), [REQUIRED], choices=of_kind(Says))
    file = FileField(
        _l("Scan or photograph of the signed sheet"),
        [FileRequired(_l("Choose a file."))],
        description=_l("PDF, JPEG or PNG, up to 10 MB."),
        render_kw={"accept": "application/pdf,image/jpeg,image/png"},
    )


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)])
