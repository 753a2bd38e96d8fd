"""What is asked for an import."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from training.kernel.forms import REQUIRED, Form
from training.kernel.i18n import _l


class UploadForm(Form):
    """Which list, and the file."""

    kind = SelectField(_l("What the file lists"), validators=[REQUIRED])
    file = FileField(
        _l("File"), description=_l("XLSX or CSV, up to 20 MB and 200,000 rows."), validators=[FileRequired(_l("Choose a file."))]
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """With the lists that the reader may import."""
        super().__init__(*args, **kwargs)
        self.choose(kind=kinds)


class ActForm(Form):
    """A button without fields."""
