import Audit

/// The conditions of every conclusion.
struct GatesSection {
    let gates: [Gate]

    func write(to page: inout Page) {
        page.heading(2, "Gates")
        page.paragraph("A gate is a condition that must hold for any verdict to mean something.")
        var table = PageTable([
            .left("Gate"), .left("Condition"), .left("Holds"), .left("Found"), .left("To mend it"),
        ])
        for gate in gates {
            table.row([
                .code(gate.gate.rawValue), .prose(gate.gate.condition), gate.passed ? "yes" : "**no**",
                .prose(gate.detail), .prose(gate.remedy),
            ])
        }
        page.table(table)
    }
}
