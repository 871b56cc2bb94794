"""How Sphinx builds the guide: `python3 run.py docs`. Nothing is asked of the network, neither here nor by the pages."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from sphinx.search import SearchLanguage, languages  # noqa: E402

from tools import guide_chapters  # noqa: E402

guide_chapters.write(HERE)


class Vietnamese(SearchLanguage):
    """Words stay as they are written. Sphinx would take them for English: `giấy` → `giấi`, and `an` of `an ninh` left out."""

    lang = "vi"
    language_name = "Vietnamese"


languages["vi"] = Vietnamese

project = "antq_review"
author = "antq_review"
copyright = "antq_review, giấy phép MIT"
language = "vi"
extensions = ["myst_nb"]
myst_enable_extensions = ["colon_fence", "deflist"]
exclude_patterns = ["_build"]
# The cells of so_tinh.md are run at each build; one that fails fails the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
suppress_warnings = ["misc.copy_overwrite"]
html_theme = "furo"
html_title = "Hướng dẫn antq_review"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["huong_dan.css"]
html_use_index = False
