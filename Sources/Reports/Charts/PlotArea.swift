/// The rectangle that data are drawn into, with the axes around it.
package struct PlotArea {
    let width: Double
    let height: Double
    let margin: (top: Double, right: Double, bottom: Double, left: Double)
    let x: AxisScale
    let y: AxisScale

    init(
        x: AxisScale, y: AxisScale, width: Double = 720, height: Double = 340,
        margin: (top: Double, right: Double, bottom: Double, left: Double) = (18, 24, 52, 66)
    ) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        self.margin = margin
    }

    var left: Double { margin.left }
    var right: Double { width - margin.right }
    var top: Double { margin.top }
    var bottom: Double { height - margin.bottom }

    /// The horizontal coordinate of a number.
    func x(_ value: Double) -> Double { left + x.place(value) * (right - left) }
    /// The vertical coordinate of a number; larger numbers lie higher.
    func y(_ value: Double) -> Double { bottom - y.place(value) * (bottom - top) }

    /// The lower axis with its numbers and its name.
    func xAxis(_ title: String, _ label: (Double) -> String) -> HTML {
        var pieces = x.ticks().flatMap { tick in
            [
                Self.line(x(tick), top, x(tick), bottom, "grid"),
                Self.text(label(tick), x(tick), bottom + 18, "tick", anchor: "middle"),
            ]
        }
        pieces.append(Self.line(left, bottom, right, bottom, "axis"))
        pieces.append(Self.text(title, (left + right) / 2, height - 10, "axis-title", anchor: "middle"))
        return .element(.g, [HTMLAttribute("aria-hidden", "true")], pieces)
    }

    /// The left axis with its numbers and its name.
    func yAxis(_ title: String, _ label: (Double) -> String) -> HTML {
        var pieces = y.ticks(about: 5).flatMap { tick in
            [
                Self.line(left, y(tick), right, y(tick), "grid"),
                Self.text(label(tick), left - 8, y(tick) + 4, "tick", anchor: "end"),
            ]
        }
        pieces.append(Self.line(left, top, left, bottom, "axis"))
        let middle = (top + bottom) / 2
        pieces.append(
            .element(
                .text,
                [
                    .class("axis-title"), HTMLAttribute("text-anchor", "middle"),
                    HTMLAttribute(
                        "transform", "translate(16 \(ReportNumber.coordinate(middle))) rotate(-90)"),
                ], HTML(title)))
        return .element(.g, [HTMLAttribute("aria-hidden", "true")], pieces)
    }

    /// A line of a class of the style sheet.
    package static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ class: String) -> HTML {
        .element(
            .line,
            [
                .class(`class`), HTMLAttribute("x1", x1), HTMLAttribute("y1", y1), HTMLAttribute("x2", x2),
                HTMLAttribute("y2", y2),
            ])
    }

    /// Words at a place.
    package static func text(
        _ words: String, _ x: Double, _ y: Double, _ class: String, anchor: String = "start"
    ) -> HTML {
        .element(
            .text,
            [.class(`class`), HTMLAttribute("x", x), HTMLAttribute("y", y), HTMLAttribute("text-anchor", anchor)],
            HTML(words))
    }
}
