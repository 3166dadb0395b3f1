"""Prior art: the records nearest to a new one, why they are near, and how they ended.

The measure is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over
the words of title, clauses and tags, where a word counts more in a title or a tag and the fewer
records have it; the result is a share of the most that the draft's words could reach, and a shared
hypothesis, metric or outcome adds to it. It is written here because the libraries for it are made
for large collections: rank-bm25 has not moved since 2022 and needs NumPy, bm25s and scikit-learn
bring SciPy along, and loading any of these takes longer than ranking ten thousand records does.

Words are split without knowing their language. What stands for grammar in most of ours are
endings, so words count as the same that agree in their first six letters, or that differ by one
or two letters at the end; scripts without spaces are read in pairs of letters.
"""

from outcome_playbook.prior_art.compared import Draft
from outcome_playbook.prior_art.ranking import Neighbour, nearest

__all__ = ["Draft", "Neighbour", "nearest"]
