"""A form's field for an occupation or a skill, chosen by its name: thousands are too many for a list of options."""

from typing import Any

from flask import url_for
from markupsafe import Markup
from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from training.kernel.i18n import LazyString, _, _l
from training.kernel.keys import row_key, sort_key
from training.taxonomy import queries
from training.taxonomy.models import Occupation, Skill

ENDPOINTS: dict[type[Occupation | Skill], str] = {Occupation: "taxonomy.offer_occupations", Skill: "taxonomy.offer_skills"}


class Offering(TextInput):
    """A line of text under which names are offered while one types; without a script one types the whole name."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        """The line, and the list that is filled while one types."""
        options = f"{field.id}-options"
        attributes = {"list": options, "autocomplete": "off", "maxlength": "200", **offers(ENDPOINTS[field.kind], options), **attributes}
        return super().__call__(field, **attributes) + Markup('<datalist id="%s"></datalist>') % options


def offers(endpoint: str, options: str) -> dict[str, str]:
    """The attributes of a field whose names are offered in the list of that id."""
    return {
        "hx-get": url_for(endpoint),
        "hx-trigger": "input changed delay:200ms",
        "hx-target": f"#{options}",
        "hx-sync": "this:replace",
    }


class TermField(Field):
    """An occupation or a skill by its name in either language; `data` is its id. An id in digits does as well."""

    widget = Offering()

    data: int | None

    def __init__(self, label: str | LazyString, validators: Any = None, *, kind: type[Occupation | Skill], **given: Any) -> None:
        """Which of the two it names."""
        super().__init__(label, validators, **{"description": _l("Begin to type; names are offered."), **given})
        self.kind = kind

    def process_data(self, value: Any) -> None:
        """What the form begins with: an occupation or skill, or its id."""
        self.shown = value if isinstance(value, (Occupation, Skill)) else None
        self.data = self.shown.id if self.shown is not None else row_key(str(value)) or None if value else None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed; `pre_validate` looks it up."""
        self.data = None

    @property
    def typed(self) -> str:
        """The name as it was typed, empty when it cannot be one."""
        raw = self.raw_data[0] if self.raw_data else ""
        return raw.strip() if isinstance(raw, str) and raw.strip().isprintable() and len(raw) <= 240 else ""

    def pre_validate(self, form: Any) -> None:
        """Finds what is called so: one statement for all fields of a kind in the form."""
        if not self.raw_data or not str(self.raw_data[0]).strip():
            return
        if (key := row_key(self.typed)) and queries.term(self.kind, key) is not None:
            self.data = key
            return
        found = form.__dict__.setdefault("_terms", {})
        if self.kind not in found:
            alike = [field.typed for field in form if isinstance(field, TermField) and field.kind is self.kind]
            found[self.kind] = queries.called(self.kind, [name for name in alike if name])
        self.data = found[self.kind].get(sort_key(self.typed)) if self.typed else None
        if self.data is None:
            raise StopValidation(_("This name is not known here. Begin to type and choose one that is offered."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0]) if not row_key(self.typed) else self._title(row_key(self.typed)) or self.typed
        return self.shown.title if self.shown is not None else self._title(self.data) if self.data else ""

    def _title(self, key: int) -> str:
        found = queries.term(self.kind, key)
        return found.title if found is not None else ""
