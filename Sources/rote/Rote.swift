import ArgumentParser
import Audit
import Corpus
import Evidence
import Inference
import Measurement
import PrefixLearning
import Reports

/// The command line of Rote.
struct Rote: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "rote",
        abstract: "Has this language model memorized this corpus? An answer with a stated error rate.",
        discussion: """
            Every setting is taken from the flag, else from the variable ROTE_<FLAG>, else from the --config file, \
            else from its default.

            Exit status:
            \(ExitStatus.table)
            """,
        version: version,
        subcommands: [
            AuditVerb.self, LearnVerb.self, PlanVerb.self, DoctorVerb.self, MeasureVerb.self, AnalyzeVerb.self,
            ReportVerb.self,
            VerifyVerb.self,
            CanaryVerb.self,
            ComparisonVerb.self, OrderTestVerb.self,
        ])

    /// The status of errors that come from the library.
    static func status(of error: any Error) -> ExitStatus? {
        switch error {
        case let error as InferenceError:
            if error.isCancellation { return .partial }
            return error.mayPass ? .serverUnavailable : .error
        case AuditError.interrupted: return .partial
        case AuditError.invalidOption: return .usage
        case is ServerAddressError, is APIKeyError: return .usage
        case LearningError.budgetTooSmall: return .usage
        case is AuditError, is CorpusError, is JournalError, is ReportError: return .error
        case MeasurementError.interrupted: return .partial
        case MeasurementError.invalidOption: return .usage
        case is MeasurementError, is EvidenceError: return .error
        case is LearningError, is PromptError, is RaceError, is PolicyError, is RenderingError, is Leak: return .error
        default: return nil
        }
    }
}

@main
enum Main {
    static func main() { CommandRun.main(Rote.self, statusOf: Rote.status(of:)) }
}
