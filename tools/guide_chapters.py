"""The chapters of docs/huong_dan that follow from the program itself: every form, every problem, every verb, every public name.

docs/huong_dan/conf.py writes them before a build, so that they cannot disagree with what they describe.
"""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer.main

import antq_review
from antq_review.cli.app import app
from antq_review.scoring.sections.final_version import Blocks, blocks
from antq_review.text import say, words
from tools.guide_examples import has_open_remedy, kept
from tools.guide_forms import FORM_CHAPTERS, plain

#: A place that a sentence fills at each use.
_PLACE = re.compile(r"\{[a-z_]+\}")
_PROBLEMS = """\
# Khi có lỗi

Mỗi lỗi nói bốn điều: **ở đâu** (tệp, trang tính, ô), **đã ghi gì**,
**cần gì**, **sửa thế nào**. Danh sách ở
`kiem_tra/loi_nhap_lieu.xlsx`; mỗi tệp có lỗi có thêm một bản đánh dấu,
bấm địa chỉ ô là tới ô. Sửa ở **tệp gốc** rồi thả lại: bản đánh dấu không được đọc.

![Bước 2: từng lỗi, ở ô nào, sửa thế nào](hinh/man_hinh_loi.png)

*Lỗi* là điều chưa tính được; *cảnh báo* là điều đã tính nhưng nên xem; *lưu ý* không cần làm gì. Dưới đây là mọi lỗi, xếp theo
lý do lỗi ấy chặn bản chính thức. “…” là chỗ điền tên, số ở mỗi lần báo; *Ví dụ* là một câu báo thật, trên một trường hư cấu. Tìm bằng ô tìm
kiếm, hoặc Ctrl+F với vài chữ của câu báo.
"""
_NOTHING_TO_DO = "Không phải làm gì."
#: End of a problem's code → where the guide tells the remedy step by step.
_LONGER = {"old_encoding": "hoi_dap.md#ma-cu"}
_VERBS = """\
# Các lệnh

Ai dùng trang làm việc thì không cần chương này. `python3 run.py LỆNH` (Windows: `py run.py LỆNH`) và `antq LỆNH` là một.
"""
_NAMES = """\
# API

Chương này dành cho người lập trình: `import antq_review as antq`, trong sổ tính hoặc tệp Python. Lời giải thích bằng tiếng Anh; bảng có tên
cột bằng tiếng Việt.
"""
#: What the examples of all names are given.
_MADE = """\
import antq_review as antq

review = antq.open_review()
evidence = antq.open_evidence()
comparison = antq.open_comparison()
place = "NHAN_HO_SO"  # the receiving office's folder
roll_up = antq.open_roll_up(folder=place)"""
#: Parameter → what it is given in an example, where this is not a name of `_MADE`.
_GIVEN = {"key": '"T1"'}


def problems() -> str:
    """Every problem of the forms: its sentence, severity, consequence and remedy, grouped by why it blocks a final version."""
    told = words("ingest")
    parts = [_PROBLEMS]
    for why in (*(one for one in Blocks if one is not Blocks.NEVER), Blocks.NEVER):
        parts.append(f"## {told['blocking'][why].rstrip('.')}\n")
        for code, entry in told["problems"].items():
            if blocks(code) is why:
                parts += _problem(code, entry, told["severity"][entry["severity"]])
    return "\n".join(parts)


def _problem(code: str, entry: dict[str, Any], severity: str) -> Iterator[str]:
    yield f"(loi-{code})=\n### {_plain(entry['says'])}\n"
    yield f"*{severity}.*" + (f" {_plain(entry['consequence'])}" if entry.get("consequence") else "") + "\n"
    told = kept()["problems"][code]
    if has_open_remedy(code):
        yield f"**Sửa:** tùy từng ô; ở ví dụ dưới: {plain(told['remedy'])}\n"
    else:
        yield f"**Sửa:** {_plain(entry.get('remedy', _NOTHING_TO_DO))}{_steps(code)}\n"
    yield f"**Ví dụ:** {_told(told)}\n"


def _steps(code: str) -> str:
    """The link to the longer instructions of a kind of problem, where the guide has them."""
    return next((f" [Từng bước]({place})." for kind, place in _LONGER.items() if code.endswith(kind)), "")


def _told(example: dict[str, str]) -> str:
    """Place, sentence, and what the cell says afterwards."""
    place = [
        f"{words_} {example[part]}" for part, words_ in (("file", "tệp"), ("sheet", "trang"), ("cells", "ô")) if part in example
    ] + ([f"cột «{example['column']}»"] if "column" in example else [])
    told = f"{', '.join(place)}: {example['says']}" if place else example["says"]
    return plain(told[0].upper() + told[1:] + (f" Ghi lại: {example['mended']}." if "mended" in example else ""))


def _plain(sentence: str) -> str:
    """A sentence with dots in its places, its marks not read as Markdown."""
    return plain(_PLACE.sub("…", sentence).replace("…….", "…."))


def verbs() -> str:
    """Every verb with its arguments and options, as `--help` tells them, and the exit codes."""
    return "\n".join([_VERBS, say("cli.help.exit_codes") + "\n", *_verbs(typer.main.get_command(app), "")])


def _verbs(group: Any, before: str) -> Iterator[str]:
    """Any: the commands' classes belong to typer's private copy of click."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _verbs(command, f"{before}{name} ")
            continue
        yield f"## `{before}{name}`\n\n{command.help}\n"
        rows = [(_called(one), one.help or "") for one in command.params if one.help]
        if rows:
            yield "| | |\n|---|---|\n" + "".join(f"| `{called}` | {help_} |\n" for called, help_ in rows)


def _called(parameter: Any) -> str:
    named = [one for one in getattr(parameter, "opts", []) if one.startswith("--")]
    metavar = parameter.metavar or ""
    return f"{named[0]} {metavar}".strip() if named else metavar


def names() -> str:
    """Every public name of the package with its call, its docstring and a runnable example."""
    parts = [_NAMES, _example(_MADE)]
    for name in sorted(antq_review.__all__):
        thing = getattr(antq_review, name)
        if inspect.isfunction(thing) or inspect.isclass(thing):
            parts.append(_named(f"antq.{name}", thing, 2))
    parts.append("## `tables`\n")
    parts += [_named(f"antq.tables.{name}", getattr(antq_review.tables, name), 3) for name in sorted(antq_review.tables.__all__)]
    return "\n".join(parts)


def _named(name: str, thing: Callable[..., object], depth: int) -> str:
    called = f"```python\n{name}{_call(thing)}\n```\n\n" if inspect.isfunction(thing) else ""
    return f"{'#' * depth} `{name.removeprefix('antq.')}`\n\n{called}{_quoted(thing)}\n\n{_example(example(name, thing))}\n"


def example(name: str, thing: Callable[..., object]) -> str:
    """The lines of the docstring's example (doctest), as a user types them.

    A function that only shows or returns a table of what it is given needs none: its example is its call with the names of
    `_MADE`.
    """
    found = doctest.DocTestParser().get_examples(inspect.getdoc(thing) or "")
    if found:
        return "".join(one.source for one in found).rstrip("\n")
    needed = [one.name for one in inspect.signature(thing).parameters.values() if one.default is one.empty]
    return f"{name}({', '.join(_GIVEN.get(one, one) for one in needed)})"


def _example(source: str) -> str:
    return f"```python\n{source}\n```"


def _call(thing: Callable[..., object]) -> str:
    """Its parameters; a default that is an object of the program (`<function <lambda> at 0x…>`) is only told to be there."""
    return re.sub(r"<(?:[^<>]|<[^<>]*>)*>", "...", str(inspect.signature(thing)))


def _quoted(thing: object) -> str:
    """Its docstring without the example, which stands below it."""
    lines = (inspect.getdoc(thing) or "").splitlines()
    first = next((place for place, line in enumerate(lines) if line.startswith(">>>")), len(lines))
    rest = lines[first:]
    after = rest[rest.index(""):] if "" in rest else []
    return "```text\n" + "\n".join([*lines[:first], *after]).strip() + "\n```"


#: File of docs/huong_dan → what it holds.
CHAPTERS: dict[str, Callable[[], str]] = {"khi_co_loi.md": problems, "lenh.md": verbs, "api.md": names, **FORM_CHAPTERS}


def write(folder: Path) -> None:
    """Write the chapters into the folder of the guide's sources."""
    for name, chapter in CHAPTERS.items():
        (folder / name).write_text(chapter(), encoding="utf-8", newline="\n")
