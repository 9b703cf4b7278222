# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random edits as lines of `entry apply`, made against a side's own picture of its journal."""

WORDS = """about after again air along also always another answer around away back because before began
below between book both boy came change children city close come could country cross day different does
earth enough even every example face family far father feet few find first follow food form found friend
garden give good grow half hand hard head hear help here high home house idea keep kind know land large
last later learn leave left letter life light line list little live long look made make many mark mean
might mile more morning most mother mountain move much must name near need never next night number often
once open other over own page paper part people picture place plant play point question quick quiet read
rest right river room round same school second sentence should show side small something song soon sound
spell stand start state still stop story study such take talk tell than them then there these thing think
though thought three through time together took tree turn under until upon voice walk want watch water
while white whole without word work world would write year young""".split()

TEXTS = {"goal": "why", "session": "notes", "message": "body", "feedback": "body"}
STATUSES = ("open", "active", "done", "dropped")
ZONES = ("Europe/Dublin", "Asia/Amman", "Asia/Tokyo", "America/Lima")


class Thing:
    """An entry as this side sees it."""

    def __init__(self, name, kind, space, parent=None):
        self.name, self.kind, self.space, self.parent = name, kind, space, parent
        self.text, self.tags, self.agenda, self.deleted = "", set(), [], False


class Writer:
    """One side: what it may write where, and what it has written."""

    def __init__(self, random, tag, paragraph_bytes):
        self.random, self.tag, self.paragraph_bytes = random, tag, paragraph_bytes
        self.things, self.count = [], 0

    def words(self, least, most):
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(least, most)))

    def title(self):
        self.count += 1
        return f"{self.words(2, 6)} {self.tag}{self.count}"

    def paragraph(self):
        out, size = [], self.random.randint(self.paragraph_bytes // 2, self.paragraph_bytes)
        while size > 0:
            sentence = self.words(6, 18).capitalize() + ". "
            out.append(sentence)
            size -= len(sentence)
        return "".join(out).strip() + "\n"

    def date(self):
        return "2027-%02d-%02d" % (self.random.randint(1, 12), self.random.randint(1, 28))

    def moment(self):
        return "%sT%02d:%02d:00+03:00" % (self.date(), self.random.randint(8, 19), self.random.randint(0, 59))

    def add(self, kind, space, parent=None, **fields):
        """A line that makes an entry, and the entry."""
        self.count += 1
        name = f"{self.tag}{self.count}"
        thing = Thing("@" + name, kind, space, parent)
        self.things.append(thing)
        if kind in TEXTS:
            thing.text = fields[TEXTS[kind]] = self.paragraph()
        if kind not in ("message", "feedback"):
            fields["title"] = self.title()
        if parent:
            fields["in"] = parent.name
        return {"op": "add", "as": name, "kind": kind, "space": space, "fields": fields}, thing

    def set(self, thing, **fields):
        return {"op": "set", "id": thing.name, "fields": fields}

    def text(self, thing):
        """An insertion, a deletion or a replaced piece of the text, sent as the whole new value."""
        text, random = thing.text, self.random
        place = random.randint(0, len(text))
        choice = random.random()
        if choice < 0.6 or len(text) < 400:
            text = text[:place] + self.paragraph() + text[place:]
        elif choice < 0.85:
            text = text[:place] + text[place + random.randint(20, 300):]
        else:
            text = text[:place] + self.words(3, 9) + text[place + random.randint(10, 60):]
        if len(text) > 40_000:
            text = text[-8_000:]
        thing.text = text if text.strip() else self.paragraph()
        return self.set(thing, **{TEXTS[thing.kind]: thing.text})

    def tags(self, thing):
        if thing.tags and self.random.random() < 0.4:
            tag = self.random.choice(sorted(thing.tags))
            thing.tags.discard(tag)
            return {"op": "set", "id": thing.name, "remove": {"tags": [tag]}}
        self.count += 1
        tag = f"{self.random.choice(WORDS)} {self.tag}{self.count}"
        thing.tags.add(tag)
        return {"op": "set", "id": thing.name, "add": {"tags": [tag]}}

    def agenda(self, thing):
        random, choice = self.random, self.random.random()
        if choice < 0.5 or len(thing.agenda) < 3:
            item = self.title()
            thing.agenda.append(item)
            return {"op": "set", "id": thing.name, "add": {"agenda": [item]}}
        if choice < 0.7:
            item = random.choice(thing.agenda)
            thing.agenda.remove(item)
            return {"op": "set", "id": thing.name, "remove": {"agenda": [item]}}
        random.shuffle(thing.agenda)
        thing.agenda = thing.agenda[:12] + [self.title()]
        return self.set(thing, agenda=list(thing.agenda))

    def move(self, thing):
        siblings = [each for each in self.things
                    if each.kind == thing.kind and each.parent is thing.parent and each is not thing
                    and not each.deleted]
        if not siblings or self.random.random() < 0.3:
            return {"op": "move", "id": thing.name, "to": self.random.choice(("first", "last"))}
        return {"op": "move", "id": thing.name,
                self.random.choice(("after", "before")): self.random.choice(siblings).name}

    def give_away(self, thing):
        """To another goal or session."""
        kind = thing.parent.kind
        parents = [each for each in self.things if each.kind == kind and each.space == thing.space and not each.deleted]
        thing.parent = self.random.choice(parents or [thing.parent])
        return self.set(thing, **{"in": thing.parent.name, "title": self.title()})

    def remove_or_restore(self, thing):
        thing.deleted = not thing.deleted
        return {"op": "delete" if thing.deleted else "restore", "id": thing.name}

    def change(self, thing):
        """One edit of an entry that this side may edit."""
        random = self.random
        if thing.deleted or random.random() < (0.02 if thing.kind == "goal" else 0.05):
            return self.remove_or_restore(thing)
        if thing.kind == "goal":
            return random.choice((
                lambda: self.text(thing), lambda: self.text(thing), lambda: self.tags(thing),
                lambda: self.set(thing, title=self.title()),
                lambda: self.set(thing, measure=self.title(), due=self.date()),
                lambda: self.set(thing, progress=random.randint(0, 100), measure=self.title()),
                lambda: self.set(thing, status=random.choice(STATUSES), due=self.date()),
                lambda: self.set(thing, start=self.count, target=self.count + random.random()),
            ))()
        if thing.kind == "session":
            return random.choice((
                lambda: self.text(thing), lambda: self.text(thing), lambda: self.agenda(thing),
                lambda: self.agenda(thing), lambda: self.set(thing, title=self.title()),
                lambda: self.set(thing, begins=self.moment(), zone=random.choice(ZONES)),
                lambda: self.set(thing, place=self.title(), link=f"https://example.org/{self.count}"),
            ))()
        if thing.kind in ("milestone", "action"):
            return random.choice((
                lambda: self.set(thing, title=self.title()), lambda: self.move(thing), lambda: self.move(thing),
                lambda: self.set(thing, done=random.random() < 0.5, title=self.title()),
                lambda: self.set(thing, due=self.date(), title=self.title()), lambda: self.give_away(thing),
            ))()
        return self.text(thing)
