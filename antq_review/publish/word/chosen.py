"""Which documents a dossier holds, and the review that they state: what must be settled for a final one is law, not taste."""

from __future__ import annotations

from datetime import date

from antq_review.errors import CannotDo, NotFinal, UsageError
from antq_review.ingest.model import Evidence
from antq_review.places.names import PLAN
from antq_review.publish.dossier import DOCUMENTS, PUBLIC_DOCUMENTS, concerns, document, must_be_settled
from antq_review.publish.dossier.catalogue import CIRCULAR
from antq_review.publish.dossier.result_124 import wants_recognition
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Review, TextReview
from antq_review.scoring.pipeline import review_evidence
from antq_review.text import Message, criterion_label, listing, tell


def chosen_documents(only: str = "", public: bool = False, incident: str = "") -> tuple[str, ...]:
    """The documents to make. Without `only` (`D3,D10`): with an incident its report alone, else all that need no incident.

    Raises UsageError for an unknown code, for D11 without an incident or an incident without D11, for a document that
    has no public copy.
    """
    named = [name.strip().upper() for name in only.split(",") if name.strip()]
    if not named and incident:
        named = ["D11"]
    if not named:
        named = [code for code in (PUBLIC_DOCUMENTS if public else DOCUMENTS) if code != "D11"]
    for code in named:
        document(code)
    if ("D11" in named) != bool(incident):
        raise UsageError(tell("word.cli.incident"))
    closed = [code for code in named if public and code not in PUBLIC_DOCUMENTS]
    if closed:
        raise UsageError(tell("word.cli.not_public", codes=", ".join(closed), known=", ".join(PUBLIC_DOCUMENTS)))
    return tuple(dict.fromkeys(named))


def judged(
    evidence: Evidence, on: date, codes: tuple[str, ...], final: bool, all_wanted: bool, within: str = ""
) -> tuple[tuple[str, ...], Review]:
    """The documents that concern the school, and the whole review.

    `within`: the texts of the final version that the documents belong to (`tt_124`); without it all in force.
    For a final dossier the texts of its documents must be settled; the other texts need not be. Raises UsageError for a
    document that does not concern the school where all are wanted, CannotDo where it is the version that leaves its text out,
    NotFinal with every reason.
    """
    review = review_evidence(evidence, on, within)
    strange = [code for code in codes if not concerns(code, review)]
    if strange and within and (all_wanted or len(strange) == len(codes)):
        whole = review_evidence(evidence, on)
        if unjudged := [code for code in strange if concerns(code, whole)]:
            raise CannotDo(tell("word.cli.not_in_version", codes=", ".join(unjudged)))
    if strange and all_wanted:
        raise UsageError(tell("word.cli.no_text", codes=", ".join(strange), why=listing((one.says for one in review.left_out), " ")))
    codes = tuple(code for code in codes if code not in strange)
    if not final:
        return codes, review
    in_force = [text.id for text in review.texts]
    texts = [text for text in in_force if any(text in must_be_settled(code) for code in codes)]
    if texts or any(must_be_settled(code) for code in codes):
        reasons = review_evidence(evidence, on, ",".join(texts) or PLAN).draft_reasons
        if reasons:
            raise NotFinal(tell("cli.not_final", count=len(reasons)), reasons)
    if "D2" in codes and not wants_recognition(review.text(CIRCULAR)):
        raise NotFinal(tell("word.not_final_D2"), _no_request(review.text(CIRCULAR)))
    return codes, review.model_copy(update={"draft": False})


def _no_request(text: TextReview | None) -> tuple[Message, ...]:
    """Why the school requests nothing: the criteria that its meeting left open, and those that it concluded as not met."""
    ids = {
        truth: listing(criterion_label(one.id) for one in (text.findings if text else ()) if one.official_truth is truth)
        for truth in (Truth.UNKNOWN, Truth.NO)
    }
    return tuple(tell(f"word.no_request_{truth.value}", ids=those) for truth, those in ids.items() if those)
