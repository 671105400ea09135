"""A headless Chromium for tests, driven over two pipes by the DevTools protocol: no port and no driver."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Self

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PROGRAM = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --mute-audio "
    "--disable-background-networking --disable-component-update --hide-scrollbars --remote-debugging-pipe"
)
_LOADED = "document.readyState === 'complete'"


class Browser:
    """One page of a browser, with what it logs and what it asks for."""

    def __init__(self, profile: Path) -> None:
        from_browser, to_us = os.pipe()
        to_browser, from_us = os.pipe()[::-1]
        command = f'exec "$0" {_FLAGS} --user-data-dir="$1" 3<&{from_us} 4>&{to_us}'
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", command, PROGRAM or "", str(profile)],
            pass_fds=(from_us, to_us),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(from_us)
        os.close(to_us)
        self._out = os.fdopen(to_browser, "wb", buffering=0)
        self._in = os.fdopen(from_browser, "rb")
        self._number = 0
        self._session: str | None = None
        self._buffer = b""
        self.logged: list[str] = []
        self.requested: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session = None
        self.call("Browser.close")
        self._process.wait(20)
        self._out.close()
        self._in.close()

    def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol and wait for its result; events on the way are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self._keep(answer)

    def _read(self) -> Any:
        while b"\0" not in self._buffer:
            more = os.read(self._in.fileno(), 1 << 16)
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
            case _:
                pass

    def open(self, page: Path, fragment: str = "") -> None:
        """Open a file and wait until it is loaded."""
        self.call("Page.navigate", url=f"{page.as_uri()}{fragment}")
        self.run(f"new Promise(r => {_LOADED} ? r() : addEventListener('load', r))")

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
