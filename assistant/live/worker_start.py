"""How the worker process begins: silent before anything else, for until then Python itself would print its errors.

The app hands over a function of this file and bytes. Importing it takes nothing that can fail, and only once nothing
reaches the terminal any more are the worker imported and the bytes opened: an error there may hold words of a session.
"""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

from assistant.processes import be_quiet

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from assistant.live import messages as say
    from assistant.live.reads import Builder, Reads


def packed(builder: Builder[Reads], begin: say.Begin) -> bytes:
    """Return what a worker begins with, for ``start``."""
    return pickle.dumps((builder, begin))


def start(connection: Connection, beginning: bytes) -> None:
    """Be a worker until told to stop, or until the app is gone.

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
        from assistant.live.worker import work  # noqa: PLC0415  as above

        builder, begin = pickle.loads(beginning)  # noqa: S301  the app packed it
    except BaseException as error:  # noqa: BLE001  nothing may reach Python's own printing
        os._exit(crash.report(error))
    work(connection, builder, begin)
