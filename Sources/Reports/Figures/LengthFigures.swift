import Audit
import Corpus

/// How many documents come back at length: the share of documents whose longest run is at least so long.
///
/// Three units, because each is somebody's measure: tokens (machine learning), words (journalism) and characters (law).
struct LengthFigures {
    let plan: AuditPlan
    let counted: CountedObservations

    /// A unit of length.
    private struct Unit: Sendable {
        let id: String
        let name: String
        /// The length that is often asked about.
        let usual: Double
        let length: @Sendable (CountedObservations.Document) -> Int
    }

    private static let units = [
        Unit(id: "tokens", name: "tokens", usual: 50) { $0.outcome.longestRun },
        Unit(id: "words", name: "words", usual: 20) { document in
            document.observations.compactMap { $0.sighting?.reply?.longestWords }.max() ?? 0
        },
        Unit(id: "characters", name: "characters", usual: 160) { document in
            document.observations.compactMap { $0.sighting?.reply?.longestCharacters }.max() ?? 0
        },
    ]

    /// The drawings, one per unit.
    var figures: [Figure] { Self.units.map(figure) }

    private func figure(_ unit: Unit) -> Figure {
        let lengths = counted.arms.map { arm in (arm, counted.documents(of: arm).map(unit.length)) }
        let longest = lengths.flatMap(\.1).max() ?? 0
        let source =
            unit.id == "tokens"
            ? "The run is that of leading suffix tokens, so it ends at \(plan.shape.suffixTokens)."
            : "Runs are those of replies; a document of which no reply was generated counts as 0."
        return LineChart(
            id: "figure-length-\(unit.id)", title: "Longest run in \(unit.name)",
            description: "The share of documents whose longest run is at least so many \(unit.name) long. \(source)",
            xTitle: "Longest run of at least … \(unit.name)", yTitle: "Share of documents (%)", xSpacing: .linear,
            series: lengths.map { arm, lengths in
                LineChart.Series(name: arm.rawValue, points: Self.survival(lengths, upTo: longest))
            },
            // A line far beyond everything drawn would squeeze the rest together.
            xMarks: Double(longest) * 1.7 >= unit.usual
                ? [.init(value: unit.usual, name: "\(ReportNumber.setting(unit.usual)) \(unit.name)")] : [],
            yRange: 0...1, xLabel: { ReportNumber.whole($0) },
            yLabel: { ReportNumber.setting($0.roundedToTenths) }
        ).figure
    }

    /// The share of lengths of at least each value, at about thirty of them.
    private static func survival(_ lengths: [Int], upTo longest: Int) -> [LineChart.Point] {
        let sorted = lengths.sorted()
        let step = max(1, longest / 30 + (longest.isMultiple(of: 30) ? 0 : 1))
        let places = Set(stride(from: 0, through: longest, by: step)).union([1, longest]).sorted()
        return places.map { length in
            let shorter = sorted.partition(below: length)
            return LineChart.Point(
                x: Double(length), y: 100 * Double(sorted.count - shorter) / Double(max(1, sorted.count)))
        }
    }
}

extension [Int] {
    /// The number of elements of a sorted list that are below a value.
    fileprivate func partition(below value: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
