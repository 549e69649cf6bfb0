"""The words by which organisations are known in speech: what one does there, and what they are."""

from __future__ import annotations

from assistant.privacy.words import word_set

CUE_VERBS = word_set(
    """
    work works worked working waitress wait waits tables bartend tend tending cook cooking cooks clean cleans
    cleaning teach teaches taught teaching study studies studied studying volunteer volunteers volunteered intern
    interned interning manage manages managed managing enrolled open opens close closes start started starting
    begin hired employed job shift shifts nights days temp temping train trained training nurse nursing deliver
    delivering stock stocking serve serving apprentice interview interviewed graduate graduated school class
    classes treated detox detoxed rehab inpatient outpatient admitted hospitalized hospitalised meeting meetings
    cashier drive drove weld welding pack packing lecture coach coaches coached coaching preach preaching worship
    sing usher patient client resident living stay stayed staying
    """
)
JOB_NOUNS = word_set(
    """
    job gig position shift shifts manager steward supervisor nurse teacher psychiatrist therapist counsellor
    counselor cook waiter waitress driver foreman clerk cashier barista bartender security guard janitor porter
    receptionist secretary accountant engineer mechanic welder electrician plumber server chef assistant intern
    apprentice student professor librarian firefighter medic doctor surgeon dentist pharmacist tech technician
    machinist operator dispatcher boss coworker interview contractor internship career captain coach carer
    caretaker bouncer dj groundskeeper lifeguard paramedic housekeeper cleaner picker packer salesman agent teller
    """
)
AT_CUES = word_set("over down up out back")
PARTS = word_set(
    """
    ward unit er icu rehab detox program programme appointment appointments clinic surgery counter desk checkout till
    line floor dorm wing bed group class classes seminar course lecture locker orchestra choir band concert service
    mass shelter hostel
    """
)
"""Parts of an organisation and what goes on there: "the psych ward at", "a bed at", "my class at"."""
MINISTRY = word_set(
    """
    load loads loaded loading haul hauling truck trucks books drive drives drove driving work works worked working
    fly flew deliver delivers delivered delivering hired employed contract contracted interning interned sell
    sells selling weld cook clean cleaning volunteer volunteering temp temping play played freelance consult
    consulting
    """
)
GENERIC = word_set(
    """
    local new old same big little small grocery coffee dollar public high elementary middle primary secondary car
    auto gas petrol furniture shoe pet book toy hardware liquor department community city county state regional
    general mental children's women's veterans emergency urgent dental medical law private christian catholic
    baptist methodist presbyterian lutheran night day summer boarding nursing care retirement group halfway
    treatment rehabilitation rehab detox sober temp staffing insurance construction trucking cleaning call
    distribution fulfillment shopping fast chinese italian mexican indian thai pizza burger sandwich ice cream
    nail hair beauty barber tattoo pawn thrift charity vintage second-hand online first whole entire main nearest
    different another other real good nice fancy busy downtown uptown country national central family own one next
    last this that big-box police fire train bus power steel paper chicken meat packing water sewage oil chemical
    bottling assembly parts tire body repair machine print copy sign paint candy bakery waiting dining living
    break locker back class flower gift comic record music guitar pain methadone walk-in sleep eye free health
    fertility memory chain favorite favourite cheap expensive crowded packed closed empty abandoned huge tiny
    maximum minimum security juvenile outpatient inpatient psych psychiatric psychology trade business art
    graduate grad driving sunday theology tech teaching army navy military field rival nearby adjoining former
    future front full least capacity best worst vegan vegetarian japanese korean vietnamese greek french spanish
    american british polish turkish ethiopian steak seafood family-run sports dive gay karaoke wine cocktail
    hookah swimming boxing climbing wedding dance megachurch parish evangelical pentecostal orthodox unitarian
    mormon apostolic black white medicare savings credit blood food sperm data research testing crime dna meth
    chemistry computer steel-toe brick cancer breast heart stroke diabetes dementia eating disorder asthma allergy adhd
    autism addiction anxiety depression trauma grief bereavement support crisis prenatal antenatal postnatal maternity
    children kids kid's family girls boys women men women's men's
    """
)
TRAILING = word_set(
    """
    harbor harbour ridge creek valley river lake bay point view fields meadows springs hills woods gardens park
    pines oaks house home court manor terrace lodge villa center centre plant mill yard shop store line lines
    group trust city kitchen grill pantry elementary primary high air produce dental chemical hollow room rooms
    sons daughters freight market bar cafe garage farm farms records media foods motors parts tools steel solar
    electric energy power express transport works team union services service care systems partners holdings
    capital security cleaning construction roofing plumbing fitness
    """
)
HEADS = TRAILING | word_set(
    """
    diner restaurant bistro tavern pub inn hotel motel hospital clinic infirmary hospice pharmacy school college
    university academy institute seminary kindergarten daycare nursery church chapel cathedral parish temple
    synagogue mosque ministry ministries foundries foundry factory refinery shipyard warehouse depot dairy brewery
    bakery butchers supermarket grocers grocery boutique salon barbers spa gym library museum theater theatre
    cinema airlines airways railway railroad rail railways trucking logistics haulage shipping movers courier
    couriers plc inc llc ltd corp corporation company associates brothers bros sons industries industrial
    manufacturing textiles plastics chemicals pharmaceuticals labs laboratories laboratory technologies tech
    software semiconductor aerospace aviation automotive tyres bank credit insurance mutual financial realty
    properties estates builders contractors landscaping nurseries outfitters apparel furniture hardware lumber
    growers exteriors interiors gutters roofers cleaners caterers florists orchards vineyards winery distillery
    stables kennels vets veterinary optical pediatrics paediatrics oncology sinfonia philharmonic symphony orchestra
    choir ensemble theatricals productions studios publishing publishers gazette herald tribune chronicle networks
    cab cabs taxis minicabs removals joinery glazing scaffolding tailors jewellers jewelers opticians solicitors
    accountants surveyors architects brokers undertakers crematorium creamery cheesemakers butchery fishmongers
    fisheries cannery abattoir packers haulers cinemas wholesalers wholesale distributors stationers printers
    upholstery presbyterian methodist lutheran federation embassy consulate hospice
    timber supply supplies equipment rentals catering bakeries pizza pizzeria burgers cantina taqueria deli
    sheriff's department foundation charity shelter mission ranch resort casino club lounge rehab recovery detox
    council authority agency bureau hospitals clinics schools dispensary surgery practice penitentiary prison jail
    barracks precinct
    """
) - frozenset({"recovery", "credit", "practice", "surgery", "mutual", "equipment", "supply"})
FUNCTION_WORDS = word_set(
    """
    the a an i i'm i've i'd i'll you you're he he's she she's it it's we we're they they're me my mine your his
    her our their this that these those and or but so because if when while where who what which how why then than
    as at in on of for to from with by into onto over under out off up down about after before until since during
    through is are was were be been being am do does did done have has had having will would can could should may
    might must not no yes yeah okay ok um uh er like just really very also too even still only now here there
    again back always never ever some any every each all both most more much many few lot lots got get gets
    getting go goes going went gone come comes came said says tell told think thought know knew want need make
    made take took put let one two three four five six seven eight nine ten nights days mornings evenings weekends
    tonight today tomorrow yesterday moved don't didn't can't won't wasn't isn't honestly actually basically
    anyway plus minus night day week month year years part full time part-time full-time minutes hours almost
    nearly around near right well good bad please sorry thanks him them us full-on that's there's plate starts
    """
)
