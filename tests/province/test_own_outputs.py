"""What this tool made but is no package is named in its refusal, whatever the file is called."""

import json
from pathlib import Path

import pytest

from antq_review.forms.return_slip import receipt_bytes
from antq_review.forms.rows.return_slip import SlipHead
from antq_review.places.manifest import json_bytes
from antq_review.province import own_outputs, unseal
from antq_review.province.officer_folder import drawn
from antq_review.province.stored import StoredRollUp
from antq_review.publish.excel.table_book import TablePage, table_book
from antq_review.shipped import example_folder
from antq_review.text import say
from tests.once import Demo

NAMES = ("bảng của xã.xlsx", "00100001_2026_lan01.zip")


def refused(path: Path) -> str:
    with pytest.raises(unseal.NoPackage) as refusal:
        unseal.opened(path)
    return str(refusal.value.says)


@pytest.fixture(scope="module")
def files(demo: Demo) -> dict[str, bytes]:
    """Kind of refusal → content of such a file."""
    titles = [say(f"province.tables.T{number}.sheet") for number in (1, 3, 4, 5, 6, 7, 8)]
    public = [TablePage(title, "x", [], [("A", 9)], []) for title in titles]
    head = SlipHead(code="00123456", name="Trường Mẫu", year=2026, number=1, package="0123456789ab", check="BA1B-7F36", seal="")
    draft = demo.out / "00123456" / "2026" / "du_thao"
    return {
        "roll_up": table_book(public), "slip": receipt_bytes(head), "office_list": dict(drawn({}))["1_quyet_dinh.xlsx"],
        "annex": (draft / "phu_luc.xlsx").read_bytes(), "form": (example_folder() / "1_nha_truong.xlsx").read_bytes(),
        "review": (draft / "review.json").read_bytes(), "loose_summary": json.dumps({"texts": [{"asks": "0" * 64}]}).encode(),
        "office": table_book([TablePage("Sheet1", "x", [], [("A", 9)], [])]),
    }


@pytest.mark.parametrize("kind", ["roll_up", "slip", "office_list", "annex", "form", "review", "loose_summary", "office"])
def test_each_is_named_under_any_name(kind: str, files: dict[str, bytes], tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes(files[kind])
        assert refused(tmp_path / name) == say(f"province.refused.{kind}"), name


def test_a_stored_roll_up_is_named_too(tmp_path: Path) -> None:
    stored = StoredRollUp(year=2026, as_of="2026-11-20", schools={}, lines=("“đạt” \\ \t\x07\x7f/",), tables={})  # type: ignore[arg-type]
    assert stored.to_json() == json_bytes(json.loads(stored.to_json()))  # written as every JSON of this tool
    (tmp_path / "a.zip").write_bytes(stored.to_json())
    assert refused(tmp_path / "a.zip") == say("province.refused.roll_up")
    assert own_outputs.kind_of_data(b'<html>"roll_up"') == ""  # a page that speaks of one is not one
