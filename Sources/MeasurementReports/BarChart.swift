import Reports

/// Shares as bars in groups, each with its name on the left and its number behind it.
struct BarChart {
    /// A bar.
    struct Bar {
        let name: String
        /// From 0 to 1.
        let share: Double
        /// The number in words.
        let label: String
    }

    /// Bars that belong together.
    struct Group {
        let name: String
        let bars: [Bar]
    }

    let id: String
    let title: String
    let description: String
    let groups: [Group]

    private static let width = 720.0
    private static let left = 220.0
    private static let barHeight = 18.0
    private static let headHeight = 24.0
    /// Room behind the longest bar for its number.
    private static let room = 150.0

    /// The chart as a figure.
    var figure: Figure {
        var drawing: [HTML] = []
        var y = 6.0
        for group in groups {
            drawing.append(PlotArea.text(group.name, 8, y + 15, "row-name"))
            y += Self.headHeight
            for (index, bar) in group.bars.enumerated() {
                drawing.append(draw(bar, index, y))
                y += Self.barHeight
            }
            y += 8
        }
        return Figure(
            id: id, title: title, description: description, size: (Self.width, y), drawing: .joined(drawing),
            table: table)
    }

    private func draw(_ bar: Bar, _ index: Int, _ y: Double) -> HTML {
        let length = min(1, max(0, bar.share)) * (Self.width - Self.left - Self.room)
        return .element(
            .g, [],
            PlotArea.text(bar.name, Self.left - 12, y + 13, "tick", anchor: "end"),
            .element(
                .rect,
                [
                    .class("mark series-\(index % 6)"), HTMLAttribute("x", Self.left), HTMLAttribute("y", y + 2),
                    HTMLAttribute("width", length), HTMLAttribute("height", Self.barHeight - 4),
                ]),
            PlotArea.text(bar.label, Self.left + length + 8, y + 13, "row-value"))
    }

    private var table: PageTable {
        var table = PageTable([.left("Class"), .left("Of"), .right("Replies")])
        for group in groups {
            for bar in group.bars { table.row([.prose(group.name), .prose(bar.name), .prose(bar.label)]) }
        }
        return table
    }
}
