"""Words that say how somebody feels, by language, written for talk with a service desk."""

from routing.learning.lexicon.english import ENGLISH
from routing.learning.lexicon.french import FRENCH
from routing.learning.lexicon.german import GERMAN
from routing.learning.lexicon.lexicon import Lexicon
from routing.learning.lexicon.spanish import SPANISH

LEXICONS = (ENGLISH, GERMAN, FRENCH, SPANISH)

__all__ = ["LEXICONS", "Lexicon"]
