"""Forms: each field that people fill in says whether it may be left empty."""

import importlib
import inspect
import pkgutil
from typing import Any

import pytest
from wtforms import BooleanField, HiddenField, SubmitField
from wtforms.fields.core import UnboundField
from wtforms.widgets import HiddenInput

import training
from training.kernel.forms import Form

FREE = (HiddenField, SubmitField, BooleanField)
"""A box is a choice by itself; the others are not filled in."""


def fields() -> list[tuple[str, Any]]:
    """Every field of every form, by its full name."""
    return [
        (f"{module.name}.{form.__name__}.{name}", field)
        for module in pkgutil.walk_packages(training.__path__, "training.")
        if module.name.endswith(".forms")
        for form in vars(importlib.import_module(module.name)).values()
        if inspect.isclass(form) and issubclass(form, Form) and form.__module__ == module.name
        for name, field in inspect.getmembers(form, lambda value: isinstance(value, UnboundField))
    ]


def flags(field: Any) -> set[str]:
    """What the field's validators say of it."""
    validators = field.args[1] if len(field.args) > 1 else field.kwargs.get("validators", ())
    return {flag for validator in validators for flag in getattr(validator, "field_flags", ())}


@pytest.mark.parametrize(("name", "field"), [pytest.param(*one, id=one[0]) for one in fields()])
def test_a_field_is_required_or_marked_as_optional(name, field):
    hidden = isinstance(field.kwargs.get("widget"), HiddenInput)

    assert hidden or issubclass(field.field_class, FREE) or flags(field) & {"required", "optional"}


def test_the_mark_is_not_written_into_a_label():
    assert [name for name, field in fields() if field.args and "optional" in str(field.args[0])] == []
