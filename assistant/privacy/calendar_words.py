"""Words of the calendar, shared by the recognisers of dates and the truecaser."""

from __future__ import annotations

from assistant.privacy.words import word_set

MONTHS = word_set(
    """
    january february march april may june july august september october november december
    """
)
MONTH_SHORT = word_set("jan feb apr aug sept oct nov dec")
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
HOLIDAYS = word_set(
    """
    christmas xmas thanksgiving easter halloween hanukkah chanukah ramadan eid diwali passover kwanzaa juneteenth
    lent yom kippur nowruz tet holi purim pentecost whitsun hogmanay
    """
)
HOLIDAY_PHRASES = (
    ("new", "year's", "eve"),
    ("new", "year's", "day"),
    ("new", "years", "eve"),
    ("new", "years", "day"),
    ("new", "year's"),
    ("christmas", "eve"),
    ("christmas", "day"),
    ("boxing", "day"),
    ("mother's", "day"),
    ("mothers", "day"),
    ("father's", "day"),
    ("fathers", "day"),
    ("valentine's", "day"),
    ("valentines", "day"),
    ("labor", "day"),
    ("memorial", "day"),
    ("veterans", "day"),
    ("independence", "day"),
    ("st", "patrick's", "day"),
    ("saint", "patrick's", "day"),
    ("good", "friday"),
    ("easter", "sunday"),
    ("easter", "monday"),
    ("bonfire", "night"),
    ("guy", "fawkes", "night"),
    ("fourth", "of", "july"),
    ("lunar", "new", "year"),
    ("chinese", "new", "year"),
    ("rosh", "hashanah"),
    ("yom", "kippur"),
    ("ash", "wednesday"),
    ("palm", "sunday"),
    ("shrove", "tuesday"),
    ("pancake", "day"),
    ("groundhog", "day"),
)
CALENDAR = MONTHS | WEEKDAYS | (HOLIDAYS - {"lent", "holi"})
