"""The forms of a résumé."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField

from training.kernel.forms import Form
from training.kernel.i18n import _l
from training.trainees.resumes.workflow import Section


class BringForm(Form):
    """One file."""

    file = FileField(
        _l("JSON Resume"),
        [FileRequired(_l("Choose a file."))],
        description=_l("A file that ends in .json, up to 200 kB, in the layout of jsonresume.org."),
        render_kw={"accept": ".json,application/json"},
    )


class TakeForm(Form):
    """The file again as it was read, and a tick for each part of it."""

    content = HiddenField()
    contacts = BooleanField(Section.CONTACTS.label)
    about = BooleanField(Section.ABOUT.label)
    education = BooleanField(Section.EDUCATION.label)
    certificates = BooleanField(Section.CERTIFICATES.label)
    skills = BooleanField(Section.SKILLS.label)

    @property
    def chosen(self) -> set[Section]:
        """The parts that are ticked."""
        return {one for one in Section if self.box(one).data}

    def box(self, section: Section) -> Any:
        """The box of a part."""
        return self._fields[section.value]
