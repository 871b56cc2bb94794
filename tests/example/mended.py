"""The example without its flaws, for tests about what follows: the workbooks are mended once and then copied."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from antq_review.shipped import example_folder
from tests.example import test_changes
from tests.example.edit import copy_example


def mend(folder: Path) -> None:
    """What the school does about the example's flaws, in a folder that is still as it was shipped."""
    for name, content in _mended().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


@cache
def _mended() -> dict[Path, bytes]:
    """The files that mending changes or adds."""
    with TemporaryDirectory() as place:
        folder = copy_example(Path(place))
        test_changes.mend(folder)
        found = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    shipped = {name: (example_folder() / name).read_bytes() for name in found if (example_folder() / name).is_file()}
    return {name: content for name, content in found.items() if content != shipped.get(name)}
