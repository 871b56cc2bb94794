"""Papermill's engine on a kernel of our own, which keeps running for the next notebook."""

from __future__ import annotations

from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

ENGINE = "antq_review"
#: Time limits in seconds: for one cell, and for the first answer of a kernel.
CELL_SECONDS, START_SECONDS = 600, 120


class OwnEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """Papermill's engine on a given kernel, which keeps running for the next notebook."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Runs a notebook for papermill on the kernel in `options["manager"]`."""
        client = PapermillNotebookClient(
            nb_man, km=options["manager"], kernel_name=kernel_name, timeout=CELL_SECONDS, startup_timeout=START_SECONDS
        )
        options["manager"].used = True
        try:
            return client.execute()
        finally:
            if client.kc is not None:
                client.kc.stop_channels()


papermill_engines.register(ENGINE, OwnEngine)
