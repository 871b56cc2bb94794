"""The package comes before any test's own imports: it settles how openpyxl writes (see `antq_review/__init__.py`)."""

import antq_review  # noqa: F401
