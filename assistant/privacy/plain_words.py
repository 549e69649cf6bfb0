"""Names that are also everyday words: alone they prove nothing, so every rule asks for more before it calls one a name.

Broad on purpose: a word that is wrongly listed costs a lower-case name without context, a word that is missing makes
"I will" a person.
"""

from __future__ import annotations

from assistant.privacy.words import word_set

_GIVEN = """
able ace aid aim alpha amber amen america an angel apple april arch archer aria arrow art ash asia aspen august aura
author autumn axle azure baby bailey baker banks baron bay bear beau beck bell belle berry bill bishop blade blaze
blessing bliss blossom bo bond booker brain brand brandy brave breeze bright brook brooks buck bud buddy bunny burn
burt buster butch cadence candid candor candy cannon canon canyon caprice carp carry carver case cash cedar chance
chancellor chandler charisma charity charm chase chastity cherish cherry chevy chi chip chosen christian clay clement
cliff clover coast colt concord coral cord cove creed crew cricket crimson crystal da dale dash dawn day deacon dean
dear decker delta denim desire destiny diamond dick diesel divine do dock dolly don dot dove drake dream drew duke
dung dusk dusty dynasty eagle earl early earnest east easter ebony echo eden elder elm ember emerald era essence
eternity eve ever fairy faith fawn fay fern field finch fisher fleet flint flora forest foster fox francs frank
freedom gage gale garland garner garnet gauge gay general genesis genie gentry german ginger glad glory golden gore
grace grand grant gray green grey griffin guard guy gypsy ha halo happy hardy harmony harper haven hazel heath heather
heaven heavenly henna herb ho hoa holiday holly homer honest honesty honey hong honor honour hope how hue hung hunt
hunter ice in indigo infant iris iron isle ivory ivy jack jade january jazz jet jewel jin job joint journey joy
jubilee judge july jun june jungle junior juniper just justice kale karma keen kin kind king kit kitty knight
knowledge lace lady lake lam lan lance land lane lark laurel lavender legacy legend liberty lilac lily ling link long
lotus love lovely loving loyal loyalty luck lucky lyric ma mace magic magnolia mai major maker mango maple march mark
marry marsh marshal mason mat maverick max maxim may me meadow mellow melody memory mercury mercy merit merry messiah
miles min mine ming mink miracle miss missy mist misty monday moon morning moss music my myrtle nature navy neat nice
no noble noel north nova novella oak oasis ocean old olive onyx opal oral orchid pace page paisley palmer pansy parish
parker passion pat patience peace peach pearl pearly peg penny pepper petunia phuc piper pixie poet pop poppy porter
prairie praise precious price pride prince princess promise prudence queen quest quick quiet quill rain rainbow rand
randy ransom raven ray ready real reason rebel red reed reef reign remedy rich ridge ring rio rip river road rob robin
rock rocket rocky rod romance rose rosemary rosy rowdy royal royalty ruby rue rule rush rusty sabbath sable sade sage
said sail sailor saint salt sandy sapphire satin saturday savage savannah scarlet scout sea see september serene
serenity seven shade shadow shell shepherd sherry shiloh short silk silver simple sincere sir sister six sky slate
smiley smith smooth snow so son song sonny soo soon sparrow spencer spirit spring star starr steel sterling stew stone
storm stormy story strong su sue summer summit sun sunday sung sunny sunshine sure swan sweet symphony talent tanner
tate tawny teal temperance tempest temple thanks thistle thorn thu thunder tide tiger timber time tin tiny titan topaz
toy trace trail treasure trinity trip true truly trust truth tucker tuesday tulip turner unique unity unknown urban
valentine valor van vanity velvet vi victor victory virtue vision wade walker ward warner warren wednesday welcome
wells west wheat wheeler whisper white wild wilder will willow win wind windy winner winter wisdom wise wolf wood
woody worth wren xi yan yes ying young zen zip zone
"""

_FAMILY = """
abbot abbott alley am an apple archer are arms ash at bacon bailey baker ball bang bank banks barber bard barge barn
bass battle bay be beach bean bear beard bee beer bell bench bend berry best bird bishop black blank blanket block
bloom blow blue bolt bond bone bong book boot born bow bowl box boy brace branch brand bread brewer brick bride bridge
bridges bright broad brook brooks brown brush buck bull bunch burn bush butcher butler butter button by cage cake camp
can cannon cant card carpenter carter carver case cash castle chain chair chamber chambers chance chapel chase cherry
child church clay clerk close cloud coach cook cooper core corn cotton couch court cousins cox craft crane cream crook
cross crow crown cruise curry cutter dance dang darling date day days dean dear dell diamond dick dill do doll door
down drake drew driver drummer dry duck duke dunn dyer earl early east eaves echo elder ellis english even fair faith
fall fallow farmer farrow fast feather fern field fields fight finch fine finger finish fish fisher fist fitness flag
flash fleet fletcher flint flood flower flowers fly foot force ford foreman forest fort foster fountain fowler fox
frame france frank free freeman french friend frost fry fuller funk gage game garden gardener gates gay gentle gift
glass glover go gold golden good goodman gore grace grain grant grave graves gray great green grey grill groom gross
grove guard guest gum hail hale hall ham hammer hand hands hard harder hardy harp hart haste hatch haven hawk hay he
head heard heart heath hedge held helm help her hero herring hick hide high hill hills him ho hoard hobby hold holder
hole holly holmes home hood hook hooper hope horn horse host hotel house huff hull hung hunt hunter hurt ice if in
inch ingle iron is it ivory jack jewel job jolly jones joy judge just justice keen keep key keys kind king kiss
kitchen knight knock knot lacy lake lamb lance land lane large lark last law lawn laws leach leader leaf league leak
lean leap lee legend lemon light link lion list little live lock locke locker long looks loop lord love low luck lung
lynch ma mace mai major mallow man manner marble march mark market marks marsh marshal marshall mason masters match
may mead meadow mean means medley mercer merchant mercy merry metal mild miles mill miller mills mine miner mint money
monk moody moon moor more morning moss mount mountain mouse music nail neighbor neighbour nest new newman nice night
noble nobles noon north nurse nutter oak oaks oats old olive on only or orange outlaw pace pack page pain paine
painter palace palm palmer paper park parker parks parrot parson parsons part partridge pass past pastor pate patience
peace peach peak pearl pease peck peel penny pepper perfect person petty pickle pie pierce pigeon pike pine piper pitt
place plain plank plant player plum plumber poe point pole pond pool poor pope porter post pot potter potts pound
powder power powers pray prayer preacher press price pride priest prime prince print prior proctor profit proper proud
purple quick quiet race rain raines ram ramp ranger rank ray read reader reason record reed rest rhyme rice rich
rider ridge right ring risk river rivers road robin rock rode roof rook room root rose rough round rowan rowe royal
rule rush rust sadler sage sailor saint sale salmon salt sand sands savage sawyer say scales school seal seals search
see self sellers senior service settle sexton shade shaffer share sharp shaw she sheep shell shepherd shield ship shoe
shoemaker shore short shot shower showers shy silver simple singer singleton skinner slack slate slaughter sleeper
small smart smith snow so soldier sole spain spark sparks sparrow speaker spears speed spell spence spice spring
springer squire stable stack stage stamp stand star stark state steel steep steer step sterling stern stock stocks
stone storm story stout strand strange stream street strong stump sugar summer summers sun swallow swan swann swift
sword table tail tailor tall tan tanner tate taylor teach tear temple tender than thin thorn thrasher tide tiller tilt
timber tin to toll tong tongue tower towers town townsend train trap travel travers tree true trust tu tuck tucker
turn turner twin tyler upright us usher vale valley vance vane vest vice vine viola virgin voice wade wagner wake walk
walker wall walls war ward ware warm warner waters watt wave way ways we weaver webb week weeks welcome well wells
west wheat wheel wheeler whistler white wick wild wilder will wills wind winder window wine wing winner winter winters
wise wish wolf wonder wood woodman woods woody words work workman world worth wren wright yard yates yeoman york you
young
"""

WORD_NAMES = frozenset(_GIVEN.split())
"""Given names that are also everyday words."""

WORD_SURNAMES = frozenset(_FAMILY.split()) | WORD_NAMES
"""Family names that are also everyday words."""

ADJECTIVE_NAMES = word_set(
    """
    able brave bright christian dear divine dusty early earnest frank gay german glad golden grand happy hardy
    honest just keen kind loyal lovely loving lucky merry mellow misty neat nice noble old precious quick quiet
    ready real red rich rocky royal rowdy rusty sandy serene short simple sincere smooth strong sunny sure sweet
    tawny tiny true unique urban welcome wild wise young cute gray green grey blue black white brown moody small
    little long low free fast fine fair good great hard high new poor proper proud sharp shy slack smart stern
    stout strange swift tall tender upright warm well
    """
)
"""Those that can follow "I'm" without being a name."""

MODAL_NAMES = frozenset({"will", "may"})
"""Those that are auxiliary verbs."""

MONTH_NAMES = frozenset({"april", "may", "june", "august", "march", "january", "september", "july"})
"""Those that are months."""


def is_plain(word: str) -> bool:
    """Whether a lower-case word that can be a name is an everyday word as well."""
    return word in WORD_SURNAMES
