"""Numbers and dates in the Vietnamese official style (Nghị định 30/2020, Annex I; CLDR vi)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal


def number(value: Decimal | int, decimals: int | None = None) -> str:
    """`1.250` and `98,5`. Rounded half up once where `decimals` is given, else not rounded."""
    figure = Decimal(value)
    if decimals is not None:
        figure = figure.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    plain = format(figure, ",f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.translate(str.maketrans(",.", ".,"))


def percent(rate: Decimal, threshold: Decimal | None = None) -> str:
    """A rate in [0, 1] as `98,5%`: one decimal, rounded half up, but never rounded up to `threshold` or to 100%.

    With a threshold of 90 %, 89,96 % is printed as `89,96%`: the printed figure must not reach a bound that the exact
    rate misses.
    """
    exact = rate * 100
    bounds = [Decimal(100)] + ([threshold * 100] if threshold is not None else [])
    for decimals in (1, 2, 3, 4):
        shown = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if not any(exact < bound <= shown for bound in bounds):
            return number(shown) + "%"
    return number(exact.quantize(Decimal("0.0001"), ROUND_DOWN)) + "%"


def day(value: date) -> str:
    """Short date; days below 10 and the months 1 and 2 get a zero: `09/4/2026`, `20/01/2022`."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def long_day(value: date) -> str:
    """Long date, with the same zeros as `day`: `ngày 05 tháng 9 năm 2026`."""
    short_day, month, year = day(value).split("/")
    return f"ngày {short_day} tháng {month} năm {year}"
