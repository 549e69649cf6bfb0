"""Short and pet forms of given names: each line holds names that one person may answer to."""

from __future__ import annotations

from collections import defaultdict

_GROUPS = """
abigail abby abbie gail
abraham abe bram
adelaide addie adele heidi
albert al bert bertie
alexander alex al xander sandy alec lex sasha
alexandra alex sandra sandy lexi lexie sasha ali alexa
alfred al fred alfie freddie
alice ali allie
alison allison ali allie
amanda mandy manda
amelia millie amy mel
anastasia ana stacy nastya stasia
andrea andi drea andie
andrew andy drew dru
angela angie ange
anna ann anne annie nan nancy ania
anthony tony ant
antonio tony toni
antonia toni nia
arthur art artie
barbara barb barbie babs basia
bartholomew bart
beatrice bea trixie beatriz
benjamin ben benny benji
bernard bernie
bethany beth
bradley brad
brandon bran
brian bryan bri
bridget bridie biddy bridie
calvin cal
cameron cam
carol caroline carolyn carrie caro
carlos carlitos
cassandra cass cassie sandra
catherine katherine kathryn kate katie kathy cathy cath kat kitty kit kay katy karen
cecilia cece celia cissy
charles charlie chuck chas chaz carlos
charlotte charlie lottie char
chinedu edu nedu
christina kristina christine chris tina christy chrissy kris
christopher chris kit topher kris
clifford cliff
clinton clint
constance connie
cynthia cindy
daniel dan danny dani
danielle dani
david dave davey davy
deborah debra deb debbie
dennis denny den
derek del rick
dolores lola
dominic dom nick
donald don donny donnie
dorothy dot dottie dolly
douglas doug dougie
edward ed eddie ted teddy ned eddy
edwin ed eddie
eleanor ellie nell nora lenore nellie
elizabeth liz lizzie beth betty betsy eliza lisa libby liza bess ellie elspeth lizzy ela
emily em emmy emmie
emma em emmy
ernest ernie
eugene gene
evelyn eve evie
ezekiel zeke
fernando nando
florence flo florrie
frances fran frankie francie
francis frank frankie fran
francisco paco pancho frank cisco
franklin frank
frederick fred freddie freddy rick fritz
gabriel gabe
gabriela gabrielle gabby gabi
geoffrey jeffrey geoff jeff
george georgie
gerald gerry jerry
geraldine gerry
gilbert gil bert
gregory greg gregg
guadalupe lupe lupita
gwendolyn gwen wendy
harold harry hal
harriet hattie harry
helen nell ellie lena
henry harry hank hal
herbert herb bert
howard howie
hugh hughie huw
ignacio nacho
isaac ike zac
isabella isabel bella izzy belle isa ella
jacob jake jay
jacqueline jackie jacqui
james jim jimmy jamie jimbo
jane janie jenny
janet jan
jason jay jase
jennifer jen jenny jenn
jeremiah jerry jeremy
jeremy jerry jem
jessica jess jessie
jesus chuy chucho
joan joanie
joanna joanne jo josie
john johnny jack jon jackie johnnie
jonathan jon jonny john nathan
jose pepe joey
joseph joe joey jo jos
josephine jo josie
joshua josh
juan juanito
judith judy jude
julia julie jules
julian jules
julie jules
karthik karth
katarzyna kasia kate
kenneth ken kenny
kevin kev
kimberly kim kimmy
krzysztof krzys chris
laura laurie lori
lawrence laurence larry laurie
leonard leo len lenny
leonardo leo
leslie les
lewis louis lou louie lew
lillian lily lil lilly
linda lindy lin
llewellyn lew lyn
lucas luke luca
lucille lucy lu
lucy lu luce
luis lucho
madeline maddie maddy madeleine
magdalena magda lena maggie
malcolm mal
malgorzata gosia margaret
manuel manny manolo
marcus marc mark
margaret maggie meg peggy marge margie greta rita daisy peg megan mags
maria mari mary
marisol mari sol
martha marty
martin marty
mary molly polly mae may maria
matthew matt matty
maureen mo
maximilian max
maxwell max
megan meg
melanie mel
melissa mel missy lissa
michael mike mick mickey mikey
michelle shelly shell mich
mildred millie
miriam mim mimi
mohammed mo muhammad mohamed moe
moses mo
nancy nan
natalie nat
nathaniel nathan nate nat
nicholas nick nicky nico
nicole nicky nic nikki
nikhil nik
oluwaseun seun
oliver ollie
olivia liv livvy
omar om
oscar ozzie
pamela pam
patricia pat patty trish tricia patsy
patrick pat paddy rick
paul paulie
pauline paula
penelope penny nell
peter pete
philip phillip phil pip
priscilla cilla
priyanka priya
rachel rach rae
rajesh raj
ramesh ram
randall randy
raymond ray
rebecca becky becca bex
reginald reg reggie
ricardo rick ricky
richard rick dick rich richie ricky ricardo
robert rob bob bobby robbie bert bobbie roberto
roberto beto rob
roderick rod rory
rodney rod
roger rog
ronald ron ronnie
rosemary rose rosie romy
rosa rosie rosita
roxanne roxy
rudolph rudy
russell russ
samantha sam sammy sammie
samuel sam sammy
sandra sandy
santiago santi
sarah sara sally sadie
sebastian seb bas
sharon shaz
shirley shirl
sidney sid
simone sim simmy
simon si
solomon sol
sophia sophie soph sofia
stanley stan
stephanie steph stevie
stephen steven steve stevie steph
stuart stew stu
susan sue susie suzie susanna suzanne
sylvia syl
tamara tammy
teresa theresa terry tess tessa
terence terry
theodore ted theo teddy
thomas tom tommy tomas
timothy tim timmy
tobias toby tobe
tomasz tomek tom
valentina val tina
valerie val
veronica ronnie vero roni
victor vic
victoria vicky vicki tori vik
vikram vik vicky
vincent vince vinny vin
virginia ginny ginger
vivian viv
walter walt wally wal
wayne way
wendy wen
wilfred wilf will fred
william bill will billy willie liam wills wil
winifred winnie fred
wojciech wojtek
xavier xavi zav
yesenia yesi jessie yesy
yolanda yoli
zachary zach zack zak
agnieszka aga
stanislaw stan staszek
andrzej andy
emmanuel manny emma
oluwafemi femi
temitope temi tope
chukwuemeka emeka
angharad annie
rhiannon rhi
bronwen bron
gurpreet gp preet
harpreet preet
siddharth sid
""".strip()


def _index() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for line in _GROUPS.splitlines():
        full, *short = line.split()
        forms[full].update(short)
        for name in short:
            forms[name].add(full)
            # A pet form's other pet forms: somebody listed as "Bill" may be called "Will".
            forms[name].update(s for s in short if s != name)
    return {name: frozenset(others) for name, others in forms.items()}


_FORMS = _index()


def nicknames(name: str) -> frozenset[str]:
    """Return the other forms, in lower case, under which a given name (lower case) is known; empty if none are."""
    return _FORMS.get(name, frozenset())
