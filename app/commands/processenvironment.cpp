// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/processenvironment.h"

#include "app/core/process.h"

#include <QFile>
#include <QLoggingCategory>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace Waymark {

namespace {

constexpr std::size_t kMaxTyped = 4096;
constexpr char kInterruptKey = 3; // Ctrl+C
constexpr char kEndKey = 4; // Ctrl+D

bool writeAll(int descriptor, BytesView bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const auto count
            = ::write(descriptor, bytes.data() + done, std::size_t(bytes.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        done += count;
    }
    return true;
}

std::optional<SecretBytes> takeVariable(const char* name)
{
    char* value = std::getenv(name);
    if (!value)
        return std::nullopt;
    const std::size_t size = std::strlen(value);
    SecretBytes secret = SecretBytes::copyOf(BytesView(value, qsizetype(size)));
    // The process's environment stays readable for its owner, so the value goes from there too.
    explicit_bzero(value, size);
    ::unsetenv(name);
    return secret;
}

/// The terminal with its echo off; as it was before, afterwards.
class QuietTerminal
{
public:
    QuietTerminal() : m_descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC))
    {
        if (m_descriptor < 0 || ::tcgetattr(m_descriptor, &m_before) != 0)
            return;
        termios quiet = m_before;
        // Without ISIG, so that Ctrl+C comes as a key and the echo is always switched on again.
        quiet.c_lflag &= ~tcflag_t(ECHO | ISIG | ICANON);
        m_quiet = ::tcsetattr(m_descriptor, TCSAFLUSH, &quiet) == 0;
    }
    ~QuietTerminal()
    {
        if (m_quiet)
            ::tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

    [[nodiscard]] bool isThere() const { return m_quiet; }
    void show(BytesView text) const { writeAll(m_descriptor, text); }
    /// The next key; the key that ends when there is none.
    [[nodiscard]] char key() const
    {
        char typed = 0;
        ssize_t count = 0;
        do {
            count = ::read(m_descriptor, &typed, 1);
        } while (count < 0 && errno == EINTR);
        return count == 1 ? typed : kEndKey;
    }

private:
    int m_descriptor;
    bool m_quiet = false;
    termios m_before{};
};

bool continuesCharacter(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

Result<SecretBytes> prompt(const QString& question)
{
    const QuietTerminal terminal;
    if (!terminal.isThere())
        return Error{ErrorCode::VaultLocked, QStringLiteral("there is no terminal to ask at")};
    terminal.show(question.toUtf8());
    SecretBytes typed(kMaxTyped);
    std::size_t size = 0;
    for (char key = terminal.key(); key != '\n' && key != '\r'; key = terminal.key()) {
        if (key == kInterruptKey || (key == kEndKey && size == 0)) {
            terminal.show("\n");
            return Error{ErrorCode::Cancelled, {}};
        }
        if (key == kEndKey)
            break;
        if (key == '\b' || key == '\x7f') {
            while (size > 0 && continuesCharacter(typed.data()[size - 1]))
                --size;
            size -= size > 0 ? 1 : 0;
        } else if (size < kMaxTyped) {
            typed.data()[size++] = static_cast<unsigned char>(key);
        }
    }
    terminal.show("\n");
    return typed.slice(0, size);
}

// A signal handler may only touch what never moves.

} // namespace

Environment processEnvironment()
{
    static QFile in;
    if (!in.isOpen())
        in.open(STDIN_FILENO, QIODevice::ReadOnly);
    Environment environment;
    environment.out = [](BytesView bytes) { return writeAll(STDOUT_FILENO, bytes); };
    environment.err = [](BytesView bytes) { return writeAll(STDERR_FILENO, bytes); };
    environment.in = &in;
    environment.takeVariable = takeVariable;
    environment.prompt = prompt;
    environment.onInterrupt = onInterrupt;
    return environment;
}

void keepLogQuiet()
{
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
}

} // namespace Waymark
