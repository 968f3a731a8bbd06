"""German."""

from routing.learning.lexicon.lexicon import Lexicon, graded, listed

GERMAN = Lexicon(
    language="de",
    strength=graded(
        plus3="ausgezeichnet hervorragend fantastisch wunderbar großartig grossartig perfekt"
        " begeistert liebe exzellent genial traumhaft spitze",
        plus2="danke dank dankbar toll super freundlich zufrieden glücklich gluecklich freue"
        " freut hilfreich empfehlen empfehle klasse schön lecker prima zuverlässig herzlich"
        " beste vielen",
        plus1="gut gute nett schnell einfach gelöst geklappt klappt funktioniert besser gefällt"
        " gern gerne sauber angenehm klar höflich fair okay ordentlich",
        minus1="problem fehler spät langsam schwierig fehlt verspätet verspätung verzögerung"
        " warte warten falsch leider kompliziert undicht laut teuer verloren beschädigt"
        " schmutzig verwirrend unklar ausfall",
        minus2="schlecht kaputt ärgerlich ärger verärgert enttäuscht enttäuschend enttäuschung"
        " beschwerde beschweren unfreundlich unzufrieden defekt unbrauchbar nutzlos frech"
        " wütend sauer mangelhaft unmöglich genervt nervt unverschämt inakzeptabel versagt"
        " mies schlimm hasse unfähig ignoriert",
        minus3="furchtbar schrecklich katastrophe katastrophal betrug entsetzlich unverschämtheit"
        " grauenhaft schlimmste schlechteste abzocke skandal frechheit empörend widerlich"
        " miserabel grottenschlecht",
    )
    | {"vielen": 0.0},
    endings=("esten", "sten", "eren", "erer", "en", "em", "er", "es", "e", "n", "s"),
    negations=listed(
        "nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne kaum weder"
    ),
    stronger=listed(
        "sehr wirklich extrem total absolut völlig so besonders unglaublich echt äußerst"
        " überaus richtig"
    ),
    weaker=listed("etwas bisschen ziemlich leicht einigermaßen teilweise eher"),
    turns=frozenset(["aber", "jedoch", "allerdings", "trotzdem", "sondern"]),
    common=listed(
        "der die das und ist sind war mein meine ihr ihre dieser diese haben hat mit für sie"
        " es von zu im in auf was wann wo kann können bitte ich wir nicht ein eine einen"
        " wurde seit noch auch mir mich"
    ),
    negations_behind=listed("nicht nie niemals"),
)
