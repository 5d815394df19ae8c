import ArgumentParser
import Audit
import Foundation
import Inference
import Logging

/// Which servers do the work.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A running llama.cpp server, for example http://127.0.0.1:8080; repeat it to share the work.",
            valueName: "url"))
    var server: [String] = []

    @Option(help: ArgumentHelp("A .gguf file to start a server for.", valueName: "file"))
    var model: String?

    @Option(
        help: ArgumentHelp(
            "The llama-server program for --model, or a Python that has xllamacpp (default: ROTE_LLAMA_SERVER, PATH, "
                + ".venv).", valueName: "path"))
    var serverBinary: String?

    @Option(help: ArgumentHelp("Sequences worked on at once, per server.", valueName: "n"))
    var slots: Int?

    @Option(help: ArgumentHelp("Processor threads for --model.", valueName: "n"))
    var threads: Int?

    @Option(help: ArgumentHelp("A file that holds the servers' API key (or set ROTE_API_KEY).", valueName: "file"))
    var apiKeyFile: String?

    @Option(help: ArgumentHelp("Longest time to connect (default: 10s).", valueName: "time"))
    var connectTimeout: Duration?

    @Option(help: ArgumentHelp("Longest time for one answer (default: 5m).", valueName: "time"))
    var requestTimeout: Duration?

    @Option(
        help: ArgumentHelp(
            "Longest time to wait, in the middle of a run, for servers that are all gone (default: 1m).",
            valueName: "time"))
    var wait: Duration?

    /// Resolves everything and checks that there is something to work with.
    func resolve(_ settings: inout SettingsSource) throws -> ServerAccess {
        let urls = try settings.resolve(server, key: "server", default: [])
        let model = try settings.resolve(model, key: "model")
        guard urls.isEmpty != (model == nil) else {
            throw ValidationError(
                urls.isEmpty
                    ? "give a server: --server URL for a running one, or --model FILE.gguf to start one"
                    : "give either --server or --model, not both")
        }
        return try access(to: try urls.map { try ServerAddress($0) }, model: model, &settings)
    }

    /// The way to some servers, or to a model that one has to be started for, with everything else as it was set.
    func access(
        to addresses: [ServerAddress], model: String?, _ settings: inout SettingsSource
    ) throws -> ServerAccess {
        let requestTimeout = try settings.resolve(
            requestTimeout, key: "request-timeout", default: .seconds(300), expecting: "a time above zero",
            where: { $0 > .zero })
        let connectTimeout = try settings.resolve(
            connectTimeout, key: "connect-timeout", default: .seconds(10), expecting: "a time above zero",
            where: { $0 > .zero })
        return ServerAccess(
            addresses: addresses, model: model,
            serverBinary: try settings.resolve(serverBinary, key: "server-binary"),
            slots: try settings.resolve(
                slots, key: "slots", expecting: "1 to 512", where: { (1...512).contains($0) }),
            threads: try settings.resolve(
                threads, key: "threads", expecting: "1 to 1024", where: { (1...1024).contains($0) }),
            apiKey: try settings.apiKey(file: try settings.resolve(apiKeyFile, key: "api-key-file")),
            deadlines: Deadlines(connect: connectTimeout, attempt: requestTimeout, stall: requestTimeout),
            patience: try settings.resolve(wait, key: "wait", default: .seconds(60)))
    }
}
