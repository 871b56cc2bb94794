"""`antq lab` before a browser sees it: the user's copies, their parameters, JupyterLab's own settings, and what is refused."""

import ast
import json
import re
import sys
from dataclasses import replace

import nbformat
import pytest

import antq_review
from antq_review.cli import lab as cli_lab
from antq_review.cli import run
from antq_review.cli.lab_copies import make_copies, with_values
from antq_review.cli.lab_results import run_copies
from antq_review.errors import CannotDo
from antq_review.places.manifest import manifest_bytes
from antq_review.places.origin import origin_of
from antq_review.shipped import shipped

NAMES = tuple(sorted(path.name for path in shipped("notebooks").glob("*.ipynb")))
SCORING = "2_cham_diem.ipynb"


def parameters(path):
    """The parameters of a notebook, as Python would read them."""
    cells = nbformat.read(path, as_version=4).cells
    (source,) = (cell.source for cell in cells if "parameters" in cell.metadata.get("tags", ()))
    return {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(source).body}


def change(path, add="\n# của tôi"):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source += add
    nbformat.write(notebook, path)


# --- the parameters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", "Hồ sơ", 'a"b', "C:\\Trường\\2026", "//may/Hồ sơ", "a#b", "a\nb", "bad\udce9name"])
def test_a_value_is_set_and_all_else_stays(value):
    source = 'đầu = 1; folder = (\n    "cũ"\n)  # thư mục "của" trường\nas_of = ""  # ngày'
    changed = with_values(source, {"folder": value, "not_there": "x"})
    found = {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(changed).body}
    assert found == {"đầu": 1, "folder": value, "as_of": ""}
    assert changed.endswith(')  # thư mục "của" trường\nas_of = ""  # ngày')
    assert changed.encode("utf-8")


def test_the_example_is_chosen_with_its_day(tmp_path):
    copies = make_copies(tmp_path, None)
    assert copies.names == NAMES and copies.kept == ()
    for name in NAMES:
        found, original = parameters(copies.place / name), parameters(shipped("notebooks") / name)
        assert found.keys() == original.keys()
        assert found == {**original, **({"as_of": "16/11/2026"} if "as_of" in original else {})}


def test_a_schools_folder_is_set_so_that_it_works_from_the_copies_place(tmp_path, monkeypatch):
    (tmp_path / "Hồ sơ 2026").mkdir()
    monkeypatch.chdir(tmp_path)
    copies = make_copies(tmp_path / "out", (tmp_path / "x" / ".." / "Hồ sơ 2026").relative_to(tmp_path))
    assert copies.place == tmp_path / "out" / "so_tinh" / "Hồ sơ 2026"
    for name in NAMES:
        original = parameters(shipped("notebooks") / name)
        wanted = {"folder": (tmp_path / "Hồ sơ 2026").as_posix()} if "folder" in original else {}
        assert parameters(copies.place / name) == {**original, **wanted}


def test_the_day_of_the_version_that_counts_is_filled_in_and_the_years_that_have_results(tmp_path):
    folder, out = tmp_path / "Hồ sơ 2026", tmp_path / "out"
    folder.mkdir()

    def made(year, name, day, forms):
        place = out / "00123456" / year / name
        place.mkdir(parents=True)
        (place / "review.json").write_text("{}", encoding="utf-8")
        own = {"as_of": day, "forms_folder": origin_of(forms), "made_at": f"{day}T08:00:00Z"}
        (place / "manifest.json").write_bytes(manifest_bytes("00123456", own))
        return place.as_posix()

    made("2026", "du_thao", "2026-10-31", folder)
    official = made("2026", "chinh_thuc_lan_1", "2026-11-15", folder)
    assert parameters(make_copies(out, folder).place / SCORING)["as_of"] == "15/11/2026"
    other = make_copies(out, tmp_path)  # another folder: no day is known
    assert parameters(other.place / SCORING)["as_of"] == ""
    before = made("2025", "du_thao", "2025-11-15", tmp_path / "Hồ sơ 2025")
    found = parameters(make_copies(out, folder).place / "3_so_sanh_nam.ipynb")
    assert found["reviews"] == f"{before}; {official}"
    assert "15/11/2025" not in str(parameters(make_copies(out, folder).place / SCORING))


def test_the_start_notebook_comes_first_and_leads_to_every_other(tmp_path):
    copies = make_copies(tmp_path, None)
    text = "\n".join(cell.source for cell in nbformat.read(copies.place / copies.names[0], as_version=4).cells)
    assert copies.names[0] == "0_bat_dau.ipynb" and "▶▶" in text
    links = re.findall(r"\[([^\]]+)\]\(([^)]+)\)", text)
    assert [target for _, target in links] == [shown for shown, _ in links] == list(copies.names[1:])


# --- what is kept --------------------------------------------------------------------------------------------------


def test_a_changed_copy_is_kept_byte_for_byte(tmp_path):
    copies = make_copies(tmp_path, None)
    change(copies.place / SCORING)
    before = (copies.place / SCORING).read_bytes()
    assert make_copies(tmp_path, None).kept == (SCORING,)
    assert (copies.place / SCORING).read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'{"cells": 3}'])
def test_a_copy_that_cannot_be_read_is_kept(tmp_path, damage):
    copies = make_copies(tmp_path, None)
    (copies.place / SCORING).write_bytes(damage)
    assert make_copies(tmp_path, None).kept == (SCORING,)
    assert (copies.place / SCORING).read_bytes() == damage


def test_results_in_a_copy_are_no_change_and_stay(tmp_path):
    copies = make_copies(tmp_path, None)
    notebook = nbformat.read(copies.place / SCORING, as_version=4)
    notebook.cells[1].execution_count = 7
    nbformat.write(notebook, copies.place / SCORING)
    before = (copies.place / SCORING).read_bytes()
    assert make_copies(tmp_path, None).kept == ()
    assert (copies.place / SCORING).read_bytes() == before


def test_a_copy_that_nobody_changed_gives_way_to_a_newer_one(tmp_path, monkeypatch):
    newer = tmp_path / "newer"
    newer.mkdir()
    for name in NAMES:
        (newer / name).write_bytes((shipped("notebooks") / name).read_bytes())
    make_copies(tmp_path, None)
    change(newer / SCORING, "\n# mới")
    monkeypatch.setattr("antq_review.cli.lab_copies.shipped", lambda _: newer)
    copies = make_copies(tmp_path, None)
    assert copies.kept == ()
    assert nbformat.read(copies.place / SCORING, as_version=4).cells[-1].source.endswith("# mới")


def test_two_folders_of_one_name_have_copies_of_their_own(tmp_path):
    schools = [tmp_path / code / "2026" for code in ("a", "b")]
    for school in schools:
        school.mkdir(parents=True)
    places = [make_copies(tmp_path / "out", school).place for school in (*schools, *schools)]
    assert places[:2] == places[2:] and places[0] != places[1]
    assert parameters(places[1] / SCORING)["folder"] == schools[1].as_posix()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path):
    other = tmp_path / "so_tinh" / "truong_mau"
    other.mkdir(parents=True)
    (other / SCORING).write_text("of somebody else", encoding="utf-8")
    (other / ".antq_lab.json").write_text("[]", encoding="utf-8")
    assert make_copies(tmp_path, None).place == other.with_name("truong_mau_2")
    assert (other / SCORING).read_text(encoding="utf-8") == "of somebody else"


def test_a_hidden_folder_has_copies_that_jupyter_shows(tmp_path):
    (tmp_path / ".ho_so").mkdir()
    assert make_copies(tmp_path / "out", tmp_path / ".ho_so").place.name == "ho_so"


# --- with their results --------------------------------------------------------------------------------------------


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """Three notebooks in the place of the shipped ones: a sound one, one that stops, the officer's."""
    place = tmp_path / "own"
    place.mkdir()
    for name, line in (("1_dung.ipynb", "print(6 * 7, folder)"), ("2_hong.ipynb", "1 / 0"), ("5_tong_hop.ipynb", "print(folder)")):
        cells = [nbformat.v4.new_code_cell('folder = ""', metadata={"tags": ["parameters"]}), nbformat.v4.new_code_cell(line)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), place / name)
    monkeypatch.setattr("antq_review.cli.lab_copies.shipped", lambda _: place)


def shown(path):
    return "".join(output.get("text", "") for cell in nbformat.read(path, as_version=4).cells for output in cell.get("outputs", ()))


def test_copies_open_with_their_results_and_one_that_stops_is_told_and_opens_too(tmp_path, notebooks, warm_kernel, monkeypatch):
    folder, out = tmp_path / "Hồ sơ 2026", tmp_path / "out"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"x")
    copies = make_copies(out, folder)
    (told,) = run_copies(copies, folder)
    assert "2_hong.ipynb" in told and "ZeroDivisionError" in told
    assert shown(copies.place / "1_dung.ipynb") == f"42 {folder.as_posix()}\n"
    assert [shown(copies.place / name) for name in ("2_hong.ipynb", "5_tong_hop.ipynb")] == ["", ""]
    assert make_copies(out, folder).kept == ()

    ran = []
    monkeypatch.setattr("antq_review.publish.notebook.run.execute", lambda path, *_, **__: ran.append(path.name) or nbformat.read(path, 4))
    run_copies(make_copies(out, folder), folder)
    assert ran == ["2_hong.ipynb"]  # the other's results are of these forms
    (folder / "b.xlsx").write_bytes(b"x")
    run_copies(make_copies(out, folder), folder)
    assert ran == ["2_hong.ipynb", "1_dung.ipynb", "2_hong.ipynb"]
    change(copies.place / "1_dung.ipynb")
    (folder / "c.xlsx").write_bytes(b"x")
    run_copies(make_copies(out, folder), folder)
    assert ran[3:] == ["2_hong.ipynb"]


def test_the_start_notebook_opens_with_the_numbers_of_the_report(tmp_path, demo, warm_kernel):
    """Of the example school, whose day is filled in."""
    copies = make_copies(tmp_path, None)
    assert run_copies(replace(copies, names=copies.names[:1]), None) == []
    page_one = antq_review.show_page_one(antq_review.open_review(review_file=str(demo.out / "00123456/2026/du_thao/review.json")))
    cells = nbformat.read(copies.place / copies.names[0], as_version=4).cells
    assert page_one.data in [output.data.get("text/html") for cell in cells for output in cell.get("outputs", ())]


# --- JupyterLab ----------------------------------------------------------------------------------------------------


@pytest.fixture
def installed(monkeypatch):
    monkeypatch.setattr(cli_lab.importlib.util, "find_spec", lambda name: name)


def test_without_jupyterlab_one_sentence_says_what_to_run(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cli_lab.importlib.util, "find_spec", lambda name: None)
    assert run(["lab", "--out", str(tmp_path / "out")]) == 3
    assert "python3 run.py lab" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path, capsys, installed):
    assert run(["lab", str(tmp_path / "x"), "--out", str(tmp_path / "out")]) == 2
    assert str(tmp_path / "x") in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_into_the_schools_folder(tmp_path, capsys, installed):
    assert run(["lab", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert list(tmp_path.iterdir()) == []
    assert "--out" in capsys.readouterr().err


@pytest.fixture
def no_server(monkeypatch):
    """In JupyterLab's place a program that ends at once with the code that the test puts in `code`; no copy is run."""
    monkeypatch.setattr(cli_lab, "run_copies", lambda *_: ["1_minh_chung.ipynb: chưa chạy"])
    real, seen = cli_lab.subprocess.Popen, {"code": 0}

    def start(command, **options):
        seen.update(command=command, **options)
        return real([sys.executable, "-c", f"raise SystemExit({seen['code']})"], **options)

    monkeypatch.setattr(cli_lab.subprocess, "Popen", start)
    return seen


def test_its_settings_are_its_own(tmp_path, monkeypatch, capsys, installed, no_server):
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", "/of/the/user")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/of/the/user")
    monkeypatch.setenv("PYTHONSTARTUP", "/of/the/user.py")
    assert cli_lab.open_lab(tmp_path, None, browser=False) == 0
    assert "1_minh_chung.ipynb: chưa chạy" in capsys.readouterr().out
    home = tmp_path / "so_tinh" / "truong_mau" / ".jupyter"
    env = no_server["env"]
    assert not [name for name, value in env.items() if value.startswith("/of/the/user")]
    assert env["JUPYTER_CONFIG_DIR"] == str(home / "config") and env["JUPYTER_DATA_DIR"] == str(home / "data")
    config = json.loads((home / "config" / "jupyter_lab_config.json").read_text(encoding="utf-8"))
    assert config["LabApp"]["news_url"] is None and config["ServerApp"]["open_browser"] is False
    defaults = json.loads((home / "config/labconfig/default_setting_overrides.json").read_text(encoding="utf-8"))
    assert defaults["@jupyterlab/translation-extension:plugin"] == {"locale": "vi_VN"}


def test_a_server_that_fails_is_told_with_its_log(tmp_path, installed, no_server):
    no_server["code"] = 1
    with pytest.raises(CannotDo, match=r"jupyter\.log"):
        cli_lab.open_lab(tmp_path, None, browser=True)
