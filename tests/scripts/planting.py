# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of every kind with words of their own in every field, as lines of `entry apply`."""

SYLLABLES = ("zo vi kra mu thel qua bri nox fen dul gar wex lis tor pym ash ruk jol cha ske "
             "žlu ťou čko ñar ß 山の 学校 بحر שלום Ωβρ").split()
PLAIN_SYLLABLES = 20
LEAST = 11
TONES = ("plain", "celebrating", "curious", "concerned", "challenging")


class Planter:
    """Makes words that stand nowhere else and remembers where each went."""

    def __init__(self, random, ending):
        self.random, self.ending, self.words = random, ending, {}

    def word(self, label):
        pool = SYLLABLES if self.random.random() < 0.3 else SYLLABLES[:PLAIN_SYLLABLES]
        while True:
            word = "".join(self.random.choice(pool) for _ in range(6)).capitalize() + self.ending
            if word not in self.words and len(word) >= LEAST:
                self.words[word] = label
                return word

    def title(self, label):
        return " ".join(self.word(label) for _ in range(self.random.randint(1, 3)))

    def text(self, label, words):
        return " ".join(self.word(label) for _ in range(words)) + "\n"

    def date(self, label):
        while True:
            date = "%d-%02d-%02d" % (self.random.randint(2100, 8999), self.random.randint(1, 12),
                                     self.random.randint(1, 28))
            if date not in self.words:
                self.words[date] = label
                return date

    def moment(self, label):
        return "%sT%02d:%02d:17+03:00" % (self.date(label), self.random.randint(8, 19), self.random.randint(0, 59))


class Author:
    """One side's lines, in its private space and in shared ones."""

    def __init__(self, planter, words):
        self.planter, self.words, self.count = planter, words, 0

    def add(self, kind, space, **fields):
        self.count += 1
        line = {"op": "add", "as": f"e{self.count}", "kind": kind, "fields": fields}
        if space:
            line["space"] = space
        return line, f"@e{self.count}"

    def goal(self, space, **fields):
        p = self.planter
        return self.add("goal", space, title=p.title("goal.title"), why=p.text("goal.why", self.words),
                        measure=p.title("goal.measure"), tags=[p.word("goal.tags"), p.title("goal.tags")],
                        due=p.date("goal.due"), start=self.count, target=self.count + 10, progress=40, **fields)

    def session(self, space):
        p = self.planter
        return self.add("session", space, title=p.title("session.title"), begins=p.moment("session.begins"),
                        zone="Asia/Amman", place=p.title("session.place"),
                        link=f"https://example.org/{p.word('session.link')}",
                        agenda=[p.title("session.agenda") for _ in range(3)],
                        notes=p.text("session.notes", self.words))

    def reflection(self, space):
        p = self.planter
        return self.add("reflection", space, title=p.title("reflection.title"), mood=3,
                        body=p.text("reflection.body", self.words))

    def item(self, kind, space, parent):
        p = self.planter
        return self.add(kind, space, title=p.title(f"{kind}.title"), due=p.date(f"{kind}.due"), **{"in": parent})

    def remark(self, kind, space, words=None, **fields):
        if kind == "feedback":
            fields["tone"] = self.planter.random.choice(TONES)
        return self.add(kind, space, body=self.planter.text(f"{kind}.body", words or self.words), **fields)

    def everything(self, space, mentor=False):
        """An entry of every kind that one may write there, all hanging together."""
        lines = []

        def take(made):
            lines.append(made[0])
            return made[1]

        goal = take(self.goal(space, **({"status": "proposed"} if mentor else {})))
        if not mentor:
            take(self.item("milestone", space, goal))
        session = take(self.session(space))
        take(self.item("action", space, session))
        take(self.reflection(space))
        on = {"on": goal} if space else {}
        quote = {"quote": lines[0]["fields"]["why"].split()[0]} if space else {}
        take(self.remark("feedback", space, **on, **quote))
        message = take(self.remark("message", space, **on))
        if space:
            take(self.remark("message", space, replyTo=message))
        return lines

    def changed(self, line, entry):
        """Lines that change every text of an entry made by `line`."""
        p, kind, old = self.planter, line["kind"], line["fields"]
        fields, add, remove = {}, {}, {}
        for field in ("title", "measure", "place"):
            if field in old:
                fields[field] = p.title(f"{kind}.{field}")
        for field in ("why", "notes", "body"):
            if field in old:
                words = old[field].split()
                middle = len(words) // 2
                fields[field] = " ".join(words[:middle] + [p.word(f"{kind}.{field}") for _ in range(3)]
                                         + words[middle + 2:]) + "\n"
        if "tags" in old:
            add["tags"], remove["tags"] = [p.word(f"{kind}.tags")], [old["tags"][0]]
        if "agenda" in old:
            add["agenda"], remove["agenda"] = [p.title(f"{kind}.agenda")], [old["agenda"][1]]
        return {"op": "set", "id": entry, "fields": fields, "add": add, "remove": remove}
