import Audit
import Statistics

/// Why a measurement could not be made.
enum CalibrationError: Error, CustomStringConvertible {
    /// The short way to a verdict and the decision do not agree.
    case shortcutDiffers(setting: String, run: Int, procedure: Procedure, shortcut: String, decision: String)
    /// A statistical procedure refused.
    case statistics(StatisticsError)
    /// Something in the harness itself.
    case harness(String)
    /// The command line means nothing.
    case usage(String)
    /// The table could not be written.
    case notWritten(path: String, reason: String)

    var description: String {
        switch self {
        case .shortcutDiffers(let setting, let run, let procedure, let shortcut, let decision):
            "\(setting), run \(run), alpha \(procedure.alpha), stopping \(procedure.stopping.rawValue): the short way says "
                + "\(shortcut), the decision \(decision); mend Judge.swift, which must not differ"
        case .statistics(let error): "a statistical procedure refused simulated data: \(error)"
        case .harness(let reason): "the harness is broken: \(reason)"
        case .usage(let reason): reason
        case .notWritten(let path, let reason): "\(path) could not be written: \(reason); choose another --out"
        }
    }
}
