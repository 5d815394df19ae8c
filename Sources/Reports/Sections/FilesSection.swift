import Audit
import Corpus

/// The files that the documents were read from.
struct FilesSection {
    /// Most files that are named.
    static let mostNamed = 100

    let files: [InputFile]
    var redaction = Redaction.none

    func write(to page: inout Page) {
        page.heading(2, "Input files")
        guard !files.isEmpty else {
            page.paragraph("The journal names no input file.")
            return
        }
        var table = PageTable([.left("Arm"), .left("File"), .right("Bytes"), .left("SHA-256")])
        for file in files.prefix(Self.mostNamed) {
            table.row([
                .prose(file.arm.rawValue), .code(redaction.word(file.path)), "\(file.bytes)", .code(file.sha256),
            ])
        }
        page.table(table)
        if files.count > Self.mostNamed {
            page.paragraph(
                """
                \(files.count - Self.mostNamed) more are named in the first line of the journal, under \
                \(code: "files").
                """)
        }
    }
}
