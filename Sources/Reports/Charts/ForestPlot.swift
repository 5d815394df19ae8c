/// Estimates with their intervals, one below the other.
package struct ForestPlot {
    /// An estimate.
    package struct Row {
        let name: String
        let estimate: Double
        let lower: Double
        let upper: Double
        /// How the interval was made.
        let method: String

        package init(name: String, estimate: Double, lower: Double, upper: Double, method: String) {
            self.name = name
            self.estimate = estimate
            self.lower = lower
            self.upper = upper
            self.method = method
        }
    }

    let id: String
    let title: String
    let description: String
    let xTitle: String
    let rows: [Row]
    /// Marked places on the axis, such as no difference.
    var marks: [LineChart.Mark] = []
    let label: (Double) -> String

    package init(
        id: String, title: String, description: String, xTitle: String, rows: [Row], marks: [LineChart.Mark] = [],
        label: @escaping (Double) -> String
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.xTitle = xTitle
        self.rows = rows
        self.marks = marks
        self.label = label
    }

    private static let rowHeight = 40.0

    /// The plot as a figure.
    package var figure: Figure {
        let ends = rows.flatMap { [$0.lower, $0.upper, $0.estimate] } + marks.map(\.value)
        let (low, high) = (ends.min() ?? 0, ends.max() ?? 1)
        let room = (high - low) * 0.04
        let height = 92 + Self.rowHeight * Double(rows.count)
        let area = PlotArea(
            x: AxisScale(low - room, high + room), y: AxisScale(0, 1), height: height, margin: (30, 24, 52, 220))
        var drawing = [area.xAxis(xTitle, label)]
        for mark in marks {
            drawing.append(PlotArea.line(area.x(mark.value), area.top, area.x(mark.value), area.bottom, "reference"))
            drawing.append(
                PlotArea.text(mark.name, area.x(mark.value), area.top - 8, "reference-name", anchor: "middle"))
        }
        for (index, row) in rows.enumerated() {
            drawing.append(draw(row, index, area.top + Self.rowHeight * (Double(index) + 0.5), area))
        }
        return Figure(
            id: id, title: title, description: description, size: (area.width, height), drawing: .joined(drawing),
            table: table)
    }

    private func draw(_ row: Row, _ index: Int, _ y: Double, _ area: PlotArea) -> HTML {
        let (lower, upper, middle) = (area.x(row.lower), area.x(row.upper), area.x(row.estimate))
        return .element(
            .g, [],
            PlotArea.text(row.name, area.left - 12, y - 3, "row-name", anchor: "end"),
            PlotArea.text(
                "\(label(row.estimate)) (\(label(row.lower)) to \(label(row.upper)))", area.left - 12, y + 13,
                "row-value", anchor: "end"),
            PlotArea.line(lower, y, upper, y, "whisker series-\(index % 6)"),
            PlotArea.line(lower, y - 6, lower, y + 6, "whisker series-\(index % 6)"),
            PlotArea.line(upper, y - 6, upper, y + 6, "whisker series-\(index % 6)"),
            .element(
                .rect,
                [
                    .class("mark series-\(index % 6)"), HTMLAttribute("x", middle - 5), HTMLAttribute("y", y - 5),
                    HTMLAttribute("width", 10.0), HTMLAttribute("height", 10.0),
                ]))
    }

    private var table: PageTable {
        var table = PageTable([
            .left("Estimate of"), .right("Value"), .right("From"), .right("To"), .left("Interval"),
        ])
        for row in rows {
            table.row([
                .prose(row.name), .prose(label(row.estimate)), .prose(label(row.lower)), .prose(label(row.upper)),
                .prose(row.method),
            ])
        }
        return table
    }
}
