"""Small closed word lists that tell a name from a plain word, and a telling word from a generic one."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MONTHS = _set("""january february march april may june july august september october november december""")
CALENDAR = MONTHS | _set(
    """monday tuesday wednesday thursday friday saturday sunday spring summer fall autumn winter christmas easter
    thanksgiving"""
)
"""Words that date something, but say nothing alone."""

TITLES = _set("""mister mrs ms miss missus doctor dr sir madam saint st van von de la el al bin junior""")

NAMES_THAT_ARE_WORDS = _set(
    """ace amber angel art ash august autumn bailey basil bill bob brandy brook buck bud carol cash chance charity
    chase chip chuck clay cliff cole coral crystal daisy dale dawn dean don drew duke earl eve faith felicity fern finn
    fisher flora forest frank gene glen grace grant guy harmony hazel heath heather holly hope hunter iris ivy jack
    jade jasper jay jean jewel john josh joy june king lance lane lark laurel lee lily linden lou mark marsh mason may
    melody mercy miles misty myrtle nick norm olive opal pat patience paige pansy pearl penny pierce piper poppy prince
    prudence queenie ray reed rich river rob robin rocky rod rose rosemary ruby rusty sage sandy sky skip skye star
    sterling stone sue summer tawny ted temple terry tiger tom tony trinity ty tucker verity victor viola violet wade
    walker ward warren will willow win winter wren young"""
)
"""Given names that are English words: a name only where written with a capital that the sentence does not ask for."""

AFTER_A_VERB = _set(
    """i you he she it we they me him her us them this that these those the a an my your our to so not is be there
    everyone everybody things all out up off down on in with by yourself yourselves
    someone somebody anyone anybody"""
)
"""After one of these a sentence's first word is a verb or a modal, not a name ("Hope you", "Mark my", "Will the")."""

BEFORE_A_MONTH = _set("""in on since last next of by this until till early late mid from before after every""")

GENERIC_PLACES = _set(
    """academy agency apartment apartments avenue bakery bank barn beach bistro boulevard bridge building bureau cafe
    camp campus care center central centre chapel charter church city clinic club coffee college community company
    corner corporation cottage council county court creek depot department diner district downtown drive east
    elementary estate factory family farm field first foods foundation freight garage garden gardens general grill
    group grove harbor harbour health heights high hill hills home hospital hotel house hub industries institute
    island junction kitchen lake lakeside lane laundry library logistics lodge main mall manor market meadow medical
    memorial mill mills mission motel motors mount mountain national north northern office orchard outlet pantry park
    partners place plaza point pool port post primary printing properties public ranch recovery regional rehab repair
    republic rescue residence resort restaurant ridge river riverside road route saint salon school second services
    shelter shipping shop shore solar solutions south southern spring springs square station steel store street studio
    supply surgery systems team tech technologies technology temple terrace theater tower town trading training transit
    transport trucking union united university valley view village warehouse water west western wharf wood woods works
    yard youth"""
)
"""Words of employers and places that tell nothing alone."""

FUNCTION_WORDS = _set(
    """a an the this that these those some any no each every and or but so if then than because while as of in on at
    to for from by with about into onto over under out up down off again i me my mine myself you your yours yourself
    he him his himself she her hers herself it its itself we us our ours ourselves they them their theirs themselves
    who whom whose which what where when why how am is are was were be been being do does did done doing have has had
    having will would shall should can could may might must not s just very really like well oh yeah yes okay there
    here also too only even still now get got go going gone know think thing things because"""
)
"""Words too common to tell one fact from another."""

RELATIVE_TIME = _set(
    """last next this past coming previous today tonight yesterday tomorrow now ago later soon recently morning
    afternoon evening night nights midnight noon day days week weeks weekend weekends month months year years hour hours
    minute minutes second seconds moment while every couple few half early late time times long daily weekly"""
)
KIN = _set(
    """mother father mom mum dad mama papa parent parents brother brothers sister sisters sibling siblings son sons
    daughter daughters kid kids child children baby boy girl wife husband spouse partner ex boyfriend girlfriend fiance
    fiancee aunt uncle cousin cousins niece nephew grandma grandpa grandmother grandfather grandparents grandson
    granddaughter grandkids grandchildren family stepmother stepfather stepson stepdaughter"""
)
