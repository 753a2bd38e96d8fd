"""The forms of requests for recognition."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField, TextAreaField
from wtforms.validators import Optional

from training.kernel.forms import REQUIRED, Form, in_groups, most, options
from training.kernel.i18n import _, _l

Choices = Sequence[tuple[str, str]]


class EvidenceForm(Form):
    """Where it was learnt, and what shows it."""

    words = TextAreaField(
        _l("Where and how you learnt it"),
        [REQUIRED, most(4000)],
        description=_l("School or workplace, when, how long, what you can do. The teachers of your school read it."),
    )
    file = FileField(
        _l("Evidence as a file"),
        [Optional()],
        description=_l("A transcript, certificate or reference: PDF, JPEG or PNG, up to 10 MB. A photograph taken with a phone will do."),
        render_kw={"accept": "application/pdf,image/jpeg,image/png"},
    )
    shown = SelectField(
        _l("What a school has marked here"),
        [Optional()],
        description=_l(
            "A credential of yours, or a module that you passed in another study, with a file or instead of one. "
            "Those who decide see its title, school, hours, skills, mark and date; "
            "afterwards only whoever has decided sees it, and nobody does once you take your request back."
        ),
    )

    def __init__(self, *args: Any, credentials: Choices = (), passed: Choices = (), **given: Any) -> None:
        """With the credentials and the modules that can be shown; without any, the field is gone."""
        super().__init__(*args, **given)
        groups = [(_("Credentials"), credentials), (_("Modules that you passed"), passed)]
        self.shown.choices = [*options([("", _("None"))]), *in_groups(groups)]
        if not credentials and not passed:
            del self.shown

    @property
    def choice(self) -> str:
        """What was chosen of what can be shown; nothing where there is nothing."""
        field = self._fields.get("shown")
        return field.data or "" if field is not None else ""

    @property
    def evidence(self) -> dict[str, Any]:
        """The file as the services take it."""
        sent = self.file.data
        return {"source": sent.stream, "name": sent.filename or ""} if sent else {}


class AskForm(EvidenceForm):
    """Which module is to be recognised."""

    module_id = SelectField(_l("Module"), [REQUIRED], coerce=int)

    def __init__(self, *args: Any, modules: Sequence[tuple[int, str]], **given: Any) -> None:
        """With the modules that can be asked for."""
        super().__init__(*args, **given)
        self.choose(module_id=modules)


class AcceptForm(Form):
    """By what the module is recognised."""

    words = TextAreaField(
        _l("What you recognise it by"),
        [REQUIRED, most(1000)],
        description=_l("It stands beside the module with your name and today's date; the trainee reads it."),
    )


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The trainee reads it in these words."))
