"""Samples through the finders: rows of results, made in several processes."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

from accuracy.documents import sample_of
from accuracy.finders import NAMES, found_in
from accuracy.prose import prose_sample
from accuracy.score import Row, fields_right, match
from accuracy.truth import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from accuracy.score import Found
    from accuracy.truth import Placed, Sample

R = TypeVar("R")
Rows = dict[str, list[Row]]
Task = tuple[str, int, str, int]
"""What to make: `marked` or `prose`, the number, the kind or the setting, the seed."""


def rows_of(sample: Sample) -> Rows:
    """The rows of one sample, by finder."""
    found = found_in(sample.data, sample.name)
    return {name: _rows(sample, found[name]) for name in NAMES}


def _rows(sample: Sample, found: Sequence[Found]) -> list[Row]:
    if not sample.has_pages:
        found = list(
            {
                (one.zone, one.country, one.tier, one.zone == "body" and one.text): one
                for one in reversed(found)
            }.values()
        )
    pairs, stray = match(sample.placed, found)
    rows = [
        _wanted(sample, placed, found[pairs[index]] if index in pairs else None)
        for index, placed in enumerate(sample.placed)
        if not placed.optional
    ]
    return rows + [_false(sample, found[index]) for index in stray]


def _wanted(sample: Sample, placed: Placed, one: Found | None) -> Row:
    truth, written = placed.truth, placed.written
    fields = fields_right(truth, one) if one and one.read and placed.zone != "property" else {}
    return Row(
        sample=sample.name,
        family=sample.family,
        format=sample.name.rpartition(".")[2],
        language=written.language,
        kind=str(written.kind),
        zone=placed.zone,
        form=written.form,
        setting=sample.setting,
        text=written.text,
        wanted=True,
        hit=one is not None,
        told=one.text if one else "",
        country=one.country if one else None,
        zone_right=one is None or one.zone in placed.zones,
        fields=tuple(fields.items()),
        defects_named=set(truth.defects) <= set(one.defects) if one and truth.defects and fields else None,
    )


def _false(sample: Sample, one: Found) -> Row:
    return Row(
        sample=sample.name,
        family=sample.family,
        format=sample.name.rpartition(".")[2],
        language=sample.language,
        kind=str(sample.kind),
        zone=one.zone,
        form=sample.setting,
        setting=sample.setting,
        text="",
        wanted=False,
        hit=True,
        told=one.text,
        country=one.country,
        passage=sample.passage,
    )


def run_task(task: Task) -> Rows:
    """Make the sample and measure it."""
    what, number, setting, seed = task
    if what == "prose":
        return rows_of(prose_sample(number, setting, seed))
    return rows_of(sample_of(number, Kind(setting), seed))


def in_processes(work: Callable[..., R], items: Iterable[Any], at_once: int) -> list[R]:
    """Return what `work` makes of each item, in their order; so many of them go to a process at once."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, items, chunksize=at_once))


def measured_samples(samples: Iterable[Sample]) -> Rows:
    """Return the rows of samples that are made already."""
    return _together(in_processes(rows_of, samples, at_once=8))


def measured(tasks: Iterable[Task]) -> Rows:
    """Return the rows of all tasks, in their order."""
    return _together(in_processes(run_task, tasks, at_once=40))


def _together(found: Iterable[Rows]) -> Rows:
    total: Rows = {name: [] for name in NAMES}
    for rows in found:
        for name in NAMES:
            total[name] += rows[name]
    return total
