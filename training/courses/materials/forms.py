"""The forms of materials."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class WordsForm(Form):
    """What is said of a material of either kind."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    module_id = SelectField(_l("Module"), [REQUIRED], coerce=int)
    title = StringField(_l("Title"), [REQUIRED, most(200)], description=_l("What it is, as the trainees call it: Table of threads."))
    description = TextAreaField(_l("What to do with it"), [Optional(), most(1000)], description=_l("For example: read before the lesson."))
    shown_from_on = DateField(_l("Shown from"), [Optional()], description=_l("Leave it empty to show it at once."))

    def __init__(self, *args: Any, modules: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """With the modules to choose from."""
        super().__init__(*args, **kwargs)
        self.choose(module_id=modules)

    @property
    def values(self) -> dict[str, Any]:
        """What services take, the module and the bytes of a file aside."""
        return {name: value for name, value in self.fields.items() if name not in ("version", "module_id", "file")}


class FileForm(WordsForm):
    """A file for a cohort."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("PDF, Word, Excel, CSV, plain text, JPEG or PNG, up to 15 MB. Slides go in as PDF."),
    )


class LinkForm(WordsForm):
    """A link for a cohort."""

    url = StringField(
        _l("Address"),
        [REQUIRED, most(1000)],
        description=_l("As it stands in the browser's address line; it begins with https://"),
        render_kw={"type": "url", "inputmode": "url"},
    )
