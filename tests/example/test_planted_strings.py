"""Personal strings planted wherever a workbook holds text: none in a public copy; where the rest may stand is a table here."""

import itertools
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms.columns import CellKind, Column
from antq_review.forms.sheets import SHEETS, Table
from antq_review.publish.dossier import PUBLIC_DOCUMENTS, concerns
from antq_review.publish.excel.marked_copy.copies import marked_copies
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.publish.dossier.documents import made

#: Tables whose texts a person fills through the year. The profile holds the school's own telephone number.
TABLES = [table for sheet in SHEETS for table in sheet.tables if not table.downwards]
TYPED = {CellKind.COUNT, CellKind.NUMBER, CellKind.DATE, CellKind.CHOICE, CellKind.YES_NO}
SYLLABLES = ("Bạch", "Cúc", "Duyên", "Ghi", "Hạnh", "Khuê", "Lựu", "Mận", "Nhài", "Oanh", "Quế", "Sen", "Thuỷ", "Uyên", "Vỹ", "Xoan", "Yến")


def words() -> Iterator[str]:
    """Made-up given names that stand nowhere else."""
    yield from (" ".join(three) for three in itertools.permutations(SYLLABLES, 3))


class Planted:
    """Every planted string, by what it was planted into."""

    def __init__(self) -> None:
        self.names, self.number = words(), 0
        self.free: list[str] = []
        self.wrong: list[str] = []
        self.hidden: list[str] = []
        self.files: list[str] = []

    def into_text(self) -> str:
        """A text with a number, a day of birth or a name beside a class in turn; the personal part is remembered."""
        self.number += 1
        kind = self.number % 4
        if kind == 3:
            name = f"Nguyễn {next(self.names)}"
            self.free.append(name)
            return f"em {name} lớp 7A"
        day = f"{self.number % 27 + 1:02}/{self.number % 12 + 1:02}/{2010 + self.number % 5}"
        found = (f"09{self.number:08}", f"0682{self.number:08}", day)[kind]
        if kind != 2:
            self.free.append(found)
        return f"sinh ngày {found}" if kind == 2 else f"gọi {found}"

    def long_number(self) -> str:
        self.number += 1
        self.free.append(f"0791{self.number:08}")
        return self.free[-1]

    def name(self, place: list[str]) -> str:
        place.append(f"Trần {next(self.names)}")
        return place[-1]


def find(page: Worksheet, table: Table) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and the column of each field."""
    columns = table.row.columns()
    for line in page.iter_rows(max_row=400):
        at = {str(cell.value).rstrip(" *"): cell.column for cell in line if cell.value}
        found = {column.name: at[column.heading] for column in columns if column.heading in at}
        if len(found) > 0.8 * len(columns):
            return line[0].row, found
    return None


def plant(page: Worksheet, table: Table, planted: Planted) -> None:
    found = find(page, table)
    if found is None:
        return
    heading, at = found
    filled = [row for row in range(heading + 2, page.max_row + 1) if page.cell(row, min(at.values()) + 1).value][:3]
    for column in table.row.columns():
        if column.name in at and filled:
            _plant_column(page, column, at[column.name], filled, planted)


def _plant_column(page: Worksheet, column: Column, at: int, rows: list[int], planted: Planted) -> None:
    if column.name == "file":
        page.cell(rows[0], at).value = f"minh_chung/{planted.name(planted.files)}.jpg"
        if len(rows) > 1:
            planted.number += 1
            page.cell(rows[1], at).value = f"minh_chung/{planted.name(planted.free)}_7A_{planted.long_number()}.jpg".replace(" ", "_")
    elif column.kind is CellKind.TEXT and column.offer is None:
        cell = page.cell(rows[0], at)
        cell.value = f"{cell.value or ''} {planted.into_text()}".strip()
    elif column.kind in TYPED and len(rows) > 2 and page.cell(rows[2], at).comment is None:
        page.cell(rows[2], at).value = planted.name(planted.wrong)
    page.cell(rows[0], at).comment = Comment(planted.name(planted.hidden), planted.name(planted.hidden))


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> tuple[Path, Planted]:
    """The example of 2026 with strings in every free column, in cells of the wrong kind, in comments, hidden sheets, file names."""
    folder = Path(shutil.copytree(example_folder(), tmp_path_factory.mktemp("trồng") / "2026"))
    planted = Planted()
    for path in sorted(folder.glob("*.xlsx")):
        if path.name.startswith("1_"):
            continue
        book = openpyxl.load_workbook(path)
        for page in list(book):
            for table in TABLES:
                plant(page, table, planted)
        for state in ("hidden", "veryHidden"):
            own = book.create_sheet(f"{planted.name(planted.hidden)}"[:31])
            own["A1"], own.sheet_state = planted.name(planted.hidden), state
        book.properties.creator = planted.name(planted.hidden)
        book.save(path)
    (folder / f"{planted.name(planted.free)} 8B2.xlsx").write_bytes(b"PK\x03\x04 not a workbook either")
    (folder / f"{planted.long_number()}.csv").write_bytes(b"x")
    (folder / f"{planted.name(planted.files)}.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (folder / f"{planted.name(planted.files)}.docx").write_bytes(b"x")
    assert min(map(len, (planted.free, planted.wrong, planted.hidden, planted.files))) >= 9
    assert sum(map(len, (planted.free, planted.wrong, planted.hidden, planted.files))) > 40
    return folder, planted


def leaks(strings: list[str], text: str) -> list[str]:
    return [one for one in strings if one in text or one.replace(" ", "_") in text]


def test_no_planted_string_is_in_a_public_copy_or_out_of_its_place(year):
    """Free texts, and names of files that point to a person: nowhere. Cells of the wrong kind: kiem_tra.

    Other names of files: the school's own papers. Hidden: nowhere.
    """
    folder, planted = year
    evidence = read_folder(folder)
    review = review_evidence(evidence, date(2026, 11, 16))
    every = [*planted.free, *planted.wrong, *planted.hidden, *planted.files]
    for code in PUBLIC_DOCUMENTS:
        if concerns(code, review):
            assert leaks(every, str(made(review, code, public=True))) == [], code
    internal = json.dumps(json.loads(review.to_json()), ensure_ascii=False) + "".join(
        str(made(review, code)) for code in ("D3", "D9", "D10") if concerns(code, review)
    )
    assert leaks([*planted.free, *planted.wrong, *planted.hidden], internal) == []
    assert leaks(planted.files, internal) != [], "this is how a string would be found"
    listed = str([(str(one.says), str(one.remedy), one.file, one.found, one.sheet) for one in evidence.problems])
    assert leaks([*planted.free, *planted.hidden], listed) == []
    assert {"personal_path", "personal_name", "personal_data"} <= {one.code for one in evidence.problems}
    copies = b"".join(
        part for copy in marked_copies(evidence, folder).values() for part in _parts(copy.content)
    ).decode("utf-8")
    assert leaks([*planted.hidden, *planted.free], copies) == []
    assert leaks(planted.wrong, copies) != []


def _parts(content: bytes) -> Iterator[bytes]:
    import html
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                yield html.unescape(archive.read(name).decode("utf-8")).encode("utf-8")
