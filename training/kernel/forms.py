"""Forms: what was typed is kept, every error is tied to its field, and each form carries a key."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import g, request
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import Field, HiddenField
from wtforms import validators as v
from wtforms.fields import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.i18n import messages_path
from wtforms.widgets import core as widgets

from training.kernel.i18n import _, _l, language

_TOKENS = {"csrf_token", "receipt_key"}


class Filled(v.InputRequired):
    """Something was typed that is more than blanks."""

    def __call__(self, form: Any, field: Field) -> None:
        """Blanks alone are what `Form.fields` calls nothing."""
        if field.raw_data and isinstance(field.raw_data[0], str) and not field.raw_data[0].strip():
            field.raw_data = []
        super().__call__(form, field)


REQUIRED = Filled(_l("Fill this in."))
"""The field must be filled in."""


def most(length: int) -> v.Length:
    """At most `length` characters."""
    return v.Length(max=length, message=_l("At most %(max)d characters fit here."))


def attributes(**given: Any) -> Markup:
    """HTML attributes in the order of their names, exactly as WTForms' `html_params` writes them, in a tenth of its time.

    Its own formats a Markup for every value, which was a sixth of a page with a form; it is put in its place below.
    """
    written = []
    for name, value in sorted(given.items()):
        name = widgets.clean_key(name)  # type: ignore[attr-defined]  # newer than its stubs
        if value is not False:
            written.append(name if value is True else name + '="' + str(escape(value)).replace('"', "&quot;") + '"')
    return Markup(" ".join(written))  # noqa: S704 -- names are ours, values are escaped


widgets.html_params = attributes
for _widget in (widgets.Input, widgets.Button):  # type: ignore[attr-defined]  # newer than its stubs
    _widget.html_params = staticmethod(attributes)  # type: ignore[method-assign]  # on purpose


@cache
def _messages(code: str) -> NullTranslations:
    """What WTForms itself says, read once for each language."""
    return Translations.load(messages_path(), [code], domain="wtforms")


class Form(FlaskForm):
    """A form with its key; `fields` is what a service takes."""

    class Meta(FlaskForm.Meta):
        """The reader's language without reading its file for every form."""

        def get_translations(self, form: Any) -> NullTranslations:
            """The sentences of WTForms in the reader's language."""
            return _messages(language())

    receipt_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bound to what was posted, if anything was."""
        super().__init__(*args, **kwargs)
        if not self.receipt_key.data:
            self.receipt_key.data = secrets.token_urlsafe(18)

    def submitted(self) -> bool:
        """Whether the form was sent and its shape is right; a refusal by the service is shown on it instead of acting again."""
        refusal = g.get("refusal")
        if refusal is not None:
            self.validate()
            self.refuse(refusal)
            return False
        return bool(self.validate_on_submit())

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether everything typed fits; a NUL fits nowhere, because not every database keeps it."""
        sound = super().validate(extra_validators)
        for field in self._fields.values():
            if isinstance(field.data, str) and "\0" in field.data and not field.errors:
                field.errors = [_("This holds a sign that cannot be kept. Type it again instead of pasting it.")]
                sound = False
        return sound

    def refuse(self, refusal: Any) -> None:
        """Puts the sentences of a NotNow beside their field, or at the top of the form."""
        sentences = [str(sentence) for sentence in refusal.sentences]
        field = self._fields.get(refusal.field) if refusal.field else None
        if field is None:
            self.form_errors = [*self.form_errors, *sentences]
        else:
            field.errors = [*field.errors, *sentences]

    @property
    def fields(self) -> dict[str, Any]:
        """The values by name, without tokens, blank text as None."""
        return {
            name: None if isinstance(field.data, str) and not field.data.strip() else clean(field.data)
            for name, field in self._fields.items()
            if name not in _TOKENS and field.type != "SubmitField"
        }

    def choose(self, **choices: Any) -> None:
        """Gives select fields their choices by name."""
        for name, pairs in choices.items():
            field = self._fields[name]
            assert isinstance(field, SelectField)
            field.choices = options(pairs)


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """The choices of a select or radio field from (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in pairs]


def in_groups(groups: Iterable[tuple[str, Iterable[tuple[Any, Any]]]]) -> list[SelectChoice]:
    """The choices of a select field from (heading, pairs of value and label)."""
    return [SelectChoice(value, label, optgroup=heading) for heading, pairs in groups for value, label in pairs]


def of_kind(kind: Iterable[Any]) -> list[SelectChoice]:
    """The members of an enumeration with labels as the choices of a field."""
    return options((member.value, member.label) for member in kind)


def clean(value: Any) -> Any:
    """Text without blanks around it and with single line ends; other values as they are."""
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value


def posted() -> Mapping[str, list[str]]:
    """What was typed, by field name."""
    return request.form.to_dict(flat=False)


def error_ids(field: Field) -> str:
    """The ids that `aria-describedby` names for a field: its hint, its error."""
    ids = [f"{field.id}-hint"] if field.description else []
    return " ".join([*ids, f"{field.id}-error"] if field.errors else ids)
