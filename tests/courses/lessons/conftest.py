"""What tests of lessons share: a Monday morning in September."""

import pytest

from tests.courses.lessons.timetables import NOW, School
from training.kernel import clock


@pytest.fixture
def september():
    with clock.at(NOW):
        yield


@pytest.fixture
def at(app, september):
    return School()
