"""Spanish."""

from routing.learning.lexicon.lexicon import Lexicon, graded, listed

SPANISH = Lexicon(
    language="es",
    strength=graded(
        plus3="excelente perfecto perfecta fantástico fantástica maravilloso maravillosa"
        " increíble genial encanta encantado encantada magnífico magnífica espectacular",
        plus2="gracias feliz contento contenta satisfecho satisfecha amable agradezco recomiendo"
        " agradable útil mejor estupendo estupenda alegre delicioso eficiente simpático",
        plus1="bueno buena buen bien rápido rápida rápidamente fácil resuelto solucionado"
        " funciona funcionan claro clara correcto gusta limpio cómodo barato",
        minus1="problema problemas retraso tarde lento lenta difícil error falta perdido perdida"
        " espero esperar esperando equivocado caro cara complicado fuga dañado dañada sucio"
        " ruidoso confuso lamentablemente avería",
        minus2="malo mala mal roto rota decepcionado decepcionada decepcionante queja reclamación"
        " enojado enojada enfadado enfadada inaceptable inútil grosero molesto molesta"
        " defectuoso defectuosa peor ridículo insatisfecho insatisfecha incompetente",
        minus3="horrible terrible pésimo pésima fatal estafa vergüenza vergonzoso desastre"
        " desastroso espantoso indignante furioso furiosa asqueroso fraude lamentable odio",
    ),
    endings=("mente", "es", "s", "os", "as"),
    negations=listed("no nunca jamás nada nadie sin tampoco ningún ninguna ni apenas"),
    stronger=listed(
        "muy realmente extremadamente tan super totalmente absolutamente demasiado"
        " completamente bastante sumamente"
    ),
    weaker=listed("poco algo ligeramente parcialmente"),
    turns=frozenset(["pero", "aunque", "sino"]),
    common=listed(
        "el la los las un una y es son está era mi mis su este esta con para usted yo nosotros"
        " de del al que quién cuándo cuando dónde puede por favor no en lo se ha he me"
        " desde todavía"
    ),
)
