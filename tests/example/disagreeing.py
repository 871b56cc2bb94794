"""The example school with other conclusions of its meeting, and every statement on a result that its papers make."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from html import unescape

import pytest
from openpyxl import Workbook, load_workbook

from antq_review import ingest, rules
from antq_review.cli.review import print_review
from antq_review.forms.choices import StandardResult
from antq_review.forms.rows.evidence import Rating
from antq_review.forms.rows.school import SelfScoreRow
from antq_review.forms.rows.score_table import ScoreDeduction, ScoreRow, ScoreText
from antq_review.ingest.model import Evidence, EvidenceRow, TableData
from antq_review.publish.dossier import DocumentFields
from antq_review.publish.excel.annex import workbook
from antq_review.publish.excel.annex.internal import internal_sheet
from antq_review.publish.excel.annex.numbers import number_sheet
from antq_review.publish.excel.annex.official import score_sheet, yes_no_sheet
from antq_review.publish.excel.annex.workbook import annex as annex_workbook
from antq_review.publish.notebook import display
from antq_review.publish.word.fill import fill
from antq_review.publish.word.forms import load_form
from antq_review.publish.word.layout_fields import with_marks
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import ready
from antq_review.shipped import example_folder
from tests.publish.dossier.documents import texts as field_texts
from tests.publish.word.seen import texts

PAPERS = ("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10")
#: Papers that carry the school's result, so that a difference from the evidence stands there once, as a note.
OFFICIAL = ("D2", "D3", "D4", "D5", "D6", "D8", "D10")
REASON = "hội đồng xem xét tại chỗ"
#: What the example's meeting concluded, with criterion 6, which it left open.
CONCLUDED: Mapping[str, str | None] = dict.fromkeys("123456", "met")
POINTS: Mapping[str, Decimal] = {
    name: Decimal(value) for name, value in
    {"1": 2, "2": 3, "3": 4, "4a": 1, "4b": 8, "5.1": 10, "5.2": 10, "6": 15, "7": 20, "8": 5, "9": 13, "T1": 0}.items()
}


@cache
def _read() -> Evidence:
    return ingest.read(example_folder(), rules.span)


def _changed(row: EvidenceRow, **values: object) -> EvidenceRow:
    return replace(row, values=row.values.model_copy(update=values))


def school(
    results: Mapping[str, str | None] = CONCLUDED, points: Mapping[str, Decimal | None] = POINTS, reason: str = REASON,
    superior: Mapping[str, Decimal] | None = None,
) -> Evidence:
    """The example with everything in order and these conclusions (None: left open). `superior`: points in the score table."""
    found, year = _read(), 2026
    tables = dict(found.tables)
    pattern, rating = found.of(SelfScoreRow)[0], found.of(Rating)[0]
    scores = []
    for text, given in (("tt_124", results), ("qd_510", {name: None for name in points})):
        for number, (name, value) in enumerate(given.items()):
            row = _changed(
                pattern, text=text, criterion=name, self_result=value, self_points=points[name] if text == "qd_510" else None,
                meeting="CH-01", reason=reason or None,
            )
            empty = value is None if text == "tt_124" else points[name] is None
            scores += [] if empty else [replace(row, number=100 + number + 50 * (text == "qd_510"))]
    tables["self_scores"] = TableData(scores)
    others = [row for row in found.of(Rating) if row.values.unit != "Tổ Văn phòng"]
    tables["ratings"] = TableData([*others, replace(_changed(rating, unit="Tổ Văn phòng"), number=90)])
    tables["score_text"] = TableData([_changed(row, illustrative=None) for row in found.of(ScoreText)])
    for table, rows in (("score_rows", found.of(ScoreRow)), ("score_deductions", found.of(ScoreDeduction))):
        tables[table] = TableData([
            _changed(row, self_points=None, superior_points=(superior or {}).get(row.values.number)) for row in rows
        ])
    return ready(replace(found, tables=tables, problems=[], missing_files=set()), year)


# --- what is printed ---------------------------------------------------------------------------------------------------


@cache
def _form(code: str) -> bytes:
    return load_form(code).content


def printed(document: DocumentFields, code: str) -> list[str]:
    """The text of a Word paper, paragraph by paragraph, as the shipped form prints it."""
    marked = with_marks(document, document.letterhead.is_draft, False)
    return [line.replace("\u00a0", " ").strip() for line in texts(fill(_form(code), marked, code))]


def told(document: DocumentFields) -> list[str]:
    """Every text of a paper's fields: all that any form of it can print."""
    return [line.replace("\u00a0", " ").strip() for line in field_texts(document.values())]


def on_screen(review: Review) -> dict[str, list[str]]:
    """The terminal, page one, the tables of the report, every line by itself."""
    out = io.StringIO()
    with redirect_stdout(out):
        print_review(review)
    shows = {
        "page one": display.show_page_one, "criteria": display.show_criteria, "points": display.show_points, "scores": display.show_scores,
    }
    return {"terminal": out.getvalue().splitlines(), **{name: _blocks(show(review).data) for name, show in shows.items()}}


def _blocks(page: str) -> list[str]:
    """The text of a page, one line for each paragraph, cell or entry of a list."""
    page = re.sub(r"(?s)<style.*?</style>", "", page).replace("\n", " ")
    lines = re.sub(r"</(?:p|dd|dt|li|td|th|h1|h2|h3|article)>", "\n", page)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", line))).strip() for line in lines.splitlines()]


def annex_file(review: Review) -> dict[str, list[list[str]]]:
    """Sheet of the annex → its rows, read from the file."""
    return _rows(load_workbook(io.BytesIO(annex_workbook(review)), read_only=True))


def annex(review: Review) -> dict[str, list[list[str]]]:
    """The same before the book is saved: saving it and reading it again takes longer than making it."""
    saved: list[Workbook] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "workbook_bytes", saved.append)
        annex_workbook(review)
    return _rows(saved[0])


def results_sheets(review: Review) -> dict[str, list[list[str]]]:
    """The same for the sheets with results alone, before the book is saved."""
    book = Workbook()
    for text in review.texts:
        (yes_no_sheet if text.total is None else score_sheet)(book, review, text)
    number_sheet(book, review, None)
    internal_sheet(book, review)
    return _rows(book)


def _rows(book: Workbook) -> dict[str, list[list[str]]]:
    return {
        sheet.title: [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    }


# --- what is said of a result --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """One statement: of a text (`tt_124`), a criterion (`4`) or a total; by the school's meeting or by the evidence."""

    of: str
    by: str
    what: str
    line: str
    is_note: bool


_OWN, _EVIDENCE = "school", "evidence"
_RESULT = "đạt – đề nghị công nhận|chưa đạt|chưa họp|chưa kết luận hết các tiêu chí"
_NOTE = re.compile(r"Ghi chú: |khác kết quả theo minh chứng|nằm ngoài khoảng")
#: Pattern → (of, by); groups: the value, or ids and value. `{n}`: a number as Vietnamese offices write it.
_PATTERNS = [
    (rf"[Tt]ự đánh giá: ({_RESULT})(?![ ,]*theo)", "tt_124", _OWN),
    (r"[Tt]heo minh chứng(?: và cuộc họp)?: (đạt|chưa đạt|chưa đủ căn cứ)(?= \(| *$|: \d)", "tt_124", _EVIDENCE),
    (r"Cuộc họp kết luận: 0?(\d+)(?:/\d+)? tiêu chí đạt", "met", _OWN),
    (r"; tự đánh giá: ([\d,]+)/\d+ điểm", "total", _OWN),
    (r"Tổng điểm tự chấm: ([\d,]+)/\d+ điểm", "total", _OWN),
    (r"Tự đánh giá: ([\d,]+)/\d+ điểm(?!, theo)", "total", _OWN),
    (r"tổng điểm theo minh chứng: ([\d,]+)/\d+", "total", _EVIDENCE),
    (
        r"[Tt]heo minh chứng(?: và cuộc họp)?(?:: |, đã xét [\d,]+/[\d,]+ điểm: )((?:từ [\d,]+ đến )?[\d,]+)(?: trên|[.;]| *$)",
        "total", _EVIDENCE,
    ),
]
_IDS = [
    (r"Đã kết luận đạt: tiêu chí ([\d, ]+)", "đạt"), (r"Đã kết luận chưa đạt: tiêu chí ([\d, ]+)", "chưa đạt"),
    (r"tiêu chí đạt \(tiêu chí ([\d, ]+)\)", "đạt"), (r"(?<!luận )Chưa đạt: tiêu chí ([\d, ]+)", "chưa đạt"),
]
_DIFFERS = re.compile(r"Ghi chú: (tiêu chí|mục) ([\w.]+) – theo minh chứng: ([^;]+); cuộc họp kết luận: ([^,.]+(?:,\d+)?(?:/\d+ điểm)?)")
_CLASH = re.compile(r"tiêu chí ([\w.]+): Tự đánh giá “([^”]+)” khác kết quả theo minh chứng \(([^)]+)\)")


def statements(lines: Iterable[str]) -> Iterator[Said]:
    """Every statement on a result in these lines."""
    for line in lines:
        yield from _statements(line)


@cache
def _statements(line: str) -> tuple[Said, ...]:
    """The statements of one line. Most lines stand in every paper of every case."""
    return tuple(_statements_of(line))


def _statements_of(line: str) -> Iterator[Said]:
    note = bool(_NOTE.search(line))
    for pattern, of, by in _PATTERNS if not _DIFFERS.search(line) else ():
        for found in re.finditer(pattern, line):
            yield Said(of, by, found[1], line, note)
    for pattern, value in _IDS:
        for found in re.finditer(pattern, line):
            yield from (Said(name.strip(), _OWN, value, line, note) for name in found[1].rstrip(". ").split(","))
    for kind, name, evidence, own in _DIFFERS.findall(line):
        place = name if kind == "tiêu chí" else f"mục {name}"
        yield Said(place, _EVIDENCE, _points(evidence), line, True)
        yield Said(place, _OWN, _points(own), line, True)
    for name, own, evidence in _CLASH.findall(line):
        yield Said(name, _OWN, own.lower(), line, True)
        yield Said(name, _EVIDENCE, evidence, line, True)
    if "nên không đề nghị công nhận" in line:
        yield Said("tt_124", _OWN, "chưa đạt", line, note)
    if re.search(r"đề nghị .* xem xét, công nhận|đề nghị xét duyệt, công nhận", line):
        yield Said("tt_124", _OWN, "đạt – đề nghị công nhận", line, note)


def _points(said: str) -> str:
    """`0/1 điểm` → 0, `trừ 2 điểm` → 2, `không trừ điểm` → 0; a result without points as it is."""
    if said == "không trừ điểm":
        return "0"
    return re.sub(r"(?:/\d+)? điểm$", "", said).removeprefix("trừ ")


def of_rows(document: DocumentFields) -> Iterator[Said]:
    """The statements of a paper's tables: a criterion's own result, an item's own points, the total."""
    values = document.values()
    for line in values["annex_pl10"]["lines"]:
        yield from _of_number(line["label"], line["now"], "PL10")
    for row in values["criteria_124"]:
        yield Said(row["number"], _OWN, row["self_result"].lower(), "table", False)
        yield from (Said(row["number"], _OWN, found[1], row["conclusion"], False)
                    for found in re.finditer(r"Tự đánh giá: (đạt|chưa đạt|chưa kết luận|chưa họp)", row["conclusion"]))
    for row in values["score_rows"]:
        if row["self_points"]:
            yield Said(f"mục {row['number']}", _OWN, row["self_points"].removeprefix("−"), "table", False)
    if values["total_510"][:1].isdigit():
        yield Said("total", _OWN, values["total_510"], "table", False)


def _of_number(label_: str, value: str, line: str) -> Iterator[Said]:
    """A line of the table PL10 “Kết quả tự đánh giá”; a dash says nothing."""
    criterion, item = re.match(r"Tiêu chí (\w+)\.", label_), re.match(r"Mục ([\w.]+)\. ", label_)
    shown = value.replace(".", ",").removeprefix("-")
    if not shown:
        return
    if criterion:
        yield Said(criterion[1], _OWN, value.lower(), line, False)
    elif item:
        yield Said(f"mục {item[1]}", _OWN, shown, line, False)
    elif label_ == "Tổng điểm tự chấm":
        yield Said("total", _OWN, shown, line, False)


def of_annex(sheets: Mapping[str, list[list[str]]]) -> Iterator[Said]:
    """The statements of the official sheets, then of every cell."""
    circular = next(rows for name, rows in sheets.items() if name.startswith("Thông tư 124"))
    for row in circular:
        if re.match(r"\d\n", row[0]):
            yield Said(row[0][0], _OWN, re.sub(r"^\W+", "", row[2]).lower(), "annex", False)
    for row in sheets["Bảng chấm điểm"]:
        if row[1] == "Tổng cộng" and row[3][:1].isdigit():
            yield Said("total", _OWN, row[3].replace(".", ","), "annex", False)
    for row in sheets["Biểu số liệu"]:
        if len(row) > 4:
            yield from _of_number(row[1], row[3], "annex PL10")
    for rows in sheets.values():
        yield from statements(line for row in rows for cell in row for line in cell.splitlines())


def label(result: str | None) -> str:
    """A conclusion as papers print it."""
    return "chưa kết luận" if result is None else StandardResult.label_of(result).lower()
