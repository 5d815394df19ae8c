/// Curves over one axis; each has its own stroke and mark, so that they are told apart without colour.
package struct LineChart {
    /// A curve.
    package struct Series {
        /// Its name in the legend.
        let name: String
        /// Its points, by ascending x.
        let points: [Point]

        package init(name: String, points: [Point]) {
            self.name = name
            self.points = points
        }
    }

    /// A point of a curve, perhaps with a range around it.
    package struct Point {
        let x: Double
        let y: Double
        var range: ClosedRange<Double>?

        package init(x: Double, y: Double, range: ClosedRange<Double>? = nil) {
            self.x = x
            self.y = y
            self.range = range
        }
    }

    /// A marked place on an axis.
    package struct Mark {
        let value: Double
        let name: String

        package init(value: Double, name: String) {
            self.value = value
            self.name = name
        }
    }

    let id: String
    let title: String
    let description: String
    let xTitle: String
    let yTitle: String
    let xSpacing: AxisScale.Spacing
    let series: [Series]
    var xMarks: [Mark] = []
    var yMarks: [Mark] = []
    /// The least range of the vertical axis.
    var yRange: ClosedRange<Double> = 0...1
    /// Whether the curve keeps its value until the next point, as counts do.
    package var isStepped = false
    let xLabel: (Double) -> String
    let yLabel: (Double) -> String

    package init(
        id: String, title: String, description: String, xTitle: String, yTitle: String,
        xSpacing: AxisScale.Spacing, series: [Series], xMarks: [Mark] = [], yMarks: [Mark] = [],
        yRange: ClosedRange<Double> = 0...1, isStepped: Bool = false, xLabel: @escaping (Double) -> String,
        yLabel: @escaping (Double) -> String
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.xTitle = xTitle
        self.yTitle = yTitle
        self.xSpacing = xSpacing
        self.series = series
        self.xMarks = xMarks
        self.yMarks = yMarks
        self.yRange = yRange
        self.isStepped = isStepped
        self.xLabel = xLabel
        self.yLabel = yLabel
    }

    /// Most points of a curve that are marked; more would be a blot.
    private static let mostMarks = 40

    /// The chart as a figure.
    package var figure: Figure {
        let points = series.flatMap(\.points)
        let xs = points.map(\.x) + xMarks.map(\.value)
        let ys =
            points.flatMap { [$0.y, $0.range?.lowerBound ?? $0.y, $0.range?.upperBound ?? $0.y] } + yMarks.map(\.value)
        let area = PlotArea(
            x: AxisScale(xs.min() ?? 0, xs.max() ?? 1, xSpacing),
            y: AxisScale(min(yRange.lowerBound, ys.min() ?? 0), max(yRange.upperBound, ys.max() ?? 1)),
            margin: (18 + 20 * Double((series.count + 2) / 3), 40, 52, 66))
        var drawing = [area.xAxis(xTitle, xLabel), area.yAxis(yTitle, yLabel), legend(area)]
        for mark in xMarks {
            drawing.append(PlotArea.line(area.x(mark.value), area.top, area.x(mark.value), area.bottom, "reference"))
            let isRight = area.x(mark.value) > (area.left + area.right) / 2
            drawing.append(
                PlotArea.text(
                    mark.name, area.x(mark.value) + (isRight ? -5 : 5), area.top + 12, "reference-name",
                    anchor: isRight ? "end" : "start"))
        }
        for mark in yMarks {
            drawing.append(PlotArea.line(area.left, area.y(mark.value), area.right, area.y(mark.value), "reference"))
            drawing.append(
                PlotArea.text(
                    mark.name, area.left + 6, area.y(mark.value) - 5, "reference-name"))
        }
        for (index, one) in series.enumerated() { drawing.append(curve(one, index, area)) }
        return Figure(
            id: id, title: title, description: description, size: (area.width, area.height),
            drawing: .joined(drawing), table: table)
    }

    private func legend(_ area: PlotArea) -> HTML {
        .element(
            .g, [],
            series.enumerated().flatMap { index, one -> [HTML] in
                let x = area.left + Double(index % 3) * 215
                let y = 12 + Double(index / 3) * 20
                return [
                    PlotArea.line(x, y, x + 34, y, "curve series-\(index % 6)"),
                    mark(index, x + 17, y), PlotArea.text(one.name, x + 42, y + 4, "legend"),
                ]
            })
    }

    private func curve(_ one: Series, _ index: Int, _ area: PlotArea) -> HTML {
        var pieces: [HTML] = []
        if one.points.count > 1, one.points.allSatisfy({ $0.range != nil }) {
            let upper = one.points.map { (area.x($0.x), area.y($0.range?.upperBound ?? $0.y)) }
            let lower = one.points.reversed().map { (area.x($0.x), area.y($0.range?.lowerBound ?? $0.y)) }
            pieces.append(
                .element(
                    .path, [.class("band series-\(index % 6)"), HTMLAttribute("d", Self.path(upper + lower) + "Z")]))
        }
        var corners: [(Double, Double)] = []
        for point in one.points {
            if isStepped, let last = corners.last { corners.append((area.x(point.x), last.1)) }
            corners.append((area.x(point.x), area.y(point.y)))
        }
        if corners.count > 1 {
            pieces.append(
                .element(.path, [.class("curve series-\(index % 6)"), HTMLAttribute("d", Self.path(corners))]))
        }
        if one.points.count <= Self.mostMarks {
            pieces += one.points.map { mark(index, area.x($0.x), area.y($0.y)) }
        }
        return .element(.g, [], pieces)
    }

    private func mark(_ index: Int, _ x: Double, _ y: Double) -> HTML {
        if index.isMultiple(of: 2) {
            return .element(
                .circle,
                [
                    .class("mark series-\(index % 6)"), HTMLAttribute("cx", x), HTMLAttribute("cy", y),
                    HTMLAttribute("r", 3.5),
                ])
        }
        return .element(
            .rect,
            [
                .class("mark series-\(index % 6)"), HTMLAttribute("x", x - 3.5), HTMLAttribute("y", y - 3.5),
                HTMLAttribute("width", 7.0), HTMLAttribute("height", 7.0),
            ])
    }

    private static func path(_ corners: [(Double, Double)]) -> String {
        corners.enumerated().map { index, corner in
            (index == 0 ? "M" : "L") + ReportNumber.coordinate(corner.0) + " " + ReportNumber.coordinate(corner.1)
        }.joined()
    }

    /// One row per x that occurs, one column per curve.
    private var table: PageTable {
        var table = PageTable([.right(.prose(xTitle))] + series.map { .right(.prose($0.name)) })
        let values = series.map { one in Dictionary(one.points.map { ($0.x, $0) }) { _, last in last } }
        for x in Set(series.flatMap { $0.points.map(\.x) }).sorted() {
            table.row(
                [.prose(xLabel(x))]
                    + values.map { points in
                        guard let point = points[x] else { return "–" }
                        let range = point.range.map { " (\(yLabel($0.lowerBound)) to \(yLabel($0.upperBound)))" } ?? ""
                        return .prose(yLabel(point.y) + range)
                    })
        }
        return table
    }
}
