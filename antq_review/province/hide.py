"""Small numbers in a public table: which cells are not printed, so that none of them can be worked out from the rest.

A table has inner cells, a total for each row, for each column, and for all; every total is printed unless it is hidden too. A
number from 1 to the threshold less one is hidden. A hidden cell must keep at least two possible values for a reader who knows
every printed cell and that no count is below 0.

The reader's knowledge is a flow: each row and each column, with its total on the other side, sums to nought. A hidden cell can be
one more (or one less) if and only if there is a closed way through hidden cells that gives and takes one in turn, and takes
none from a cell that holds none. Since such flows are whole numbers, a cell with another possible value has one a single step
away; so the search for a way is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Place = tuple[int, int]
Node = tuple[str, int]


def with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """The table with a total at the end of each row and a row of totals at its end."""
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def hidden(cells: Sequence[Sequence[int]], few: int, also: frozenset[Place] = frozenset()) -> frozenset[Place]:
    """The places that are not printed, in the table with its totals.

    `few`: the smallest number above 0 that may be printed. `also`: places that another printed copy of the table hides: they
    are hidden here too, since two copies are two equations.
    """
    table = with_totals(cells)
    places = [(row, column) for row in range(len(table)) for column in range(len(table[0]))]
    found = {place for place in places if 0 < table[place[0]][place[1]] < few} | set(also)
    while known := [place for place in sorted(found) if not is_open(table, found, place)]:
        found.add(_partner(table, found, min(known, key=lambda place: not any(_is_alone(found, place)))))
    return frozenset(found)


def _is_alone(found: set[Place], place: Place) -> tuple[bool, bool]:
    """Is the place the only hidden one of its row, of its column? Such a one is seen to first, so that no whole row is hidden for it."""
    row, column = place
    return sum(one[0] == row for one in found) == 1, sum(one[1] == column for one in found) == 1


def _partner(table: Sequence[Sequence[int]], found: set[Place], known: Place) -> Place:
    """The place to hide with one that is known: the smallest number of the row or column where it is alone, then of any."""
    last = (len(table) - 1, len(table[0]) - 1)
    places = [(row, column) for row in range(len(table)) for column in range(len(table[0])) if (row, column) not in found]
    row = [place for place in places if place[0] == known[0]]
    column = [place for place in places if place[1] == known[1]]

    def cost(place: Place) -> tuple[bool, bool, int, Place]:
        value = table[place[0]][place[1]]
        return value == 0, place[0] == last[0] or place[1] == last[1], value, place

    in_row, in_column = _is_alone(found, known)
    return min((in_row and row) or (in_column and column) or row or column or places, key=cost)


def is_open(table: Sequence[Sequence[int]], found: set[Place] | frozenset[Place], place: Place) -> bool:
    """Has the hidden cell another possible value?"""
    arcs: dict[Node, list[tuple[Node, Place]]] = {}
    for one in found:
        for start, end in _arcs(table, one):
            arcs.setdefault(start, []).append((end, one))
    return any(_leads(arcs, end, start, place) for start, end in _arcs(table, place))


def _arcs(table: Sequence[Sequence[int]], place: Place) -> Iterator[tuple[Node, Node]]:
    """The directions in which a cell may change by one. A total stands on the other side of its sum, so its signs are turned."""
    row, column = place
    is_total = (row == len(table) - 1) is not (column == len(table[0]) - 1)
    rises, falls = True, table[row][column] > 0
    if falls if is_total else rises:
        yield ("row", row), ("column", column)
    if rises if is_total else falls:
        yield ("column", column), ("row", row)


def _leads(arcs: dict[Node, list[tuple[Node, Place]]], start: Node, end: Node, without: Place) -> bool:
    """Is there a way from `start` to `end` that does not use the cell `without`?"""
    waiting, seen = [start], {start}
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        for following, place in arcs.get(node, ()):
            if place != without and following not in seen:
                seen.add(following)
                waiting.append(following)
    return False
