// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>
#include <QPointer>
#include <QQmlEngine>
#include <QQuickTextDocument>

namespace Waymark {

class LinkHighlighter;

/// Marks an invitation's link in a text, without touching the text: by place, or wherever `link`
/// stands.
class LinkMark : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* document READ document WRITE setDocument NOTIFY changed FINAL)
    Q_PROPERTY(int from MEMBER m_from NOTIFY changed FINAL)
    Q_PROPERTY(int length MEMBER m_length NOTIFY changed FINAL)
    Q_PROPERTY(QString link MEMBER m_link NOTIFY changed FINAL)
    Q_PROPERTY(QColor ground MEMBER m_ground NOTIFY changed FINAL)
    Q_PROPERTY(QColor ink MEMBER m_ink NOTIFY changed FINAL)
    Q_PROPERTY(int fontSize MEMBER m_fontSize NOTIFY changed FINAL)
    Q_PROPERTY(QString family MEMBER m_family NOTIFY changed FINAL)
public:
    explicit LinkMark(QObject* parent = nullptr);
    ~LinkMark() override;

    [[nodiscard]] QQuickTextDocument* document() const { return m_document; }
    void setDocument(QQuickTextDocument* document);

Q_SIGNALS:
    void changed();

private:
    friend class LinkHighlighter;

    QPointer<QQuickTextDocument> m_document;
    QPointer<LinkHighlighter> m_highlighter;
    int m_from = 0;
    int m_length = 0;
    QString m_link;
    QColor m_ground;
    QColor m_ink;
    int m_fontSize = 12;
    QString m_family;
};

} // namespace Waymark
