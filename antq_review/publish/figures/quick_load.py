"""Imported before the rest of matplotlib in a process that only draws.

matplotlib writes a help text for every class of artist when the class is made, from the docstrings of its methods. That is a
quarter of its loading, and nobody asks a kernel that runs one notebook for help. Nothing that is drawn changes.
"""

from __future__ import annotations

import matplotlib.artist

matplotlib.artist.kwdoc = lambda artist: ""
