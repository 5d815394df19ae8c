import Foundation
import Synchronization
import Testing

/// One audit of the planted model that several tests look at.
struct PlantedRun: Sendable {
    let command: AuditCommand
    let ending: Ending

    /// Arguments that every printing of the verdict shares.
    static let printing = ["--json", "--by", "repetitions", "--exit-code"]

    /// The audit, made once.
    static func shared() async throws -> PlantedRun { try await start.value }

    private static let start = Task {
        let scratch = try Scratch()
        folder.withLock { $0 = scratch.path }
        // The folder has to outlive every test, so it is removed when the process ends.
        atexit { PlantedRun.folder.withLock { $0.map { try? FileManager.default.removeItem(atPath: $0) } } }
        keeper.withLock { $0 = scratch }
        var command = try scratch.demoAudit(documents: 60)
        command.options = printing + ["--slots", "8"]
        return PlantedRun(command: command, ending: try await rote(command.arguments()))
    }
    private static let folder = Mutex<String?>(nil)
    private static let keeper = Mutex<Scratch?>(nil)
}
