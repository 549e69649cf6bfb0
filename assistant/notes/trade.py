"""Words of the clinician's own trade: they say how a session went, and nothing about any one person.

A clinician's line may hold them though another member happened to say them too. Diagnoses, substances, drugs,
relatives, jobs and events are left out on purpose: those are somebody's.
"""

from __future__ import annotations

from assistant.notes.lexicon import stem, word_list

PEERS = frozenset(
    word_list("peer peers member members participant participants attendee attendees groupmate groupmates")
)
"""What a clinician calls the others."""

DEALINGS = frozenset(
    word_list(
        """offer offers offered offering give gives gave given giving provide provides provided providing support
        supports supported supporting supportive supportively respond responds responded responding response
        responses encourage encourages encouraged encouraging encouragement validate validates validated validating
        validation thank thanks thanked thanking thankful nod nods nodded acknowledge acknowledges acknowledged
        acknowledging acknowledgement listen listens listened listening ask asks asked asking reflect reflects
        reflected reflecting reflection reflections affirm affirms affirmed affirming affirmation affirmations agree
        agrees agreed smile smiled welcome welcomed welcoming praise praised praising normalise normalize normalised
        normalized normalising normalizing empathise empathize empathised empathized empathy empathic empathetic
        challenge challenged join joined help helps helped helping helpful express expresses expressed expressing
        appreciation appreciate appreciated feedback comment comments commented question questions input suggestion
        suggestions suggest suggested advice perspective perspectives idea ideas strategy strategies skill skills
        coping resource resources contribution contributions engage engages engaged engaging engagement interact
        interacts interacted interacting interaction interactions relate related relating connect connected
        connecting connection participate participated participating participation attentive attentively respectful
        respectfully appropriate appropriately active actively well positively constructive constructively open
        openly warm warmly calm calmly verbal verbally brief briefly group groups session sessions discussion
        discussions activity activities exercise exercises check check-in checkin role play practice practise
        practised practiced practicing practising work worked working pair pairs pairing time times today moment
        process processing round closing opening experience experiences similar sharing share shared shares care
        concern compassion kindness understanding respect trust need needs want wants receptive receptively accept
        accepted accepting received receive receiving turn taking turns room interrupt interrupted interrupting
        interrupts eye contact rapport cohesion boundaries boundary multiple several many various different able
        willing order remind reminded reminding point points topic topics theme themes statement statements remark
        remarks presence disclosure disclosures story stories other others each another member members peer peers
        participant participants attendee attendees facilitator facilitators leader leaders clinician therapist
        second half first minutes minute throughout talk talks talking talked speak speaks spoke speaking concerns
        feelings emotions thoughtful gentle gently honest honestly compliment compliments without becoming defensive
        emotional emotionally thoughts cohesive quietly present"""
    )
)
"""Words that may stand beside "a peer": how people deal with each other, and nothing of what is the matter."""

_TRADE = word_list(
    """ability able absence absent abstinence accept acceptance accomplish accountability accurate achieve
    achievement acknowledge across action active activity acute adapt adaptive adequate address adherence adjust
    adjustment affect affective agenda agreement alert alertness alternative ambivalence ambivalent anger angry
    anticipate anxiety anxious apparent appear appearance apply appointment appraisal approach appropriate
    arouse arousal arrive assert assertive assertiveness assess assessment assign assignment assist assistance
    attend attendance attention attitude automatic avoid avoidance avoidant aware awareness barrier baseline
    begin behavior behaviour behavioral behavioural belief believe benefit blunted body boundary brainstorm
    breathe breathing breath calm care challenge change check checklist choice choose clarify clear client
    clinic clinical clinician closed closure cognition cognitive coherent cohesion collaborate collaborative
    combat comfortable commitment committed communicate communication compare complete completion comply
    concentrate concentration concept concern concrete conflict congruent consequence consider consistent
    constricted contact content continue continued contract contribute control coordinate cope coping core
    crisis criteria current cue daily debrief decatastrophise decatastrophize decision decrease deep defensive
    define defusion demonstrate deny denies denied depressed depression depressive describe determine develop
    development diary difficult difficulty direct discharge discomfort discuss discussion disengaged distorted
    distortion distract distraction distress distressed diversion domain drop-in dysregulated dysregulation
    education educate effect effective effectiveness effort elevate elevated elicit emotion emotional emphasis
    empower encourage engage engagement establish euthymic evaluate evaluation evidence example exercise exhibit
    expect expectation experience experiential explore exploration expose exposure express expression facilitate
    facilitator factor familiar feedback feel feeling fidget flat flexible flexibility focus focused follow
    follow-up followup forward frequency frequent frustrated frustration full function functional functioning
    fully future gain general generate goal goal-directed gradual grief grounding group growth guarded guidance
    guide guideline guilt habit handout handouts helpful hesitant hesitate hierarchy high highlight homework
    hope hopeful hopefulness humour humor hypothetical ideation identify identification illustrate imagery
    immediate impact implement importance improve improved improvement impulse impulsive impulsivity
    inappropriate include increase increased independent independence individual individually inform initial
    initially initiate insight instruct intake integrate intense intensity intent intention interaction interest
    internal interpersonal interrupt intervention introduce introduction irritability irritable isolate
    isolation issue item journal journaling judgement judgment labile lead leader learn lecture less lesson
    level limited link list logical loneliness loss low maintain maladaptive manage management material measure
    medication meditation mental met method mild mindful mindfulness minimal minimally model modeled modelled
    modeling moderate moderately modify monitor monitored monitoring mood motivate motivated motivation
    motivational muscle narrative need negative negotiate neutral next nonjudgmental nonverbal norm normal
    normalize normalise note objective observe observation occasional occasionally ongoing open opportunity
    organise organize organised organized orient oriented orientation outcome outpatient outside overall
    overview pace participate participation passive pattern peer perceive perspective physical plan planned
    planning pleasant pleased positive possible practice practise praise prepare present presentation presenting
    prevent prevention previous primarily prior prioritise prioritize problem problem-solving process processing
    progress progressed progressing progressive prompt prompted prompting prompts protective provide
    psychoeducation psychoeducational psychological punctual purpose question quiet range rapport rate rational
    ration reaction readiness ready reason reassess recall receptive recognise recognize recommend
    recommendation recovery recur redirect redirected redirection redirectable reduce reduced reduction
    reevaluate refer referral reflect reflection reflective reframe reframed reframing refuse refusal regard
    regular regularly regulate regulated regulation rehearse rehearsal reinforce reinforced reinforcement
    relapse relate relation relational relationship relax relaxation relaxed relevant reluctance reluctant
    remain remind report reported reports reporting request require resilience resistance resistant resolve
    resource respond response responsibility responsible restless restricted restructure restructuring result
    review reviewed reward risk role role-play role-played roleplay roleplayed routine sad sadness safe safety
    scale schedule scheduled screen screening secondary seek selective self self-awareness self-care
    self-compassion self-disclosure self-efficacy self-esteem self-report self-soothing sensation sensory
    service session set setback setting severe severity shame share shy sign significant significantly similar
    situation situational skill sleep small smart sober sobriety social socialise socialize solution solve
    solving soothing speak specific speech spontaneous stability stable stage state statement stated states
    status steady step stigma stimulus strategy strength strengthen stress stressor stressors structure
    structured structuring style substance success successful successfully suggest suicidal suicide summarise
    summarize summarised summarized summary support supportive surf surfing sustain symptom symptomatic symptoms
    talk target task tearful technique techniques tense tension term theme therapeutic therapist therapy think
    thinking thought thoughts threat tolerance tolerate tone topic toward towards track training transition
    trauma treatment trigger triggers trust unable unchanged uncomfortable understand understanding unhelpful
    urge urges utilise utilize utilised utilized validate validation value values verbal verbalise verbalize
    verbalised verbalized verbally video visit visual visualisation visualization vocal voice voluntarily
    volunteer vulnerability vulnerable weekly wellness willing willingness withdraw withdrawn word words work
    workbook worker worksheet worksheets worry writing written cravings craving tearfulness benefited endorsed
    endorse endorses elaborated elaborate minimised minimized affirmed acknowledged psychomotor thoughtful
    congruence attentive dysphoric bright brightened tearfully homicidal self-harm harm means euthymia continues
    biweekly monthly prn hygiene cooperative cooperation dressed groomed grooming on-topic appropriately
    verbalization check-in check-ins absorbed abruptly accountable adaptively agitated agitation agreeable aloof
    amenable animated apathetic apologetic articulate articulated assertively attune attuned authentic aversive
    avoided blame body-scan boundary-setting candid candidly caring cautious cautiously characterised
    characterized cheerful clarified closed-off cognitively compliment complimented composed compassionate
    comprehension compulsive concentrating concise confident confidence confrontation confronted consistency
    constructively contemplation contemplative contingency courteous curiosity curious defensiveness deferred
    deflect deflected deflection dependable despair detached detailed deteriorated diagnosis diagnostic
    diminished discouraged disorder disorders disruptive dissociated dissociation eager eagerly elaboration
    embarrassed embarrassment emotionally-charged encouragingly energetic energy engaging enthusiasm
    enthusiastic estranged evasive exhausted exhaustion expressive externalise externalize fatigue fatigued
    fearful feedback-giving forthcoming gains generalise generalize generalised generalized gentle gently
    genuine genuinely helpless helplessness hesitation honest honestly honesty hopelessness hypervigilance
    hypervigilant impatient improvements inattentive incongruent indecisive inhibited insightful insights
    interactive intermittent internalise internalize introspective invested jovial joke joked joking jokingly
    justify lethargic lighthearted likelihood maturity meaningful mindset mistrust monotone moody motivating
    nervous nervousness nightmares notable noticeably numb numbness optimistic outlook overwhelm overwhelmed
    pensive perfectionism perfectionistic pessimistic polite politely precontemplation preoccupied pressured
    proactive proactively prognosis provisional rationale reactive reactivity reassurance reassured recap
    reciprocal relieved reluctantly remorse remorseful resentful resentment reserved resilient restlessness
    rumination ruminative sarcastic scan scanned script scripts self-blame self-critical self-criticism
    self-doubt self-harming self-reflection self-talk self-worth sensitively sensitivity sincere sincerely
    sociable somatic spontaneously stagnant stigmatised stigmatized strained subdued sympathetic tactful
    tactfully talkative tangential tentative tentatively thoughtfully tolerating transparency transparent
    triggered trusting unmotivated unremarkable validating variable vigilance warmth worth worthless
    worthlessness worries worried aftercare caseload psychiatric psychiatrist psychologist counsellor counselor
    counseling counselling prescriber provider providers inpatient telehealth modality modalities
    confidentiality consent documentation documented roster signature acronym diagram diagrams whiteboard
    flipchart brainstormed icebreaker debriefed debriefing socratic dialectical behaviorally hotline helpline
    naloxone voucher paperwork eligibility"""
)

TRADE = frozenset(stem(part) for word in (*_TRADE, *DEALINGS) for part in {word, *word.split("-")})
"""Stems of all of them."""


def is_trade(word: str) -> bool:
    """Whether a folded word is one of the clinician's trade."""
    return stem(word) in TRADE


JOBS = frozenset(
    word_list(
        """nurse teacher driver firefighter paramedic medic veteran soldier marine sailor sergeant officer policeman
        policewoman cop detective lawyer attorney paralegal judge doctor physician surgeon anesthetist anaesthetist
        pharmacist dentist vet veterinarian farmer carpenter electrician plumber welder mechanic builder roofer
        contractor painter cook chef baker waiter waitress bartender barista cashier clerk secretary accountant
        banker broker realtor engineer programmer developer scientist professor lecturer student principal librarian
        musician singer artist actor actress writer author journalist photographer hairdresser barber pastor priest
        minister rabbi imam nun chaplain pilot trucker courier cleaner janitor housekeeper nanny caregiver carer
        guard landlord manager supervisor owner widow widower divorcee grandmother grandfather newcomer immigrant
        refugee foreigner twin athlete coach dancer skater model gardener florist jeweler jeweller tailor butcher
        fisherman logger miner machinist operator dispatcher trader salesman saleswoman salesperson consultant
        architect dishwasher beekeeper postman mailman"""
    )
)
"""What people are: in a line about one member it singles out another who told it."""
