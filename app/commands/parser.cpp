// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/verbs.h"
#include "app/core/clock.h"

#include <CLI/CLI.hpp>

namespace Waymark {

namespace {

/// Where CLI11 puts what it reads for one option of the verb.
struct Read
{
    const Option* option = nullptr;
    CLI::Option* cli = nullptr;
    std::vector<std::string> values;
};

/// The verbs as CLI11 knows them, made for one parse.
class Grammar
{
public:
    Grammar();
    Result<std::variant<Arguments, HelpText>> parse(const QStringList& arguments);

private:
    void addCommonOptions();
    void addVerb(const Verb& verb);
    void addOption(CLI::App& app, const Option& option, std::list<Read>& reads);
    CLI::App& groupFor(const std::string& name);
    Result<Arguments> collect();
    static Status checkValues(Arguments& arguments, const std::list<Read>& reads);

    CLI::App m_app{"Your mentoring journal at the command line: everything that Waymark keeps and "
                   "carries, for scripts and for people without a display.",
        "waymark-cli"};
    std::map<std::string, CLI::App*> m_groups;
    struct Entry
    {
        const Verb* verb;
        CLI::App* app;
        std::list<Read> reads;
    };
    std::list<Entry> m_verbs;
    std::string m_vault, m_passphraseFile, m_newPassphraseFile, m_recoveryFile;
    bool m_json = false;
    bool m_events = false;
    std::string m_clock;
    bool m_clockStopped = false;
};

const char* groupSummary(const std::string& name)
{
    if (name == "vault")
        return "The encrypted journal on this machine";
    if (name == "space")
        return "Who you share a journal with";
    if (name == "pair")
        return "Invite and be let in";
    if (name == "entry")
        return "Write and read";
    return "The signed operations underneath";
}

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

Grammar::Grammar()
{
    m_app.require_subcommand(1);
    m_app.fallthrough();
    m_app.set_version_flag("--version", "waymark-cli " WAYMARK_VERSION);
    addCommonOptions();
    m_app.footer("Exit status: 0 ok, 1 failed, 2 usage, 3 locked or wrong key, 4 not found, 5 "
                 "refused by rule, 6 network, 7 damaged.\n'waymark-cli VERB --help' shows each "
                 "verb's options and examples.");
    for (const Verb& verb : allVerbs())
        addVerb(verb);
}

void Grammar::addCommonOptions()
{
    m_app.add_option("--vault", m_vault, "the vault's folder")->option_text("DIR");
    m_app.add_flag("--json", m_json, "answer with one JSON document; errors are JSON too");
    m_app.add_flag("--events", m_events, "say on stderr, as JSON lines, what happens when");
    m_app
        .add_option("--passphrase-file", m_passphraseFile,
            "the passphrase's file; else WAYMARK_PASSPHRASE or a prompt")
        ->option_text("FILE");
    m_app
        .add_option("--new-passphrase-file", m_newPassphraseFile,
            "a new passphrase's file; else WAYMARK_NEW_PASSPHRASE or a prompt")
        ->option_text("FILE");
    m_app
        .add_option("--recovery-file", m_recoveryFile,
            "the recovery words' file; else WAYMARK_RECOVERY or a prompt")
        ->option_text("FILE");
    // In no help: for stories, pictures and tests.
    m_app.add_option("--clock", m_clock)->group("");
    m_app.add_flag("--clock-stopped", m_clockStopped)->group("");
}

CLI::App& Grammar::groupFor(const std::string& name)
{
    CLI::App*& group = m_groups[name];
    if (!group) {
        group = m_app.add_subcommand(name, groupSummary(name));
        group->require_subcommand(1);
        group->fallthrough();
    }
    return *group;
}

void Grammar::addVerb(const Verb& verb)
{
    const std::string name = verb.name;
    const auto space = name.find(' ');
    CLI::App& parent = space == std::string::npos ? m_app : groupFor(name.substr(0, space));
    CLI::App& app = *parent.add_subcommand(
        space == std::string::npos ? name : name.substr(space + 1), verb.summary);
    app.fallthrough();
    QString footer = QStringLiteral("Examples:\n");
    for (const QString& example : QString::fromUtf8(verb.examples).split(u'\n'))
        footer += QStringLiteral("  waymark-cli %1\n").arg(example);
    app.footer(footer.chopped(1).toStdString());
    Entry& entry = m_verbs.emplace_back(Entry{&verb, &app, {}});
    for (const Option& option : verb.options)
        addOption(app, option, entry.reads);
}

void Grammar::addOption(CLI::App& app, const Option& option, std::list<Read>& reads)
{
    Read& read = reads.emplace_back();
    read.option = &option;
    const std::string dashed = std::string("--") + option.name;
    switch (option.form) {
    case Option::Form::Positional:
        read.cli = app.add_option(option.name, read.values, option.help)->expected(1);
        read.cli->allow_extra_args(false);
        break;
    case Option::Form::PositionalList:
        read.cli = app.add_option(option.name, read.values, option.help)->expected(1, -1);
        break;
    case Option::Form::Value:
        read.cli = app.add_option(dashed, read.values, option.help)->expected(1);
        read.cli->allow_extra_args(false);
        break;
    case Option::Form::List:
        read.cli = app.add_option(dashed, read.values, option.help)->expected(1, -1);
        break;
    case Option::Form::Flag:
        read.cli = app.add_flag(dashed, option.help);
        return;
    }
    read.cli->option_text(option.label + std::string(option.required ? " (needed)" : ""));
}

/// "--set title=A 81d0": the id was read as one more value, but is none, having no '='.
void takeStrayPositional(Arguments& arguments, const QString& positional)
{
    for (QStringList& values : arguments.values) {
        for (qsizetype i = 0; i < values.size(); ++i) {
            if (!values[i].contains(u'=')) {
                arguments.values[positional] = {values.takeAt(i)};
                return;
            }
        }
    }
}

Status Grammar::checkValues(Arguments& arguments, const std::list<Read>& reads)
{
    for (const Read& read : reads) {
        const QString name = QLatin1String(read.option->name);
        const bool isPositional = read.option->form == Option::Form::Positional;
        if (isPositional && !arguments.has(name))
            takeStrayPositional(arguments, name);
        const QStringList values = arguments.list(name);
        if (read.option->form == Option::Form::Value && values.size() > 1)
            return {ErrorCode::Usage, QStringLiteral("--%1 is given more than once").arg(name)};
        if (!read.option->required || (arguments.has(name) && !arguments.value(name).isEmpty()))
            continue;
        const bool dashed = !isPositional && read.option->form != Option::Form::PositionalList;
        return {ErrorCode::Usage,
            QStringLiteral("%1%2 is needed; '%3 --help' shows how")
                .arg(QLatin1String(dashed ? "--" : ""),
                    dashed ? name : QString::fromLatin1(read.option->label),
                    QLatin1String(arguments.verb->name))};
    }
    return {};
}

Result<Arguments> Grammar::collect()
{
    Arguments out;
    out.vault = text(m_vault);
    out.passphraseFile = text(m_passphraseFile);
    out.newPassphraseFile = text(m_newPassphraseFile);
    out.recoveryFile = text(m_recoveryFile);
    out.json = m_json;
    out.events = m_events;
    out.clock = text(m_clock);
    out.clockStopped = m_clockStopped;
    if (!makeClock(out.clock, out.clockStopped))
        return Error{ErrorCode::Usage,
            QStringLiteral("--clock takes a time like 2026-11-25T17:20:00+03:00")};
    for (const Entry& entry : m_verbs) {
        if (!entry.app->parsed())
            continue;
        out.verb = entry.verb;
        for (const Read& read : entry.reads) {
            if (read.cli->count() == 0)
                continue;
            QStringList& values = out.values[QLatin1String(read.option->name)];
            for (const std::string& value : read.values)
                values.append(text(value));
        }
        if (const Status status = checkValues(out, entry.reads); !status)
            return status.error();
        if (out.vault.isEmpty())
            return Error{ErrorCode::Usage, QStringLiteral("--vault is needed: the vault's folder")};
        return out;
    }
    return Error{ErrorCode::Usage, QStringLiteral("a verb is needed; --help lists them")};
}

Result<std::variant<Arguments, HelpText>> Grammar::parse(const QStringList& arguments)
{
    std::vector<std::string> reversed; // CLI11 takes them from the back
    for (auto it = arguments.crbegin(); it != arguments.crend(); ++it)
        reversed.push_back(it->toStdString());
    try {
        m_app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        return {HelpText{text(m_app.help())}};
    } catch (const CLI::CallForVersion& version) {
        return {HelpText{text(version.what())}};
    } catch (const CLI::ParseError& error) {
        return Error{ErrorCode::Usage, text(error.what())};
    }
    Result<Arguments> collected = collect();
    if (!collected)
        return collected.error();
    return {std::move(collected).value()};
}

} // namespace

Result<std::variant<Arguments, HelpText>> parseArguments(const QStringList& arguments)
{
    return Grammar().parse(arguments);
}

} // namespace Waymark
