import Audit
import Corpus

/// The documents that did not take part, and why.
struct ExcludedSection {
    /// Most documents that are named.
    static let mostNamed = 10

    let header: RunHeader
    var redaction = Redaction.none

    func write(to page: inout Page) {
        page.heading(2, "Excluded documents")
        let excluded = header.excluded
        guard !excluded.isEmpty else {
            page.paragraph("No document was excluded.")
            return
        }
        page.paragraph("Documents were excluded before anything was sent. A document may have two reasons.")
        var counts = PageTable([.left("Reason"), .right("suspect"), .right("control")])
        for reason in [Exclusion.tooShort, .repeatsItsArm, .inBothArms] {
            func count(_ arm: Arm) -> Int { excluded.count { $0.arm == arm && $0.reason == reason } }
            counts.row([.prose(reason.rawValue), "\(count(.suspect))", "\(count(.control))"])
        }
        page.table(counts)
        page.paragraph("Pairs of near-duplicates between the arms: \(header.pairsBetweenArms).")
        var names = PageTable([.left("Arm"), .left("Document"), .left("Reason")])
        for document in excluded.prefix(Self.mostNamed) {
            names.row([
                .prose(document.arm.rawValue), .code(redaction.name(document.document)),
                .prose(document.reason.rawValue),
            ])
        }
        page.table(names)
        if excluded.count > Self.mostNamed {
            page.paragraph(
                """
                \(excluded.count - Self.mostNamed) more are named in the first line of the journal, under \
                \(code: "excluded").
                """)
        }
    }
}
