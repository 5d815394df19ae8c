import ArgumentParser
import Inference
import Measurement

/// Which models are measured, side by side.
struct TargetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A model to measure, as NAME=URL of a running server or NAME=FILE.gguf; repeat it.", valueName: "name=where"
        ))
    var target: [String] = []

    /// The ways to all models, in the order in which they were given.
    ///
    /// - Parameter servers: The other settings of servers, and the one model of --server or --model.
    func resolve(
        _ settings: inout SettingsSource, _ servers: ServerOptions
    ) throws -> [(name: TargetName, access: ServerAccess)] {
        let targets = try settings.resolve(target, key: "target", default: [])
        guard !targets.isEmpty else { return [(TargetName(rawValue: "model"), try servers.resolve(&settings))] }
        guard servers.server.isEmpty, servers.model == nil else {
            throw ValidationError("give either --target, or --server or --model")
        }
        var found: [(name: TargetName, access: ServerAccess)] = []
        for target in targets {
            let parts = target.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[1].isEmpty, Self.isName(parts[0]) else {
                throw ValidationError(
                    "--target \(target): give NAME=URL or NAME=FILE.gguf; a name has letters, digits, -, _ and .")
            }
            let name = TargetName(rawValue: parts[0])
            guard !found.contains(where: { $0.name == name }) else {
                throw ValidationError("--target \(target): two models are called \(name)")
            }
            let isURL = parts[1].hasPrefix("http://") || parts[1].hasPrefix("https://")
            found.append(
                (
                    name,
                    try servers.access(
                        to: isURL ? [try ServerAddress(parts[1])] : [], model: isURL ? nil : parts[1], &settings)
                ))
        }
        return found
    }

    /// Names become names of directories.
    private static func isName(_ text: String) -> Bool {
        !text.hasPrefix(".") && text.wholeMatch(of: /[A-Za-z0-9._-]{1,80}/) != nil
    }
}
