"""What is said and kept when the program fails in a way nobody foresaw: where, never what.

A foreign exception's message, a local variable or a line of a library's log may hold speech, a name or a fact. The
report holds exception types, places in this program's own code, and versions; nothing else leaves the process.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import importlib.metadata
import logging
import os
import platform
import sys
import threading
import traceback
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from assistant import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

EXIT_CODE = 70
"""EX_SOFTWARE of sysexits.h: an error inside the program."""
INTERRUPTED = 130
"""What shells return for a command that Ctrl-C ended."""

_APPLICATION = "group-session-assistant"
_LIBRARIES = (
    "av",
    "ctranslate2",
    "faster-whisper",
    "kaldi-native-fbank",
    "numpy",
    "onnxruntime",
    "presidio-analyzer",
    "presidio-anonymizer",
    "rich",
    "scipy",
    "spacy",
    "thinc",
    "tokenizers",
    "typer",
    "vicary",
)
"""Whose versions explain a crash."""
_PACKAGE = Path(__file__).parent
_DEEPEST_CHAIN = 10


def crash_folder() -> Path:
    """Return where reports lie: ``crash`` in ``ASSISTANT_HOME``, else in the platform's state folder."""
    home = os.environ.get("ASSISTANT_HOME")
    place = Path(home).expanduser() if home else platformdirs.user_state_path(_APPLICATION, appauthor=False)
    return place.absolute() / "crash"


def install() -> None:
    """Close every way in which Python would print an exception, a log record or a warning on its own.

    Sets the hooks for uncaught exceptions in the main thread, in other threads and in destructors; switches off the
    fault handler, core files (they hold the whole memory), and the unasked printing of libraries' logs and warnings.
    """
    sys.excepthook = _main_thread
    threading.excepthook = _other_thread
    sys.unraisablehook = _destructor
    faulthandler.disable()
    _no_core_files()
    logging.raiseExceptions = False
    logging.lastResort = logging.NullHandler()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


@contextmanager
def guard() -> Iterator[None]:
    """Turn whatever escapes from the block into a report and an exit code.

    For the whole command line: Typer puts its own hook in the place of ours as it runs, and that one prints messages.

    Raises:
        SystemExit: 130 after Ctrl-C, 70 after any other exception; a SystemExit of the block passes through.
    """
    try:
        yield
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  nothing may reach Python's own printing
        sys.exit(report(error))


def report(error: BaseException) -> int:
    """Write a report about ``error`` and say in one line on standard error where it lies.

    Returns:
        The exit code: 130 for Ctrl-C, of which nothing is written or said, else 70.
    """
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    path = _write(describe(error))
    where = f"a report without any words of the session is in {path}" if path else "no report could be written"
    _say(f"assistant: stopped by an error inside the program ({_kind(error)}); {where}")
    return EXIT_CODE


def describe(error: BaseException) -> str:
    """Return the report's text: versions, and for each exception of the chain its type and our own frames."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    system = f"{platform.system()} {platform.machine()}"
    lines = [
        f"assistant {__version__}, Python {platform.python_version()}, {system}, {now}",
        f"libraries: {', '.join(_versions())}",
        "",
        *_chain(error),
    ]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    link: BaseException | None = error
    words = "stopped by"
    while link is not None and id(link) not in seen and len(seen) < _DEEPEST_CHAIN:
        seen.add(id(link))
        yield f"{words} {_kind(link)}"
        yield from _frames(link.__traceback__)
        if isinstance(link, BaseExceptionGroup):
            for inner in link.exceptions:
                yield f"  which holds {_kind(inner)}"
                yield from _frames(inner.__traceback__)
        if link.__cause__ is not None:
            link, words = link.__cause__, "because of"
        else:
            link, words = (None if link.__suppress_context__ else link.__context__), "while handling"


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _frames(trace: TracebackType | None) -> Iterator[str]:
    foreign = 0
    for frame, line in traceback.walk_tb(trace):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_PACKAGE):
            if foreign:
                yield f"    ({foreign} of libraries)"
                foreign = 0
            # Relative: an absolute path tells the user's name.
            yield f"    {path.relative_to(_PACKAGE.parent).as_posix()}:{line} in {frame.f_code.co_name}"
        else:
            foreign += 1
    if foreign:
        yield f"    ({foreign} of libraries)"


def _versions() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name} {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            yield f"{name} missing"


def _write(text: str) -> Path | None:
    """Write a private file that did not exist; None where the disk does not let us."""
    try:
        folder = crash_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S.%f")
        path = folder / f"crash-{stamp}-{os.getpid()}.txt"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return None
    return path


def _say(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # standard error is closed, or there is none
        return


def _main_thread(_type: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    # Python leaves with the code of a SystemExit that its hook raises, and prints nothing.
    sys.exit(report(error))


def _other_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and not isinstance(failed.exc_value, SystemExit):
        report(failed.exc_value)


def _destructor(failed: sys.UnraisableHookArgs) -> None:
    if failed.exc_value is not None:
        report(failed.exc_value)


def _no_core_files() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  only where the system has it

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        # At 0 Linux still hands the whole memory to a program that collects crashes, where one is installed; at 1 byte
        # it does not (``do_coredump`` of the kernel), and no file is that small.
        wanted = 1 if sys.platform == "linux" else 0
        least = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_CORE, (least, hard))
