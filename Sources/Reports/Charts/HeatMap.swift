/// A field of numbers as shades; every cell that has room for it shows its number too.
package struct HeatMap {
    /// A row of the field.
    package struct Row {
        let name: String
        /// One value per column; `nil` where there is none.
        package let values: [Double?]

        package init(name: String, values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    /// The number of shades.
    static let shades = 8

    let id: String
    let title: String
    let description: String
    let columnTitle: String
    let columns: [String]
    let rowTitle: String
    let rows: [Row]
    /// The values of the lightest and the darkest shade.
    let range: ClosedRange<Double>
    let label: (Double) -> String

    package init(
        id: String, title: String, description: String, columnTitle: String, columns: [String], rowTitle: String,
        rows: [Row], range: ClosedRange<Double>, label: @escaping (Double) -> String
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.columnTitle = columnTitle
        self.columns = columns
        self.rowTitle = rowTitle
        self.rows = rows
        self.range = range
        self.label = label
    }

    private static let rowHeight = 20.0

    /// The shade of a value, from 0 to one less than ``shades``.
    func shade(_ value: Double) -> Int {
        let place = AxisScale(range.lowerBound, range.upperBound).place(value)
        return min(Self.shades - 1, Int(place * Double(Self.shades)))
    }

    /// The map as a figure.
    package var figure: Figure {
        let (width, left, top) = (720.0, 220.0, 56.0)
        let height = top + Self.rowHeight * Double(rows.count) + 60
        let cell = (width - left - 12) / Double(max(1, columns.count))
        var drawing: [HTML] = [
            PlotArea.text(columnTitle, left + (width - left - 12) / 2, 16, "axis-title", anchor: "middle"),
            PlotArea.text(rowTitle, left - 12, top - 12, "axis-title", anchor: "end"),
        ]
        let every = max(1, Int((Double(columns.count) / 14).rounded(.up)))
        for (index, name) in columns.enumerated() where index.isMultiple(of: every) {
            drawing.append(
                PlotArea.text(name, left + cell * (Double(index) + 0.5), top - 12, "tick", anchor: "middle"))
        }
        for (number, row) in rows.enumerated() {
            let y = top + Self.rowHeight * Double(number)
            drawing.append(PlotArea.text(row.name, left - 12, y + 14, "tick", anchor: "end"))
            for (index, value) in row.values.enumerated() {
                drawing.append(draw(value, x: left + cell * Double(index), y: y, width: cell))
            }
        }
        drawing.append(key(left, height - 40))
        return Figure(
            id: id, title: title, description: description, size: (width, height), drawing: .joined(drawing),
            table: table)
    }

    private func draw(_ value: Double?, x: Double, y: Double, width: Double) -> HTML {
        guard let value else { return .nothing }
        let shade = shade(value)
        let rectangle = HTML.element(
            .rect,
            [
                .class("heat heat-\(shade)"), HTMLAttribute("x", x), HTMLAttribute("y", y),
                HTMLAttribute("width", max(1, width - 1)), HTMLAttribute("height", Self.rowHeight - 1),
            ])
        guard width >= 34 else { return rectangle }
        return .joined([
            rectangle,
            PlotArea.text(
                label(value), x + width / 2, y + 14, shade <= 4 ? "cell" : "cell on-dark",
                anchor: "middle"),
        ])
    }

    private func key(_ x: Double, _ y: Double) -> HTML {
        let step = 30.0
        var pieces = (0..<Self.shades).map { shade in
            HTML.element(
                .rect,
                [
                    .class("heat heat-\(shade)"), HTMLAttribute("x", x + step * Double(shade)), HTMLAttribute("y", y),
                    HTMLAttribute("width", step - 1), HTMLAttribute("height", 12.0),
                ])
        }
        pieces.append(PlotArea.text("\(label(range.lowerBound)) or less", x, y + 28, "tick"))
        pieces.append(
            PlotArea.text(
                "\(label(range.upperBound)) or more", x + step * Double(Self.shades), y + 28, "tick", anchor: "end"))
        return .element(.g, [], pieces)
    }

    private var table: PageTable {
        var table = PageTable([.left(.prose(rowTitle))] + columns.map { .right(.prose("\(columnTitle) \($0)")) })
        for row in rows {
            table.row([.prose(row.name)] + row.values.map { $0.map { .prose(label($0)) } ?? "–" })
        }
        return table
    }
}
