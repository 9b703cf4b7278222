# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives windows of Waymark as a person would: keys by xdotool, eyes by AT-SPI alone."""
import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


class Missing(Exception):
    """Something a person would look for is not there."""


class Person:
    """One Waymark process and its window."""

    def __init__(self, program, vault, name, log):
        self.name = name
        environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QUICK_BACKEND="software",
                           LC_ALL="C.UTF-8", LANGUAGE="en_GB")
        self.log = open(log, "w", encoding="utf-8")
        self.process = subprocess.Popen([program, "--vault", vault, "--kdf-cost", "floor"],
                                        env=environment, stdout=self.log, stderr=self.log)
        self.app = self.until(self._find_app, "the application on the accessibility bus")
        self.window = self.until(self._find_window, "the window")

    def _find_app(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(index)
            if app and app.get_process_id() == self.process.pid:
                return app
        return None

    def _find_window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               capture_output=True, text=True, check=False).stdout.split()
        return found[0] if found else None

    def until(self, look, what, seconds=20):
        """Looks again until it is there; the time is a bound, never a wait."""
        end = time.monotonic() + seconds
        while True:
            if self.process_ended():
                raise Missing(f"{self.name}: the process ended while looking for {what}")
            try:
                found = look()
            except gi.repository.GLib.GError:
                found = None
            if found:
                return found
            if time.monotonic() > end:
                raise Missing(f"{self.name}: no {what}; there is:\n" + self.tree())
            time.sleep(0.05)

    def process_ended(self):
        return hasattr(self, "process") and self.process.poll() is not None

    def items(self, node=None, depth=0):
        node = node or self.app
        if depth > 40:
            return
        yield node
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child:
                yield from self.items(child, depth + 1)

    def shown(self):
        for item in self.items():
            states = item.get_state_set()
            if states.contains(Atspi.StateType.SHOWING) or item.get_role() == Atspi.Role.APPLICATION:
                yield item

    def tree(self):
        lines = []
        try:
            for item in self.shown():
                if item.get_name() or item.get_description():
                    lines.append(f"  {item.get_role_name()}: {item.get_name()!r} {item.get_description()!r}")
        except gi.repository.GLib.GError as error:
            lines.append(str(error))
        return "\n".join(lines)

    def find(self, text, role=None, exact=True):
        for item in self.shown():
            name = item.get_name() or ""
            if (name == text if exact else text in name) and (role is None or item.get_role_name() == role):
                return item
        return None

    def sees(self, text, role=None, exact=False, seconds=20):
        return self.until(lambda: self.find(text, role, exact), f"{role or 'thing'} {text!r}", seconds)

    def focused(self):
        # A scope has the keyboard with what is inside it: the innermost counts.
        found = None
        for item in self.shown():
            if item.get_state_set().contains(Atspi.StateType.FOCUSED) and item.get_role_name() != "frame":
                found = item
        return found

    def at(self, text, seconds=20):
        """The keyboard is at this."""
        def look():
            item = self.focused()
            return item if item and item.get_name() == text else None
        return self.until(look, f"focus at {text!r} (it is at {self.where()!r})", seconds)

    def where(self):
        for _ in range(50):
            try:
                item = self.focused()
                return item.get_name() if item else None
            except gi.repository.GLib.GError:
                time.sleep(0.05)  # what was being read has just gone
        return None

    def front(self):
        subprocess.run(["xdotool", "windowactivate", "--sync", self.window], check=True)

    def keys(self, *names):
        self.front()
        for name in names:
            subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)

    def type(self, text):
        self.front()
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "4", text], check=True)

    def go_to(self, text, most=60, key="Tab"):
        """Tab until the keyboard is there."""
        passed = []
        for _ in range(most):
            before = self.where()
            if before == text:
                return
            passed.append(before)
            self.keys(key)
            end = time.monotonic() + 1
            while self.where() == before and time.monotonic() < end:
                time.sleep(0.02)
        raise Missing(f"{self.name}: {text!r} can't be reached with {key}, only {passed}; "
                      "there is:\n" + self.tree())

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)
