"""Messages: how each kind of parameter is printed, the way to JSON and back, and what a stored message may not be."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from antq_review.text import SILENT, Message, act_of, listing, literal, places_of, say, shaped, tell
from antq_review.text.message import SHAPES, Act, Listing, Shaped, rendered
from antq_review.text.stored import read, stored
from tests.each import each

#: A sentence with one place, one with three, one without any.
ONE, THREE, NONE = "cli.no_file", "ingest.row_place", "cli.no_text_in_force"


class Code(StrEnum):
    """An entry of a closed list."""

    FIRE = "fire"


class Holder(BaseModel):
    """A model with sentences, as those of a review."""

    model_config = ConfigDict(frozen=True)
    says: Message
    more: tuple[Message, ...] = ()


def at(value: Any) -> str:
    """The parameter as it stands in a sentence."""
    before, after = "Không có tệp ", "."
    said = str(tell(ONE, path=value))
    assert said.startswith(before) and said.endswith(after)
    return said.removeprefix(before).removesuffix(after)


# --- printing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "printed"), [
    ("a", "a"), ("", ""), (None, ""), (Code.FIRE, "fire"),
    (0, "0"), (2026, "2026"), (-3, "-3"),
    (Decimal("1250"), "1.250"), (Decimal("98.50"), "98,5"), (Decimal("1E+3"), "1.000"), (Decimal("0"), "0"),
    (date(2026, 4, 9), "09/4/2026"), (date(2022, 1, 20), "20/01/2022"), (datetime(2026, 4, 9, 7, 30), "09/4/2026"),
    (time(7, 30), "07:30"), (time(7, 30, 59), "07:30"),
    (SILENT, ""), (literal("{path} {antq}"), "{path} {antq}"), (tell(NONE, year=2026), say(NONE, year=2026)),
    (listing([]), ""), (listing(["a"]), "a"), (listing(["a", Decimal("1.5"), date(2026, 9, 5), None], "; "), "a; 1,5; 05/9/2026; "),
    (listing([listing([1, 2]), 3], " và "), "1, 2 và 3"),
    (shaped("Đạt Chuẩn", "lower"), "đạt chuẩn"), (shaped("Đạt Chuẩn", "lower_first"), "đạt Chuẩn"),
    (shaped("đạt chuẩn", "upper_first"), "Đạt chuẩn"), (shaped("", "upper_first"), ""), (shaped("Xong.", "no_stop"), "Xong"),
    (shaped(tell(NONE, year=2026), "lower_first"), "k" + say(NONE, year=2026)[1:]),
    (shaped(Decimal("0.985"), "percent"), "98,5%"), (shaped(1, "percent"), "100%"), (shaped(Decimal("0.9999999"), "percent"), "99,9999%"),
    (shaped(date(2026, 9, 5), "cell_day"), "05/09/2026"), (shaped(date(2026, 4, 9), "cell_day"), "09/04/2026"),
    (act_of("check"), "antq check"), (act_of("check", path="a b"), "antq check a b"),
], ids=str)
def test_each_kind_of_parameter_is_printed_in_its_way(value: Any, printed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTQ_COMMAND", raising=False)
    assert at(value) == rendered(value) == printed


def test_a_message_prints_what_say_says() -> None:
    assert str(tell(THREE, file="a.xlsx", sheet="Vụ việc", row=14)) == say(THREE, file="a.xlsx", sheet="Vụ việc", row=14)
    assert f"{tell(THREE, file=1, sheet=2, row=3)}" == "1 › 2, dòng 3"


@pytest.mark.parametrize("wrong", [
    lambda: tell("ingest.no_such_sentence"), lambda: tell("ingest.problems"), lambda: tell("ingest.not_shown.deeper"),
    lambda: tell(THREE, file="a"), lambda: tell(ONE, path=act_of("fly")), lambda: tell(ONE, path=act_of("verify")),
    lambda: tell(ONE, path=shaped("a", "sideways")),
], ids=["key", "group", "below a word", "place", "act", "act without its place", "shape"])
def test_a_slip_of_the_programmer_is_a_key_error(wrong: Any) -> None:
    with pytest.raises(KeyError):
        str(wrong())


@given(st.text())
def test_a_literal_stays_letter_by_letter(text: str) -> None:
    assert str(literal(text)) == text and at(literal(text)) == text and at(text) == text
    assert bool(literal(text)) is bool(text)


def test_silence_is_false_and_says_nothing() -> None:
    assert not SILENT and str(SILENT) == "" and literal("") == SILENT
    assert tell(NONE, year=1) and literal(" ") and listing([SILENT]) and not listing([])
    assert not shaped(SILENT, "lower") and shaped("a", "lower")


def test_the_word_for_pupils_may_be_left_out_and_the_usual_one_is_not_stored() -> None:
    usual, children = tell("numeric.rows.all_pupils"), tell("numeric.rows.all_pupils", pupils=tell("pupils.children"))
    assert (str(usual), str(children)) == ("Tổng số học sinh", "Tổng số trẻ")
    assert stored(usual) == ["numeric.rows.all_pupils"] and stored(tell(usual.key, pupils=SILENT)) == stored(usual)
    assert read(stored(children)) == children and read(stored(usual)) == usual
    first = tell("numeric.rows.at_risk_sum", pupils=tell("pupils.both"))
    assert str(first) == "Trẻ, học sinh có nguy cơ: cộng các tháng", "a sentence begins with a capital"


def test_the_parameter_of_a_place() -> None:
    message = tell(ONE, path=listing(["a"]))
    assert message.get("path") == listing(["a"]) and message.get("other") is None and SILENT.get("text") is None


# --- equality -----------------------------------------------------------------------------------------------------------


def test_equal_messages_have_one_hash_and_one_place_in_a_set() -> None:
    def made() -> Message:
        inside = listing([tell(NONE, year=2026), Decimal("1.5"), shaped(date(2026, 9, 5), "cell_day"), act_of("check", path="x")])
        return tell(THREE, file=inside, sheet=literal("Vụ việc"), row=14)

    assert made() == made() and hash(made()) == hash(made()) and len({made(), made()}) == 1
    assert tell(ONE, path=Code.FIRE) == tell(ONE, path="fire") and hash(tell(ONE, path=Code.FIRE)) == hash(tell(ONE, path="fire"))


@pytest.mark.parametrize("other", [
    tell(ONE, path="b"), Message(ONE), tell("cli.no_folder", path="a"), literal("a"), SILENT, tell(ONE, path=literal("a")),
    tell(ONE, path=listing(["a"])), tell(ONE, path=shaped("a", "lower")), "Không có tệp a.",
], ids=range(9))
def test_what_differs_is_not_equal(other: object) -> None:
    assert tell(ONE, path="a") != other


# --- JSON and back ------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)
DAYS = st.dates(date(1975, 1, 1), date(2099, 12, 31))
TIMES = st.times().map(lambda one: one.replace(microsecond=0))
ACTS = st.builds(lambda path: act_of("check", path=path), TEXTS) | st.just(act_of("review"))
PLAIN = st.none() | TEXTS | st.integers(-(10**9), 10**9) | NUMBERS | DAYS | TIMES | ACTS | st.builds(literal, TEXTS)
WORDED = st.sampled_from(sorted(SHAPES - {"percent", "cell_day"}))


def _larger(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return (
        st.builds(lambda path: tell(ONE, path=path), inside)
        | st.builds(lambda file, sheet, row: tell(THREE, file=file, sheet=sheet, row=row), inside, inside, inside)
        | st.builds(lambda items, separator: listing(items, separator), st.lists(inside, max_size=3), TEXTS)
        | st.builds(shaped, inside, WORDED)
        | st.builds(lambda rate: shaped(rate, "percent"), NUMBERS)
        | st.builds(lambda day: shaped(day, "cell_day"), DAYS)
    )


PARAMS = st.recursive(PLAIN, _larger, max_leaves=8)
MESSAGES = st.builds(literal, TEXTS) | st.builds(lambda path: tell(ONE, path=path), PARAMS) | st.just(tell("cli.stopped"))


@given(MESSAGES, st.lists(MESSAGES, max_size=2))
def test_a_stored_message_comes_back_equal(says: Message, more: list[Message]) -> None:
    held = Holder(says=says, more=tuple(more))
    again = Holder.model_validate_json(held.model_dump_json())
    assert again == held and hash(again) == hash(held) and str(again.says) == str(says)
    assert _kinds(again.says) == _kinds(says)
    assert Holder.model_validate(json.loads(json.dumps(held.model_dump(mode="json")))) == held


def _kinds(value: Any) -> Any:
    """The types of the parameters, all the way down: 1000 and Decimal(1000) are equal, and printed differently."""
    match value:
        case Message():
            return [Message, [_kinds(one) for _, one in value.params]]
        case Listing():
            return [Listing, [_kinds(one) for one in value.items]]
        case Shaped():
            return [Shaped, _kinds(value.value)]
        case Act():
            return [Act, [_kinds(one) for _, one in value.places]]
    return type(value)


def test_the_stored_shapes() -> None:
    assert stored(literal("a")) == "a" and stored(SILENT) == "" and stored(tell("cli.stopped")) == ["cli.stopped"]
    inside = [literal("a"), SILENT, Decimal("1.50"), date(2026, 9, 5), datetime(2026, 9, 5, 7), time(7, 30), 3, None, Code.FIRE]
    assert stored(tell(ONE, path=listing(inside, "; "))) == [ONE, {"path": {"separator": "; ", "list": [
        {"text": "a"}, {"text": ""}, {"number": "1.50"}, {"day": "2026-09-05"}, {"day": "2026-09-05"}, {"time": "07:30:00"},
        3, None, "fire",
    ]}}]
    assert stored(tell(ONE, path=shaped(act_of("check", path="x"), "lower"))) == [
        ONE, {"path": {"shape": "lower", "of": {"act": "check", "places": {"path": "x"}}}},
    ]


def test_a_model_takes_texts_and_messages_and_hands_out_messages() -> None:
    held = Holder(says="Sai.", more=(tell("cli.stopped"), "{path}"))
    assert held.says == literal("Sai.") and str(held.more[1]) == "{path}"
    assert Holder.model_validate(held.model_dump()) == held
    assert Holder.model_json_schema()["properties"]["says"]["anyOf"][0] == {"type": "string"}


# --- hostile stored messages --------------------------------------------------------------------------------------------


def _nested(depth: int, step: Any) -> Any:
    found: Any = "x"
    for _ in range(depth):
        found = step(found)
    return found


def _one(value: Any) -> list[Any]:
    return [ONE, {"path": value}]


HOSTILE: dict[str, Any] = {
    # no message at all
    "null": None, "number": 3, "true": True, "object": {"key": ONE}, "empty list": [], "list of lists": [[ONE]],
    "three entries": [ONE, {"path": "x"}, 1], "key is a number": [3, {}], "params is a list": [ONE, ["x"]], "params is null": [ONE, None],
    # keys
    "unknown key": ["cli.no_such_sentence"], "unknown room": ["attic.no_file", {"path": "x"}], "empty key": [""], "room alone": ["cli"],
    "a group": ["cli.steps"], "a list of words": ["ingest.copy_words"], "below a word": ["cli.stopped.more"],
    "a path": ["../../secret.key"], "an absolute path": ["/etc/passwd.x"], "a zero byte": ["cli\0.stopped"],
    "a line break": ["cli.stopped\n"],
    "a sentence that wants a number": ["numeric.pattern", {"criterion": "1", "number": "x"}],
    # places
    "missing places": [ONE], "missing place": [THREE, {"file": "a", "sheet": "b"}], "place is no name": [ONE, {"path": "x", "0]": "x"}],
    # parameters
    "float": _one(1.5), "bool": _one(True), "endless int": _one(10**50),
    "half a character": "\ud800", "half a character inside": _one("\ud800"),
    "unknown tag": _one({"colour": "red"}), "no tag": _one({}), "two tags": _one({"text": "x", "number": "1"}),
    "text is a number": _one({"text": 3}), "text is a list": _one({"text": ["x"]}), "half a character in a text": _one({"text": "\udfff"}),
    "no number": _one({"number": "x"}), "number is an int": _one({"number": 1}), "not a number": _one({"number": "NaN"}),
    "infinite": _one({"number": "-Infinity"}), "signalling": _one({"number": "sNaN"}), "huge": _one({"number": "1e999999999"}),
    "tiny": _one({"number": "1e-999999999"}), "endless number": _one({"number": "1" * 5000}),
    "no day": _one({"day": "31/12/2026"}), "no such day": _one({"day": "2026-02-30"}), "day is a number": _one({"day": 20260101}),
    "no time": _one({"time": "25:00"}), "time is a list": _one({"time": [7, 30]}),
    "list is a text": _one({"list": "abc", "separator": ", "}), "list is a number": _one({"list": 5, "separator": ", "}),
    "no separator": _one({"list": []}), "separator is a number": _one({"list": ["a"], "separator": 1}),
    "bad entry": _one({"list": [1.5], "separator": ""}),
    "unknown shape": _one({"shape": "sideways", "of": "x"}), "shape is a list": _one({"shape": ["lower"], "of": "x"}),
    "shape of nothing": _one({"shape": "lower"}), "per cent of a word": _one({"shape": "percent", "of": "x"}),
    "per cent of nothing": _one({"shape": "percent", "of": None}), "day of a word": _one({"shape": "cell_day", "of": "x"}),
    "unknown act": _one({"act": "fly", "places": {}}), "act without its place": _one({"act": "verify", "places": {}}),
    "act is a list": _one({"act": ["check"], "places": {}}), "act without places": _one({"act": "check"}),
    "places is a list": _one({"act": "check", "places": []}), "act with a bad place": _one({"act": "check", "places": {"path": 1.5}}),
    "a bad message inside": _one(["cli.no_such_sentence"]), "a missing place inside": _one([ONE]),
    # depth
    "deep messages": _nested(50, _one), "deep lists": _one(_nested(50, lambda one: {"list": [one], "separator": ""})),
    "deep shapes": _one(_nested(50, lambda one: {"shape": "lower", "of": one})),
    "deep acts": _one(_nested(50, lambda one: {"act": "check", "places": {"path": one}})),
    "very deep": _nested(20_000, _one), "very deep lists": _nested(20_000, lambda one: [one]),
}


@each("name", HOSTILE)
def test_a_hostile_stored_message_is_refused_with_a_value_error(name: str) -> None:
    value = HOSTILE[name]
    with pytest.raises(ValueError):
        read(value)
    with pytest.raises(ValidationError):
        Holder.model_validate({"says": value})


WORDS = [ONE, THREE, "check", "lower", "percent"]
FIELDS = ["text", "number", "day", "time", "list", "separator", "shape", "of", "act", "places", "path", "file", "sheet", "row"]


def _any_json(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    params = st.fixed_dictionaries({"path": inside, "file": inside, "sheet": inside, "row": inside})
    return (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS), inside, max_size=3)
        | st.tuples(st.sampled_from([ONE, THREE]), params).map(list)
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(WORDS), _any_json, max_leaves=12
)


@given(JSON)
def test_whatever_is_stored_is_refused_or_can_be_printed_and_stored_again(value: Any) -> None:
    try:
        message = read(value)
    except ValueError:
        return
    str(message).encode("utf-8")
    hash(message)
    assert read(json.loads(json.dumps(stored(message)))) == message


def test_a_parameter_cannot_put_anything_in_a_sentence_but_itself() -> None:
    message = read([ONE, {"path": "{key} {0.__class__} %s", "key": "x", "self": "y", "antq": "z"}])
    assert str(message) == "Không có tệp {key} {0.__class__} %s." and set(places_of(ONE)) == {"path"}
    assert message == tell(ONE, path="{key} {0.__class__} %s"), "a parameter that the sentence does not print is not kept"
