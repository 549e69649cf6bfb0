"""Switches every check, rule and threshold of the last gate off, one by one, and prints whether a test notices.

    python tests/bench/mutate_gate.py [--part 1/2] [NAME ...]

Each one is a run of the gate's own tests in a process of its own, in which the function returns nothing, the pattern
matches nothing, or the number is one at which the rule never fires. Nothing on disk changes. Four to nine seconds each.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
VARIABLE = "ASSISTANT_MUTATION"
NEVER = 1_000_000

FUNCTIONS = {
    "words": ("check_runs", "check_echo", "check_sources", "check_evidence"),
    "facts": ("check_facts", "check_fact_parts", "check_numbers", "check_known_facts"),
    "names": (
        "check_names",
        "find_written_name",
        "find_named_companion",
        "find_misheard_name",
        "find_split_name",
        "find_spelled_name",
        "find_initials",
        "find_id",
        "_single_initials",
        "_set_off",
        "_deals",
    ),
    "terms": ("check_terms",),
    "references": ("check_references", "check_numbered"),
    "masked": ("check_masked",),
    "disguises": ("check_disguised_names", "check_seams"),
    "peers": ("check_peers", "_told", "_described"),
    "word_names": ("check_word_names", "_opening", "_after_noun", "_after_modal", "_shared"),
    "described": ("check_described", "_tied", "_another", "_told_of", "_job", "_known"),
    "hands": ("check_hand_words", "check_hand_facts", "check_hand_themes"),
    "entities": ("check_entities",),
    "paraphrase": ("check_paraphrase",),
    "difference": ("_split_facts", "_same_rare_words", "_both_answer"),
    "reading": ("check_frame", "_head", "_signed", "signatures"),
}
PATTERNS = {
    "references": ("_MEMBERS", "_POSITION", "_ECHO", "_SECOND", "_LOOSE_SECOND", "_NUMBERED"),
    "peers": ("_PERSON_IN_ROOM", "_CODED", "_SAME_AS"),
    "names": ("_DOTTED",),
}
NUMBERS: dict[str, dict[str, float]] = {
    "heard": {"RUN": 40, "RUN_CONTENT": 40, "ECHO": 40, "ECHO_CONTENT": 40},
    "wordings": {"LONG_NUMBER": 40, "SHORTEST_PART": 40},
    "facts": {"LONG_PART": NEVER, "FACT_WORDS": 40, "FACT_SHARE": 9.0},
    "names": {
        "WORDLIKE": NEVER,
        "SHORTEST_SPELLED": 40,
        "SHORTEST_NEAR": 40,
        "SHORTEST_SPLIT": 40,
        "LONG": 40,
    },
    "terms": {"SHORTEST_TERM": 40, "SELDOM": NEVER},
    "difference": {"SHORTEST": 40, "DIGITS": 40, "HALF": 40, "EVERYDAY": NEVER, "ANSWERS": 40},
    "hands": {"UNCOMMON": NEVER, "UNCOMMON_IN_FACT": NEVER, "EVERYDAY": NEVER, "OF_FACT": 40, "OF_SENTENCE": 40},
    "topics": {"RAISERS": 0},
    "paraphrase": {"CLOSE": 9.0, "VERY_CLOSE": 9.0, "RECENT": 0},
    "disguises": {"SEAM": 1, "SHORTEST": 40},
}

FILES = (
    "test_gate_each_check.py",
    "test_gate_checks.py",
    "test_gate_facts.py",
    "test_gate_references.py",
    "test_difference.py",
    "test_gate_document.py",
    "test_note_topics.py",
    "test_gate_clean_notes.py",
    "test_gate_names.py",
    "test_gate_text.py",
    "test_gate_figures.py",
    "test_similarity.py",
    "test_gate_disguises.py",
    "test_gate_hands.py",
    "test_gate_described.py",
)
"""The fastest first."""

MUTATIONS = (
    *(f"{room}.{name}" for room, names in (*FUNCTIONS.items(), *PATTERNS.items()) for name in names),
    *(f"{room}.{name}={value}" for room, numbers in NUMBERS.items() for name, value in numbers.items()),
)


def pytest_configure() -> None:
    """Apply the mutation that the environment names, before any test is collected."""
    target = os.environ.get(VARIABLE, "")
    if not target:
        return
    where, _, value = target.partition("=")
    room, name = where.split(".")
    module = import_module(f"assistant.notes.{room}")
    import_module("assistant.notes.gate")
    old = getattr(module, name)
    if value:
        _everywhere(name, old, type(old)(float(value)))
    elif isinstance(old, re.Pattern):
        setattr(module, name, re.compile(r"(?!)"))
    else:
        # The code and not the name is replaced, so that whoever imported the function calls the empty one.
        old.__code__ = (lambda *_args, **_named: ()).__code__


def _everywhere(name: str, old: Any, new: Any) -> None:  # noqa: ANN401  any constant
    for key, module in list(sys.modules.items()):
        if key.startswith("assistant.notes.") and getattr(module, name, None) is old:
            setattr(module, name, new)


def survives(mutation: str) -> bool:
    """Whether the gate's tests pass without what a mutation takes away, in a process of its own."""
    child = os.fork()
    if not child:
        os.environ[VARIABLE] = mutation
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
            os.dup2(nowhere.fileno(), sys.stderr.fileno())
            tests = [str(ROOT / "tests" / "notes" / name) for name in FILES]
            # Most is noticed by the first file, and none of the others is collected for it.
            for part in (tests[:1], tests[1:]):
                code = pytest.main(["-n0", "-x", "-q", "-p", "no:cacheprovider", "-p", "mutate_gate", *part])
                if code:
                    break
            # What it returns is all that is wanted: no time is spent on ending well.
            os._exit(int(code))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in {0, 1}:
        raise RuntimeError(f"{mutation}: the tests did not run")
    return code == 0


def main() -> None:
    """Print one line per mutation, and at the end those that no test noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mutations", nargs="*", metavar="NAME")
    parser.add_argument("--part", default="1/1", metavar="N/OF", help="every OF-th mutation, from the N-th on")
    chosen = parser.parse_args()
    number, of = map(int, chosen.part.split("/"))
    mutations = (chosen.mutations or MUTATIONS)[number - 1 :: of]
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    for heavy in ("numpy", "rapidfuzz", "jellyfish", "assistant.notes.gate", "assistant.evaluation.gold"):
        # Loaded once, before any process is split off.
        import_module(heavy)
    if not survives(""):
        sys.exit("the tests fail as they are: nothing can be learnt from taking anything away")
    unnoticed = []
    for mutation in mutations:
        alive = survives(mutation)
        unnoticed += [mutation] if alive else []
        sys.stdout.write(f"{'NOT NOTICED' if alive else 'noticed':12s}{mutation}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(mutations) - len(unnoticed)} of {len(mutations)} noticed\n")


if __name__ == "__main__":
    main()
