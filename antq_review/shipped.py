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


#: The day on which the example schools are reviewed: the day after the assessment period ends.
EXAMPLE_DAY = "2026-11-16"
#: The example schools by the name that `demo --school` takes: their folders below `data_templates/vi_du`. The first is the default.
EXAMPLE_SCHOOLS = {"th_thcs": "truong_mau", "thpt": "truong_thpt_mau"}


def example_folder(school: str = "th_thcs") -> Path:
    """An example school's folder of the year 2026. Raises KeyError for a name that is not in EXAMPLE_SCHOOLS."""
    return shipped("data_templates") / "vi_du" / EXAMPLE_SCHOOLS[school] / "2026"
