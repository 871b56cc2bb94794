"""One school judged again from its own forms, in whatever process this runs; the disk says afterwards that it is done.

    <place>/ket_qua/          review, report, annex and their manifest
    <place>/doi_chieu.json    written last: the forms, the package and the installation, the hash of that manifest, what differs
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from antq_review.errors import AntqError
from antq_review.files import files_below, write_whole
from antq_review.package.model import Summary
from antq_review.package.summarise import summary_of
from antq_review.places.manifest import MANIFEST, json_bytes, read_manifest, sha256_of
from antq_review.places.names import PLAN
from antq_review.places.versions import Kind, Version
from antq_review.province.compared import Difference, differences
from antq_review.province.installation import installation
from antq_review.publish.output.lane import warm_kernels
from antq_review.publish.output.review_job import publish
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.text import fold, say

RESULTS, COMPARED = "ket_qua", "doi_chieu.json"
_MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class SchoolJob:
    """One school. `codes`: under which its forms may stand; `package`: the received summary as JSON, and its content id.

    Plain values alone: a job goes into other processes and to other computers, which see the same folders.
    """

    code: str
    codes: tuple[str, ...]
    folder: str
    place: str
    content: str
    package: str


@dataclass(frozen=True)
class Judged:
    """What became of a school: where `why` is empty it was judged again, and `found` is what differs from its package."""

    code: str
    found: tuple[Difference, ...] = ()
    why: str = ""


def rerun_school(job: SchoolJob) -> Judged:
    """Judge the forms as of the package's day, by its texts, and compare. A refusal is an outcome; a fault of the tool is raised."""
    try:
        return _rerun(job)
    except AntqError as refusal:  # told here: not every exception comes whole into another process
        return Judged(job.code, why=str(refusal))


def _rerun(job: SchoolJob) -> Judged:
    received, forms, place = Summary.model_validate_json(job.package), _forms(Path(job.folder)), Path(job.place)
    evidence = read_folder(Path(job.folder))
    profile = evidence.profile
    if profile is None or profile.school_code is None:
        return Judged(job.code, why=say("rerun.why.no_profile"))
    if fold(profile.school_code) not in {fold(code) for code in job.codes} or evidence.year != received.year:
        told = {"code": profile.school_code, "year": evidence.year, "package": job.content[:12]}
        return Judged(job.code, why=say("rerun.why.other_school", **told))
    (place / COMPARED).unlink(missing_ok=True)  # until the end, what stands here is not this run's
    review = review_evidence(evidence, received.as_of, ",".join(text.id for text in received.texts) or PLAN)
    with warm_kernels().lend() as kernel:
        publish(review, place, kernel=kernel, target=place / RESULTS)
    found = differences(received, summary_of(review, Version(place / RESULTS, Kind.DRAFT)))
    proof = {**_proof(job, forms), "manifest": sha256_of(place / RESULTS / MANIFEST), "differences": [asdict(one) for one in found]}
    write_whole(place / COMPARED, json_bytes(proof))
    return Judged(job.code, found)


def stands(job: SchoolJob) -> Judged | None:
    """The outcome of an earlier run where forms, package and installation are the same and every output is whole."""
    place = Path(job.place)
    try:
        if (place / COMPARED).stat().st_size > _MOST_BYTES:
            return None
        stored = json.loads((place / COMPARED).read_text(encoding="utf-8"))
        outputs = read_manifest(place / RESULTS)["outputs"]
        whole = stored["manifest"] == sha256_of(place / RESULTS / MANIFEST) and isinstance(outputs, dict) and all(
            sha256_of(place / RESULTS / name) == digest for name, digest in outputs.items()
        )
        wanted = _proof(job, _forms(Path(job.folder)))
        if not whole or {name: stored.get(name) for name in wanted} != wanted:
            return None
        return Judged(job.code, tuple(Difference(**one) for one in stored["differences"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):  # absent, or not what this tool wrote
        return None


def _proof(job: SchoolJob, forms: str) -> dict[str, str]:
    """What an outcome depends on. The package holds the day and the texts."""
    return {"code": job.code, "forms": forms, "package": job.content, "installation": installation()}


def _forms(folder: Path) -> str:
    """One hash over the names and contents of all files of a school's folder."""
    digest = hashlib.sha256()
    for path in sorted(files_below(folder)):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{sha256_of(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
