"""Lookups of a copy of the evidence: what the standing evidence knows is taken over, and only new rows are asked."""

import gc
from datetime import date

from antq_review.collector import without_collector
from antq_review.forms.rows.evidence import Activity
from antq_review.rules import in_force
from antq_review.scoring import review, summary
from antq_review.scoring.advice.what_if import Adding, EvidenceChange, Setting, applied
from antq_review.scoring.evidence.index import Index
from tests.once import no_steps
from tests.scoring.build import AS_OF, YEAR, evidence_of, look_at

CASE = {
    "units": [{"name": "Tổ Toán", "kind": "subject_group"}, {"name": "Tổ Văn", "kind": "subject_group"}],
    "activities": [
        {"held_on": date(2026, 3, day), "name": "Ngoại khóa", "form": "thematic", "topic_1": topic, "organiser": unit}
        for day, topic, unit in ((2, "law", "Tổ Toán"), (3, "drugs", "Tổ Văn"), (4, "law", "Đội"))
    ],
}
NEW = (("held_on", date(2026, 4, 1)), ("name", "Ngoại khóa"), ("form", "thematic"), ("topic_1", "law"), ("organiser", "Đội"))


def test_a_filter_asks_a_copy_for_its_new_rows_alone():
    standing = Index(evidence_of(CASE))
    copy = Index(applied(standing.evidence, EvidenceChange(adding=(Adding("activities", NEW),))), standing, frozenset({"activities"}))
    asked = []
    for index, count in ((standing, 2), (copy, 3)):
        found = index.where("law?", "activities", ("topic_1",), lambda topic: asked.append(topic) or topic == "law")
        assert found == {row for row in index.evidence.of(Activity) if row.values.topic_1 == "law"} and len(found) == count
    assert asked == ["law", "drugs", "law"]


def test_a_filter_that_rests_on_a_changed_table_is_asked_again():
    look = look_at(CASE)
    assert [row.number for row in look.matching(look.evidence.of(Activity), {"organiser": ("subject_group",)})] == [10, 11]
    unit = look.evidence.rows("units")[1]
    changed = applied(look.evidence, EvidenceChange(setting=(Setting.of(unit, kind="office"),)))
    copy = type(look)(changed, look.period, look.as_of, look.year, Index(changed, look.index, frozenset({"units"})))
    assert [row.number for row in copy.matching(copy.evidence.of(Activity), {"organiser": ("subject_group",)})] == [10]


def test_two_rows_that_say_the_same_are_two():
    first, second = (evidence_of(CASE).of(Activity)[0] for _ in range(2))
    assert first == second and len({first, second}) == 2


def test_a_review_leaves_nothing_to_the_collector(monkeypatch):
    monkeypatch.setattr(summary, "to_do", no_steps)
    evidence = evidence_of(CASE)
    review(evidence, in_force(YEAR), AS_OF)  # what is loaded for the first one is no part of it
    gc.collect()
    with without_collector():
        review(evidence, in_force(YEAR), AS_OF)
        assert gc.collect() == 0
    assert gc.isenabled()
