"""Import records and their skills from the two files of A 5."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from agents.models import Skill
from routing.exceptions import InvalidFiles
from routing.learning.words import joined
from routing.models import LearnedModel, TrainingRecord
from routing.terms import RuleType

MOST_ROWS: Final = 20_000
MOST_FAULTS: Final = 50
RECORDS: Final = ("model", "record name", "input data")
MAPPINGS: Final = ("record", "characteristic mapping", "characteristic")
# What other programs call the same columns.
CALLED: Final = {"record": "record name", "name": "record name", "skill": "characteristic"}

Rows = list[tuple[int, dict[str, str]]]


@transaction.atomic
def import_records(*, records: str, mappings: str, now: datetime) -> int:
    """Add the records to the models that they name, or replace those of the same names.

    ``records`` has the columns model, record name and input data; ``mappings`` record,
    characteristic mapping and characteristic (a skill). All or nothing: refuses with
    InvalidFiles, every fault with its line. Somebody has to approve them afterwards.
    """
    faults: list[str] = []
    rows = _read(records, RECORDS, "Training data", faults)
    skills = _skills_by_record(mappings, {row["record name"] for _, row in rows}, faults)
    wanted = list(_records(rows, skills, now, faults))
    if not faults and not wanted:
        faults.append("Training data: there is no record in the file.")
    if faults:
        raise InvalidFiles(faults=faults[:MOST_FAULTS])

    for model in {record.model for record in wanted}:
        names = [record.name for record in wanted if record.model == model]
        model.records.filter(item_id__isnull=True, name__in=names).delete()
    TrainingRecord.objects.bulk_create(wanted, batch_size=1_000)
    return len(wanted)


def _read(text: str, columns: Sequence[str], name: str, faults: list[str]) -> Rows:
    """Lines with their numbers; columns in any order, recognised by their heads."""
    reader = csv.reader(io.StringIO(text.replace("\0", "")))
    try:
        heads = [_head(cell, columns) for cell in next(reader, [])]
        missing = [column for column in columns if column not in heads]
        if missing:
            faults.append(f"{name}: the first line has to name the columns {', '.join(columns)}.")
            return []
        rows: Rows = []
        for cells in reader:
            if len(rows) >= MOST_ROWS:
                faults.append(f"{name}: there are more than {MOST_ROWS:,} lines.")
                return []
            if any(cell.strip() for cell in cells):
                values = {head: cell.strip() for head, cell in zip(heads, cells, strict=False)}
                whole = {column: values.get(column, "") for column in columns}
                rows.append((reader.line_num, whole))
        return rows
    except csv.Error as error:
        faults.append(f"{name}, line {reader.line_num}: {error}.")
        return []


def _head(cell: str, columns: Sequence[str]) -> str:
    plain = cell.strip().lower().replace("_", " ")
    return plain if plain in columns else CALLED.get(plain, plain)


def _skills_by_record(text: str, names: set[str], faults: list[str]) -> Mapping[str, set[int]]:
    known = {skill.name.lower(): skill.pk for skill in Skill.objects.all()}
    found: dict[str, set[int]] = defaultdict(set)
    for line, row in _read(text, MAPPINGS, "Skills", faults):
        skill = known.get(row["characteristic"].lower())
        if row["record"] not in names:
            faults.append(f"Skills, line {line}: there is no record {row['record']} in the other.")
        elif skill is None:
            faults.append(f"Skills, line {line}: there is no skill {row['characteristic']}.")
        else:
            found[row["record"]].add(skill)
    return found


def _records(
    rows: Rows, skills: Mapping[str, set[int]], now: datetime, faults: list[str]
) -> Iterator[TrainingRecord]:
    models: dict[str, Any] = {
        model.name.lower(): model for model in LearnedModel.objects.filter(kind=RuleType.SKILLS)
    }
    seen: set[tuple[str, str]] = set()
    for line, row in rows:
        name, model, text = row["record name"], models.get(row["model"].lower()), row["input data"]
        where = f"Training data, line {line}"
        if model is None:
            faults.append(f"{where}: there is no skill model {row['model']}.")
        elif not name or len(name) > 300:
            faults.append(f"{where}: a record has a name of 1 to 300 characters.")
        elif not joined([text]):
            faults.append(f"{where}: the input data is empty.")
        elif (model.name, name) in seen:
            faults.append(f"{where}: the record {name} stands in the file twice.")
        else:
            seen.add((model.name, name))
            yield TrainingRecord(
                model=model,
                name=name,
                text=joined([text]),
                skill_ids=sorted(skills.get(name, ())),
                loaded_at=now,
            )
