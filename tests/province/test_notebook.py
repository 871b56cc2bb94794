"""Notebook 5: executed beside the other outputs, the same tables as DataFrames, and the public copy without a school."""

from datetime import date
from pathlib import Path

import nbformat
import pytest

import antq_review as antq
from antq_review.errors import UsageError
from antq_review.package.model import Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province import notebook, work
from antq_review.province.notebook import executed
from antq_review.publish.notebook.run import run
from antq_review.scoring.model.review import Review
from antq_review.shipped import shipped
from tests.province.many import listed, officer, package

TODAY = date(2026, 11, 18)
CODES = [f"0010000{number}" for number in range(3)]


@pytest.fixture(scope="module")
def folder(review: Review, tmp_path_factory: pytest.TempPathFactory) -> Path:
    base: Summary = summarise(review, Version(Path("du_thao"), Kind.DRAFT))
    place = officer(tmp_path_factory.mktemp("nhan"), [listed(code) for code in CODES])
    for code in CODES[:2]:
        (place / "den" / f"{code}.zip").write_bytes(package(base, code))
    return place


def test_tables_are_data_frames_and_the_public_copy_has_no_school(folder: Path, tmp_path: Path) -> None:
    roll_up = antq.open_roll_up(folder=str(folder), as_of="20/11/2099")
    progress, schools = antq.tables.roll_up(roll_up, "T1"), antq.tables.roll_up(roll_up, "T2")
    assert list(progress["Phải nộp"])[-1] == 3 and str(progress["Phải nộp"].dtype) == "Int64" and str(progress["Tên"].dtype) == "string"
    assert len(schools) == 3 and str(schools["Ngày nhận"].dtype).startswith("datetime64") and schools["Lần gửi"].isna().sum() == 1
    assert list(schools["Mã trường"]) == CODES and len(roll_up.tables) == 14
    with pytest.raises(UsageError, match="T1, T2"):
        antq.tables.roll_up(roll_up, "T99")
    public = antq.open_roll_up(folder=str(folder), as_of="20/11/2099", public="có")
    assert not public.schools and "T2" not in public.tables and antq.tables.roll_up(public, "T2").shape == (0, 0)
    assert "Không có trong bản công khai" in antq.show_roll_up_table(public, "T2").data
    with pytest.raises(UsageError):
        antq.open_roll_up()


@pytest.mark.kernel
@pytest.mark.usefixtures("warm_kernel")
def test_notebook_five_shows_every_table_and_no_path(folder: Path, tmp_path: Path) -> None:
    _, paths = work.roll_up(folder, tmp_path / "out", TODAY, TODAY, notebook=True)
    stored = paths["tong_hop.ipynb"].read_text(encoding="utf-8")
    shown = [cell for cell in nbformat.reads(stored, as_version=4).cells if cell.cell_type == "code" and "show_roll_up" in cell.source]
    assert len(shown) == 15 and all(len(cell.outputs) == 1 for cell in shown)
    assert 'roll_up_file = "tong_hop.json"' in stored.replace("\\", "") and str(tmp_path) not in stored
    kept = antq.open_roll_up(roll_up_file=str(paths["tong_hop.json"]))
    assert executed(kept).decode("utf-8") == stored


@pytest.mark.kernel
@pytest.mark.usefixtures("warm_kernel")
@pytest.mark.parametrize("public", ["", "có"])
def test_every_cell_of_notebook_five_runs_for_an_officer_and_is_the_table_above_it(folder: Path, tmp_path: Path, public: str) -> None:
    given = {"received": str(folder), "as_of": "20/11/2099", "public": public}
    done = nbformat.read(run(shipped("notebooks") / notebook.NOTEBOOK, given, tmp_path / "n.ipynb"), as_version=4)
    cells = {cell.id: cell for cell in done.cells}
    assert "results-working" in cells and all(cell.outputs for cell in done.cells if "working" in cell.id and cell.cell_type == "code")
    kept = antq.open_roll_up(folder=str(folder), as_of="20/11/2099", public=public)
    for name, cell in cells.items():
        if name.endswith("-working"):
            key = cell.source.split('"')[1]
            rows = len(kept.tables[key].rows) if key in kept.tables else 0
            shown = cell.outputs[0].data["text/html"]
            assert f"<p>{rows} rows" in shown or shown.count("<tr") == rows + 1, key
