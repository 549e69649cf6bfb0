"""After installation nothing of the program's libraries opens a connection on its own."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest


def _run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


def test_the_hub_library_knows_that_it_is_offline() -> None:
    """The switches are those that it reads, and win over what the user's environment says."""
    said = _run("""
        import os
        os.environ["HF_HUB_OFFLINE"] = "0"
        from assistant.models.offline import go_offline
        go_offline()
        from huggingface_hub import constants
        print(constants.HF_HUB_OFFLINE, constants.HF_HUB_DISABLE_TELEMETRY, constants.HF_HUB_DISABLE_IMPLICIT_TOKEN)
    """)

    assert said == "True True True\n"


@pytest.mark.slow
def test_importing_the_heavy_libraries_opens_no_socket() -> None:
    """No telemetry, no update check, no list fetched at import."""
    said = _run("""
        import sys
        touched = []
        def watch(event, arguments):
            if event.startswith("socket.") and event != "socket.gethostname":
                touched.append(event)
        sys.addaudithook(watch)
        from assistant.models.offline import go_offline
        go_offline()
        import warnings
        warnings.simplefilter("ignore")
        import av, faster_whisper, onnxruntime, presidio_analyzer, presidio_anonymizer, spacy, tldextract, tokenizers
        import rich, typer, vicary
        print(touched)
    """)

    assert said == "[]\n"
