"""The forms of an edition: marks with the percents from which they are given."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, DateField, DecimalField, IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.courses.scales.models import FAILED, PASSED, ScaleBand, ScaleEdition
from training.courses.scales.policies import Band
from training.courses.scales.workflow import ScaleKind
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import _, _l

ROWS = 8
"""Marks that fit into a form."""
PERCENT = NumberRange(0, 100, _l("Write a percent from 0 to 100."))


class EditionForm(Form):
    """What an edition follows and its bands; a scale without marks has one border only."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    source = StringField(_l("What it follows"), [REQUIRED, most(200)], description=_l("The local act, its date and number."))
    passes_from = DecimalField(
        _l("Passes from, percent"),
        [Optional(), PERCENT],
        places=2,
        description=_l("Of all points. For pass or fail, and for percent."),
    )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each mark."""
        return [(self[f"label_{row}"], self[f"from_{row}"], self[f"passes_{row}"]) for row in range(1, ROWS + 1)]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """A mark has its percent, a percent its mark; what has no marks has its border."""
        sound = super().validate(extra_validators)
        for label, share, _passes in self.rows():
            if bool((label.data or "").strip()) != (share.data is not None) and not share.errors:
                empty = label if share.data is not None else share
                empty.errors = [_("Fill in both, the mark and its percent, or neither.")]
                sound = False
        if self.scale is not ScaleKind.MARKS and self.passes_from.data is None and not self.passes_from.errors:
            self.passes_from.errors = [_("Fill this in.")]
            sound = False
        return sound

    @property
    def scale(self) -> ScaleKind:
        """Of which scale it is the edition."""
        raise NotImplementedError

    def bands(self) -> list[Band]:
        """The bands that were written down."""
        if self.scale is not ScaleKind.MARKS:
            return [Band(FAILED, 0, passes=False), Band(PASSED, hundredths(self.passes_from.data or 0), passes=True)]
        return [
            Band(label.data.strip(), hundredths(share.data), bool(passes.data))
            for label, share, passes in self.rows()
            if share.data is not None
        ]


class AddForm(EditionForm):
    """A new edition."""

    kind = SelectField(_l("Scale"), [REQUIRED], choices=of_kind(ScaleKind))
    valid_from_on = DateField(_l("Holds from"), [REQUIRED], description=_l("Assessments that are held from that day on use it."))

    @property
    def scale(self) -> ScaleKind:
        """The one chosen."""
        return ScaleKind(self.kind.data) if self.kind.data in list(ScaleKind) else ScaleKind.MARKS


class EditForm(EditionForm):
    """An edition that nothing was marked by yet."""

    of: ScaleKind = ScaleKind.MARKS

    @property
    def scale(self) -> ScaleKind:
        """That of the edition."""
        return self.of


def hundredths(percent: Decimal | int) -> int:
    """A percent as it is kept."""
    return round(Decimal(percent) * 100)


def add_form(**kwargs: Any) -> AddForm:
    """The form of a new edition with its rows."""
    form: AddForm = type("AddForm", (AddForm,), _rows())(**kwargs)
    return form


def edit_form(edition: ScaleEdition, **kwargs: Any) -> EditForm:
    """The form of an edition with its bands filled in."""
    form: EditForm = type("EditForm", (EditForm,), {**_rows(), "of": edition.kind})(
        data={"version": edition.version, "source": edition.source, **shown(edition.kind, edition.bands)}, **kwargs
    )
    return form


def shown(kind: ScaleKind, bands: Sequence[ScaleBand]) -> dict[str, Any]:
    """Bands as the fields of a form show them, the highest mark first."""
    if kind is not ScaleKind.MARKS:
        return {"passes_from": Decimal(next((one.from_share for one in bands if one.passes), 0)) / 100}
    data: dict[str, Any] = {}
    for row, band in enumerate(reversed(bands), 1):
        data |= {f"label_{row}": band.label, f"from_{row}": Decimal(band.from_share) / 100, f"passes_{row}": band.passes}
    return data


def _rows() -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for row in range(1, ROWS + 1):
        rows[f"label_{row}"] = StringField(_l("Mark %(number)d", number=row), [Optional(), most(20)])
        rows[f"from_{row}"] = DecimalField(_l("Mark %(number)d: from, percent", number=row), [Optional(), PERCENT], places=2)
        rows[f"passes_{row}"] = BooleanField(_l("Mark %(number)d passes", number=row))
    return rows
