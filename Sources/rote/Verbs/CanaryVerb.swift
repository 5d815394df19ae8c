import ArgumentParser
import Canary

/// `rote canary`: random sentences that are planted now and tested for later.
struct CanaryVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canary",
        abstract: "Mint canaries to plant in a corpus, and test later whether a model was trained on them.",
        discussion: """
            A canary is a sentence with a random secret. Of each, many siblings are drawn alike and one, chosen at \
            random, is published. A model that was not trained on it has no way to prefer it to the others, so the \
            test is exact for every model.
            """,
        subcommands: [CanaryMintVerb.self, CanaryTestVerb.self])
}

extension CanaryError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch self {
        case .invalidOption, .samePath: .usage
        case .interrupted: .partial
        default: .error
        }
    }
}
