import Foundation

/// Where the tests find what they test, and what they test it with.
enum Places {
    /// The folder of the package's manifest.
    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// All corpora with their models.
    static let corpora = "\(package)/Corpora"

    /// The demo corpus with its models.
    static let demo = "\(corpora)/harbour-gazette"

    /// The built binary, which lies in the products folder beside the test bundle.
    static let rote: String = {
        // The bundle may be the running executable (Linux) or an argument of the program that loads it (macOS).
        let candidates = [Bundle.main.executablePath ?? ""] + CommandLine.arguments
        for candidate in candidates where candidate.hasPrefix("/") || candidate.hasPrefix(".") {
            var folder = URL(fileURLWithPath: candidate).resolvingSymlinksInPath().deletingLastPathComponent()
            while folder.path != "/" {
                let program = folder.appendingPathComponent("rote").path
                var isDirectory: ObjCBool = false
                if FileManager.default.fileExists(atPath: program, isDirectory: &isDirectory), !isDirectory.boolValue {
                    return program
                }
                folder = folder.deletingLastPathComponent()
            }
        }
        return "\(package)/.build/debug/rote"
    }()
}
