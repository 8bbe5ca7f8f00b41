"""A goal's words into concepts, and which toolspecs or entries can serve it. No model, nothing learned, no network.

`understand()` reads a text in English or Portuguese with the words of `concepts.yml` and says which word it took for what.
`choose()` holds a goal against candidates: one can serve only if everything that the goal names is something it needs or
covers, and every given input is one of its own. Likeness ranks those that can; it never decides alone. `values_from_text()`
reads inputs by their form, and takes only what is sure. Start reading in `concepts.yml`, then `understand.py`.
"""

from fazai.recall.candidate import Candidate, Misfit
from fazai.recall.choose import Choice, MissingInput, NearMiss, choose
from fazai.recall.understand import Concepts, Match, understand
from fazai.recall.values import Reading, read_values, values_from_text
from fazai.recall.vocabulary import Vocabulary, vocabulary

__all__ = [
    "Candidate",
    "Choice",
    "Concepts",
    "Match",
    "Misfit",
    "MissingInput",
    "NearMiss",
    "Reading",
    "Vocabulary",
    "choose",
    "read_values",
    "understand",
    "values_from_text",
    "vocabulary",
]
