import Measurement
import Reports

/// What the replies were: how many answered, declined, were cut, and so on.
struct ReplyClasses {
    let summary: MeasurementSummary

    private var counted: [(arm: MeasuredArm, counts: ReplyClassCounts)] {
        MeasuredArm.all(summary).compactMap { arm in
            arm.target.replyClasses.first { $0.arm == arm.arm && $0.condition == nil }.map { (arm, $0) }
        }
    }

    /// The classes that occur.
    private var classes: [ReplyClass] {
        ReplyClass.allCases.filter { kind in counted.contains { $0.counts.replies(kind) > 0 } }
    }

    /// The drawing; nothing when there is no reply.
    var figures: [Figure] {
        guard !classes.isEmpty else { return [] }
        let bars = classes.map { kind in
            BarChart.Group(
                name: kind.title,
                bars: counted.map { arm, counts in
                    let all = counts.counts.reduce(0) { $0 + $1.replies }
                    let replies = counts.replies(kind)
                    let share = all == 0 ? 0 : Double(replies) / Double(all)
                    return BarChart.Bar(
                        name: arm.name(among: summary.targets.count), share: share,
                        label: "\(ReportNumber.count(replies)) of \(ReportNumber.count(all)), "
                            + "\(MeasuredNumbers.percent(share)) %")
                })
        }
        return [
            BarChart(
                id: "figure-replies", title: "What the replies were",
                description: "Every bar is the share of one model's replies in one arm that are of a class, named and "
                    + "numbered beside it. Classes that never came are left out.",
                groups: bars
            ).figure
        ]
    }

    func write(to page: inout Page) {
        guard !classes.isEmpty else { return }
        page.heading(2, "What the replies were")
        page.paragraph(
            """
            What a reply repeats is decided first, and its class stands beside that: a reply that recites is never called a \
            refusal. Samples count like first replies.
            """)
        var table = PageTable(
            [.left("Class"), .left("Meaning")]
                + counted.map { .right(.prose($0.arm.name(among: summary.targets.count))) })
        for kind in ReplyClass.allCases {
            table.row(
                [.prose(kind.title), .prose(kind.meaning)] + counted.map { "\($0.counts.replies(kind))" })
        }
        page.table(table)
    }
}

extension ReplyClass {
    /// The class in a few words.
    var title: String {
        switch self {
        case .answered: "answered"
        case .refused: "declined"
        case .empty: "empty"
        case .cutByLength: "cut by length"
        case .stopped: "stopped"
        case .filteredMidMatch: "cut off inside a match"
        case .transportError: "no answer"
        }
    }

    /// What the class says.
    fileprivate var meaning: String {
        switch self {
        case .answered: "the model ended its text by itself"
        case .refused: "the model declined, and repeated less than what counts"
        case .empty: "no visible text came"
        case .cutByLength: "the reply used up the tokens it was allowed; what it repeats may have gone on"
        case .stopped: "something other than the model or the length ended the reply, outside a match"
        case .filteredMidMatch:
            "something other than the model or the length ended it while it repeated the document, or another one of "
                + "the corpus"
        case .transportError: "no usable answer came"
        }
    }
}
