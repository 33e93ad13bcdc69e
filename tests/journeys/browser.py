"""Finds the browser that the journeys drive; run as a script it installs one where it can, or says what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The journeys need Chromium and none was found. Install the package chromium"
    " (as root on Debian or Ubuntu: apt-get install chromium), or name one in DESK_BROWSER."
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
    """Try the machine's package manager as root, then Playwright's own download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, env=environment, **quiet)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if find() is None:
        print("Installing the journeys' browser ...", flush=True)
        install()
    if find() is None:
        print(MISSING, file=sys.stderr)  # the journeys fail and say it again; everything else still runs
