"""How the review's worker begins: silent before anything else, and offline before anything heavy is imported."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

from assistant.processes import be_quiet

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from assistant.review.reads import Builder


def packed(builder: Builder) -> bytes:
    """Return what a worker begins with, for ``start``."""
    return pickle.dumps(builder)


def start(connection: Connection, beginning: bytes) -> None:
    """Be a worker until the app is gone.

    Args:
        connection: To the app.
        beginning: As ``packed`` gives it.
    """
    be_quiet()
    from assistant import crash  # noqa: PLC0415  not before nothing can be printed

    crash.install()
    try:
        from assistant.models.offline import go_offline  # noqa: PLC0415  as above

        go_offline()
        from assistant.review.worker import work  # noqa: PLC0415  as above

        builder = pickle.loads(beginning)  # noqa: S301  the app packed it
    except BaseException as error:  # noqa: BLE001  nothing may reach Python's own printing
        os._exit(crash.report(error))
    work(connection, builder)
