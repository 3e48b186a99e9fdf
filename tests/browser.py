"""A real browser for tests of pages: the system's Chromium, driven over its own protocol. Nothing is downloaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_INSTALL = "no Chromium: apt-get install -y chromium fonts-noto-cjk"


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window; the test is skipped on a machine that has none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(_INSTALL)
    with sync_playwright() as playwright:
        # Containers have no sandbox of Chromium's; the pages are our own.
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()
