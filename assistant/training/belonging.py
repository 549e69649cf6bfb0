"""Peoples, languages and beliefs that people say are theirs: no names, so they stand, but few may share them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from assistant.training.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

CHURCH: Final = "a church"
FAITH: Final = "another faith"
PEOPLE: Final = "a people"

_CHURCHES: Final = word_set("""
    christian christians catholic catholics protestant methodist baptist lutheran anglican episcopalian presbyterian
    evangelical pentecostal adventist reformed orthodox
    """)
_FAITHS: Final = word_set("""
    mormon mormons quaker quakers amish mennonite muslim muslims sunni shia sufi jewish jew jews hindu hindus buddhist
    buddhists sikh sikhs jain bahai pagan wiccan rastafarian rasta
    """)
_HOUSES: Final = {
    FAITH: word_set("mosque synagogue shul gurdwara mandir"),
    CHURCH: word_set("parish congregation"),
}
_PEOPLES: Final = word_set("""
    spanish french german italian portuguese polish russian ukrainian belarusian czech slovak slovene slovenian
    croatian serbian bosnian albanian macedonian bulgarian romanian hungarian greek turkish kurdish cypriot
    maltese dutch flemish belgian swiss austrian danish swedish norwegian finnish icelandic estonian latvian
    lithuanian irish gaelic welsh scottish scots cornish breton basque catalan galician sicilian yiddish hebrew
    romani roma romany canadian mexican guatemalan honduran salvadoran salvadorean nicaraguan panamanian cuban
    haitian dominican jamaican trinidadian bajan guyanese colombian venezuelan ecuadorian peruvian bolivian
    chilean argentinian argentine brazilian uruguayan paraguayan chicano chicana hispanic latino latina latinx
    latinos latinas cajun nahuatl quechua guarani cree ojibwe navajo lakota cherokee inuit metis inuk samoan
    tongan hawaiian maori fijian african afrikaans nigerian yoruba igbo hausa ghanaian twi akan kenyan swahili
    kikuyu ugandan tanzanian rwandan congolese lingala ethiopian amharic tigrinya oromo eritrean somali somalian
    sudanese egyptian moroccan algerian tunisian libyan berber senegalese wolof gambian malian ivorian liberian
    cameroonian zimbabwean shona zulu xhosa zambian malawian angolan mozambican arabic arab arabs syrian
    lebanese jordanian palestinian israeli iraqi iranian persian farsi dari pashto afghan afghani saudi yemeni
    kuwaiti emirati turkmen uzbek kazakh tajik armenian georgian azeri azerbaijani asian indian pakistani
    bangladeshi bengali punjabi gujarati hindi urdu tamil telugu malayalam kannada marathi sinhala sinhalese
    lankan nepali nepalese tibetan bhutanese burmese lao laotian hmong khmer cambodian vietnamese chinese
    mandarin cantonese hokkien taiwanese korean japanese mongolian thai filipino filipina tagalog ilocano malay
    malaysian indonesian singaporean australian aussie kiwi scandinavian nordic baltic slavic balkan celtic
    native indigenous aboriginal
    """)
"""Peoples and languages, but those that most residents are of where the shipped table counts."""
_MINE: Final = re.compile(
    r"\b(?:i'm|i am|i was (?:born|raised|brought up)|we're|we are|being|as an?|my (?:family|people|parents|folks)"
    r"(?:'s| is| are| were)?)(?: (?:an?|the|all|very|half|part|so|also|still|raised|only|just))* (?P<what>[a-z-]+)\b"
)
_HOUSE: Final = re.compile(r"\b(?:my|our|to|at|from|in)(?: (?:the|my|our))? (?P<what>[a-z-]+)\b")


def belongings(text: str) -> Iterator[str]:
    """Yield what people say that they belong to, in broad words.

    Args:
        text: Lower-case words with straight apostrophes.
    """
    for match in _MINE.finditer(text):
        word = match["what"]
        if word in _CHURCHES:
            yield CHURCH
        elif word in _FAITHS:
            yield FAITH
        elif word in _PEOPLES:
            yield PEOPLE
    for match in _HOUSE.finditer(text):
        yield from (what for what, words in _HOUSES.items() if match["what"] in words)
