// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton
import QtQuick

/// The only place with a colour, a size or a duration. The window sets scheme and factor; nothing
/// else is kept here.
QtObject {
    id: theme

    /// One of the keys of `schemes`.
    property string scheme: "light"
    /// The size of text, and of what holds text.
    property real factor: 1
    property bool reducedMotion: false

    readonly property var schemes: ({
        "light": {
            canvas: "#FAF8F4", rail: "#F3F0E9", surface: "#FFFEFC", raised: "#FFFFFF",
            hairline: "#E5E0D6", control: "#7E837A", text: "#1F2421", muted: "#5C635D",
            faint: "#616762", accent: "#1F6F5C", accentHover: "#1A6150",
            accentPressed: "#154F41", accentInk: "#FFFFFF", wash: "#E6F0EC", hover: "#F1EDE4",
            pressed: "#E9E3D7", road: "#4E8D7D", positive: "#2B7245", caution: "#8A5A00",
            critical: "#A8352A", cautionWash: "#FBF0DA", criticalWash: "#F9E6E2",
            focus: "#1F6F5C", plain: "#5C635D", celebrating: "#8A5A00", curious: "#2A5F9E",
            concerned: "#6B4E9B", challenging: "#A8452A", scrim: "#521F2421", shadow: "#29141816",
            tints: ["#E6F0EC", "#EDE6F4", "#E4ECF6", "#F6EBD3", "#F9E7E0"],
            inks: ["#1F6F5C", "#5B4287", "#2A5F9E", "#8A5A00", "#A8452A"]
        },
        "dark": {
            canvas: "#161A18", rail: "#121513", surface: "#1C211F", raised: "#242A27",
            hairline: "#2E3532", control: "#79827D", text: "#E9E6DF", muted: "#A5ACA6",
            faint: "#989F99", accent: "#6CC3A8", accentHover: "#85D1B9",
            accentPressed: "#55AB90", accentInk: "#0E1412", wash: "#20332D", hover: "#2A302D",
            pressed: "#2F3733", road: "#4E8A78", positive: "#7CC795", caution: "#E0B25A",
            critical: "#F0897C", cautionWash: "#332A17", criticalWash: "#38201D",
            focus: "#6CC3A8", plain: "#A5ACA6", celebrating: "#E0B25A", curious: "#8DB8EC",
            concerned: "#BBA3E6", challenging: "#EE9A80", scrim: "#80000000", shadow: "#66000000",
            tints: ["#20332D", "#2F2740", "#1D2B3D", "#332A17", "#3A231C"],
            inks: ["#6CC3A8", "#BBA3E6", "#8DB8EC", "#E0B25A", "#EE9A80"]
        },
        "contrast": {
            canvas: "#FFFFFF", rail: "#FFFFFF", surface: "#FFFFFF", raised: "#FFFFFF",
            hairline: "#000000", control: "#000000", text: "#000000", muted: "#000000",
            faint: "#000000", accent: "#004D3A", accentHover: "#003D2E",
            accentPressed: "#002D22", accentInk: "#FFFFFF", wash: "#DDF3EB", hover: "#EEEEEE",
            pressed: "#DDDDDD", road: "#004D3A", positive: "#00471E", caution: "#5A3800",
            critical: "#7A0F05", cautionWash: "#FFF3D6", criticalWash: "#FFE4DF",
            focus: "#0000C8", plain: "#000000", celebrating: "#5A3800", curious: "#00337A",
            concerned: "#42206F", challenging: "#6F1F05", scrim: "#99000000", shadow: "#29000000",
            tints: ["#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF"],
            inks: ["#000000", "#000000", "#000000", "#000000", "#000000"]
        },
        "contrast-dark": {
            canvas: "#000000", rail: "#000000", surface: "#000000", raised: "#000000",
            hairline: "#FFFFFF", control: "#FFFFFF", text: "#FFFFFF", muted: "#FFFFFF",
            faint: "#FFFFFF", accent: "#7FE5C6", accentHover: "#A6F0DA",
            accentPressed: "#5FD0AE", accentInk: "#000000", wash: "#00382B", hover: "#242424",
            pressed: "#363636", road: "#7FE5C6", positive: "#8CF0AC", caution: "#FFD67A",
            critical: "#FFB3A8", cautionWash: "#332600", criticalWash: "#40100A",
            focus: "#FFF04D", plain: "#FFFFFF", celebrating: "#FFD67A", curious: "#A9D1FF",
            concerned: "#DCC6FF", challenging: "#FFB79E", scrim: "#BF000000", shadow: "#66000000",
            tints: ["#000000", "#000000", "#000000", "#000000", "#000000"],
            inks: ["#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF"]
        }
    })
    readonly property var tokens: schemes[scheme]

    readonly property color canvas: tokens.canvas
    readonly property color rail: tokens.rail
    readonly property color surface: tokens.surface
    readonly property color raised: tokens.raised
    readonly property color hairline: tokens.hairline
    readonly property color control: tokens.control
    readonly property color text: tokens.text
    readonly property color muted: tokens.muted
    readonly property color faint: tokens.faint
    readonly property color accent: tokens.accent
    readonly property color accentHover: tokens.accentHover
    readonly property color accentPressed: tokens.accentPressed
    readonly property color accentInk: tokens.accentInk
    readonly property color wash: tokens.wash
    readonly property color hover: tokens.hover
    readonly property color pressed: tokens.pressed
    readonly property color road: tokens.road
    readonly property color positive: tokens.positive
    readonly property color caution: tokens.caution
    readonly property color critical: tokens.critical
    readonly property color cautionWash: tokens.cautionWash
    readonly property color criticalWash: tokens.criticalWash
    readonly property color focus: tokens.focus
    readonly property color shadow: tokens.shadow
    /// Over everything behind a dialog.
    readonly property color scrim: tokens.scrim
    readonly property bool highContrast: scheme.startsWith("contrast")

    readonly property string ui: "Inter"
    readonly property string read: "Gentium Plus"

    readonly property int small: px(12)
    readonly property int body: px(14)
    readonly property int reading: px(16)
    readonly property int lead: px(20)
    readonly property int title: px(26)
    readonly property int display: px(34)

    readonly property int s1: 4
    readonly property int s2: 8
    readonly property int s3: 12
    readonly property int s4: 16
    readonly property int s5: 24
    readonly property int s6: 32
    readonly property int s7: 48

    readonly property int controlRadius: 6
    readonly property int cardRadius: 10
    readonly property int controlHeight: px(34)
    readonly property int bigHeight: px(44)
    readonly property int railWidth: factor < 1.5 ? px(208) : px(80)
    readonly property int listWidth: factor < 1.5 ? px(340) : 400
    readonly property int columnWidth: px(680)
    readonly property int inspectorWidth: px(320)

    readonly property int appearMs: reducedMotion ? 0 : 120
    readonly property int leaveMs: reducedMotion ? 0 : 90
    readonly property int tipDelayMs: 600

    /// A size that grows with the text.
    function px(size: real): int {
        return Math.round(size * factor);
    }
    function tone(name: string): color {
        return tokens[name] ?? tokens.plain;
    }
    function toneIcon(name: string): string {
        const icons = {
            "celebrating": "party-popper", "curious": "circle-question-mark",
            "concerned": "hand-heart", "challenging": "mountain"
        };
        return icons[name] ?? "minus";
    }
    function tint(index: int): color {
        return tokens.tints[index % 5];
    }
    function ink(index: int): color {
        return tokens.inks[index % 5];
    }
}
