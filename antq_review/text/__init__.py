"""All Vietnamese words and sentences of the program, by key.

They are in the `.toml` files beside this module, one file for each room. `say("ingest.not_a_number", found="x")` fills
the named places of a sentence. An unknown key or a missing place is a programming error and raises KeyError.

Rooms below `publish` do not call `say`: they make messages (`tell`), and the surface that shows them renders them (`str`).
A message that tells a person what to do next names an act (`act_of`); each surface has its own words for it (acts.toml).
"""

from __future__ import annotations

from antq_review.text.acts import SURFACE, act, command
from antq_review.text.folding import fold, fold_name, listed, one_line, resemblance, tidy, visible
from antq_review.text.labels import criterion_label
from antq_review.text.message import SILENT, Act, Listing, Message, Shaped, act_of, listing, literal, shaped, tell
from antq_review.text.near import near_name
from antq_review.text.numbers import day, long_day, number, percent
from antq_review.text.old_encoding import is_old_encoding
from antq_review.text.sentences import filled, places_of, say, words
from antq_review.text.sorting import vietnamese_key

__all__ = [
    "SILENT", "SURFACE", "Act", "Listing", "Message", "Shaped", "act", "act_of", "command", "criterion_label", "day",
    "filled", "fold", "fold_name", "is_old_encoding", "listed", "listing", "literal", "long_day", "near_name", "number", "one_line",
    "percent", "places_of", "resemblance", "say", "shaped", "tell", "tidy", "vietnamese_key", "visible", "words",
]
