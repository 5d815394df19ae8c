"""Opens an HTML report from disk in headless Chromium, walks through it by keyboard, and prints what it found as JSON.

    open_report.py REPORT.html [--pictures FOLDER]

Needs nothing but Python and a Chromium (CHROMIUM names it, else the search path is looked through). Exit status 3: no
browser was found, or it does not start. It talks to the browser over a pipe, so nothing listens anywhere.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"]
LIMIT = 60.0  # seconds for any one answer


class Browser:
    """A headless browser and one page in it."""

    def __init__(self, program, profile):
        to_read, self.requests = os.pipe()
        self.replies, to_write = os.pipe()
        # The browser expects its pipe at descriptors 3 and 4.
        wires = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        self.process = subprocess.Popen(
            ["bash", "-c", wires, program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox",
             "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
             f"--user-data-dir={profile}", "about:blank"],
            pass_fds=[to_read, to_write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        os.set_blocking(self.replies, False)
        self.buffer, self.number, self.session, self.events = b"", 0, None, []

    def message(self, until):
        while b"\0" not in self.buffer:
            try:
                piece = os.read(self.replies, 1 << 20)
                if not piece:
                    raise RuntimeError("the browser ended")
                self.buffer += piece
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TimeoutError("the browser did not answer") from None
                time.sleep(0.005)
        line, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(line)

    def call(self, method, **parameters):
        self.number += 1
        number = self.number
        request = {"id": number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.requests, data):]
        until = time.monotonic() + LIMIT
        while True:
            message = self.message(until)
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method):
        until = time.monotonic() + LIMIT
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.message(until))

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def press(self, key, code=None, text=None, modifiers=0):
        common = {"key": key, "code": code or key, "modifiers": modifiers,
                  "windowsVirtualKeyCode": {"Tab": 9, "Enter": 13, "Escape": 27, "PageUp": 33, "PageDown": 34,
                                            "End": 35, "Home": 36, "ArrowUp": 38, "ArrowDown": 40}.get(key, 0)}
        down = dict(common, type="keyDown" if text or key == "Enter" else "rawKeyDown")
        if text or key == "Enter":
            down["text"] = text or "\r"
        self.call("Input.dispatchKeyEvent", **down)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def picture(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 16000),
                               "scale": 1})["data"]
        path.write_bytes(base64.b64decode(data))

    def end(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (RuntimeError, TimeoutError, OSError):
            self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()


ROW = "document.activeElement?.closest('#rows tr')"


def walk(browser):
    """The way of someone without a mouse through the list of documents."""
    found = {}
    browser.press("Tab")
    found["firstStop"] = browser.value("document.activeElement.className")
    for presses in range(1, 400):
        if browser.value(f"!!{ROW}"):
            break
        browser.press("Tab")
    found["tabsToList"] = presses
    found["reachedList"] = browser.value(f"!!{ROW}")
    if not found["reachedList"]:
        return found
    found["focusIsVisible"] = browser.value(f"getComputedStyle({ROW}).outlineStyle") != "none"
    first = browser.value(f"{ROW}.cells[1].textContent")
    browser.press("ArrowDown")
    second = browser.value(f"{ROW}.cells[1].textContent")
    browser.press("Enter")
    found["opened"] = [first, second, browser.value("document.querySelector('#document h3').textContent")]
    found["focusInDocument"] = browser.value("document.activeElement.id") == "document"
    found["marks"] = browser.value("document.querySelectorAll('#document mark').length")
    found["text"] = browser.value("document.querySelector('#document').textContent")
    browser.press("Escape")
    found["backInList"] = browser.value(f"!!{ROW}")
    browser.press("End")
    found["lastPage"] = browser.value("document.querySelector('#count').textContent")
    browser.press("Home")
    found["firstPage"] = browser.value("document.querySelector('#count').textContent")
    browser.value("document.querySelector('#filter').focus()")
    for letter in "control":
        browser.press(letter, code="Key" + letter.upper(), text=letter)
    found["filtered"] = browser.value("document.querySelector('#count').textContent")
    found["rowsInPage"] = browser.value("document.querySelectorAll('#rows tr').length")
    return found


STATE = """({
  title: document.title,
  headings: [...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1])),
  figures: [...document.querySelectorAll('figure')].map(f => ({
    id: f.id, title: f.querySelector('svg > title').textContent, desc: f.querySelector('svg > desc').textContent,
    height: f.querySelector('svg').getBoundingClientRect().height, rows: f.querySelectorAll('tbody tr').length })),
  landmarks: ['main', 'nav', 'footer', 'header'].filter(name => !document.querySelector(name)),
  unnamedTables: [...document.querySelectorAll('table')].filter(t => !t.caption?.textContent.trim()).length,
  cellsWithoutScope: document.querySelectorAll('th:not([scope])').length,
  doubleIds: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i),
  strangers: [...document.querySelectorAll('img,iframe,object,embed,link,base,form,video,audio')].length,
  scripts: [...document.scripts].filter(s => s.type !== 'application/json').length,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  elements: document.querySelectorAll('*').length,
  loaded: performance.getEntriesByType('navigation')[0].loadEventEnd
})"""


def main():
    report = pathlib.Path(sys.argv[1]).resolve()
    pictures = pathlib.Path(sys.argv[3]) if sys.argv[2:3] == ["--pictures"] else None
    program = os.environ.get("CHROMIUM") or next((p for p in map(shutil.which, NAMES) if p), None)
    if not program:
        sys.exit(3)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            try:
                target = browser.call("Target.createTarget", url="about:blank")["targetId"]
            except (RuntimeError, TimeoutError, OSError) as error:
                print(error, file=sys.stderr)
                sys.exit(3)
            browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ["Page", "Runtime", "Log", "Network"]:
                browser.call(f"{domain}.enable")
            browser.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1,
                         mobile=False)
            begun = time.monotonic()
            browser.call("Page.navigate", url=report.as_uri())
            browser.wait("Page.loadEventFired")
            found = browser.value(STATE)
            found["secondsToOpen"] = round(time.monotonic() - begun, 3)
            if pictures:
                for theme in ["light", "dark"]:
                    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme",
                                                                          "value": theme}])
                    browser.value("document.querySelector('#rows tr')?.click()")
                    browser.picture(pictures / f"{report.stem}-{theme}.png")
                (pictures / f"{report.stem}.pdf").write_bytes(
                    base64.b64decode(browser.call("Page.printToPDF")["data"]))
                browser.value("document.querySelector('#document').replaceChildren()")
                browser.value("document.activeElement.blur(); getSelection().removeAllRanges()")
                browser.value("document.querySelector('.skip').focus(); document.activeElement.blur()")
            if browser.value("!!document.querySelector('#documents')"):
                found["walk"] = walk(browser)
            events = browser.events
            found["errors"] = [json.dumps(event["params"])[:500] for event in events
                               if event.get("method") in ["Runtime.exceptionThrown", "Log.entryAdded",
                                                          "Runtime.consoleAPICalled"]]
            found["requests"] = [event["params"]["request"]["url"] for event in events
                                 if event.get("method") == "Network.requestWillBeSent"
                                 and event["params"]["request"]["url"] != report.as_uri()]
            found["dialogs"] = sum(event.get("method") == "Page.javascriptDialogOpening" for event in events)
        finally:
            browser.end()
    json.dump(found, sys.stdout, indent=1)
    print()


main()
