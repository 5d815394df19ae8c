import ArgumentParser
import Audit
import Canary
import Inference

/// `rote canary test`: asks a model about canaries.
struct CanaryTestVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Test whether a model was trained on canaries that were planted.",
        discussion: """
            Every sibling is scored, the published one among the others in random order. Repeating the command with \
            the same --run directory continues where it stopped and asks again what failed. Without --server and \
            --model the verdict on what the run directory holds is computed again. The server sees all siblings, and the run directory tells which one is published: show both only to \
            whom you trust, if you want to test later models with the same canaries.
            """)

    @Option(help: ArgumentHelp("The secret file, as `rote canary mint` wrote it.", valueName: "file"))
    var secret: String?

    @Option(
        help: ArgumentHelp(
            "The commitment that was made public; a secret file that does not match is refused.", valueName: "sha256"))
    var commitment: String?

    @OptionGroup(title: "Servers") var servers: ServerOptions

    @Option(help: ArgumentHelp("Probability of calling an innocent model guilty (default: 0.01).", valueName: "p"))
    var alpha: Double?

    @Flag(
        inversion: .prefixedNo,
        help: "One slot and no cache: slower, and the same numbers every time on the same machine.")
    var strict: Bool?

    @Option(help: ArgumentHelp("Seed of the order of the questions (default: 1).", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("The run directory, which holds the journal.", valueName: "directory"))
    var run: String?

    @Flag(inversion: .prefixedNo, help: "Let the exit status tell the verdict: 1 memorized, 4 inconclusive.")
    var exitCode: Bool?

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let path = try settings.require(secret, key: "secret")
        let directory = try settings.require(run, key: "run")
        let tellsVerdict = try settings.resolve(exitCode, key: "exit-code", default: false)
        let promised = try settings.resolve(commitment, key: "commitment").map { try Commitment($0) }
        let plan = try CanaryDesk.Settings(
            alpha: try settings.resolve(alpha, key: "alpha"),
            strictness: try settings.resolve(strict, key: "strict", default: false) ? .strict : .fast,
            seed: try settings.resolve(seed, key: "seed", default: 1))
        let access = try hasServers(&settings) || !hasJournal(directory) ? servers.resolve(&settings) : nil
        let secretFile = try SecretFile(path: path, commitment: promised)
        if promised == nil {
            console.warning(
                "the secret file is compared with itself only; give the published --commitment to show that it is the "
                    + "one that was minted before planting")
        }
        let desk = CanaryDesk(secretFile: secretFile, settings: plan, directory: directory, console: console)
        let record = if let access { try await desk.test(with: access) } else { try desk.recorded() }
        let verdict = try record.verdict()
        let event = CanaryVerdictEvent(verdict, record, comparedWithCommitment: promised != nil)
        if json {
            try console.data(String(decoding: try CanonicalJSON.encode(event), as: UTF8.self))
        } else {
            try console.data(CanaryVerdictText(verdict, record).lines.joined(separator: "\n"))
        }
        guard tellsVerdict else { return }
        throw verdict.answer == .memorized ? ExitStatus.memorized : ExitStatus.inconclusive
    }
    private func hasServers(_ settings: inout SettingsSource) throws -> Bool {
        let servers = try settings.resolve(servers.server, key: "server", default: [])
        return try settings.resolve(self.servers.model, key: "model") != nil || !servers.isEmpty
    }

    private func hasJournal(_ directory: String) throws -> Bool {
        try JournalReader(directory: directory).presence() == .present
    }
}
