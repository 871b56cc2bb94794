"""PC10: evidence files as people write them – several in a cell, bare names, paths of another computer, links behind words."""

import pytest
from openpyxl.worksheet.hyperlink import Hyperlink

from antq_review.forms.rows.evidence import Activity
from antq_review.ingest.evidence_files import EvidenceFiles
from tests.ingest.corpus import ACTIVITIES, FIRST, activities, change_sheet, clean, edit, read_files, set_cell, write

A, B = "minh_chung/ảnh 1.txt", "minh_chung/b.txt"


@pytest.fixture
def files(tmp_path):
    for name in (A, B, "minh_chung/con/trùng.txt", "khac/trùng.txt", "minh_chung/x, y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("có nội dung", encoding="utf-8")
    (tmp_path / "minh_chung/rỗng.jpg").write_bytes(b"")
    (tmp_path / "minh_chung/nửa.jpg").write_bytes(bytes(4096))
    (tmp_path / "minh_chung/ảnh 2.gsheet").write_text("{}", encoding="utf-8")
    return EvidenceFiles(tmp_path)


@pytest.mark.parametrize(
    ("entry", "link", "written"),
    [
        (A, "", A), (f"{A}; {B}", "", f"{A}; {B}"), (f"{A}\n{B}", "", f"{A}\n{B}"), (f"{A}, {B}", "", f"{A}; {B}"), ("b.txt", "", B),
        ("minh_chung/x, y.txt", "", "minh_chung/x, y.txt"), ("x, y.txt", "", "minh_chung/x, y.txt"), ("B.TXT", "", B),
        (f"D:\\HO_SO\\minh_chung\\{'b.txt'}", "", B), ("\\\\may-chu\\chung\\HO_SO\\minh_chung\\b.txt", "", B),
        ("../HO_SO/minh_chung/b.txt", "", B),
        ("file:///C:/HO_SO/minh_chung/b.txt", "", B), (".\\minh_chung\\b.txt", "", ".\\minh_chung\\b.txt"),
        ("https://drive.google.com/x", "", "https://drive.google.com/x"), ("drive.google.com/file/d/x/view", "",
        "https://drive.google.com/file/d/x/view"),
        ("www.truong.edu.vn", "", "https://www.truong.edu.vn"), ("Xem ảnh", "minh_chung/b.txt", B), ("Xem ảnh",
        "minh_chung/%E1%BA%A3nh%201.txt", A),
        ("Link Drive", "https://drive.google.com/x", "https://drive.google.com/x"), (B, "https://example.org", B),
        ("con\\trùng.txt", "", "minh_chung/con/trùng.txt"),
    ],
)
def test_files_that_are_there(files, entry, link, written):
    found = files.find(entry, link)
    if entry == "con\\trùng.txt":  # the folder is not named whole: two files could be meant
        assert [fault.code for fault in found.faults] == ["evidence_file_several"]
        return
    assert (found.written, found.faults) == (written, ())


@pytest.mark.parametrize(
    ("entry", "link", "code", "near"),
    [
        ("không có", "", "evidence_file_missing", ""), ("minh_chung", "", "evidence_file_folder", ""), ("trùng.txt", "",
        "evidence_file_several", "khac"),
        ("minh_chung/rỗng.jpg", "", "evidence_file_empty", ""), ("nửa.jpg", "", "evidence_file_empty", ""), ("ảnh 2.gsheet", "",
        "evidence_file_empty", ""),
        ("minh_chung/anh_1.txt", "", "evidence_file_missing", A), ("minh_chung/ảnh 1.docx", "", "evidence_file_missing", A),
        (f"{A}, khác.txt", "", "evidence_file_missing", ""), ("Xem ảnh", "minh_chung/mất.txt", "evidence_file_missing", ""),
        ("../../etc/passwd", "", "evidence_file_missing", ""), ("b.txt.exe", "", "evidence_file_missing", ""),
    ],
)
def test_files_that_are_not_surely_there(files, entry, link, code, near):
    (fault,) = files.find(entry, link).faults
    assert fault.code == code and near in (fault.near or "") and bool(near) <= (near in str(fault.how) or code == "evidence_file_several")


def test_links_behind_words_are_read_from_the_workbook(tmp_path):
    rows = [ACTIVITIES[n % 4] | {"id": f"HD-{n}", "name": f"Việc {n}", "file": "Xem ảnh"} for n in range(4)]

    def change(book):
        sheet = book["Hoạt động"]
        sheet[f"R{FIRST}"].hyperlink = "minh_chung/b.txt"
        sheet[f"R{FIRST + 1}"].hyperlink = "https://drive.google.com/x"
        sheet[f"R{FIRST + 2}"].hyperlink = Hyperlink(ref=f"R{FIRST + 2}", location="'Hoạt động'!A1")

    made = edit(activities(rows), change)
    formula = '<f>HYPERLINK("minh_chung/b.txt","Xem ảnh")</f><v>Xem ảnh</v>'
    made = change_sheet(made, lambda xml: set_cell(xml, f"R{FIRST + 3}", formula, ' t="str"'))
    (tmp_path / "minh_chung").mkdir()
    (tmp_path / B).write_text("x", encoding="utf-8")
    evidence = read_files(tmp_path, clean() | {"3_hoat_dong.xlsx": made})
    assert [row.values.file for row in evidence.of(Activity)] == [B, "https://drive.google.com/x", "Xem ảnh", B]
    (said,) = [entry for entry in evidence.problems if entry.code == "evidence_file_missing"]
    assert said.cells == (f"R{FIRST + 2}",) and "dấu ; hay xuống dòng" in str(said.expected)


def test_what_stands_in_the_folder_and_is_not_read_is_said(tmp_path):
    """Pointers, archives, forms in subfolders."""
    form = clean()["3_hoat_dong.xlsx"]
    write(tmp_path / "2. Tổ", {"3_hoat_dong.xlsx": form})
    write(tmp_path / "minh_chung", {"so_lieu.xlsx": b"PK nothing", "x.zip": b"PK"})
    evidence = read_files(tmp_path, {**clean(), "3_bieu.gsheet": b"{}", "4.lnk": b"L", "nop.zip": b"PK", "cu.rar": b"Rar!"})
    said = {(entry.code, entry.file, entry.severity) for entry in evidence.problems}
    assert {("file_pointer", "3_bieu.gsheet", "error"), ("file_pointer", "4.lnk", "error")} <= said
    assert {("file_archive", "nop.zip", "warning"), ("file_archive", "cu.rar", "warning")} <= said
    assert ("form_in_subfolder", "2. Tổ", "warning") in said and not any(file == "minh_chung" for _, file, _ in said)
    assert evidence.unread_files == ["3_bieu.gsheet", "4.lnk"] and len(evidence.of(Activity)) == 4


def test_names_that_point_to_a_person_are_masked_in_the_rows_and_told(tmp_path):
    """The row still finds its file, and two files stay two; so do a workbook and a sheet of such names."""
    names = ["minh_chung/0912345678.txt", "minh_chung/0912345679.txt", "minh_chung/nguyen_van_an_7a.txt", A]
    rows = [ACTIVITIES[n % 4] | {"id": f"HD-{n}", "name": f"Việc {n}", "file": names[n]} for n in range(4)]

    def change(book):
        book["Hoạt động"].title = "Nguyễn Văn An 7A"

    (tmp_path / "minh_chung").mkdir()
    for name in names[:3]:
        (tmp_path / name).write_text("x", encoding="utf-8")
    form = "hoat dong Nguyễn Văn An 7A.xlsx"
    evidence = read_files(tmp_path, clean() | {"3_hoat_dong.xlsx": b"", form: edit(activities(rows), change)})
    assert [row.values.file for row in evidence.of(Activity)] == [
        "minh_chung/(đã che).txt", "minh_chung/(đã che) (2).txt", "minh_chung/(đã che)_7a.txt", A,
    ]
    assert {(row.file, row.sheet) for row in evidence.of(Activity)} == {("hoat dong (đã che) 7A.xlsx", "(đã che) 7A")}
    said = {(entry.code, cell) for entry in evidence.problems for cell in entry.cells or ("",)}
    told = {("personal_path", f"R{FIRST + n}") for n in range(3)} | {("personal_name", ""), ("evidence_file_missing", f"R{FIRST + 3}")}
    assert told <= said and ("evidence_file_missing", f"R{FIRST}") not in said
    assert "Văn An" not in repr(evidence) and "0912345" not in repr(evidence) and "van_an" not in repr(evidence)
