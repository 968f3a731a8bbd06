"""French."""

from routing.learning.lexicon.lexicon import Lexicon, graded, listed

FRENCH = Lexicon(
    language="fr",
    strength=graded(
        plus3="excellent excellente parfait parfaite fantastique magnifique génial géniale"
        " merveilleux merveilleuse formidable adore exceptionnel exceptionnelle ravi ravie"
        " incroyable",
        plus2="merci content contente heureux heureuse satisfait satisfaite super aimable"
        " agréable recommande remercie apprécie sympathique efficace meilleur meilleure beau"
        " belle délicieux gentil gentille impeccable",
        plus1="bon bonne bien rapide rapidement facile résolu réglé fonctionne marche mieux"
        " clair utile poli correct propre confortable",
        minus1="problème retard lent lente difficile erreur manque perdu perdue attends attendre"
        " attente faux cher compliqué fuite abîmé endommagé sale bruyant confus malheureusement"
        " panne souci",
        minus2="mauvais mauvaise mal cassé cassée déçu déçue décevant déception réclamation"
        " plainte énervé fâché fâchée inacceptable inutile impoli mécontent mécontente défectueux"
        " colère ridicule pire nul nulle agaçant incompétent refusé déplorable médiocre",
        minus3="horrible terrible affreux affreuse catastrophe catastrophique arnaque honteux"
        " honteuse scandaleux scandaleuse scandale furieux furieuse désastre désastreux"
        " épouvantable lamentable escroquerie dégoûtant honte",
    ),
    endings=("ement", "es", "s", "e"),
    negations=listed("pas jamais rien aucun aucune personne sans guère ni"),
    stronger=listed(
        "très vraiment extrêmement tellement trop absolument totalement complètement si"
        " particulièrement hyper"
    ),
    weaker=listed("peu assez légèrement plutôt partiellement"),
    turns=frozenset(["mais", "pourtant", "cependant", "toutefois"]),
    common=listed(
        "le la les un une des et est sont était mon ma mes votre vos ce cette avec pour vous"
        " je nous il elle de du au que qui quand où puis pouvez pas ne dans sur été ai"
        " depuis toujours"
    ),
    negations_behind=listed("pas jamais"),
)
