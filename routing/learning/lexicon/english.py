"""English."""

from routing.learning.lexicon.lexicon import Lexicon, graded, listed

ENGLISH = Lexicon(
    language="en",
    strength=graded(
        plus3="excellent amazing awesome fantastic wonderful brilliant outstanding perfect love"
        " loved superb delighted thrilled magnificent incredible",
        plus2="great happy glad pleased thank thanks helpful appreciate appreciated grateful"
        " enjoy recommend impressed beautiful perfectly friendly satisfied enjoyable delicious"
        " best superior reliable kind awaited",
        plus1="good nice fine okay works working solved fixed resolved quick quickly fast easy"
        " better like likes clear comfortable smooth well useful polite welcome fair safe",
        minus1="problem issue late delay delayed wrong slow difficult confusing missing lost"
        " unclear wait waiting damaged dirty noisy loud leak leaks trouble error mistake"
        " annoyed sorry unable complicated expensive work",
        minus2="bad poor broken angry annoying disappointed disappointing disappoint complaint"
        " complain fail failed fails failure frustrated frustrating unhappy upset rude refuse"
        " refused ignored unacceptable useless defective faulty worse unfair cheated mad hate"
        " ridiculous rubbish unreliable incompetent overcharged",
        minus3="terrible terribly awful horrible horribly worst disgusting furious outraged"
        " scam fraud appalling atrocious hateful disaster nightmare pathetic outrageous shameful"
        " dreadful garbage liar liars",
    )
    # "does not work" says something, "for work" nothing: read together with its negation.
    | {"work": 0.0, "worked": 0.0, "wait": -0.5, "like": 0.5, "well": 0.5},
    endings=("ingly", "ing", "ely", "ed", "es", "ly", "d", "s"),
    negations=listed("not no never nothing none nobody without cannot hardly barely neither nor"),
    stronger=listed(
        "very really extremely so absolutely totally completely incredibly truly utterly"
        " highly deeply super"
    ),
    weaker=listed("slightly somewhat bit little rather fairly partly kinda"),
    turns=frozenset(["but", "however", "although", "yet"]),
    common=listed(
        "the and is are was my your this that have has with for you it of to in on what when"
        " can could would please i we they been not does do"
    ),
)
