"""The gradebook of one cohort: its people, modules and assessments, and every result as it counts now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from training.courses.assessments.forming import Attempt, Formed, Piece, Way, formed, label_of
from training.courses.assessments.models import Assessment, Result
from training.courses.programmes.models import Module
from training.courses.programmes.tree import branches
from training.courses.recognitions.models import Recognition
from training.kernel.i18n import _

Cell = tuple[int, int]
"""An assessment and an enrolment."""


@dataclass(frozen=True)
class Column:
    """A module (none: the whole programme) with its assessments, in the order of their days."""

    module: Module | None
    depth: int
    assessments: Sequence[Assessment]


@dataclass(frozen=True)
class Progress:
    """How many modules have a final result that passes, of all."""

    done: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.done / self.of if self.of else 0.0


@dataclass
class Book:
    """What `queries.book` has read; asks the database for nothing more."""

    modules: Sequence[Module]
    assessments: Sequence[Assessment]
    results: Sequence[Result]
    recognised: Mapping[tuple[int, int], Recognition] = field(default_factory=dict)
    """By module and enrolment."""
    _formed: dict[tuple[int | None, int], Formed] = field(default_factory=dict)

    @cached_property
    def cells(self) -> Mapping[Cell, Sequence[Result]]:
        """The results that count now by assessment and enrolment, in the order of attempts."""
        of = {one.id: one for one in self.assessments}
        return cells_of([one for one in self.results if one.assessment_id in of and of[one.assessment_id].shows(one.id)])

    @cached_property
    def columns(self) -> Sequence[Column]:
        """The modules that are marked, in their order; the whole programme last."""
        by_module: dict[int | None, list[Assessment]] = {}
        for one in self.assessments:
            by_module.setdefault(one.module_id, []).append(one)
        found = [
            Column(branch.module, branch.depth, by_module.get(branch.module.id, ()))
            for branch in branches(self.modules)
            if not branch.parts or branch.module.id in by_module
        ]
        known = {module.id for module in self.modules}
        loose = [one for key, rows in by_module.items() if key not in known for one in rows]
        return [*found, Column(None, 0, loose)] if loose else found

    def attempts(self, assessment: Assessment, enrolment_id: int) -> list[Attempt]:
        """What somebody achieved in an assessment, attempt by attempt."""
        return attempts_of(self.cells.get((assessment.id, enrolment_id), ()))

    def history(self, assessment: Assessment, enrolment_id: int) -> list[Result]:
        """Every result of somebody in an assessment that is seen, corrected ones too, in the order they were given."""
        mine = (one for one in self.results if one.assessment_id == assessment.id and one.enrolment_id == enrolment_id)
        return [one for one in mine if assessment.shows(one.id)]

    def pieces(self, column: Column, enrolment_id: int) -> list[Piece]:
        """The assessments of a module with what somebody achieved in them."""
        return [piece_of(one, self.attempts(one, enrolment_id)) for one in column.assessments]

    def formed(self, column: Column, enrolment_id: int) -> Formed:
        """Somebody's mark of a module; one that passes says more than that the module is recognised."""
        key = column.module.id if column.module is not None else None, enrolment_id
        if key not in self._formed:
            mark = formed(self.pieces(column, enrolment_id))
            known = not mark.done and self.recognition(column, enrolment_id) is not None
            self._formed[key] = Formed(Way.RECOGNISED, counted=mark.counted, of=mark.of) if known else mark
        return self._formed[key]

    def recognition(self, column: Column, enrolment_id: int) -> Recognition | None:
        """That somebody learnt a module before, with who decided it."""
        return self.recognised.get((column.module.id, enrolment_id)) if column.module is not None else None

    def alone(self, assessment: Assessment, enrolment_id: int) -> Formed:
        """Somebody's mark in one assessment by itself."""
        return formed([piece_of(assessment, self.attempts(assessment, enrolment_id))])

    def progress(self, enrolment_id: int) -> Progress:
        """How far somebody is: modules that are passed or recognised, of all there are."""
        mine = [column for column in self.columns if column.module is not None]
        return Progress(sum(self.formed(column, enrolment_id).done for column in mine), len(mine))


def cells_of(results: Sequence[Result]) -> dict[Cell, list[Result]]:
    """Those of the results that no other among them replaces, by assessment and enrolment, in the order of attempts."""
    replaced = {one.replaces_id for one in results}
    found: dict[Cell, list[Result]] = {}
    for one in sorted(results, key=lambda one: one.attempt):
        if one.id not in replaced:
            found.setdefault((one.assessment_id, one.enrolment_id), []).append(one)
    return found


def attempts_of(results: Sequence[Result]) -> list[Attempt]:
    """Results as attempts."""
    return [Attempt(one.attempt, one.points, one.band) for one in results]


def piece_of(assessment: Assessment, attempts: Sequence[Attempt]) -> Piece:
    """An assessment with somebody's attempts."""
    return Piece(
        assessment.id,
        assessment.held_on,
        assessment.final,
        assessment.weight,
        assessment.maximum,
        assessment.edition.kind,
        assessment.edition.bands,
        attempts,
    )


def cell_label(assessment: Assessment, attempts: Sequence[Attempt]) -> str:
    """What stands in a cell: the mark of the last attempt, a word for who did not come, a dash for nothing."""
    if not attempts:
        return "–"
    last = attempts[-1]
    if last.band is None:
        return _("abs.")
    return label_of(last.band, assessment.edition.kind, piece_of(assessment, [last]).share)


__all__ = ["Book", "Column", "Formed", "Progress", "Way", "attempts_of", "cell_label", "cells_of", "piece_of"]
