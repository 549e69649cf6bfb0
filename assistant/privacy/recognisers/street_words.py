"""The words by which streets and buildings are called, and those that only look so."""

from __future__ import annotations

from assistant.privacy.words import word_set

STRONG = word_set(
    """
    lane road street avenue boulevard drive court terrace crescent parkway highway alley mews turnpike cul-de-sac
    st ave blvd rd ln dr ct pkwy hwy esplanade causeway
    """
)
WEAK = word_set(
    """
    way place circle square close trail row gardens grove walk hill path loop heights park view rise green point
    plaza pike ridge run bend landing crossing ter pl sq
    """
)
ROADS = STRONG | WEAK
"""Every word by which streets are called."""
UNITS = word_set("unit apartment apt flat suite building block tower lot trailer")
NOT_A_STREET = word_set(
    """
    the a an my your his her our their this that same next other another every each whole short hard test food
    tennis basketball family drug supreme criminal district traffic mental night memory fast pass down across off
    side back up middle of on in at to into and or by from for with one's dirt wrong right busy quiet dead open
    rough bumpy winding main disc sex flash thumb usb blood toy hunger i you we they he she it is was basement
    federal city small-claims magistrates crown youth juvenile civil appeals ball under over about around when
    where who what home house car bus no any some driving inside outside out through along near parking bike
    """
)
NO_NAME = word_set(
    """
    old new main state country county side private gravel little long big high low great
    """
)
"""Words that belong to a street's name only beside another ("Old Mill Lane", but "the old road")."""
LIVING = word_set("live lives lived living address house staying stay moved")
LONE_WEAK = word_set("way place circle square close row gardens grove walk plaza sq pl")
"""Weak endings that make a street without a house number."""
ON = word_set(
    """
    on at off to down in near from by along of between behind past live lives living
    """
)
BUILDINGS = word_set("house court tower towers lodge mansions buildings building hall point heights apartments flats")
IN_STREET = frozenset({"on", "in", "at", "off"})
FIRMS = word_set(
    """
    surgical surgery medical dental practice clinic school church hospital centre center chapel pharmacy gym market
    nursery primary project trust studios baths hostel shelter mission library garage motors tavern diner deli salon
    station bridge
    """
)
"""What is called after its street, so that the street is no address there."""
