import Corpus

/// Why a document does not take part.
public enum Exclusion: String, Codable, Hashable, Sendable {
    /// It holds no window.
    case tooShort = "shorter than a window"
    /// A document of the same arm whose name comes first says largely the same, so that the two are not independent.
    case repeatsItsArm = "near-duplicate within its arm"
    /// A document of the other arm says largely the same, so that it can be held neither for suspect nor for unseen.
    case inBothArms = "near-duplicate of the other arm"
    /// Prefixes were learned on it, so it cannot decide about them.
    case learnedFrom = "used to learn prefixes"
}

/// An excluded document.
public struct ExcludedDocument: Codable, Hashable, Sendable {
    /// The arm that the document belongs to.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// Why it does not take part.
    public let reason: Exclusion
}

/// The outcome of comparing documents with each other, before anything is sent.
public struct DuplicateScreen: Sendable {
    /// Documents that do not take part, with the reason.
    public let excluded: [ExcludedDocument]
    /// Number of pairs across the arms.
    public let pairsBetweenArms: Int

    /// Looks for documents that repeat each other within and between the arms.
    ///
    /// - Parameters:
    ///   - suspect: All suspect documents.
    ///   - control: All control documents; empty without a control arm.
    /// - Complexity: That of `NearDuplicates`.
    public init(suspect: [Document], control: [Document]) {
        let search = NearDuplicates()
        let across = control.isEmpty ? [] : search.pairs(between: suspect, and: control)
        // What stands in both arms is told first: of two reasons it is the one that speaks against the controls.
        var excluded = Set(across.map(\.first)).sorted()
            .map { ExcludedDocument(arm: .suspect, document: $0, reason: .inBothArms) }
        excluded += Set(across.map(\.second)).sorted()
            .map { ExcludedDocument(arm: .control, document: $0, reason: .inBothArms) }
        for (arm, documents) in [(Arm.suspect, suspect), (.control, control)] {
            let later = Set(search.pairs(within: documents).map(\.second)).sorted()
            excluded += later.map { ExcludedDocument(arm: arm, document: $0, reason: .repeatsItsArm) }
        }
        var seen: Set<ArmedDocument> = []
        self.excluded = excluded.filter { seen.insert(ArmedDocument(arm: $0.arm, document: $0.document)).inserted }
        pairsBetweenArms = across.count
    }
}
