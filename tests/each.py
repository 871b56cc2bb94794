"""Tests of whole tables: one test for all rows of a table, where a test for each would only be pytest's own work."""

from collections.abc import Callable, Iterable
from inspect import Signature, signature
from typing import Any

import pytest


def each(names: str, cases: Iterable[Any], ids: Callable[[Any], object] = str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """In the place of `pytest.mark.parametrize`: one test tries all cases, and names every one that fails.

    For cases that need neither a fixture of their own nor much time. `ids`: the name of a case.
    """
    listed, table = [name.strip() for name in names.split(",")], list(cases)

    def of_all(test: Callable[..., None]) -> Callable[..., None]:
        def tried(**fixtures: Any) -> None:
            assert table
            failures = [fault for case in table if (fault := _fault(test, listed, case, fixtures, str(ids(case))))]
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(table)} cases", failures)

        tried.__name__, tried.__doc__, tried.__module__ = test.__name__, test.__doc__, test.__module__
        others = [one for name, one in signature(test).parameters.items() if name not in listed]
        tried.__signature__ = Signature(others)  # type: ignore[attr-defined]
        return tried

    return of_all


def _fault(test: Callable[..., None], names: list[str], case: Any, fixtures: dict[str, Any], told: str) -> BaseException | None:
    """How a case fails, with its name; None where it does not."""
    try:
        test(**dict(zip(names, case if len(names) > 1 else (case,), strict=True)), **fixtures)
    except (Exception, pytest.fail.Exception) as fault:
        fault.add_note(f"case: {told}")
        return fault
    return None
