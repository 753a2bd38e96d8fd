"""The forms of scans."""

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, RadioField, StringField, TextAreaField

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class BringForm(Form):
    """Who has signed on the paper, and its scan."""

    until = RadioField(_l("Who has signed on it"), [REQUIRED], coerce=int)
    signers = StringField(
        _l("Names as they stand on the paper"), [REQUIRED, most(200)], description=_l("For example: Petrov I. S., director.")
    )
    signed_on = DateField(_l("Last date on the paper"), [REQUIRED])
    file = FileField(
        _l("Scan or photograph of the signed paper"),
        [FileRequired(_l("Choose a file."))],
        description=_l("All pages in one file: PDF, JPEG or PNG, up to 10 MB."),
        render_kw={"accept": "application/pdf,image/jpeg,image/png"},
    )


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)])
