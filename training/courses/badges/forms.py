"""The form in which a badge is checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import Optional

from training.courses.badges.checking import LONGEST
from training.kernel.forms import Form, most
from training.kernel.i18n import _, _l


class CheckForm(Form):
    """A badge as text or as a file."""

    token = TextAreaField(
        _l("The badge as text"),
        [Optional(), most(LONGEST)],
        description=_l("The whole of it: three long words of letters and figures with dots between them."),
        render_kw={"rows": 6, "spellcheck": "false", "autocomplete": "off"},
    )
    file = FileField(
        _l("Or the file of the badge"),
        [Optional()],
        description=_l("A file that ends in .jwt."),
        render_kw={"accept": ".jwt,.txt,text/plain"},
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """One of the two must be there."""
        sound = super().validate(extra_validators)
        if sound and not self.given():
            self.token.errors = [_("Paste the badge, or choose its file.")]
            return False
        return sound

    def given(self) -> str:
        """The badge, from the text or else from the file; what is no text is nobody's badge."""
        text = str(self.token.data or "").strip()
        if text or not self.file.data:
            return text
        sent = self.file.data.stream
        sent.seek(0)
        return str(sent.read(LONGEST + 1).decode("ascii", "replace")).strip()
