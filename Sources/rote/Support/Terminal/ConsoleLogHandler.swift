import Logging

/// Sends the library's log events to the console, one line each.
struct ConsoleLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level

    private let label: String
    private let console: Console

    /// Creates the handler of one logger.
    ///
    /// - Parameters:
    ///   - label: The logger's label, shown with every event.
    ///   - console: Where events go; its verbosity sets the level: quiet shows errors, normal warnings, verbose
    ///     everything from debug on.
    init(label: String, console: Console) {
        self.label = label
        self.console = console
        logLevel =
            switch console.verbosity {
            case .quiet: .error
            case .normal: .warning
            case .verbose: .debug
            }
    }

    /// Makes the handler the one of every logger of the process; to be called once, when the verbosity is known.
    static func bootstrap(_ console: Console) {
        LoggingSystem.bootstrap { ConsoleLogHandler(label: $0, console: console) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { _, new in new }
        all.merge(event.metadata ?? [:]) { _, new in new }
        var text = "\(event.level) \(label): \(event.message)"
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            text += " \(key)=\(value)"
        }
        if let error = event.error {
            text += " error=\(error)"
        }
        console.writeError(sanitize(text))
    }
}
