"""What a fact is about, as a set of concepts, so that other words for the same thing are recognised.

"was hospitalised for alcohol in January" and "your hospital stay in January and the drinking" share three concepts.
"""

from __future__ import annotations

import re

from assistant.alerts.words import plain

_GROUPS: dict[str, str] = {
    "hospital": r"hospitali[sz]\w*|hospital|inpatient|psych(?:iatric)? ward|admitted|sectioned|ward|icu|er|emergency room|nurs(?:e|es|ing)|unit",
    "alcohol": r"alcohol\w*|drink\w*|drank|drunk\w*|booz\w*|vodka|whisk\w+|beers?|wine|liquor|sober|sobriety|bottle|bender|binge\w*|aa",
    "drugs": r"drugs?|using|heroin|cocaine|coke|meth|fentanyl|opioids?|opiates?|pills|weed|addict\w*|needles?|rehab|detox|methadone|suboxone|na",
    "relapse": r"relaps\w*|slip|slipped|slip up|fell off the wagon|using again|drinking again|back on the \w+|picked up again",
    "overdose": r"overdos\w*|od'?d|narcan",
    "law": r"arrest\w*|dui|duis|dwi|drunk driving|jail|prison|probation|parole|police|charge|charged|charges|court|convict\w*|felony|felon|warrant|sentenc\w*|lawyer|legal trouble|locked up|record",
    "custody": r"custody|cps|foster|took (?:his|her|your|the) (?:kids|children)",
    "pregnancy loss": r"miscarr\w*|stillb\w*|lost (?:the|a|her|your|their) (?:baby|pregnancy)|pregnan\w*|the baby|abortion|ectopic",
    "hiv": r"hiv|aids|the virus|virus|viral load|undetectable|antiretrovirals?|cd4|poz|hiv positive|truvada|biktarvy",
    "infection": r"hepatitis|hep [abc]|herpes|chlamydia|gonorrh\w*|syphilis|std|sti|stds|stis|tuberculosis|tb",
    "separation": r"separat\w*|divorc\w*|split|splitting up|broke up|break ?up|breaking up|moved out|apart|walked out|left (?:him|her|you)|leaving (?:him|her|you)",
    "affair": r"affair|affairs|cheat\w*|infidel\w*|unfaithful",
    "suicide": r"suicid\w*|attempt|attempted|attempts|kill(?:ed|ing)? (?:him|her|your|my)self|took (?:the|a|some) (?:pills|bottle)|end(?:ing)? (?:it|your life|his life|her life)",
    "self harm": r"self harm\w*|cutting|cut (?:him|her|your)self|hurt(?:ing)? (?:him|her|your)self|scars",
    "abuse": r"abus\w*|assault\w*|rap(?:e|ed|ist)|molest\w*|beat|beats|beaten|violen\w*|domestic violence|hits? (?:him|her|you)",
    "bipolar": r"bipolar|mani[ac]|manic|lithium",
    "depression": r"depress\w*|antidepressants?",
    "anxiety": r"panic\w*|anxiety|agoraphob\w*|ocd|obsessi\w*",
    "psychosis": r"psychos\w*|psychotic|schizo\w*|voices|hallucinat\w*|paranoi\w*",
    "trauma": r"ptsd|trauma\w*|flashbacks?",
    "eating": r"anorex\w*|bulimi\w*|eating disorder|purg\w*|binge eating|throwing up",
    "cancer": r"cancer|chemo\w*|tumou?rs?|oncolog\w*|lymphoma|leuk\w+|melanoma|biopsy|mastectomy|radiation",
    "job loss": r"fired|laid off|lost (?:his|her|your|the) job|unemploy\w*|redundan\w*|sacked|let go|suspended|disciplin\w*",
    "orientation": r"gay|lesbian|bisexual|queer|came out|coming out|orientation|closet|closeted|sexuality",
    "gender": r"transgender|trans|transition\w*|gender|nonbinary|non binary",
    "death": r"died|death|dead|passed away|funeral|grie\w*|bereave\w*|widow\w*|suicide of|buried|lost (?:his|her|your) (?:son|daughter|wife|husband|mother|father|mom|mum|dad|brother|sister|child|partner)",
    "money": r"debts?|bankrupt\w*|gambl\w*|evict\w*|foreclos\w*|casino|bets?|betting",
    "immigration": r"undocumented|visa|immigra\w*|deport\w*|asylum|green card|ice",
    "adoption": r"adopt\w*|birth (?:mother|father|mom|dad)|foster care",
    "homeless": r"homeless\w*|shelter|living in (?:his|her|your) car|evict\w*",
    "diabetes": r"diabet\w*|insulin|blood sugar",
    "epilepsy": r"epilep\w*|seizures?",
    "military": r"deploy\w*|combat|iraq|afghanistan|veteran|army|marines|war",
}
_COMPILED = {name: re.compile(rf"(?<![\w'])(?:{pattern})(?![\w'])") for name, pattern in _GROUPS.items()}

_MONTHS = frozenset(
    "january february march april june july august september october november december christmas easter thanksgiving".split()
)
_EMPTY = frozenset(
    """a an the and or but so if then than that this these those there here with without within from into onto upon off
    about above below under over between among through during before after against toward towards around for by at in on
    of to up down out as is am are was were be been being have has had having do does did done doing will would shall
    should may might must can could not no yes i me my mine we us our ours you your yours he him his she her hers it its
    they them their theirs who whom whose which what when where why how all any both each few more most other some such
    only own same too very also again once ever never always often sometimes last next this week weeks month months year
    years day days night nights time times ago today tonight tomorrow yesterday now later early late winter summer spring
    fall autumn weekend monday tuesday wednesday thursday friday saturday sunday morning evening may think thing things
    know say says said tell told telling talk talked see saw come came go goes went going get gets got take took make made
    put let give gave want need feel felt find found use used work works worked job people person someone somebody
    everybody everyone group session home house back good bad hard new old little big long first second one two three
    like look keep kept start started stop still well really much many lot kind way maybe please thank thanks sorry okay
    right sure wife husband partner son daughter mother father mom mum dad brother sister kid kids child children family
    parents boyfriend girlfriend friend friends ex uncle aunt cousin baby man woman name called call phone phoned wants
    because since until while though although around happened happen ask asked share shared help helped today's
    secretly recently currently previously formerly positive part another something anything nothing everything diagnosed
    diagnosis history takes taking lost lives living lived left leaving mentioned hear heard hope""".split()
)
_SUFFIX = re.compile(r"(?:ations?|ments?|ings?|ies|ied|ers?|ed|es|s|y|e)$")
_SHORTEST = 4


def concepts(text: str) -> frozenset[str]:
    """Return what a text is about: names of concept groups, months and years, and the stems of its other content words.

    Kin words, times of day and everyday verbs say nothing by themselves and are left out.
    """
    words = plain(text)
    found = {f"group:{name}" for name, pattern in _COMPILED.items() if pattern.search(words)}
    covered = " ".join(pattern_sub(words))
    for word in covered.split():
        bare = word.removesuffix("'s").strip("'")
        if bare in _MONTHS or (bare == "march"):
            found.add(f"month:{bare}")
        elif re.fullmatch(r"(?:19|20)\d\d", bare):
            found.add(f"year:{bare}")
        elif bare not in _EMPTY and len(bare) >= _SHORTEST and "'" not in bare:
            found.add(f"stem:{stem(bare)}")
    return frozenset(found)


def pattern_sub(words: str) -> list[str]:
    """Return the words that no concept group has taken."""
    for pattern in _COMPILED.values():
        words = pattern.sub(" ", words)
    return words.split()


def stem(word: str) -> str:
    """Return a word without its commonest endings, at least four letters of it."""
    shorter = _SUFFIX.sub("", word)
    return shorter if len(shorter) >= _SHORTEST else word
