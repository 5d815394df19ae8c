import ArgumentParser
import Audit
import Inference

/// Which model a target is compared with.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A .gguf file of a model that cannot have seen the suspect documents; the same audit is made of it, into "
                + "the directory reference of the run, and the two are compared.", valueName: "file"))
    var referenceModel: String?

    @Option(
        help: ArgumentHelp(
            "A running llama.cpp server with such a model; repeat it to share the work.", valueName: "url"))
    var referenceServer: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file that holds the reference servers' API key; the key of --server is never sent to them.",
            valueName: "file"))
    var referenceApiKeyFile: String?

    /// The way to the reference, or `nil` when none is asked for.
    ///
    /// - Parameter access: The way to the target, whose program, slots, threads and times hold for the reference too.
    func resolve(_ settings: inout SettingsSource, like access: ServerAccess) throws -> ServerAccess? {
        let urls = try settings.resolve(referenceServer, key: "reference-server", default: [])
        let model = try settings.resolve(referenceModel, key: "reference-model")
        let key = try settings.resolve(referenceApiKeyFile, key: "reference-api-key-file")
        guard model != nil || !urls.isEmpty else {
            guard key == nil else {
                throw ValidationError("--reference-api-key-file needs --reference-server")
            }
            return nil
        }
        guard model == nil || urls.isEmpty else {
            throw ValidationError("give either --reference-server or --reference-model, not both")
        }
        return ServerAccess(
            addresses: try urls.map { try ServerAddress($0) }, model: model, serverBinary: access.serverBinary,
            slots: access.slots, threads: access.threads, apiKey: try key.map { try APIKey(file: $0) },
            deadlines: access.deadlines, patience: access.patience)
    }

    /// Settles that a run with a reference asks about every document.
    ///
    /// - Parameters:
    ///   - options: What the user set about the audit.
    ///   - stopping: What the user said about ending early, if anything.
    /// - Throws: A usage error when the user asked for an early end.
    static func lookAtAll(_ options: inout AuditOptions, stopping: String?) throws {
        guard stopping != Stopping.early.rawValue else {
            throw ValidationError(
                "--stopping early cannot be had with a reference: a comparison looks at all documents")
        }
        options.stopping = .never
    }
}
