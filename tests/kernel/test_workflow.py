"""Lifecycles as tables."""

import pytest

from training.kernel.i18n import _l
from training.kernel.policy import NotNow
from training.kernel.workflow import Party, State, Transition, Turn, Workflow


class Light(State):
    RED = "red", _l("Refused"), "danger"
    GREEN = "green", _l("Accepted"), "success"


class Lamp:
    state = Light.RED


def test_a_state_is_its_value_and_has_a_label_and_a_tone():
    assert Light("green") is Light.GREEN
    assert Light.GREEN.value == "green"
    assert Light.GREEN.tone == "success"


def test_a_transition_moves_from_where_it_starts(app):
    lamp, workflow = Lamp(), Workflow({"go": Transition([Light.RED], Light.GREEN)})

    workflow.apply("go", lamp)

    assert lamp.state is Light.GREEN
    with pytest.raises(NotNow):
        workflow.apply("go", lamp)


def test_silence_must_start_where_the_turn_is():
    with pytest.raises(ValueError, match="does not start there"):
        Workflow({"go": Transition([Light.RED], Light.GREEN)}, turns={Light.GREEN: Turn(Party.SCHOOL, "go", silence="go")})
