"""Draws data_templates/: blank workbooks from the row models, the example school's and the Word forms from their text.

`python tools/draw_templates.py [OUT]`. The text (vi_du/nguon/<school>/<year>/, bieu_word/nguon/) and the row models are the
source; the drawn files are committed, so that the wheel contains them. A test draws all files again and compares.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from antq_review.forms import blank_files
from antq_review.forms.carry_over import in_words
from antq_review.forms.columns import CellKind, Row
from antq_review.forms.draw_workbook import Head, draw_workbook
from antq_review.forms.measure_labels import Measure
from antq_review.forms.plan_rows import plan_rows
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import SHEETS, table_named
from antq_review.scoring.score_table.table import blank_rows
from tools.word_forms.guide import form_guide
from tools.word_forms.language import draw_form

DATA_TEMPLATES = Path(__file__).parent.parent / "data_templates"
EXAMPLES = DATA_TEMPLATES / "vi_du"
WORD_FORMS = DATA_TEMPLATES / "bieu_word"


def draw_year(source: Path) -> dict[Path, bytes]:
    """Every file of one example year, as relative path → content."""
    files: dict[Path, bytes] = {}
    school = _profile(source / "1_nha_truong" / "profile.tsv")
    for folder in sorted(path for path in source.iterdir() if path.is_dir()):
        heads = tomllib.loads((folder / "heads.toml").read_text(encoding="utf-8"))
        rows = {path.stem: _rows(path) for path in sorted(folder.glob("*.tsv")) if path.stem != "profile"}
        if (folder / "profile.tsv").exists():
            rows["profile"] = [school]
            if "plan" not in rows:  # a school with a plan of its own has the whole plan as plan.tsv
                rows["plan"] = _plan(source / "plan_changes.toml")
        sheets = [sheet for sheet in SHEETS if sheet.name in heads or any(table.name in rows for table in sheet.tables)]
        drawn = {name: Head(school["school_code"], school["year"], **head) for name, head in heads.items()}
        files[Path(f"{folder.name}.xlsx")] = workbook_bytes(draw_workbook(sheets, drawn, rows, Measure.labels()))
    for line in (source / "minh_chung.txt").read_text(encoding="utf-8").splitlines():
        if line.strip():
            files[Path(line.strip())] = f"Minh chứng minh họa của {school['name']}: {Path(line.strip()).stem}\n".encode()
    return files


def _profile(path: Path) -> dict[str, Any]:
    with open(path, encoding="utf-8", newline="") as file:
        values = {line["field"]: line["value"] for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    return _typed(table_named("profile")[1].row, values)


def _rows(path: Path) -> list[dict[str, Any]]:
    model = table_named(path.stem)[1].row
    with open(path, encoding="utf-8", newline="") as file:
        return [_typed(model, line) for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _typed(model: type[Row], values: dict[str, str]) -> dict[str, Any]:
    kinds = {column.name: column.kind for column in model.columns()}
    return {name: _value(kinds[name], text.strip()) for name, text in values.items() if text and text.strip()}


def _value(kind: CellKind, text: str) -> Any:
    if kind is CellKind.DATE:
        return datetime.strptime(text, "%d/%m/%Y").date()
    if kind is CellKind.TIME:
        return datetime.strptime(text, "%H:%M").time()
    if kind is CellKind.MOMENT:
        return datetime.strptime(text, "%d/%m/%Y %H:%M") if " " in text else datetime.strptime(text, "%d/%m/%Y").date()
    if kind is CellKind.COUNT:
        return int(text)
    return Decimal(text) if kind is CellKind.NUMBER else text


def _plan(path: Path) -> list[dict[str, Any]]:
    """The shipped plan with what the school changed."""
    changes = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    own = {(row["goal_id"], row.get("part", "")): row for row in changes.get("row", [])}
    rows = []
    for row in plan_rows():
        values = in_words(row, type(row).model_fields)
        change = own.pop((values["goal_id"], values.get("part", "")), {})
        rows.append(values | changes["default"] | {name: value for name, value in change.items() if value != ""})
    if own:
        raise SystemExit(f"plan_changes.toml names rows that the plan does not have: {sorted(own)}")
    return rows


def drawn() -> dict[Path, bytes]:
    """Every drawn file: path below data_templates/ → content."""
    files = dict(blank_files(blank_rows()))
    for year in sorted((EXAMPLES / "nguon").glob("*/*")):
        place = Path("vi_du") / year.parent.name / year.name
        files |= {place / name: content for name, content in draw_year(year).items()}
    for text in sorted((WORD_FORMS / "nguon").glob("*.txt")):
        files[Path("bieu_word") / f"{text.stem}.docx"] = draw_form(text.read_text(encoding="utf-8"))
    guide = (WORD_FORMS / "nguon" / "HUONG_DAN.md").read_text(encoding="utf-8")
    files[Path("bieu_word") / "HUONG_DAN.html"] = form_guide(guide).encode("utf-8")
    return files


def main(out: Path) -> None:
    """Draw all files below `out`."""
    for name, content in drawn().items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
        print(name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA_TEMPLATES)
