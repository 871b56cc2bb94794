"""The places of the folders that are installed with the package: `notebooks` and `data_templates`."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str, package: Path = PACKAGE) -> Path:
    """The folder `name`: its copy inside an installed wheel, else the one in the repository.

    Raises FileNotFoundError.
    """
    places = (package / "_shipped" / name, package.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name}: neither {places[0]} nor {places[1]} exists")


#: The day on which the example school is reviewed: the day after its assessment period ends.
EXAMPLE_DAY = "2026-11-16"


def example_folder() -> Path:
    """The example school's folder of the year 2026."""
    return shipped("data_templates") / "vi_du" / "truong_mau" / "2026"
