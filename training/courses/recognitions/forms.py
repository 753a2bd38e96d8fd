"""The forms of requests for recognition."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField, TextAreaField
from wtforms.validators import Optional

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _, _l

Choices = Sequence[tuple[str, str]]


class EvidenceForm(Form):
    """Where it was learnt, and one piece of evidence."""

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
    credential_id = SelectField(_l("Or a credential that you hold here"), [Optional()])

    def __init__(self, *args: Any, credentials: Choices = (), **given: Any) -> None:
        """With the credentials that can be shown; without any, the field is gone."""
        super().__init__(*args, **given)
        self.choose(credential_id=[("", _("None")), *credentials])
        if not credentials:
            del self.credential_id

    @property
    def credential(self) -> int | None:
        """The key of the credential that was chosen."""
        field = self._fields.get("credential_id")
        return int(field.data) if field is not None and field.data else None

    @property
    def evidence(self) -> dict[str, Any]:
        """The file as the services take it."""
        sent = self.file.data
        return {"source": sent.stream, "name": sent.filename or ""} if sent else {}

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Not both: one piece of evidence is looked at."""
        sound = super().validate(extra_validators)
        if self.file.data and self.credential is not None:
            self.file.errors = [*self.file.errors, _("Show one piece of evidence: a file, or a credential of yours.")]
            sound = False
        return sound


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
