import Statistics
import Corpus
import Measurement
import Reports

/// The share of documents of which a run of at least so many words, characters or tokens came back.
struct RunLengths {
    let summary: MeasurementSummary
    let threshold: RegurgitationThreshold

    /// Most curves of a drawing: there are so many strokes that can be told apart.
    private static let mostCurves = 6
    /// Places of a curve of characters or tokens.
    private static let places = 30

    private var arms: [MeasuredArm] {
        let all = MeasuredArm.all(summary).filter { arm in arm.target.lengthCurves.contains { $0.arm == arm.arm } }
        return all.count <= Self.mostCurves ? all : Array(all.filter { $0.arm == .suspect }.prefix(Self.mostCurves))
    }

    /// The drawings, one per unit; nothing when no text was generated.
    var figures: [Figure] {
        guard !arms.isEmpty else { return [] }
        return [
            words,
            figure("characters", usual: threshold.characters, \.longestCharacters),
            figure("tokens", usual: threshold.tokens, \.longestTokens),
        ]
    }

    func write(to page: inout Page) {
        guard !arms.isEmpty else { return }
        page.heading(2, "How long the runs are")
        page.paragraph(
            """
            No one length is right: short runs are shared by chance, and where chance ends depends on the kind of text. The \
            upright line marks the length from which on a reply counts as regurgitation here. Each document is counted \
            with the longest run of all its replies.
            """)
        if MeasuredArm.all(summary).count > Self.mostCurves {
            page.paragraph("Only suspect documents of the first \(Self.mostCurves) models are drawn.")
        }
    }

    private var words: Figure {
        let showsRanges = arms.count <= 2
        // Behind the first length that no document reaches there is nothing to see.
        let longest = max(threshold.words, arms.flatMap(\.documents).map(\.longestWords).max() ?? 0)
        return chart(
            "words", usual: threshold.words,
            arms.map { arm in
                let all = arm.target.lengthCurves.first { $0.arm == arm.arm }?.points ?? []
                let points = all.prefix((all.firstIndex { $0.words > longest } ?? all.count) + 1)
                return LineChart.Series(
                    name: arm.name(among: summary.targets.count),
                    points: points.compactMap { point in
                        guard let share = point.documents.share else { return nil }
                        let ends = showsRanges ? point.documents.interval : nil
                        return LineChart.Point(
                            x: Double(point.words), y: share * 100,
                            range: ends.map { $0.lower * 100...max($0.lower, $0.upper) * 100 })
                    })
            })
    }

    private func figure(_ unit: String, usual: Int, _ length: (DocumentRow) -> Int) -> Figure {
        let lengths = arms.map { arm in (arm, arm.documents.map(length)) }
        let longest = max(usual, lengths.flatMap(\.1).max() ?? 0)
        let step = max(1, (longest + Self.places - 1) / Self.places)
        let places = Set(stride(from: 0, through: longest, by: step)).union([1, usual, longest]).sorted()
        return chart(
            unit, usual: usual,
            lengths.map { arm, lengths in
                LineChart.Series(
                    name: arm.name(among: summary.targets.count),
                    points: places.map { place in
                        LineChart.Point(
                            x: Double(place),
                            y: 100 * Double(lengths.count { $0 >= place }) / Double(max(1, lengths.count)))
                    })
            })
    }

    private func chart(_ unit: String, usual: Int, _ series: [LineChart.Series]) -> Figure {
        LineChart(
            id: "figure-length-\(unit)", title: "Longest run in \(unit)",
            description: "The share of documents of which a run of at least so many \(unit) came back.",
            xTitle: "Longest run of at least … \(unit)", yTitle: "Share of documents (%)", xSpacing: .linear,
            series: series, xMarks: [.init(value: Double(usual), name: "\(ReportNumber.count(usual)) \(unit)")],
            yRange: 0...1, xLabel: ReportNumber.whole, yLabel: { ReportNumber.setting($0.roundedToTenths) }
        ).figure
    }
}
