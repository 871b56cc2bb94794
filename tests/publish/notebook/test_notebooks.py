"""The notebooks: thin, without outputs, and run by this environment's own kernel on what they are given."""

import ast
import json
import re
import sys
from collections import Counter

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import antq_review as antq
from antq_review.errors import CannotDo, UsageError
from antq_review.history.compare import compare
from antq_review.history.model import LineKind
from antq_review.publish.notebook.html import to_html
from antq_review.publish.notebook.run import accepted, document_title, execute, run, written
from antq_review.publish.wording import word
from antq_review.shipped import shipped
from antq_review.text import say
from tests.publish.seen import HOSTILE, Read, hostile

NOTEBOOKS = ["1_minh_chung.ipynb", "2_cham_diem.ipynb", "4_bao_cao_nam.ipynb", "3_so_sanh_nam.ipynb", "5_tong_hop.ipynb"]
PARAMETERS = ("folder", "as_of", "texts", "review_file")
#: The year-end report stands beside the year before; the comparison reads reviews alone and is run by tests/test_cli_compare.py, the
#: roll-up reads packages and is run by tests/province/test_notebook.py.
OF = {NOTEBOOKS[2]: (*PARAMETERS, "previous_file", "version"), NOTEBOOKS[3]: ("reviews", "versions"),
      NOTEBOOKS[4]: ("received", "as_of", "previous", "public", "roll_up_file")}
LAST = {NOTEBOOKS[2]: "antq.show_annex(review)", NOTEBOOKS[3]: "antq.show_compared_years(comparison)",
        NOTEBOOKS[4]: 'antq.show_roll_up_table(roll_up, "T14")'}
FORBIDDEN = (
    ast.FunctionDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.BinOp, ast.AugAssign, ast.ListComp, ast.DictComp,
    ast.SetComp, ast.GeneratorExp, ast.With, ast.Try,
)


def book(name):
    return nbformat.read(shipped("notebooks") / name, as_version=4)


def parts(name):
    """The cells of a notebook that a report has, and those that show the working beside them."""
    cells = book(name).cells
    working = [cell for cell in cells if "working" in cell.metadata.get("tags", ())]
    return [cell for cell in cells if cell not in working], working


def codes(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="session")
def review_file(review, tmp_path_factory):
    path = tmp_path_factory.mktemp("stored") / "review.json"
    path.write_text(review.to_json(), encoding="utf-8")
    return path


# --- as they are shipped -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_shape(name):
    notebook = book(name)
    nbformat.validate(notebook)
    cells, _ = parts(name)
    assert len(cells) <= 50  # a chapter is a heading, a sentence, a table or figure
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}
    }
    title, parameters, load, *rest = cells
    assert title.cell_type == "markdown" and title.source.startswith("# ") and "\n\n" in title.source
    assert "parameters" in parameters.metadata["tags"]
    assert load.source.startswith("import antq_review as antq\n")
    assert [cell.cell_type for cell in rest] == ["markdown", "code"] * (len(rest) // 2)
    assert rest[-1].source == LAST.get(name, "antq.show_provenance(review)")


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name != NOTEBOOKS[2]])
def test_each_section_has_its_working_with_one_sentence_and_there_is_one_cell_to_try(name):
    """What papermill renders most, notebook 4, has none: a principal reads it, and the same tables are in the others."""
    cells, working = parts(name)
    assert all(cell.metadata["tags"] == ["notebook_only", "working"] for cell in working)
    assert [cell.cell_type for cell in working] == ["markdown", "code"] * (len(working) // 2)
    said = {text.id: (text.source, code.source) for text, code in zip(working[::2], working[1::2], strict=True)}
    sentence, tried = said.pop("try-text")
    assert sentence.startswith("## Thử thay đổi\n\n") and tried.splitlines()[-1].startswith("antq.show_bars(")
    views = [cell.id for cell in cells if cell.cell_type == "code" and cell.source.startswith("antq.show_")]
    without = {"provenance", "years", "page-one"}  # where the view itself tells sources, or sums up the others
    assert set(said) == {f"{view}-working-text" for view in views if view not in without}
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence, _ in said.values())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_committed_without_outputs_and_with_names_for_cells(name):
    notebook = book(name)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in codes(notebook))
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids) and all(part.isalpha() for cell in ids for part in cell.split("-"))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_loop_no_function_no_arithmetic_and_one_import(name):
    for cell in codes(book(name)):
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not [node for node in nodes if isinstance(node, FORBIDDEN)]
        imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        assert [alias.name for node in imports for alias in node.names] in ([], ["antq_review"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_parameter_is_text_and_explained_in_its_line(name):
    notebook = book(name)
    assert accepted(notebook) == OF.get(name, PARAMETERS)
    for line in notebook.cells[1].source.splitlines():
        value, explained = line.split("#", 1)
        assert value.rstrip().endswith('= ""') and len(explained.strip()) > 10


# --- run -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("warm_kernel")
@pytest.mark.parametrize("name", NOTEBOOKS[:2])
def test_runs_on_a_stored_review_without_an_error(name, review_file, tmp_path):
    out = run(shipped("notebooks") / name, {"review_file": str(review_file)}, tmp_path / name)
    notebook = nbformat.read(out, as_version=4)
    shown = [cell for cell in codes(notebook) if cell.source.startswith("antq.show_")]
    assert all(len(cell.outputs) == 1 and cell.outputs[0].output_type == "execute_result" for cell in shown)
    page = to_html(notebook, document_title(notebook))
    assert "Nguồn gốc" in Read(page).text and "Thử thay đổi" not in page and "dataframe" not in page


def last_values(name, given):
    """Cell → the value of its last line, run here with the notebook's names: what Jupyter would show."""
    known, found = {**given, "antq": antq}, {}
    for cell in (cell for cell in parts(name)[1] if cell.cell_type == "code"):
        tree = ast.parse(cell.source)
        last = ast.Expression(tree.body.pop().value)
        exec(compile(tree, cell.id, "exec"), known)
        found[cell.id] = eval(compile(last, cell.id, "eval"), known)
    return found


def counted(frame, *headings):
    """How often each value of the columns occurs."""
    return Counter(frame[list(headings)].itertuples(index=False, name=None))


def test_the_working_of_notebooks_one_and_two_is_what_the_report_says(review):
    shown = last_values(NOTEBOOKS[0], {"review": review}) | last_values(NOTEBOOKS[1], {"review": review})
    forms = {(form.title, form.rows, form.refused) for form in review.forms}
    assert set(counted(shown["forms-working"], "Biểu", "Dòng đã đọc", "Dòng chưa tính")) == forms
    assert len(shown["problems-working"]) == sum(len(one.cells) or 1 for one in review.problems)
    assert shown["months-figure-working"]["Số hoạt động"].sum() == sum(sum(one.by_topic.values()) for one in review.months)
    assert list(shown["days-ahead-working"]["Còn lại"]) == sorted(due.days_left for due in review.days_ahead)
    assert shown["after-working"].empty and not review.after_as_of
    criteria = shown["criteria-working"]
    whole = criteria[(criteria["Bậc"] == 0) & criteria["Kết luận"].notna()]
    settled = Counter((text.short, word(one.settled.truth)) for text in review.texts if text.total is None for one in text.findings)
    assert counted(whole, "Văn bản", "Kết luận") == Counter({(str(text), says): count for (text, says), count in settled.items()})
    (scored,) = (text for text in review.texts if text.total is not None)
    total = shown["points-figure-working"].set_index("Văn bản").loc[str(scored.short)]
    assert (total["Điểm từ"], total["Điểm đến"]) == (scored.range.low, scored.range.high)
    points = {(str(one.title), one.points) for one in scored.findings}
    assert set(counted(shown["points-working"].dropna(subset=["Điểm chuẩn"]), "Nội dung", "Điểm chuẩn")) == points
    assert list(shown["checks-working"]["Chỗ chưa khớp"]) == [str(one.says) for one in review.checks]
    parts_of_plan = Counter(word(part.status) for goal in review.goals for part in goal.parts)
    assert shown["plan-figure-working"].groupby("Trạng thái").sum().to_dict() == parts_of_plan
    assert Counter(shown["plan-working"]["Trạng thái"]) == parts_of_plan
    assert set(shown["to-do-working"]["Việc cần làm"]) == {str(one.says) for one in review.to_do}


def test_the_working_of_a_school_that_has_nothing_is_empty_and_stops_nowhere(review):
    nothing = {name: () for name in ("texts", "goals", "to_do", "problems", "forms", "months", "days_ahead", "checks", "after_as_of")}
    for name in NOTEBOOKS[:2]:
        shown = last_values(name, {"review": review.model_copy(update=nothing)})
        assert "không có số nào" in shown.pop("try-it").data
        assert len(shown) > 4 and all(len(frame) == 0 for frame in shown.values())


def test_the_working_of_notebook_three_is_what_the_comparison_says(review):
    last = review.model_copy(update={"year": review.year - 1})
    comparison = compare((last, review))
    shown = last_values(NOTEBOOKS[3], {"comparison": comparison})
    moved = Counter(say(f"compare.moved.{line.changes[0].moved.value}") for line in comparison.lines)
    assert {says: count for (_, says), count in shown["head-working"].items()} == moved
    kinds = Counter(line.kind for line in comparison.lines)
    assert len(shown["texts-working"]) == 2 * (kinds[LineKind.CRITERION] + kinds[LineKind.TOTAL])
    assert len(shown["plan-working"]) == 2 * (kinds[LineKind.GOAL] + kinds[LineKind.MEASURE])
    assert len(shown["numbers-working"]) == 2 * kinds[LineKind.ROW]
    heat = shown["heat-working"]
    assert heat.loc[("Thông tư 124", "6"), review.year] == "? Chưa rõ" and list(heat.columns) == [last.year, review.year]


def test_the_report_holds_no_path_no_clock_and_points_at_the_review_beside_it(report_folder, review_file):
    stored = (report_folder / "bao_cao.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(stored, as_version=4)
    nbformat.validate(notebook)
    injected = [cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ())]
    assert [cell.source for cell in injected] == [
        '# Tham số của lần chạy này.\nreview_file = "review.json"\nversion = "Dự thảo, số liệu đến ngày 16/11/2026"'
    ]
    without_pictures = re.sub(r"data:image/svg.xml;base64,[\w+/=]*", "", stored)
    for trace in (str(report_folder.parents[2]), str(review_file.parent), sys.prefix, "papermill", "duration", "execution_count\": 1"):
        assert trace not in without_pictures


@pytest.mark.usefixtures("warm_kernel")
def test_the_year_before_is_named_by_where_it_stands_and_its_numbers_are_shown(review, tmp_path):
    from antq_review.publish import report

    before = review.model_copy(update={"year": review.year - 1})
    page = report(review, tmp_path, before)
    notebook = nbformat.read(tmp_path / "bao_cao.ipynb", as_version=4)
    injected = [cell.source for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ())]
    named = 'version = "Dự thảo, số liệu đến ngày 16/11/2026"'
    assert injected == [f'# Tham số của lần chạy này.\nreview_file = "review.json"\nprevious_file = "../2025/review.json"\n{named}']
    text = Read(page.read_text(encoding="utf-8")).text
    assert "So với năm trước" in text and "Năm 2026 so với năm 2025" in text
    assert str(tmp_path) not in (tmp_path / "bao_cao.ipynb").read_text(encoding="utf-8")


def test_a_kernel_used_before_gives_the_same_bytes_and_hostile_text_stays_text(review, review_file, report_folder, tmp_path):
    """The report of a hostile school, then the example on the same kernel: nothing of the first is left in the second."""
    from antq_review.publish.notebook.kernel import own_kernel

    path = tmp_path / "hostile" / "review.json"
    path.parent.mkdir()
    path.write_text(hostile(review).to_json(), encoding="utf-8")
    notebook = shipped("notebooks") / NOTEBOOKS[2]
    with own_kernel() as kernel:
        first = execute(notebook, {"review_file": str(path)}, kernel)
        named = "Dự thảo, số liệu đến ngày 16/11/2026"
        second = execute(notebook, {"review_file": str(review_file), "version": named}, kernel)
    assert written(second) == (report_folder / "bao_cao.ipynb").read_bytes()
    page = to_html(first, HOSTILE, draft=True)
    assert "<x>" not in page and "<script" not in page and HOSTILE in Read(page).text


def test_parameters_stay_text_and_other_kernels_and_modules_have_no_say(tmp_path, monkeypatch):
    """A code keeps its zeros; a foreign kernel named python3 and a json.py in the working folder are passed over."""
    spec = tmp_path / "share" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps({"argv": ["no-such-program"], "display_name": "x", "language": "python"}))
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "colorsys.py").write_text("raise SystemExit('read from the working folder')")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    monkeypatch.chdir(tmp_path / "work")
    source = "import colorsys, sys\nprint(repr(code), sys.executable, file=open(out, 'w'))"
    notebook = small(tmp_path, 'code = ""\nout = ""', source)
    run(notebook, {"code": "00123456", "out": str(tmp_path / "said.txt")}, tmp_path / "out.ipynb")
    assert (tmp_path / "said.txt").read_text().strip() == f"'00123456' {sys.executable}"


@pytest.fixture
def bare_kernel(monkeypatch):
    """A kernel that does not load what the report needs: it starts in a third of the time."""
    from antq_review.publish.notebook import kernel

    monkeypatch.setattr(kernel, "_OPTIONS", tuple(one for one in kernel._OPTIONS if "exec_lines" not in one))


def small(folder, parameters, *cells):
    """A notebook of a parameters cell and others."""
    first = new_code_cell(parameters, metadata={"tags": ["parameters"]})
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / "small.ipynb"
    nbformat.write(new_notebook(cells=[first, *(new_code_cell(cell) for cell in cells)], metadata=metadata), path)
    return path


def test_a_failing_notebook_leaves_nothing_and_says_one_sentence(bare_kernel, tmp_path):
    notebook = small(tmp_path, 'a = ""', "from antq_review.errors import CannotDo\nraise CannotDo('Thư mục trống.')")
    with pytest.raises(CannotDo) as caught:
        run(notebook, {"a": "x"}, tmp_path / "out" / "o.ipynb")
    assert str(caught.value) == "Sổ tính small.ipynb dừng ở ô 3: Thư mục trống. Chưa ghi kết quả nào."
    assert "CannotDo" in str(caught.value.__cause__)
    assert not (tmp_path / "out").exists()


def test_a_kernel_that_dies_is_one_sentence_too(bare_kernel, tmp_path):
    with pytest.raises(CannotDo, match="phần tính toán không khởi động hoặc đã dừng"):
        run(small(tmp_path, 'a = ""', "import os\nos._exit(1)"), {}, tmp_path / "o.ipynb")
    assert not (tmp_path / "o.ipynb").exists()


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"foldr": "x"}, "không có tham số “foldr”. Tham số dùng được: folder, as_of, texts, review_file, previous_file, version"),
        ({"folder": 5}, "phải là chữ"),
    ],
)
def test_a_wrong_parameter_is_refused_before_anything_starts(parameters, words, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "antq_review.publish.notebook.kernel", None)
    with pytest.raises(UsageError, match=words):
        run(shipped("notebooks") / NOTEBOOKS[2], parameters, tmp_path / "out" / "o.ipynb")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", ["", "{}", "not a notebook"])
def test_what_is_no_notebook_is_refused(content, tmp_path):
    (tmp_path / "n.ipynb").write_text(content)
    with pytest.raises(UsageError):
        run(tmp_path / "n.ipynb", {}, tmp_path / "o.ipynb")
