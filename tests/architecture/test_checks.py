# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks of this folder, tried on small trees that keep and that break what they look for."""
import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging" / "dev"))

import conventions
import documents
import includes
import summary
import tree as trees

MODULES = """core 0 app/core
crypto 1 app/crypto
domain 2 app/domain crypto
storage 3 storage domain
relay 3 sync/relay
relayserver 4 sync/relayserver relay
"""


class ChecksTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("build/modules.txt", MODULES)
        self.write("build/targets.txt", "test tst_domain tests/domain domain\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def tree(self):
        return trees.Tree(self.root)

    def includes(self):
        modules = trees.read_modules(self.root / "build/modules.txt")
        programs = trees.read_programs(self.root / "build/targets.txt")
        return (includes.check_includes(self.tree(), modules, programs)
                + includes.check_links(modules, programs))

    def test_what_is_declared_may_be_read(self):
        self.write("storage/vault.cpp", '#include "app/core/result.h"\n#include "app/domain/goal.h"\n')
        self.write("tests/domain/tst_goal.cpp", '#include "app/crypto/hash.h"\n#include "app/domain/goal.h"\n')
        self.assertEqual(self.includes(), [])

    def test_what_is_only_inherited_may_not_be_read(self):
        self.write("storage/vault.cpp", '#include "app/crypto/hash.h"\n')
        self.assertEqual(len(self.includes()), 1)

    def test_a_test_may_not_read_what_it_does_not_link(self):
        self.write("tests/domain/tst_goal.cpp", '#include "storage/vault.h"\n')
        self.assertEqual(len(self.includes()), 1)

    def test_a_hidden_library_is_read_at_home_only(self):
        for name in ("app/crypto/hash.cpp", "tests/crypto/tst_hash.cpp"):
            self.write(name, "#include <sodium.h>\n")
        self.assertEqual(self.includes(), [])
        self.write("app/domain/goal.cpp", "#include <sodium.h>\n")
        self.write("sync/relay/queue.cpp", "#  include <boost/asio.hpp>\n")
        self.write("app/domain/rows.cpp", "#include <sqlite3.h>\n")
        self.assertEqual(len(self.includes()), 3)

    def test_nothing_links_both_kinds_of_sqlite(self):
        self.write("build/targets.txt", "test tst_all tests/all storage relayserver\n")
        self.assertEqual(len(self.includes()), 1)

    def test_a_file_without_its_licence_is_found(self):
        head = "// SPDX-FileCopyrightText: 2026 A\n// SPDX-License-Identifier: GPL-3.0-or-later\n"
        self.write("app/core/a.cpp", head)
        self.write("REUSE.toml", 'version = 1\n[[annotations]]\npath = ["REUSE.toml", "build/**", "*.json"]\n'
                                 'SPDX-License-Identifier = "CC0-1.0"\n')
        self.assertEqual(conventions.check_licences(self.tree()), [])
        self.write("app/core/b.cpp", "int b;\n")
        self.write("data.bin", "")
        self.assertEqual(len(conventions.check_licences(self.tree())), 2)

    def test_unfinished_words_are_found(self):
        self.write("app/core/a.cpp", "// The stub of an erased part.\n")
        self.assertEqual(conventions.check_words(self.tree()), [])
        self.write("app/core/b.cpp", "// TO" "DO: later\n// a place" "holder\n")
        self.assertEqual(len(conventions.check_words(self.tree())), 2)

    def test_plain_controls_are_found_outside_components(self):
        self.write("ui/qml/components/WText.qml", "Text {\n}\n")
        self.assertEqual(conventions.check_words(self.tree()), [])
        self.write("ui/qml/Today.qml", "Item {\n    Text {\n    }\n}\n")
        self.assertEqual(len(conventions.check_words(self.tree())), 1)

    def test_layout_is_checked(self):
        self.write(".clang-format", "BasedOnStyle: WebKit\n")
        self.write("app/core/a.cpp", "int a;\n")
        self.assertEqual(conventions.check_format(self.tree()), [])
        self.write("app/core/a.cpp", "int   a;\n")
        self.assertEqual(len(conventions.check_format(self.tree())), 1)

    def test_long_functions_are_listed(self):
        short = "void f()\n{\n" + "    g();\n" * 70 + "}\n"
        self.assertEqual(list(conventions.long_functions(short)), [])
        self.assertEqual(list(conventions.long_functions(short.replace("g();", "g();\n", 1))), [(2, 71)])

    def test_broken_links_are_found(self):
        self.write("README.md", "[a](docs/A.md) [b](docs/A.md#two-words) [c](https://example.org/x)\n")
        self.write("docs/A.md", "# A\n## Two words\n[up](../README.md)\n")
        self.assertEqual(documents.check_links(self.tree(), None), [])
        self.write("docs/A.md", "# A\n[up](README.md)\n")
        self.assertEqual(len(documents.check_links(self.tree(), None)), 2)

    def test_a_document_that_nobody_links_is_found(self):
        self.write("README.md", "[a](docs/A.md) [why](docs/decisions)\n")
        self.write("docs/A.md", "[b](B.md)\n")
        self.write("docs/B.md", "b\n")
        self.write("docs/decisions/1.md", "1\n")
        self.assertEqual(documents.check_reachable(self.tree(), None), [])
        self.write("docs/C.md", "c\n")
        self.assertEqual(documents.check_reachable(self.tree(), None), ["docs/C.md: no link leads to it"])

    def test_unknown_commands_are_found(self):
        self.write("dev", "case $1 in\ndemo) x ;;\ntest) y ;;\nesac\n")
        self.write("README.md", "./dev demo and ./dev test\n")
        self.assertEqual(documents.check_commands(self.tree(), None), [])
        self.write("README.md", "./dev demo and ./dev fly\n")
        self.assertEqual(len(documents.check_commands(self.tree(), None)), 2)

    def test_the_table_of_layers_is_compared(self):
        self.write("docs/ARCHITECTURE.md",
                   "| 0 | core | `app/core` | | x |\n| 1 | crypto | `app/crypto` | | x |\n"
                   "| 2 | domain | `app/domain` | crypto | x |\n| 3 | storage | `storage` | domain | x |\n"
                   "| 3 | relay | `sync/relay` | | x |\n| 4 | relayserver | `sync/relayserver` | relay | x |\n")
        self.assertEqual(documents.check_layers(self.tree(), self.root / "build"), [])
        self.write("build/modules.txt", MODULES + "client 4 sync/client domain\n")
        self.assertEqual(len(documents.check_layers(self.tree(), self.root / "build")), 1)

    def test_every_error_is_explained(self):
        self.write("app/core/error.cpp", 'return "disk.full";\n')
        self.write("docs/ERRORS.md", "| `disk.full` | no room |\n")
        self.assertEqual(documents.check_errors(self.tree(), None), [])
        self.write("app/core/error.cpp", 'return "failed";\n')
        self.assertEqual(len(documents.check_errors(self.tree(), None)), 2)

    def test_what_qml_imports_is_a_dependency(self):
        self.write("packaging/debian-12-packages.txt", "qml6-module-qtquick-controls run main why\n")
        self.write("packaging/CMakeLists.txt", "qml6-module-qtquick-controls \n")
        self.write("ui/qml/A.qml", "import QtQuick.Controls.Basic\n")
        self.assertEqual(documents.check_qml_modules(self.tree(), None), [])
        self.write("ui/qml/B.qml", "import QtQuick.Dialogs\n")
        self.assertEqual(len(documents.check_qml_modules(self.tree(), None)), 2)

    def summary(self, cases):
        self.write("results.xml", f"<testsuite>{cases}</testsuite>")
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = summary.summarize(self.root / "results.xml")
        return status, output.getvalue().splitlines()[-1]

    def test_the_summary_stands_alone_on_the_last_line(self):
        good = '<testcase name="a" status="run" time="7"/>'
        bad = '<testcase name="b" status="fail" time="0"/>'
        unable = '<testcase name="c" status="notrun" time="0"/>'
        self.assertEqual(self.summary(good), (0, "1 passed, 0 failed"))
        self.assertEqual(self.summary(good + bad + unable), (1, "1 passed, 2 failed"))
        self.assertEqual(self.summary(""), (1, "0 passed, 0 failed"))


if __name__ == "__main__":
    unittest.main()
