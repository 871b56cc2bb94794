"""`antq demo`: the whole review of an example school, or the receipt and roll-up of an example province."""

from __future__ import annotations

from pathlib import Path

from antq_review.cli.early import early_kernel
from antq_review.errors import UsageError
from antq_review.places.versions import Kind
from antq_review.shipped import EXAMPLE_DAY, EXAMPLE_SCHOOLS, example_folder
from antq_review.text import say, tell


def run_demo(school: str, out: Path, as_of: str) -> int:
    """Review the example school of this name (empty: the first). Returns the exit code: what is open or faulty in the example is part
    of it, so it ends with 0.

    Raises UsageError for a name that no example school has.
    """
    name = school.strip().lower().replace("&", "_") or next(iter(EXAMPLE_SCHOOLS))
    if name not in EXAMPLE_SCHOOLS:
        raise UsageError(tell("cli.demo.no_school", school=school, known=", ".join(EXAMPLE_SCHOOLS)))
    folder = example_folder(name)
    with early_kernel([folder]) as kernel:
        from antq_review.cli.review import review_folder

        code = review_folder(folder, out, as_of or EXAMPLE_DAY, "", Kind.DRAFT, kernel)
    if code == 1:
        print(say("cli.demo_faults"))
    return 0 if code == 1 else code


def run_province_demo(out: Path, browser: bool) -> int:
    """Make the officer's folder of the example province where it is not there yet, check it and roll it up. Returns 0."""
    import webbrowser

    from antq_review.cli.province import make_roll_up
    from antq_review.province.example import AS_OF, PLACE, SEED, YEAR, write_example
    from antq_review.province.work import FOLDER

    folder = out.joinpath(*PLACE)
    if not folder.exists():
        write_example(folder, SEED)
        print(say("province.example.made", folder=folder))
    make_roll_up(folder, out, AS_OF.isoformat(), public=False)
    page = out / FOLDER / str(YEAR) / "tong_hop.html"
    if browser:
        webbrowser.open(page.resolve().as_uri())
    return 0
