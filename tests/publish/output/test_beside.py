"""Work beside other work: its fault is not lost, a stop does not wait for it, and it speaks as its caller does."""

import threading

import pytest

from antq_review.errors import CannotDo, Stopped
from antq_review.publish.output.beside import beside
from antq_review.text import SURFACE, literal


def test_the_work_runs_while_the_block_runs_and_gives_its_result():
    met = threading.Barrier(2, timeout=10)
    with beside(met.wait) as found:
        met.wait()
    assert found.result() in (0, 1)


def test_a_fault_of_the_work_is_raised_when_the_block_is_done():
    def work():
        raise CannotDo(literal("Ổ đĩa đầy."))

    done = []
    with pytest.raises(CannotDo, match="Ổ đĩa đầy"), beside(work):
        done.append("block")
    assert done == ["block"]


def test_a_stop_of_the_block_waits_for_nobody():
    stopped = threading.Event()

    def work():
        assert stopped.wait(10)
        raise CannotDo(literal("x"))

    with pytest.raises(Stopped), beside(work) as left:
        raise Stopped(literal("Đã dừng."))
    assert not left.done()
    stopped.set()
    assert isinstance(left.exception(10), CannotDo)


def test_messages_of_the_work_name_the_surface_of_the_caller():
    token = SURFACE.set("page")
    try:
        with beside(SURFACE.get) as found:
            pass
    finally:
        SURFACE.reset(token)
    assert found.result() == "page" != SURFACE.get()
