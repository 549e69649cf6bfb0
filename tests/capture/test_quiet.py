"""What a library prints by itself stays off the screen, and the program's own words reach it."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import os, sys
from assistant.capture.quiet import quiet_libraries
os.write(2, b"before\\n")
with quiet_libraries():
    os.write(2, b"a library's noise\\n")
    print("own words", file=sys.stderr)
    print("the screen", file=sys.__stderr__, flush=True)
    os.system("echo noise of a child >&2")
os.write(2, b"after\\n")
print("own words later", file=sys.stderr)
"""


def test_only_the_program_speaks() -> None:
    """Also after it has ended, standard error is what it was."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60)

    assert done.stderr.splitlines() == ["before", "own words", "the screen", "after", "own words later"]
