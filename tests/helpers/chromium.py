"""A headless Chromium for tests, driven over two pipes by the DevTools protocol: no port and no driver."""

import fcntl
import json
import os
import shutil
import time
from pathlib import Path
from select import select
from signal import SIGKILL
from typing import Any, Self

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PROGRAM = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --mute-audio "
    "--disable-background-networking --disable-component-update --hide-scrollbars --remote-debugging-pipe"
)
_FREE = 10
"""The first number of a file that is surely not one of the browser's own."""
_PATIENCE = 60
"""Seconds without a word after which something is wrong."""


def _high(file: int) -> int:
    moved = fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, _FREE)
    os.close(file)
    return moved


class Browser:
    """One page of a browser, with what it logs and what it asks for."""

    def __init__(self, profile: Path) -> None:
        theirs_in, ours_out = map(_high, os.pipe())
        ours_in, theirs_out = map(_high, os.pipe())
        assert PROGRAM
        self._process = os.posix_spawn(
            PROGRAM,
            [PROGRAM, *_FLAGS.split(), f"--user-data-dir={profile}"],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, 1, 2),
                (os.POSIX_SPAWN_DUP2, theirs_in, 3),  # where the protocol expects them
                (os.POSIX_SPAWN_DUP2, theirs_out, 4),
            ],
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in = ours_out, ours_in
        self._number = 0
        self._session: str | None = None
        self._buffer = b""
        self._loaded = False
        self.logged: list[str] = []
        self.requested: list[str] = []

    def __enter__(self) -> Self:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, SIGKILL)  # nothing of its profile is kept
        os.waitpid(self._process, 0)
        os.close(self._out)
        os.close(self._in)

    def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol and wait for its result; events on the way are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self._keep(answer)

    def _read(self) -> Any:
        while b"\0" not in self._buffer:
            assert select([self._in], [], [], _PATIENCE)[0], "the browser does not answer"
            more = os.read(self._in, 1 << 16)
            assert more, "the browser is gone"
            self._buffer += more
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def _keep(self, event: Any) -> None:
        match event.get("method"):
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded":
                self.logged.append(json.dumps(event["params"]))
            case "Network.requestWillBeSent":
                self.requested.append(event["params"]["request"]["url"])
            case "Page.loadEventFired":
                self._loaded = True
            case _:
                pass

    def open(self, page: Path) -> None:
        """Open a file and wait until it is loaded."""
        self.call("Page.navigate", url="about:blank")  # an event of the page before says nothing of this one
        self._loaded = False
        self.call("Page.navigate", url=page.as_uri())
        while not self._loaded:
            self._keep(self._read())
        while not self._shows(page):
            time.sleep(0.02)

    def _shows(self, page: Path) -> bool:
        return bool(
            self.run("document.URL.split('#')[0] + ' ' + document.readyState") == f"{page.as_uri()} complete"
        )

    def run(self, script: str) -> Any:
        """Return what an expression of the page's language gives."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def width(self, pixels: int, height: int = 800) -> None:
        """Set the size of the window as a phone or a desk has it."""
        phone = pixels < 600
        size = {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def medium(self, *, dark: bool = False, media: str = "") -> None:
        """Set what the reader prefers, or `print`."""
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def press(self, key: str, text: str = "") -> None:
        """Press and release a key."""
        code = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40}.get(key, 0)
        down = {"key": key, "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
        self.call("Input.dispatchKeyEvent", type="keyDown", **down)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.call("Input.insertText", text=text)
