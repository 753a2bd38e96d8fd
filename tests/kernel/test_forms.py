"""What our forms write is what WTForms would write."""

import importlib.util
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms import StringField
from wtforms.validators import Optional
from wtforms.widgets import core

from training.kernel.forms import REQUIRED, Form, attributes


def untouched() -> ModuleType:
    """WTForms' module as it comes, beside the one whose function we replace."""
    assert core.__file__
    spec = importlib.util.spec_from_file_location("wtforms_as_it_comes", core.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ORIGINAL = untouched().html_params
TEXT = st.text(alphabet="аб<>&\"'= \n", max_size=12)
NAMES = st.sampled_from(["class_", "id", "value", "data_menu", "aria_label", "aria-describedby", "checked", "for_", "rows"])


def test_it_stands_in_the_place_of_the_library_s_own():
    assert core.html_params is attributes
    assert core.Input.html_params is attributes


@given(st.dictionaries(NAMES, st.one_of(TEXT, TEXT.map(Markup), st.booleans(), st.integers())))
def test_it_writes_the_same_for_any_values(values):
    assert attributes(**values) == ORIGINAL(**values)


class Asking(Form):
    """One field to fill in, one that may stay empty."""

    words = StringField("Words", [REQUIRED])
    more = StringField("More", [Optional()])


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"words": "a"}, set()),
        ({"words": " \t\r\n "}, {"words"}),
        ({"words": ""}, {"words"}),
        ({}, {"words"}),
        ({"words": "a\0b"}, {"words"}),
        ({"words": "\0"}, {"words"}),
        ({"words": "a", "more": "\0"}, {"more"}),
    ],
)
def test_blanks_are_nothing_and_a_nul_fits_nowhere(app, typed, refused):
    with app.test_request_context("/", method="POST", data=typed):
        form = Asking(meta={"csrf": False})

        assert form.submitted() is (not refused)
        assert set(form.errors) == refused
