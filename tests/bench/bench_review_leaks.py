"""What of anybody else survives in any byte that a review hands out, with what may go wrong planted.

    python tests/bench/bench_review_leaks.py samples/*/ tests/sessions/*/ [--planted plain swapped ...] [--forms soap]

Each session is processed from its gold text, kept in a vault of its own in a temporary folder, and reviewed with the
real models: neutral words in every field, everything signed, and every kind of file handed out to the record, the
member and a treating clinician (with a consent) in each form. All text is taken out of the bytes again: as they are, in
UTF-16, unzipped, inflated, out of base64, and as a reader of the format shows it; with the file names, what was printed
and what was logged. Facts, identifiers and their survival are counted as ``assistant evaluate`` counts them, once for
each pair of fact and member over all the files of that member.

All bytes are looked at but for what a format itself says in figures, where no word of anybody's can be: opaque ids,
the parts of a DOCX that the file of a note of nothing has byte for byte, sizes and places in the markup of a page, and
the one declaration of XHTML in a FHIR document, ``xmlns="http://www.w3.org/1999/xhtml"``, whose 3 is nobody's age. Any
other address, and a 3 anywhere else, counts. So do the notices of Part 2, but for the place of the law that they name,
42 CFR 2.12(c)(5), whose 5 is nobody's age either.

Planted:

- plain: nothing.
- released: the clinician lets in every clause that was held back, one decision each.
- echoed: after every eighth fact another member says it over again in the second person ("so your brother ...").
- overlapped: every fifth change of speaker carries the first words of the next speaker, contested.
- swapped: every ninth turn of a member is taken for the next member's. Nothing in the words can tell.
- corrected: the same, after the clinician named the right speakers.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import contextlib
import dataclasses
import datetime as dt
import io
import itertools
import json
import logging
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
from rich.console import Console
from rich.table import Table

from assistant.cli import batch_vault
from assistant.cli.review_wiring import DeskBuilder
from assistant.cli.source import Source
from assistant.cli.wiring import Workshop, heard_in_transcript
from assistant.decisions import Field, Place, Released, SpeakerSet
from assistant.domain import (
    Attribution,
    DecidedBy,
    Draft,
    Part2,
    Person,
    PersonId,
    Severity,
    Span,
    Utterance,
    UtteranceId,
)
from assistant.errors import AssistantError
from assistant.evaluation.facts import fact_book
from assistant.evaluation.gold import as_transcript, read_gold
from assistant.evaluation.leaks import leaks
from assistant.groupfile import read_group
from assistant.handout import FileKind, NoteFormat, Recipient, ReleaseConsent
from assistant.models.offline import go_offline
from assistant.notes.context import GateContext
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.export import write
from assistant.notes.sentences import PLAN, TO_COMPLETE
from assistant.pipeline.progress import Quiet
from assistant.review.session import ReviewSession
from assistant.review.view import HandOutOrder, Step
from assistant.settings import Settings
from assistant.store.passphrase import Passphrase
from assistant.store.reviews import Reviews
from assistant.store.sessions import Sessions
from assistant.store.vault import Vault
from assistant.transcription.transcripts import utterances_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import Group
    from assistant.evaluation.gold import GoldSession

DAY = dt.date(2026, 3, 5)
PLANTED = ("plain", "released", "echoed", "overlapped", "swapped", "corrected")
RECIPIENTS = (Recipient.RECORD, Recipient.MEMBER, Recipient.CLINICIAN)
EVERY_SWAP, EVERY_ECHO, EVERY_OVERLAP = 9, 8, 5
OVERLAP_WORDS = 5
LONGEST_S = 600.0
READERS = ("spacy-en-md", "minilm", "rampart")

FIELDS = {
    None: {Field.START: "18:00", Field.STOP: "19:30", Field.TOPIC: "Coping skills", Field.INTERVENTIONS: "Support."},
    PersonId("*"): {
        Field.PRESENTATION: "Attentive.",
        Field.RESPONSE: "Took part.",
        Field.GOALS: "Goal 1.",
        Field.PROGRESS: "Steady.",
        Field.RISK: "Reviewed.",
        Field.ASSESSMENT: "Progressing as planned.",
        Field.PLAN: "Continue weekly group.",
    },
}
"""What the clinician writes; nobody's."""


@dataclass
class Tally:
    """What was counted in one session, or in all."""

    identifiers: int = 0
    of_identifiers: int = 0
    facts: int = 0
    of_facts: int = 0
    phrases: int = 0
    of_phrases: int = 0
    files: int = 0
    refused: int = 0
    """Files that were not handed out."""
    unsigned: int = 0
    """Notes that the gate or a missing draft kept from being signed."""
    notes: int = 0
    released: int = 0
    """Clauses of the member's own turns that the clinician let in; and lines of a note that hold such."""
    standing: int = 0
    others_turns: int = 0
    """Clauses of other people's turns that the clinician tried to let in as well."""
    pairs: int = 0
    """Pairs of notes laid side by side; and how many of them were refused."""
    together: int = 0
    why: Counter[str] = dataclasses.field(default_factory=Counter)
    """What was said where a note was not signed or a file not handed out."""

    def add(self, other: Tally) -> None:
        """Add another's counts."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


# -- planting ---------------------------------------------------------------------------------------------------------


def swapped(utterances: Sequence[Utterance], group: Group) -> tuple[Utterance, ...]:
    """Return the session with every ninth turn of a member taken for the next member's, and sure of it."""
    members = [p.id for p in group.members_present]
    out, count = [], 0
    for utterance in utterances:
        if utterance.speaker in members:
            count += 1
            if count % EVERY_SWAP == 0:
                out.append(said_by(utterance, members[(members.index(utterance.speaker) + 1) % len(members)]))
                continue
        out.append(utterance)
    return tuple(out)


def said_by(utterance: Utterance, person: PersonId) -> Utterance:
    """Return an utterance as another's."""
    words = tuple(replace(word, speaker=person) for word in utterance.words)
    return replace(utterance, words=words, attribution=replace(utterance.attribution, person=person))


def overlapped(utterances: Sequence[Utterance], group: Group) -> tuple[Utterance, ...]:
    """Return the session with the first words of the next speaker at the end of some utterances, on nobody."""
    out: list[Utterance] = []
    changes = 0
    for before, after in itertools.pairwise((*utterances, None)):
        assert before is not None
        member = before.speaker is not None and group.person(before.speaker).is_member
        if after is None or not member or before.speaker == after.speaker or not before.words:
            out.append(before)
            continue
        changes += 1
        if changes % EVERY_OVERLAP:
            out.append(before)
            continue
        more = tuple(replace(w, start=before.end, end=before.end, speaker=None) for w in after.words[:OVERLAP_WORDS])
        text = " ".join((before.text, *(w.text for w in more)))
        voice = Attribution(before.speaker, 0.9, 0.4, DecidedBy.VOICE)
        out.append(replace(before, text=text, words=(*before.words, *more), attribution=voice))
    return tuple(out)


_YOU = {"i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "my": "your", "me": "you", "we": "you"}


def echoed(utterances: Sequence[Utterance], gold: GoldSession, group: Group) -> tuple[Utterance, ...]:
    """Return the session with some facts said over again by another member, in the second person."""
    members = [p.id for p in group.members_present]
    out: list[Utterance] = []
    facts = 0
    for utterance, turn in zip(utterances, gold.turns, strict=True):
        out.append(utterance)
        if not turn.spans or utterance.speaker not in members:
            continue
        facts += 1
        if facts % EVERY_ECHO:
            continue
        other = members[(members.index(utterance.speaker) + 1) % len(members)]
        told = " ".join(_YOU.get(w.lower().strip(",."), w) for w in utterance.text.split())
        again = f"So {told[:1].lower()}{told[1:]} I went through the same thing, I think."
        words = tuple(replace(utterance.words[-1], text=w, speaker=other) for w in again.split())
        plain = replace(utterance, text=" ".join(w.text for w in words), words=words)
        out.append(replace(plain, attribution=replace(utterance.attribution, person=other)))
    return tuple(replace(u, id=UtteranceId(f"u{n}"), number=n) for n, u in enumerate(out, start=1))


# -- the review -------------------------------------------------------------------------------------------------------


def review(
    gold: GoldSession, folder: Path, workshop: Workshop, *, planted: str, forms: Sequence[NoteFormat], trouble: Path
) -> Tally:
    """Return what survives of one session."""
    assert gold.group_file is not None
    group = read_group(gold.group_file)
    right = utterances_in(as_transcript(gold), group)
    heard = right
    if planted in {"swapped", "corrected"}:
        heard = swapped(right, group)
    elif planted == "overlapped":
        heard = overlapped(right, group)
    elif planted == "echoed":
        heard = echoed(right, gold, group)
    source = Source(gold.group_file, {}, {}, DAY)
    settings = Settings()
    tally = Tally()
    printed, logged = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(logged)
    logging.getLogger().addHandler(handler)
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            result = workshop.process_heard(source, group, heard_in_transcript(heard), READERS, Quiet())
            with Vault.create(folder / "vault", Passphrase("correct horse battery")) as vault:
                name = batch_vault.keep(vault, result, source, settings)
                if planted == "corrected":
                    put_right(vault, name, heard, right)
                if planted == "released":
                    release_all(vault, name, tally)
                texts = handed_out(vault, name, group, folder, forms=forms, tally=tally)
                side_by_side(vault, name, group, workshop, tally)
    finally:
        logging.getLogger().removeHandler(handler)
    around = f"{printed.getvalue()}\n{logged.getvalue()}"
    count(gold, {reader: f"{text}\n{around}" for reader, text in texts.items()}, tally, trouble, planted)
    return tally


def put_right(vault: Vault, session: str, heard: Sequence[Utterance], right: Sequence[Utterance]) -> None:
    """Name the right speakers, as a clinician does."""
    for wrong, true in zip(heard, right, strict=True):
        if wrong.speaker != true.speaker:
            place = Place(wrong.id, Span(0, len(wrong.text)))
            Reviews(vault).rule(session, "clinician", SpeakerSet((place,), true.speaker))


def handed_out(
    vault: Vault, session: str, group: Group, folder: Path, *, forms: Sequence[NoteFormat], tally: Tally
) -> dict[str, str]:
    """Complete, sign and hand out everything; return all text that each member's files hold."""
    room = ReviewSession(vault, DeskBuilder(Settings()), Settings(), "clinician")
    found: dict[str, list[str]] = {}
    try:
        room.open(session)
        settled(room)
        signed = all_signed(room, Reviews(vault), group, tally)
        for recipient, form, kind in itertools.product(RECIPIENTS, forms, FileKind):
            order = HandOutOrder(signed, recipient, form, kind, folder / "out", to="Q. Xu", purpose="care")
            for done in room.hand_out(order):
                if done.file is None:
                    tally.refused += 1
                    tally.why[done.refused] += 1
                    continue
                tally.files += 1
                found.setdefault(str(done.person), []).extend(texts_in(done.file.name, done.file.read_bytes()))
    finally:
        room.close()
    joined = {person: _LAW.sub(" ", _OPAQUE.sub(" ", "\n".join(dict.fromkeys(p)))) for person, p in found.items()}
    # The note's own sentence: inside markup it begins no line, by which the evaluation knows it.
    return {person: text.replace("Three or more members spoke of", " ") for person, text in joined.items()}


def all_signed(room: ReviewSession, reviews: Reviews, group: Group, tally: Tally) -> tuple[PersonId, ...]:
    """Complete and sign every note, with a consent for each; return whose could be signed."""
    for name, text in FIELDS[None].items():
        room.write(None, name, text)
    for member in group.members_present:
        for name, text in FIELDS[PersonId("*")].items():
            room.write(member.id, name, text)
    settled(room)
    signed = []
    for member in group.members_present:
        tally.notes += 1
        reviews.keep_consent(group, member.id, consent(member))
        tally.standing += sum(line.by_hand and line.speech for line in room.note(member.id).lines)
        try:
            room.sign(member.id, "Q. Xu, LCSW")
            signed.append(member.id)
        except AssistantError as refused:
            tally.unsigned += 1
            tally.why[str(refused)] += 1
    return tuple(signed)


def release_all(vault: Vault, session: str, tally: Tally) -> None:
    """Decide for every clause that was held back of every member that it may enter that member's note."""
    sessions = Sessions(vault)
    speakers = {e.utterance.id: e.utterance.speaker for e in sessions.load(session).entries}
    for member, draft in sessions.drafts(session).items():
        if member is None or not isinstance(draft, Draft):
            continue
        for one in draft.release.withheld:
            # The screen offers what stands in the member's own turns; the others' is tried all the same.
            tally.others_turns += speakers[one.utterance] != member
            tally.released += speakers[one.utterance] == member
            Reviews(vault).rule(session, "clinician", Released(member, Place(one.utterance, one.span)))


def settled(room: ReviewSession) -> None:
    """Wait until nothing is under way, and nothing is stale."""
    end = time.monotonic() + LONGEST_S
    while True:
        now = room.overview()
        if now.problem is not None:
            sys.exit(f"the review stopped: {now.problem}")
        if now.work is None and not any(note.step is Step.STALE for note in now.notes):
            return
        if time.monotonic() > end:
            sys.exit("the review was not ready in time")
        time.sleep(0.05)


def consent(member: Person) -> ReleaseConsent:
    """Return a member's consent to a release to whoever treats them, with every element."""
    return ReleaseConsent(
        number=0,
        patient=member.name,
        discloser="The clinic",
        description="Session notes",
        recipients="Q. Xu",
        kinds=(Recipient.CLINICIAN,),
        purpose="care",
        revocation="In writing at any time",
        expiry="none",
        refusal="May be redisclosed; treatment does not depend on it",
        signed_by=member.name,
        signed_on=dt.date(2026, 1, 10),
    )


def side_by_side(vault: Vault, session: str, group: Group, workshop: Workshop, tally: Tally) -> None:
    """Lay every two signed notes, and each with the group's part, side by side."""
    signed = Reviews(vault).signed(session)
    if not signed:
        return
    entries = Sessions(vault).load(session).entries
    context = GateContext(None, group, tuple(e.utterance for e in entries), tuple(e.findings for e in entries))
    gate = workshop.rooms.reading_room(group).gate()
    part = next(iter(signed.values())).group_note
    notes = {member: one.note for member, one in signed.items()}
    for first, second in itertools.combinations((*notes, None), 2):
        tally.pairs += 1
        two = {m: notes[m] for m in (first, second) if m is not None}
        found = gate.difference(two, part if second is None else None, context)
        tally.together += any(f.severity is Severity.REFUSE for each in found.values() for f in each)


# -- text out of bytes ------------------------------------------------------------------------------------------------

_LONG_WORD = re.compile(rb"[A-Za-z]{5,}|[0-9]{5,}")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PACKED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_OPAQUE = re.compile(
    r"(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])|(?<![^\W_])(?=[0-9]*[a-f])[0-9a-f]{8,}(?![^\W_])"
)
"""Ids by chance and digests: figures among their letters are nobody's age."""
_LAW = re.compile(r"42\s+CFR\s+2\.12\(c\)\(5\)")
_TAG = re.compile(r"<[^<>]*>")
XHTML = rb"xmlns=\"http://www.w3.org/1999/xhtml\""
"""As it stands in JSON; the standard asks for it in every narrative."""


def texts_in(name: str, data: bytes) -> Iterator[str]:
    """Yield all text that a file holds: its name, its bytes, what is packed in it, and what a reader shows of it."""
    yield name
    if name.endswith(".json"):
        data = data.replace(XHTML, b" ")
    yield from plain_in(data)
    yield data.decode("utf-16-le", "ignore") if name.endswith((".md", ".txt", ".json")) else ""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for part in packed.namelist():
                yield part
                # Style sheets, fonts and themes that any file has, byte for byte, are nobody's.
                if packed.read(part) != anybodys().get(part):
                    yield from plain_in(packed.read(part))
    if name.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages)
        yield str(reader.metadata)
        for stream in _STREAM.findall(data):
            with contextlib.suppress(zlib.error):
                yield from plain_in(zlib.decompress(stream.strip(b"\r\n")))
    if name.endswith(".json"):
        yield _PACKED.sub(" ", json.dumps(json.loads(data), ensure_ascii=False, indent=1))


@cache
def anybodys() -> dict[str, bytes]:
    """Return the parts of a file of a note in which nobody said anything, by name."""
    line = DocumentLine(TO_COMPLETE, LineKind.EMPTY, section=PLAN)
    empty = Document(PersonId("m1"), "Group session note", "", DAY, (DocumentPart(PLAN, (line,)),))
    data = write(empty, FileKind.DOCX, recipient=Recipient.RECORD, part2=Part2.NO, at=dt.datetime.now(dt.UTC))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def plain_in(data: bytes) -> Iterator[str]:
    """Yield bytes as text, where they are some: with tags and without, and what is in base64 in them."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        # Bytes that are no text: only their printed stretches can hold a word.
        # In bytes that are no text, shorter words than these come about by chance.
        yield "\n".join(run.decode("ascii") for run in _LONG_WORD.findall(data))
        return
    for packed in _PACKED.findall(text):
        with contextlib.suppress(binascii.Error, ValueError):
            yield base64.b64decode(packed, validate=True).decode("utf-8", "ignore")
    text = _PACKED.sub(" ", text)
    if "<" in text:
        yield _TAG.sub("", text)
        yield _TAG.sub(" ", text)
    # Sizes, shades and places on a page are numbers that are nobody's age.
    yield _SHORT_NUMBER.sub(" ", text) if "<w:" in text or " Td" in text else text


# -- counting ---------------------------------------------------------------------------------------------------------


def count(gold: GoldSession, texts: dict[str, str], tally: Tally, trouble: Path, planted: str) -> None:
    """Count what of others stands in each member's text; where, by type and turn, goes into a file."""
    found = leaks(gold, fact_book(gold), texts)
    tally.identifiers += found.identifiers.leaked
    tally.of_identifiers += found.identifiers.tried
    tally.facts += found.others.leaked + found.planted.leaked
    tally.of_facts += found.others.tried + found.planted.tried
    with trouble.open("a", encoding="utf-8") as lines:
        for row in found.rows:
            if row.leaked and row.holder.split("/")[1] != row.reader.split("/")[1]:
                lines.write(f"{planted}: {row.holder} in {row.reader}: {row.type or 'planted'}, turns {row.turns}\n")
        for reader, text in texts.items():
            for owner, phrase in phrases(gold):
                if owner == reader:
                    continue
                tally.of_phrases += 1
                if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE):
                    tally.phrases += 1
                    lines.write(f"{planted}: a phrase of {gold.id}/{owner} in {reader}\n")


def phrases(gold: GoldSession) -> tuple[tuple[str, str], ...]:
    """Return phrases that belong to one member alone, with whose they are."""
    assert gold.group_file is not None
    path = gold.group_file.parent / "canaries.json"
    if not path.is_file():
        return ()
    rows = json.loads(path.read_text(encoding="utf-8"))["canaries"]
    return tuple((row["owner"], row["phrase"]) for row in rows)


def show(tallies: dict[str, Tally]) -> None:
    """Print one row per way of planting."""
    table = Table(title="What of anybody else survives in any byte handed out", title_justify="left")
    table.add_column("planted")
    for name in ("identifiers", "other facts", "phrases", "files", "refused", "unsigned", "let in", "pairs refused"):
        table.add_column(name, justify="right")
    for planted, t in tallies.items():
        table.add_row(
            planted,
            f"{t.identifiers}/{t.of_identifiers:,}",
            f"{t.facts}/{t.of_facts:,}",
            f"{t.phrases}/{t.of_phrases:,}",
            f"{t.files:,}",
            f"{t.refused}/{t.files + t.refused:,}",
            f"{t.unsigned}/{t.notes}",
            f"{t.standing}/{t.released:,}" if t.released else "-",
            f"{t.together}/{t.pairs}",
        )
    Console(width=160).print(table)
    for planted, t in tallies.items():
        for why, times in t.why.most_common(12):
            sys.stdout.write(f"{planted}: {times} x {why}\n")


def main() -> None:
    """Read the command line, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sessions", nargs="+", type=Path, metavar="GOLD_DIR")
    parser.add_argument("--planted", nargs="+", default=list(PLANTED), choices=PLANTED)
    parser.add_argument("--forms", nargs="+", default=["progress", "soap"], choices=[f.value for f in NoteFormat])
    parser.add_argument("--trouble", type=Path, default=Path("leaks.txt"), help="Lists where, without words.")
    chosen = parser.parse_args()
    go_offline()
    workshop = Workshop(Settings())
    forms = tuple(NoteFormat(form) for form in chosen.forms)
    tallies: dict[str, Tally] = {}
    for planted, folder in itertools.product(chosen.planted, chosen.sessions):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as place:
            tally = review(
                read_gold(folder),
                Path(place),
                workshop,
                planted=planted,
                forms=forms,
                trouble=chosen.trouble,
            )
        tallies.setdefault(planted, Tally()).add(tally)
        sys.stdout.write(
            f"{planted} {folder.name}: {tally.identifiers}/{tally.of_identifiers} identifiers, "
            f"{tally.facts}/{tally.of_facts} facts, {tally.phrases}/{tally.of_phrases} phrases, {tally.files} files, "
            f"{tally.unsigned}/{tally.notes} unsigned, {tally.together}/{tally.pairs} pairs refused, "
            f"{time.monotonic() - began:.0f} s\n"
        )
        sys.stdout.flush()
    show(tallies)


if __name__ == "__main__":
    main()
