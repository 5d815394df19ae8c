import Corpus
import Reports

/// Why evidence could not be put together, in words that say what to do next.
public enum EvidenceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No window was chosen.
    case nothingChosen
    /// A document that was asked for was not observed.
    case unknownDocument(arm: Arm, document: DocumentID)
    /// There is something already where the bundle was to be written.
    case exists(path: String)
    /// The operating system refused.
    case system(path: String, reason: String)
    /// A file of the bundle could not be written.
    case notWritten(ReportError)
    /// The journal could not be read.
    case journal(directory: String, reason: String)
    /// The journal holds other observations than the analysis was made from.
    case journalChanged(directory: String)
    /// A value of the bundle's record has no JSON form.
    case notEncodable(reason: String)

    /// What is wrong, where, and what to do, in one line.
    public var description: String {
        switch self {
        case .nothingChosen: "no window was chosen: name documents, or take those with reproduced windows"
        case .unknownDocument(let arm, let document):
            "no \(arm.rawValue) document \"\(document.rawValue)\" was observed: check the arm and the name"
        case .exists(let path): "\(path) exists already: give the path of a directory that is to be made"
        case .system(let path, let reason): "cannot write \(path): \(reason); give a path that you may write to"
        case .notWritten(let error): error.description
        case .journal(let directory, let reason): "the journal of \(directory) cannot be read: \(reason)"
        case .journalChanged(let directory):
            "the journal of \(directory) holds other observations than were analysed: "
                + "make the bundle again when no run is writing there"
        case .notEncodable(let reason): "the bundle has no JSON form: \(reason)"
        }
    }
}
