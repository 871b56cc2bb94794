"""A package: the same bytes for the same content, valid for the field's own validator, without a person's name."""

import json
import re
import shutil
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import bagit
import pytest
from openpyxl import load_workbook

from antq_review.errors import CannotDo, UsageError
from antq_review.history import load_any
from antq_review.ingest.model import Evidence
from antq_review.package.check import check_code
from antq_review.package.model import Summary
from antq_review.package.sense import contradictions
from antq_review.package.summarise import summary_of
from antq_review.places.versions import Kind, Version, newest
from antq_review.province.bag import PackageName
from antq_review.province.named import refuse_named_papers, refuse_names
from antq_review.province.send import Sent, send
from antq_review.publish.dossier import fields
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder
from antq_review.text import literal

DRAFT = Version(Path("du_thao"), Kind.DRAFT)


def payload(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_the_package_is_small_and_valid_for_another_validator(sent: Sent, tmp_path: Path) -> None:
    files = payload(sent.path)
    assert sent.size <= 160_000 and len(files["data/tom_tat.json"]) <= 40_000
    with zipfile.ZipFile(sent.path) as archive:
        archive.extractall(tmp_path)  # our own file; received ones are never unpacked
    bag = bagit.Bag(str(tmp_path / sent.path.stem))
    bag.validate()
    assert bag.info["External-Identifier"] == "00123456-2026" and "Bagging-Date" not in bag.info


def test_unchanged_results_give_the_same_package_and_changed_ones_the_next(
    sent: Sent, evidence: Evidence, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = send(example_folder(), evidence, results)
    assert (again.path, again.is_new, sent.is_new) == (sent.path, False, True)
    other = tmp_path / "khac"
    shutil.copytree(results / "00123456" / "2026", other / "00123456" / "2026", ignore=shutil.ignore_patterns("goi"))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    elsewhere = send(example_folder(), evidence, other)
    assert elsewhere.path.read_bytes() == sent.path.read_bytes()
    before = payload(elsewhere.path)
    elsewhere.path.write_bytes(b"an edited package is no package of these results")
    second = send(example_folder(), evidence, other)
    assert second.name == PackageName("00123456", 2026, 2) and payload(second.path)["data/tom_tat.json"] == before["data/tom_tat.json"]


def test_only_official_pages_of_the_annex_leave_the_school(sent: Sent) -> None:
    book = load_workbook(BytesIO(payload(sent.path)["data/phu_luc.xlsx"]))
    assert "Thông tư 124" in book.sheetnames and not {"Nội bộ", "Lỗi nhập liệu"} & set(book.sheetnames)


def test_results_older_than_the_forms_are_not_sent(results: Path, tmp_path: Path) -> None:
    folder = tmp_path / "truong"
    shutil.copytree(example_folder(), folder)
    book = load_workbook(folder / "2_van_ban.xlsx")
    book.save(folder / "2_van_ban.xlsx")
    with pytest.raises(CannotDo, match=r"2_van_ban\.xlsx"):
        send(folder, read_folder(folder), results)
    with pytest.raises(CannotDo):
        send(folder, read_folder(folder), tmp_path)


def test_a_year_judged_by_another_year_s_text_and_a_version_that_is_not_there_are_not_sent(
    results: Path, evidence: Evidence, tmp_path: Path
) -> None:
    out = tmp_path / "khac"
    shutil.copytree(results / "00123456" / "2026", out / "00123456" / "2026", ignore=shutil.ignore_patterns("goi"))
    year = out / "00123456" / "2026"
    version = newest(year)
    assert version is not None
    with pytest.raises(UsageError, match=version.path.name):  # the versions that are there are named
        send(example_folder(), evidence, out, named="chinh_thuc_lan_9")
    assert send(example_folder(), evidence, out, named=version.path.name).version.path == version.path
    again = load_any(version.path).model_copy(update={"rescored": literal("chấm lại")})
    (version.path / "review.json").write_text(again.to_json(), encoding="utf-8")
    manifest = json.loads((version.path / "manifest.json").read_text(encoding="utf-8"))
    (version.path / "manifest.json").write_text(json.dumps(manifest | {"outputs": {}}), encoding="utf-8")
    with pytest.raises(CannotDo, match="năm khác"):
        send(example_folder(), evidence, out)
    assert len(list((year / "goi").iterdir())) == 1


def test_the_summary_says_no_word_about_a_person(review: Review) -> None:
    summary = summary_of(review, DRAFT)
    text = summary.to_json().decode("utf-8")
    people = [review.school.signer, *(one.name for meeting in review.meetings for one in meeting.attendees)]
    assert len(people) > 8 and not [name for name in people if name in text]
    assert "16:45" not in text and "T16" not in text  # the minute of an incident
    assert Summary.model_validate_json(text) == summary and not list(contradictions(summary))
    own_table = next(text for text in summary.texts if text.own_table)
    assert {one.title for one in own_table.criteria} == {""}  # a title of the school's own table is free text
    assert not [row.key for rows in summary.tables.values() for row in rows if row.key.startswith("model.")]
    refuse_names(summary, (), review)


@pytest.mark.parametrize("planted", ["Nguyễn Văn A", "nguyễn  văn a", "0912345678", "CCCD 068123456789"])
def test_a_name_that_comes_in_by_another_way_is_refused_with_its_field(review: Review, planted: str) -> None:
    summary = summary_of(review, DRAFT)
    school = replace(summary.school, commune=f"xã {planted}")
    with pytest.raises(CannotDo, match=r"school\.commune"):
        refuse_names(summary.model_copy(update={"school": school}), (), review)


def test_a_name_that_was_written_into_a_paper_is_refused_with_the_file(results: Path, review: Review) -> None:
    """Word cuts a name into runs; the signer, and a school named after a person, are no reason."""
    paper = next((results / "00123456" / "2026" / "ho_so").glob("D10*.docx"))
    person = next(one.name for meeting in review.meetings for one in meeting.attendees if one.name != review.school.signer)
    first, rest = person.split(" ", 1)

    def with_line(runs: str) -> dict[str, bytes]:
        made = BytesIO()
        with zipfile.ZipFile(paper) as source, zipfile.ZipFile(made, "w") as target:
            for name in source.namelist():
                target.writestr(name, source.read(name).replace(b"</w:body>", f"<w:p>{runs}</w:p></w:body>".encode()))
        return {paper.name: made.getvalue()}

    with pytest.raises(CannotDo, match="D10"):
        refuse_named_papers(with_line(f"<w:r><w:t>{first} </w:t></w:r><w:r><w:t>{rest}</w:t></w:r>"), review)
    for between in ("<w:br/>", '<w:br w:type="textWrapping"/>', "<w:tab/>"):
        with pytest.raises(CannotDo, match="D10"):
            refuse_named_papers(with_line(f"<w:r><w:t>{first}</w:t>{between}<w:t>{rest}</w:t></w:r>"), review)
    refuse_named_papers(with_line(f"<w:r><w:t>{review.school.signer}</w:t></w:r>"), review)
    school = review.school.model_copy(update={"name": f"Trường THCS {person}"})
    refuse_named_papers(with_line(f"<w:r><w:t>{school.name}</w:t></w:r>"), review.model_copy(update={"school": school}))
    with pytest.raises(CannotDo, match="D10"):
        refuse_named_papers({paper.name: b"PK\3\4 broken"}, review)


def test_a_long_school_code_is_no_person_s_number(review: Review) -> None:
    summary = summary_of(review, DRAFT)
    school = replace(summary.school, code="0100123456")
    refuse_names(summary.model_copy(update={"school": school}), (), review)


def printed(document: bytes) -> str:
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode("utf-8"))


def test_the_code_of_the_package_stands_on_its_two_reports_and_in_no_public_copy(sent: Sent, review: Review) -> None:
    files = payload(sent.path)
    for name, content in files.items():
        if name.endswith(".docx"):
            assert (sent.code in printed(content)) is ("D03" in name or "D10" in name), name
    assert {"data/D03_bao_cao_124.docx", "data/D10_bao_cao_tong_ket.docx"} <= set(files)
    assert sent.code in files["data/DOC_TRUOC.txt"].decode("utf-8")
    for code in ("D3", "D10"):
        assert fields(review, code).letterhead.has_check_line and not fields(review, code, public=True).letterhead.check_line


def unpacked(content: bytes) -> str:
    """All text of an Office file, without its markup."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return " ".join(re.sub(r"<[^>]*>", "", archive.read(name).decode("utf-8", "replace")) for name in archive.namelist())


def test_nobody_but_the_signer_is_named_in_any_file_of_the_package(sent: Sent, review: Review) -> None:
    people = {one.name for meeting in review.meetings for one in meeting.attendees}
    people |= {name.split(",")[0] for meeting in review.meetings for name in (meeting.chair, meeting.secretary)}
    people |= {name.split(",")[0] for text in review.texts for name in text.confirmed_by}
    opinions = {one.opinion for meeting in review.meetings for one in meeting.opinions}
    assert len(people) >= 10 and opinions
    for name, content in payload(sent.path).items():
        text = unpacked(content) if name.endswith((".xlsx", ".docx")) else content.decode("utf-8")
        signed = {review.school.signer} if name.endswith(".docx") else set()
        assert not [one for one in (people - signed) | opinions if one and one in text], name


def test_a_paper_of_other_figures_stays_behind(results: Path, evidence: Evidence, tmp_path: Path) -> None:
    out = tmp_path / "khac"
    shutil.copytree(results / "00123456" / "2026", out / "00123456" / "2026", ignore=shutil.ignore_patterns("goi"))
    manifest = out / "00123456" / "2026" / "ho_so" / "manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8"))
    known["documents"]["D03_bao_cao_124.docx"]["check"] = "0000-0000"
    manifest.write_text(json.dumps(known), encoding="utf-8")
    found = send(example_folder(), evidence, out)
    assert "D03_bao_cao_124.docx" not in found.files and "D10_bao_cao_tong_ket.docx" in found.files
    assert any(said.startswith("D3: ") for said in found.left_out)


def test_the_check_code_changes_with_a_figure_and_not_with_version_or_evidence_file(review: Review) -> None:
    summary = summary_of(review, DRAFT)
    assert check_code(summary) == check_code(summary_of(review, Version(Path("so_ket"), Kind.INTERIM, day=review.as_of)))
    more = summary.model_copy(update={"evidence": type(summary.evidence)(own=("0" * 32,))})
    other = summary.model_copy(update={"year": 2025})
    assert check_code(summary) == check_code(more) != check_code(other)
    assert len(check_code(summary)) == 9


def test_numbers_are_exact_and_unknown_is_not_nought(review: Review) -> None:
    summary = summary_of(review, DRAFT)
    sent_rows = {(name, row.key): row for name, rows in summary.tables.items() for row in rows}
    for table in review.tables:
        for row in table.rows if table.id in summary.tables else ():
            if (table.id, row.key) in sent_rows and row.value is not None:
                assert abs(sent_rows[table.id, row.key].value - row.value) < 1e-9
    assert all(row.value is not None or row.at_most is not None for row in sent_rows.values())
    stored = json.loads(summary.to_json())
    assert stored["incidents"]["by_kind"] == {"theft": 1, "traffic": 1}
