"""Capitals that belong to everybody: they single nobody out, and a sample is poorer without them."""

from __future__ import annotations

from typing import Final

from assistant.privacy.words import word_set

_CARE: Final = word_set("""
    aa na al anon ca ga oa slaa coda ptsd cptsd ocd adhd add asd dbt cbt emdr emd ifs mbct mbsr erp rebt fft mst er ed
    icu nicu picu ccu ae a&e va dva po ua uas iop php nhs gp gps hr ot ots pt slt camhs cmht ems emt emts iv hiv std
    sti stis aids hep hpv mri ct cat ekg ecg eeg ssri ssris snri maoi ect tms rtms nsaid otc mat mmt ssi ssdi rn lpn
    np md phd psyd lcsw lmft msw lpc cna hca cpr aed copd bpd npd did mdd gad sad tbi ms als mnd ibs uti uc pcos pmdd
    hrt ivf bmi bp od ods dts phq gad hads bdi pcl audit cssrs auditc wsas core dsm icd moca mmse dnr dnar cps dcf dss
    cyf dv cc fasd sids nas dna hippa hipaa roi scan scans lfts
    """)
_DAILY: Final = word_set("""
    i ok okay tv cd cds dvd dvds dj djs mc vip vips dui dwi owi ovi uk us usa eu uae un am pm ad bc id ids em ai it pc
    pcs suv suvs rv rvs hgv lgv atm atms asap fyi diy lol omg wtf tbh imo ngl aka rip rsvp faq ps pps eta ged sat act
    gcse gcses btec nvq gpa pe pta ptsa iep ieps lgbt lgbtq lgbtqia lgbtqi gsa ceo cfo vp pr hq mba ba bsc ma msc llb
    eftpos cv cvs abn gst vat paye iou ious bnb b&b sos vhs vcr dvr hsa
    irs dmv dhs dol fbi cia nsa dea ice ins tsa nypd lapd rcmp cra hmrc dwp dvla mot pip esa jsa uc rspca spca cdc fda
    who fema faa ntsb nasa nato usps ups dhl fedex bbc itv cnn nbc abc cbs hbo pbs npr espn mtv cbc ctv kfc bmw gmc vw
    nba nfl nhl mlb nascar fifa uefa ufc wwe usb gps wifi sms pdf url http https www html ios cctv led lcd rsv bbq blt
    pbj pb mlk jfk xl xxl xs er's x xray x-ray t-shirt ac dc mph kph mom mum mommy mummy mam dad daddy mama papa nana
    nan nanna gran granny grandma grandpa granddad auntie aunty god jesus christ lord bible quran koran torah allah
    buddha krishna satan heaven hell ramadan eid sir madam ma'am miss mr mrs ms yes no yeah yep nope nah
    """)
BRANDS: Final = word_set("""
    facebook instagram insta tiktok youtube google googled googling zoom netflix uber lyft amazon whatsapp snapchat
    twitter reddit tinder bumble grindr hinge spotify iphone iphones ipad ipads xbox playstation nintendo wikipedia
    zelle venmo paypal ebay etsy airbnb skype facetime discord twitch pinterest linkedin gmail hotmail outlook yahoo
    microsoft apple android samsung nokia sony alexa siri kindle fitbit roomba duolingo minecraft fortnite tetris ford
    toyota honda bmw audi volkswagen volvo nissan mazda subaru hyundai tesla jeep chevy chevrolet cadillac chrysler
    buick pontiac lexus renault peugeot citroen fiat skoda vauxhall porsche ferrari peterbilt kenworth freightliner
    winnebago vespa caterpillar bobcat yamaha kawasaki suzuki coke pepsi sprite fanta gatorade powerade lucozade
    starbucks dunkin mcdonald's mcdonalds subway domino's dominos nando's nandos greggs popeyes chipotle applebee's
    ihop cheerios folgers nescafe nutella marmite vegemite oreo oreos hobnob hobnobs kitkat snickers twix doritos
    pringles cheetos fritos jello jell-o nesquik ovaltine horlicks kool-aid capri-sun heinz kellogg's quaker nutella
    haribo skittles budweiser heineken guinness smirnoff bacardi jägermeister prosecco marlboro camel juul vaseline
    kleenex band-aid band-aids q-tips tylenol advil aleve motrin excedrin ibuprofen nyquil dayquil benadryl zyrtec
    claritin pepto tums rennie calpol nurofen panadol lemsip gaviscon sudafed robitussin gerber similac enfamil
    pampers huggies ergo babybjorn bugaboo medela ziploc tupperware pyrex lysol clorox windex febreze dettol tide
    crockpot keurig nespresso velcro sharpie post-it lego legos playmobil barbie disney pixar marvel pokemon nerf
    crayola hoover ikea walmart target costco tesco asda sainsbury's aldi lidl waitrose morrisons walgreens cvs
    primark boots superdrug poundland homebase kmart nike adidas puma reebok converse crocs gucci chanel rolex visa
    mastercard amex geico allstate aflac medicaid medicare obamacare telemundo univision bollywood hollywood broadway
    oprah simpsons seinfeld spock yoda batman superman frisbee jacuzzi monopoly scrabble xanax
    """)
"""Brands and inventions that everybody has in the house."""
SHORTHAND: Final = _CARE | _DAILY | BRANDS
"""What everybody says and nobody is told by."""
SPELLED: Final = _CARE | _DAILY - word_set("i x it us")
"""What is spelled out in speech ("E M D R") and is no name."""
DEMONYMS: Final = word_set("""
    english spanish french german italian portuguese polish russian ukrainian belarusian czech slovak slovene
    slovenian croatian serbian bosnian albanian macedonian bulgarian romanian hungarian greek turkish kurdish cypriot
    maltese dutch flemish belgian swiss austrian danish swedish norwegian finnish icelandic estonian latvian
    lithuanian irish gaelic welsh scottish scots cornish breton basque catalan galician sicilian british european
    yiddish hebrew romani roma romany american canadian mexican guatemalan honduran salvadoran salvadorean nicaraguan
    panamanian cuban haitian dominican jamaican trinidadian bajan guyanese colombian venezuelan ecuadorian peruvian
    bolivian chilean argentinian argentine brazilian uruguayan paraguayan chicano chicana hispanic latino latina
    latinx latinos latinas creole cajun nahuatl quechua guarani cree ojibwe navajo lakota cherokee inuit metis inuk
    samoan tongan hawaiian maori fijian african afrikaans nigerian yoruba igbo hausa ghanaian twi akan kenyan swahili
    kikuyu ugandan tanzanian rwandan congolese lingala ethiopian amharic tigrinya oromo eritrean somali somalian
    sudanese egyptian moroccan algerian tunisian libyan berber senegalese wolof gambian malian ivorian liberian
    cameroonian zimbabwean shona zulu xhosa zambian malawian angolan mozambican arabic arab arabs syrian lebanese
    jordanian palestinian israeli iraqi iranian persian farsi dari pashto afghan afghani saudi yemeni kuwaiti emirati
    turkmen uzbek kazakh tajik armenian georgian azeri azerbaijani asian indian pakistani bangladeshi bengali punjabi
    gujarati hindi urdu tamil telugu malayalam kannada marathi sinhala sinhalese lankan nepali nepalese tibetan
    bhutanese burmese lao laotian hmong khmer cambodian vietnamese chinese mandarin cantonese hokkien taiwanese korean
    japanese mongolian thai filipino filipina tagalog ilocano malay malaysian indonesian singaporean australian aussie
    kiwi caribbean mediterranean scandinavian nordic baltic slavic balkan celtic latin christian christians catholic
    catholics protestant methodist baptist lutheran anglican episcopalian presbyterian evangelical pentecostal mormon
    mormons quaker quakers orthodox amish mennonite muslim muslims islam islamic sunni shia sufi jewish jew jews
    judaism hindu hindus hinduism buddhist buddhists buddhism sikh sikhs sikhism jain bahai atheist agnostic pagan
    wiccan native natives indigenous aboriginal rastafarian rasta christianity catholicism democrat democrats
    republican republicans tory tories victorian
    edwardian
    """)
"""Peoples, languages and beliefs: a trait, and nobody's name."""
BRANCHES: Final = word_set("navy army marines marine guard reserves")
"""Who has served in one has served with a hundred thousand."""
PUBLIC: Final = word_set("""
    navy army marine corps coast air force national guard royal reserve reserves state county fair council senate
    congress parliament court crown high supreme magistrates family drug services social human child protective
    department health security administration veterans affairs office post food stamps
    """)
"""Words of which names of bodies that every county has are made."""
PUBLIC_HEADS: Final = word_set("""
    navy army corps force guard reserve reserves fair council senate court services security affairs administration
    office stamps
    """)
"""What such a name ends in."""
WIDE: Final = word_set("""
    africa europe asia antarctica oceania america americas africa's earth pacific atlantic arctic antarctic
    mediterranean caribbean equator sahara scandinavia balkans
    """)
"""Parts of the world too wide to tell anything."""
SCALES: Final = word_set("""
    edinburgh beck hamilton columbia minnesota epworth rosenberg montgomery liebowitz maudsley pittsburgh hopkins
    rorschach wechsler barkley conners vanderbilt becks yale-brown sheehan hare
    """)
"""Names of questionnaires, said with "the"."""
CALLS: Final = word_set("""
    oof hiya ay aye ach och aw aww ooh eek yikes whoa woah phew aloha bonsoir bonjour hola ciao shalom salaam namaste
    merci gracias oi meh welp yay boo bon voila amen inshallah wallah duh ew eww heh hee mmhm uhuh gee golly crikey
    cheers dang darn bro bruh brah hon darl fam ye ish haha hahaha hehe huh hmm mmm uhh umm ugh argh aargh shh psst
    mashallah alhamdulillah subhanallah bismillah wallahi habibi habibti yalla khalas haram halal yarhamhu yarhamha
    ojalá ojala qué que bella linda bonito bonita café arrah begorrah musha oye mira ándale andale órale orale ay ayy
    híjole hijole dios mío mio mija mijo mijita mijito por favor nena nene papi mami chico chica amigo amiga hermano
    hermana señor señora senor senora perdón perdon nada croeso diolch cariad cwtch iechyd prynhawn da bore hwyl
    sláinte slainte craic wee danke bitte genau ja nein doch oui non salut pardon désolé desole maman oma opa mutti
    vati prego grazie mamma nonna nonno babbo tak nie dzień dobry dziękuję dziekuje kurde babcia dziadek ciocia
    babushka dedushka da nyet spasibo yiayia pappou opa malaka abuela abuelo abuelita abuelito tía tia tío tio vovó
    vovo vovô avó avo avô obrigada obrigado saudade oxalá oxala hooyo aabo ayeeyo awoowe walaal haye haa baba mama
    nani dadi nana dada didi bhai bhaiya beta beti puttar ji yaar acha accha arre chalo haan nahin theek shukriya
    waheguru satnam khuda hafiz allah salam salaam alaikum assalamu alaykum walaikum umma appa halmoni harabeoji eomma
    unnie oppa hyung noona aigoo anyeong annyeong arigato sensei obaasan sayonara xièxie xiexie nihao aiya popo
    gonggong lola lolo tita tito ate kuya anak salamat po opo susmaryosep cô chú bác ông bà chị dạ vâng ơi oi trời mẹ
    ba cảm ơn ẹ jọ oluwa olorun abeg wahala oga chale ehn abi sha pele jare ọmọ omo chai biko nne nna mba
    legend yallah jalla shukran marhaba marhaban afwan sabah mabrouk toda todah mazel l'chaim lechaim oy vey struth
    crivens jings
    och-aye strewth blimey eh hai kia ora koutou tēnā koe pai karakia whaea matua whanau whānau aroha mana talofa
    malo mālō bula vinaka mahalo ohana asante karibu habari sawa jambo parabéns parabens saúde saude tchau então calma
    beleza legal felicidades gracias enhorabuena salud vale venga claro bueno buena buenas buenos pues bienvenido
    bienvenida vamos kumusta masarap sige hoy naku hay diyos bahala mabuhay susmaryosep kalimera kalispera efharisto
    yamas prost servus tschüss moin hallo hej tack skål tak kiitos terve na zdrowie cześć dobrze proszę budmo
    privet davai davay horosho bozhe merhaba selam tamam maşallah masallah inşallah insallah teşekkürler hayirli
    khub dhanyavad dhanyavaad namaskar vanakkam sabai sawasdee xin chào gan bei ganbei kampai itadakimasu gochisousama
    ganbatte hwaiting daebak jinjja ubuntu sawubona molo dumela yebo haibo eish aikona bonswa mèsi sak pase
    """)
"""Cries, greetings and kin that no English dictionary lists."""
EPONYMS: Final = word_set("""
    down's downs parkinson's parkinsons alzheimer's alzheimers huntington's crohn's crohns asperger's aspergers
    tourette's tourettes hodgkin's lewy korsakoff wernicke hashimoto's cushing's sjogren's raynaud's meniere's marfan
    kaposi hodgkins stockholm heimlich pavlov maslow freud linehan murphy's
    """)
"""Illnesses and ideas that carry a name."""
TITLES: Final = word_set("""
    mr mrs ms miss mister missus dr doctor prof professor officer sergeant sarge captain lieutenant colonel major
    corporal constable detective inspector sheriff deputy marshal judge justice magistrate nurse matron sister brother
    father mother pastor reverend rabbi imam sheikh deacon bishop cardinal pope canon vicar coach uncle auntie aunt
    aunty grandma grandpa nana granny nan gran cousin sir dame lady lord councillor senator congressman congresswoman
    governor mayor president principal headmaster chief private warden agent
    """)
"""What stands before a name and says who somebody is: it stays."""
SURE_TITLES: Final = word_set("mr mrs ms mister dr officer sergeant lieutenant constable reverend inspector")
"""Titles after which nothing but a name comes, whatever the case."""
