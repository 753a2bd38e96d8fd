"""What is asked for an import."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from training.kernel.forms import REQUIRED, Form, options
from training.kernel.i18n import _, _l


class UploadForm(Form):
    """Which list, and the file."""

    kind = SelectField(_l("What the file lists"), validators=[REQUIRED])
    file = FileField(
        _l("File"), description=_l("XLSX or CSV, up to 20 MB and 200,000 rows."), validators=[FileRequired(_l("Choose a file."))]
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], bundled: Sequence[str] = (), **kwargs: Any) -> None:
        """With the lists that the reader may import, and the titles of those that also come as bundles."""
        super().__init__(*args, **kwargs)
        self.choose(kind=kinds)
        if bundled:
            self.file.description = _(
                "XLSX or CSV, up to 20 MB and 200,000 rows. “%(list)s” also as a OneRoster bundle, ZIP.", list=bundled[0]
            )


class TieForm(Form):
    """What each heading of a file means; fields are named by the place of the heading, `told` says by heading what was chosen."""

    def told(self) -> dict[str, str]:
        """The column of each heading that was given one."""
        return {str(field.label.text): field.data for field in self if isinstance(field, SelectField) and field.data}


def tie_form(headings: Sequence[str], columns: Sequence[tuple[str, Any]]) -> TieForm:
    """A form with a choice of columns for each heading."""
    choices = options([("", _l("Do not read")), *columns])
    fields = {f"heading_{place}": SelectField(heading, choices=choices) for place, heading in enumerate(headings)}
    made: TieForm = type("TieForm", (TieForm,), fields)()
    return made


class ConfirmForm(Form):
    """Which parts of a bundle are taken."""

    chosen = SelectMultipleField(
        _l("What to take"),
        [InputRequired(_l("Choose at least one kind of rows to take."))],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        description=_l("Letters go out to the people who are invited; nobody gets rights before they accept."),
    )

    def __init__(self, *args: Any, ready: Sequence[tuple[str, str]], beforehand: Sequence[str], **kwargs: Any) -> None:
        """With the parts that have ready rows, and those that are chosen beforehand."""
        super().__init__(*args, data={"chosen": list(beforehand)}, **kwargs)
        self.choose(chosen=ready)


class ActForm(Form):
    """A button without fields."""
