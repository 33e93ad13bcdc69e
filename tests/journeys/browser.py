"""Finds the browser that the journeys drive; run as a script it installs one where it can, or says what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Chromium without windows: a page costs it a third of the work, because it draws no frame around one."""

NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The journeys need Chromium and none was found. Install it"
    " (as root on Debian or Ubuntu: apt-get install chromium-headless-shell), or name one in DESK_BROWSER."
)


def find() -> str | None:
    """Return the path of a Chromium: DESK_BROWSER, one on the PATH, or the one that Playwright downloaded."""
    if told := os.environ.get("DESK_BROWSER"):
        return told
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try the machine's package manager as root, then, without any browser, Playwright's own download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _apt_get("update")
        _apt_get("install", "-y", SHELL)
        if find() is None:
            _apt_get("install", "-y", "chromium")
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _apt_get(*arguments: str) -> None:
    subprocess.run(
        ["apt-get", "-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10", *arguments],
        check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


if __name__ == "__main__":
    if find() is None or not (os.environ.get("DESK_BROWSER") or shutil.which(SHELL)):
        print("Installing the journeys' browser ...", flush=True)
        install()
    if find() is None:
        print(MISSING, file=sys.stderr)  # the journeys fail and say it again; everything else still runs
