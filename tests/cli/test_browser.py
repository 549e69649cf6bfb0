"""The review in a browser: on this machine alone, for one page at a time, behind the passphrase, leaving nothing.

A real headless Chromium and what it really asks for; refusals are asked for byte by byte. Needs ``chromium`` and
``chromium-driver`` (Debian's names): where they are missing the tests fail in CI, and are skipped elsewhere.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]  # its stubs are a package of their own
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from assistant.errors import VaultError
from assistant.store.passphrase import Passphrase
from assistant.store.vault import Vault
from tests.cli.small_review import RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_S = 30.0
SMALL = Path(__file__).parent / "small_review.py"
ANSI = re.compile(r"\x1b\[[0-9;?<>=$]*[a-zA-Z]")


def until(what: Callable[[], Any], longest: float = LONGEST_S) -> None:
    """Wait for it, with a bound."""
    deadline = time.monotonic() + longest
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Served:
    """A server in a process of its own.

    Args:
        folder: Where the small app leaves its marks.
        command: What starts it; none: it is started with the small app behind it.
    """

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder = folder
        code = (
            "import sys; from assistant.cli.browser import serve;"
            "serve(sys.argv[1:], say=lambda line: print(line, flush=True))"
        )
        environment = {**os.environ, "TEXTUAL_LOG": str(folder / "textual.log"), "TEXTUAL": "debug,devtools"}
        with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
            self.process = subprocess.Popen(
                command or [sys.executable, "-c", code, sys.executable, str(SMALL), str(folder)],
                stdout=out,
                stderr=err,
                env=environment,
            )
        until(lambda: "Ctrl+C" in self.said or self.process.poll() is not None)
        found = re.search(r"(http://127\.0\.0\.1:(\d+))/open/(\S+)", self.said)
        assert found is not None
        self.url, self.address, self.port = found[0], found[1], int(found[2])

    @property
    def said(self) -> str:
        """All that it printed."""
        return (self.folder / "out").read_text() + (self.folder / "err").read_text()

    def begun(self) -> list[int]:
        """Return the process ids of all apps so far."""
        return [int(path.stem) for path in sorted(self.folder.glob("*.begun"), key=lambda one: one.stat().st_mtime)]

    def running(self) -> list[int]:
        """Return those that are still there."""
        return [pid for pid in self.begun() if psutil.pid_exists(pid)]

    def closed(self) -> list[int]:
        """Return those that ended as they should."""
        return [int(path.stem) for path in self.folder.glob("*.closed")]

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """Ask for something as a program would, with these headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    def enter(self) -> str:
        """Use the address up, and return the cookie that it gave."""
        return (self.ask(urlsplit(self.url).path).getheader("Set-Cookie") or "").split(";")[0]

    def end(self) -> None:
        """Press Ctrl+C."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=LONGEST_S)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server that is gone afterwards."""
    made = Served(tmp_path)
    try:
        yield made
    finally:
        made.end()
        for pid in made.running():
            os.kill(pid, signal.SIGKILL)


# -- what is refused --------------------------------------------------------------------------------------------------

UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
           "Sec_WebSocket_Key": base64.b64encode(bytes(16)).decode()}  # fmt: skip


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    """One socket, on the loopback address."""
    listening = [c.laddr for c in psutil.Process(served.process.pid).net_connections() if c.status == "LISTEN"]

    assert [(one.ip, one.port) for one in listening] == [("127.0.0.1", served.port)]


def test_the_address_opens_it_once(served: Served) -> None:
    """Who comes first is known by a cookie that no script reads; whoever comes later is not let in."""
    first = served.ask(urlsplit(served.url).path)
    cookie = first.getheader("Set-Cookie") or ""

    assert first.status == 303
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
    assert served.ask("/", Cookie=cookie.split(";")[0]).status == 200
    assert served.ask(urlsplit(served.url).path).status == 403
    assert served.ask("/open/guessed").status == 403


def test_nobody_gets_in_without_it(served: Served) -> None:
    """No page, no script, no wire to the app."""
    for path in ("/", "/ws", "/static/js/textual.js"):
        assert served.ask(path).status == 403
        assert served.ask(path, Cookie="review=guessed").status == 403
    assert served.begun() == []


def test_no_other_page_reaches_it(served: Served) -> None:
    """A name that points at this machine, or a page elsewhere in the same browser, with the cookie and all."""
    own = {"Cookie": served.enter(), "Origin": served.address}
    foreign = (
        {"Host": "rebound.example.invalid"},
        {"Host": f"localhost:{served.port}"},
        {"Origin": "http://elsewhere.example.invalid"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    )

    assert served.ask("/", **own).status == 200
    assert [served.ask("/", **{**own, **one}).status for one in foreign] == [403] * len(foreign)
    assert [served.ask("/ws", **UPGRADE, **{**own, **one}).status for one in foreign] == [403] * len(foreign)
    assert served.begun() == []


def test_a_program_without_an_origin_gets_no_wire(served: Served) -> None:
    """Every browser says where a page came from as it opens a wire."""
    assert served.ask("/ws", **UPGRADE, Cookie=served.enter()).status == 403


def test_nothing_else_is_there(served: Served) -> None:
    """No list of files, no way out of the folder, no file to fetch."""
    cookie = served.enter()

    for path in (
        "/static/",
        "/static",
        "/static/js/",
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/download/1",
    ):
        assert served.ask(path, Cookie=cookie).status == 404


def test_the_browser_is_told_to_keep_nothing(served: Served) -> None:
    """Neither the page, nor a script, nor a refusal is kept, framed, or reported to anybody."""
    cookie = served.enter()

    for path in ("/", "/static/js/textual.js", "/nothing"):
        answer = served.ask(path, Cookie=cookie)
        assert answer.getheader("Cache-Control") == "no-store"
        assert answer.getheader("Referrer-Policy") == "no-referrer"
        policy = answer.getheader("Content-Security-Policy") or ""
        assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-")
        assert f"connect-src ws://127.0.0.1:{served.port};" in policy
        assert "frame-ancestors 'none'" in policy
        assert "aiohttp" not in (answer.getheader("Server") or "")


def test_a_port_that_is_taken_is_one_clear_line(served: Served) -> None:
    """Another server keeps the port; this one says so."""
    code = f"from assistant.cli.browser import serve; serve(['true'], port={served.port}, say=print)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)

    assert f"InputError: port {served.port} cannot be had: choose another one, or 0" in done.stderr


def test_a_missing_library_is_one_clear_line() -> None:
    """Where the extra was not installed, what to install is said."""
    code = "import sys; sys.modules['textual_serve'] = None; import assistant.cli.browser"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)

    last = done.stderr.strip().splitlines()[-1]
    assert last.endswith("InputError: the review in a browser needs one more library: pip install '.[browser]'")


# -- in a real browser ------------------------------------------------------------------------------------------------


class Window:
    """A headless Chromium, and all that went over its wires.

    Args:
        folder: Its profile: fresh, and gone with the test.
    """

    def __init__(self, folder: Path) -> None:
        chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
        if chromium is None or driver is None:
            reason = "the review in a browser is tested with chromium and chromium-driver"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        options = webdriver.ChromeOptions()
        options.binary_location = chromium  # with both paths given, Selenium looks for nothing elsewhere
        for switch in (
            *("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-dev-shm-usage"),
            *("disable-background-networking", "disable-component-update", "disable-sync", "window-size=1200,700"),
            *("no-default-browser-check", f"user-data-dir={folder}"),
        ):
            options.add_argument(f"--{switch}")
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        self.driver = webdriver.Chrome(options, webdriver.ChromeService(driver))
        self._events: list[dict[str, Any]] = []

    def events(self, method: str) -> list[dict[str, Any]]:
        """Return what the browser told of this kind, so far."""
        self._events += [json.loads(row["message"])["message"] for row in self._log()]
        return [event["params"] for event in self._events if event["method"] == method]

    def _log(self) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = self.driver.get_log("performance")  # type: ignore[no-untyped-call]  # it has none
        return rows

    def drawn(self) -> str:
        """Return everything that was drawn in the terminal so far, without the colours."""
        frames = [one["response"] for one in self.events("Network.webSocketFrameReceived")]
        parts = [base64.b64decode(frame["payloadData"]) for frame in frames if frame["opcode"] == 2]
        return ANSI.sub("", b"".join(parts).decode("utf-8", "replace"))

    def wait_for(self, words: str) -> None:
        """Wait until these words were drawn."""
        until(lambda: words in self.drawn())

    def press(self, *keys: str) -> None:
        """Press keys in the terminal."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def picture(self) -> bytes:
        """Return what is to be seen, as PNG."""
        return bytes(self.driver.get_screenshot_as_png())

    def words(self) -> str:
        """Return what the page says beside the terminal."""
        return self.driver.find_element(By.ID, "words").text


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    """A browser that is gone afterwards."""
    made = Window(tmp_path / "profile")
    try:
        yield made
    finally:
        made.driver.quit()


def opened(window: Window, served: Served) -> None:
    """Open the page and the vault behind it."""
    window.driver.get(served.url)
    window.wait_for("The-vault-is-locked.")
    window.press(RIGHT, Keys.ENTER)
    window.wait_for("The-vault-is-open.")


@pytest.mark.slow
def test_an_evening_in_the_browser(window: Window, served: Served) -> None:
    """A wrong passphrase is refused, the right one opens, a key changes what is seen, and closing ends the app."""
    window.driver.get(served.url)
    window.wait_for("The-vault-is-locked.")
    window.press("not this one", Keys.ENTER)
    window.wait_for("That-does-not-open-it.")
    window.press(RIGHT, Keys.ENTER)
    window.wait_for("The-vault-is-open.")
    before = window.picture()
    window.press("n")
    window.wait_for("Counted-to-1.")
    until(lambda: window.picture() != before)

    (app,) = served.running()
    window.driver.get("about:blank")

    until(lambda: served.running() == [])
    assert served.closed() == [app]
    asked = {event["request"]["url"] for event in window.events("Network.requestWillBeSent")}
    wires = {event["url"] for event in window.events("Network.webSocketCreated")}
    outside = {
        url for url in asked | wires if urlsplit(url).scheme not in {"data", "about", "chrome", "chrome-untrusted"}
    }
    assert {urlsplit(url).netloc for url in outside} == {f"127.0.0.1:{served.port}"}
    assert {urlsplit(url).path for url in asked} >= {"/static/js/textual.js", "/static/css/xterm.css"}


@pytest.mark.slow
def test_nothing_of_it_is_printed_or_written(window: Window, served: Served) -> None:
    """What was typed and shown stands neither in what the server prints nor in a file; Textual's switches are off."""
    opened(window, served)
    window.press("n")
    window.wait_for("Counted-to-1.")
    window.driver.get("about:blank")
    until(lambda: served.running() == [])
    served.end()

    assert not any(word in served.said for word in ("vault", "plum", "Counted", "said before", "Traceback"))
    assert len(served.said.splitlines()) == 2
    assert not (served.folder / "textual.log").exists()
    (begun,) = served.folder.glob("*.begun")
    assert [name for name in begun.read_text().split() if name.startswith("TEXTUAL")] == [
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_DRIVER",
    ]


@pytest.mark.slow
def test_loading_it_anew_begins_anew(window: Window, served: Served) -> None:
    """The old app ends, the vault with it; the new page asks for the passphrase again."""
    opened(window, served)
    (first,) = served.running()
    asked = window.drawn().count("The-vault-is-locked.")
    window.driver.refresh()

    until(lambda: window.drawn().count("The-vault-is-locked.") > asked)
    assert len(served.begun()) == 2
    assert served.closed() == [first]
    assert first not in served.running()
    assert len(served.running()) == 1


@pytest.mark.slow
def test_one_window_at_a_time(window: Window, served: Served) -> None:
    """A second one says why it shows nothing, and the first goes on."""
    opened(window, served)
    first = window.driver.current_window_handle
    window.driver.switch_to.new_window("tab")
    window.driver.get(served.address)
    until(lambda: "open in another window" in window.words())
    assert len(served.begun()) == 1

    window.driver.switch_to.window(first)
    window.press("n")
    window.wait_for("Counted-to-1.")


@pytest.mark.slow
def test_no_window_and_no_file_comes_out_of_it(window: Window, served: Served) -> None:
    """What the app asks the page to open or to save stays where it is; a link in the text leads nowhere."""
    opened(window, served)
    window.press("u")
    window.wait_for("Asked-for-a-window.")
    window.press("f")
    window.wait_for("Handed-out-a-file.")
    opens = window.driver.execute_script("return window.open('http://example.invalid/') === null")

    assert opens is True
    assert len(window.driver.window_handles) == 1
    asked = [event["request"]["url"] for event in window.events("Network.requestWillBeSent")]
    assert [url for url in asked if "invalid" in url or "download" in url] == []


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_when_the_server_ends_the_app_has_closed(window: Window, served: Served, how: signal.Signals) -> None:
    """The session is put away first; the page says what happened and shows nothing of it any more."""
    opened(window, served)
    (app,) = served.running()
    served.process.send_signal(how)

    assert served.process.wait(timeout=LONGEST_S) == 0
    assert (served.running(), served.closed()) == ([], [app])
    until(lambda: window.words() == "The review was ended where it was started.")
    assert window.driver.find_elements(By.ID, "terminal") == []


@pytest.mark.slow
def test_an_app_that_hangs_is_ended(window: Window, served: Served) -> None:
    """One that answers neither word nor signal is gone some seconds after its page."""
    opened(window, served)
    window.press("h")
    (app,) = served.running()
    until(lambda: psutil.Process(app).status() == psutil.STATUS_STOPPED)
    window.driver.get("about:blank")

    until(lambda: served.running() == [])
    until(lambda: "the review ended with code -9" in served.said)


@pytest.mark.slow
def test_leaving_the_review_closes_the_page(window: Window, served: Served) -> None:
    """The app's own end is said, and it can be opened again from there."""
    opened(window, served)
    window.press("q")
    until(lambda: window.words() == "The review is closed and the vault is locked.")
    until(lambda: served.running() == [])

    asked = window.drawn().count("The-vault-is-locked.")
    window.driver.find_element(By.ID, "again").click()
    until(lambda: window.drawn().count("The-vault-is-locked.") > asked)


# -- the review itself ------------------------------------------------------------------------------------------------


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """``assistant review --browser`` on a vault without a session."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    Vault.create(tmp_path / "vault", Passphrase(RIGHT)).close()
    made = Served(tmp_path, sys.executable, "-m", "assistant", "review", "--browser")
    try:
        yield made
    finally:
        made.end()


@pytest.mark.slow
def test_the_real_review(window: Window, review: Served) -> None:
    """The vault opens in the page by its passphrase alone, and is closed when the page is."""
    window.driver.get(review.url)
    window.wait_for("passphrase of the vault")
    window.press("not this one", Keys.ENTER)
    window.wait_for("Try again.")
    window.press(RIGHT, Keys.ENTER)
    window.wait_for("No session")

    apps = psutil.Process(review.process.pid).children(recursive=True)
    with pytest.raises(VaultError):
        Vault.open(review.folder / "vault", Passphrase(RIGHT)).close()
    window.driver.get("about:blank")
    until(lambda: not any(app.is_running() for app in apps))
    Vault.open(review.folder / "vault", Passphrase(RIGHT)).close()


@pytest.mark.slow
def test_a_server_that_is_killed_leaves_no_review(window: Window, review: Served) -> None:
    """The review hears that nobody is there any more, and ends by itself."""
    window.driver.get(review.url)
    window.wait_for("passphrase of the vault")
    apps = psutil.Process(review.process.pid).children(recursive=True)
    review.process.kill()
    review.process.wait(timeout=LONGEST_S)

    try:
        until(lambda: not any(app.is_running() for app in apps))
    finally:
        for app in apps:
            if app.is_running():
                app.kill()
