"""Words of grammar, left out of a search for several words.

Chosen by word class. Words that also mean something are not among them (får, vår, säger, del), so
that no search loses its subject.
"""

from __future__ import annotations

PREPOSITIONS = """
    av bland bredvid efter emot enligt från för före genom hos i inför inom kring med mellan mot om
    omkring på runt till trots under ur utanför utom utöver vid via åt över
"""
CONJUNCTIONS = "och samt eller men utan att då när eftersom emedan ifall såsom medan än som så"
PRONOUNS = """
    jag du han hon hen den det vi ni de dem dom mig dig honom henne oss er sig min mitt mina din
    ditt dina sin sitt sina vårt våra ert era deras dess hans hennes denna denne detta dessa man
    vilken vilket vilka vem vems vad någon något några ingen inget inga
"""
ARTICLES = "en ett"
AUXILIARIES = """
    är var vara varit har hade ha haft blir blev bli blivit ska skall skulle kan kunde kunna vill
    ville bör borde måste torde lär
"""
ADVERBS = "inte ej icke också även här där nu hur varför ju dock således därför dels"

STOP_WORDS = frozenset(
    " ".join((PREPOSITIONS, CONJUNCTIONS, PRONOUNS, ARTICLES, AUXILIARIES, ADVERBS)).split()
)
