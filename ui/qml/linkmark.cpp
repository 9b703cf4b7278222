// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qml/linkmark.h"

#include <QSyntaxHighlighter>
#include <QTextDocument>

#include <algorithm>

namespace Waymark {

class LinkHighlighter final : public QSyntaxHighlighter
{
public:
    LinkHighlighter(QTextDocument* document, LinkMark& mark)
        : QSyntaxHighlighter(document), m_mark(mark)
    {
    }

protected:
    void highlightBlock(const QString& text) override
    {
        QTextCharFormat format;
        format.setBackground(m_mark.m_ground);
        format.setForeground(m_mark.m_ink);
        format.setFontFamilies({m_mark.m_family});
        format.setProperty(QTextFormat::FontPixelSize, m_mark.m_fontSize);
        if (!m_mark.m_link.isEmpty()) {
            const qsizetype at = text.indexOf(m_mark.m_link);
            if (at >= 0)
                setFormat(int(at), int(m_mark.m_link.size()), format);
            return;
        }
        const int first = currentBlock().position();
        const int from = std::max(m_mark.m_from, first);
        const int to = std::min(m_mark.m_from + m_mark.m_length, first + int(text.size()));
        if (from < to)
            setFormat(from - first, to - from, format);
    }

private:
    LinkMark& m_mark;
};

LinkMark::LinkMark(QObject* parent) : QObject(parent)
{
    connect(this, &LinkMark::changed, this, [this] {
        if (m_highlighter)
            m_highlighter->rehighlight();
    });
}

LinkMark::~LinkMark()
{
    delete m_highlighter;
}

void LinkMark::setDocument(QQuickTextDocument* document)
{
    if (m_document == document)
        return;
    delete m_highlighter;
    m_document = document;
    if (document)
        m_highlighter = new LinkHighlighter(document->textDocument(), *this);
    Q_EMIT changed();
}

} // namespace Waymark
