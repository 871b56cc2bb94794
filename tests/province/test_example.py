"""The example province: forty fictional schools, each fate of a package once."""

import shutil
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from antq_review.cli.app import app
from antq_review.errors import UsageError
from antq_review.files import files_below
from antq_review.package.check import check_code
from antq_review.package.sense import contradictions
from antq_review.province.choose import ReportState, Standing
from antq_review.province.example import AS_OF, COUNT, SEED, write_example
from antq_review.province.example_schools import example_schools, example_summaries, varied
from antq_review.province.roll_up import Receipt
from antq_review.province.work import Looked, look


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tinh") / "TONG_HOP_2026"
    write_example(place, SEED)
    return place


@pytest.fixture(scope="module")
def looked(folder: Path) -> Looked:
    return look(folder, AS_OF, AS_OF)


def _of(looked: Looked, state: ReportState) -> list[Standing]:
    return [one for one in looked.found.standings if one.state is state]


def test_every_fate_of_a_package_is_there(looked: Looked) -> None:
    """By hand: 40 schools, 1 closed; 2 silent and 1 whose package is damaged have sent nothing; of the 36 that arrived 1 was
    returned, 1 is a draft, of 1 it is not known which package counts: 33 count. Two are late."""
    assert looked.faults == ()
    receipt = Receipt.of(looked.found.standings)
    assert (receipt.expected, receipt.received, receipt.not_sent, receipt.counted) == (39, 36, 3, 33)
    assert (receipt.returned, receipt.drafts, receipt.undecided) == (1, 1, 1)
    for state in (ReportState.RETURNED, ReportState.DRAFT, ReportState.UNDECIDED, ReportState.CLOSED, ReportState.ACCEPTED_NEWER):
        assert len(_of(looked, state)) == 1, state
    assert sum(bool(one.late_days) for one in looked.found.standings) == 2
    assert [one.shown for one in looked.found.unreadable] == ["90000014_2026_lan01.zip"]
    doubled = [one for one in looked.found.standings if one.arrival is not None and len(one.arrival.files) == 2]
    assert [one.code for one in doubled] == ["90000029"]


def test_what_was_received_is_what_was_sent(looked: Looked) -> None:
    """Whole, also where the memory holds it once for many: the check code on the signed paper must be found again."""
    sent = varied(example_summaries(), example_schools(COUNT)[0], Random(SEED))
    arrival = looked.found.standings[0].arrival
    assert arrival is not None and arrival.package.summary == sent
    assert check_code(arrival.package.summary) == check_code(sent)


def test_the_same_seed_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_example(tmp_path / "lai", SEED)
    names = {path.relative_to(folder) for path in files_below(folder)}
    assert names == {path.relative_to(tmp_path / "lai") for path in files_below(tmp_path / "lai")}
    for name in names:
        assert (folder / name).read_bytes() == (tmp_path / "lai" / name).read_bytes(), name


def test_every_level_is_there_and_no_figure_contradicts_another() -> None:
    schools = example_schools(COUNT)
    assert len({one.levels for one in schools}) == 7 and len({one.code for one in schools}) == COUNT
    assert all("Mẫu" in one.name for one in schools)
    random = Random(SEED)
    for school in schools:
        summary = varied(example_summaries(), school, random)
        assert list(contradictions(summary)) == []
        lines = {(table, one.key): one.value for table, rows in summary.tables.items() for one in rows}
        assert lines.get(("PL7", "incidents.all"), 0) == summary.incidents.verified  # what is not declared and 0 is not sent
        pupils = [value or 0 for (table, key), value in lines.items() if table == "PL1" and key.endswith("_pupils")]
        assert not pupils or lines["PL1", "people.pupils"] == sum(pupils)
        if school.levels == "primary":
            assert not any(key.endswith(("lower_secondary_pupils", "upper_secondary_pupils")) for _, key in lines)


def test_the_demonstration_rolls_it_up_and_keeps_what_the_officer_changed(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "vi_du_so" / "TONG_HOP_2026")
    ran = CliRunner().invoke(app, ["demo", "--province", "--no-browser", "--out", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    assert "36/39 trường" in ran.output and (tmp_path / "tong_hop" / "2026" / "tong_hop.html").is_file()
    both = CliRunner().invoke(app, ["demo", "--province", "--school", "thpt"])
    assert isinstance(both.exception, UsageError)
