"""The button that accepts a near spelling."""

from __future__ import annotations

from antq_review.page import work
from antq_review.page.job import Job
from antq_review.page.spellings import accept, near_spellings
from antq_review.page.words import words_of
from antq_review.page.year import YearHandler


class Accept(YearHandler):
    """The button beside a word."""

    step = "loi"

    def post(self, name: str, key: str) -> None:
        """Write, then read again."""
        known = self.known(name)
        evidence = self.opened(known).evidence
        spelling = next((one for one in near_spellings(evidence) if one.key == key), None) if evidence else None
        if evidence is None or spelling is None:
            self.go(f"/h/{known.id}/loi")
            return
        check = work.check(self.parts, known)

        def do(job: Job) -> str:
            kept = accept(known.path, evidence, spelling)
            check(job)
            return words_of("accept.done", count=spelling.count, near=spelling.near, kept=", ".join(path.name for path in kept))

        self.start(known, "accept", do, lambda busy: self.refuse(busy, f"/h/{known.id}/loi"))
