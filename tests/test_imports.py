"""The one-way rule holds, a heavy library has one importing file, and a command waits only for what it uses."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "assistant"

HEAVY = {
    "argon2": "store/passphrase.py",
    "av": "capture/recording.py",
    "docx": "notes/export/docx_file.py",
    "fhir": "notes/export/fhir_file.py",
    "faster_whisper": "transcription/whisper.py",
    "http": "notes/local_model.py",
    "jinja2": "notes/template.py",
    "ctranslate2": "transcription/whisper.py",
    "cryptography": "store/seal.py",
    "kaldi_native_fbank": "attribution/voiceprint.py",
    "keyring": "store/keychain.py",
    "onnxruntime": "models/onnx.py",
    "presidio_analyzer": "privacy/presidio.py",
    "presidio_anonymizer": "privacy/redaction.py",
    "pypdf": "notes/export/pdf_text.py",
    "scipy": None,
    "sounddevice": "capture/devices.py",
    "spacy": "privacy/nlp.py",
    "sqlcipher3": "store/database.py",
    "textual_serve": "cli/browser_app.py",
    "tldextract": "privacy/presidio.py",
    "tokenizers": "models/tokenizer.py",
    "vicary": None,
}
"""The file of each library; None: some file, and it alone."""

DRAWN = {"notes/export/pdf_file.py", "pipeline/drawing.py"}
"""ReportLab's two seams: a note as pages, and a session as a picture. Rooms apart, and halves of the library apart."""

STORE = {"argon2", "cryptography", "sqlcipher3"}
"""What the vault is made of."""


@functools.cache
def imported(path: Path) -> set[str]:
    """Return the top-level names of everything that a file imports, inside functions and for types too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def test_a_room_never_imports_back() -> None:
    """The layers of the design, exhaustively: a new file must be given a floor."""
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("library", HEAVY)
def test_a_heavy_library_has_one_importing_file(library: str) -> None:
    """What wraps a library is in one place, and can be replaced there."""
    files = [p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py") if library in imported(p)]

    assert len(files) == 1, files
    assert HEAVY[library] in {None, files[0]}


def test_the_drawing_library_has_its_two_importing_files() -> None:
    """Notes are set in one place and pictures drawn in another."""
    assert {p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py") if "reportlab" in imported(p)} == DRAWN


def test_the_screen_library_is_imported_by_the_screens_alone() -> None:
    """The rooms below know nothing of screens."""
    files = [p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py") if "textual" in imported(p)]

    assert files
    assert all(file.startswith("ui/") for file in files), files


@pytest.mark.parametrize(
    ("modules", "unwanted"),
    [
        ("assistant.cli", {"numpy", *HEAVY}),
        ("assistant.domain, assistant.errors, assistant.settings, assistant.groupfile, assistant.crash", {*HEAVY}),
        ("assistant.notes.gate, assistant.notes.writer", {*HEAVY} - {"onnxruntime", "tokenizers"}),
        ("assistant.alerts.rules", {*HEAVY}),
        ("assistant.capture.endpointing, assistant.capture.recording", {*HEAVY} - {"av", "onnxruntime"}),
        ("assistant.capture.microphone, assistant.capture.playing", {*HEAVY} - {"av"}),
        ("assistant.live.session, assistant.live.worker_start", {*HEAVY, "textual"} - STORE),
        ("assistant.transcription.transcripts", {*HEAVY}),
        ("assistant.evaluation", {*HEAVY} - {"scipy"}),
        ("assistant.attribution", {"av", "faster_whisper", "presidio_analyzer", "spacy", "vicary"}),
    ],
)
def test_a_room_loads_no_library_of_another(modules: str, unwanted: set[str]) -> None:
    """Importing a room, or asking the command for help, loads nothing that it does not use."""
    code = f"import sys, {modules}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )

    assert not {name.split(".")[0] for name in done.stdout.split()} & unwanted
