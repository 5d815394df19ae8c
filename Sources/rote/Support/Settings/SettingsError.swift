/// Why the settings cannot be used: one line that names the place and what was expected there.
enum SettingsError: ExitStatusProviding, Equatable, CustomStringConvertible {
    /// The configuration file cannot be read.
    case unreadableFile(path: String, reason: String)
    /// The configuration file is not YAML, or not a flat mapping.
    case malformedFile(path: String, line: Int?, problem: String)
    /// A key that no flag has.
    case unknownKey(path: String, line: Int, key: String, nearest: String?)
    /// A key that stands twice in the file.
    case duplicateKey(path: String, key: String)
    /// A secret in a file that is meant to be shared.
    case secretInFile(path: String, line: Int, key: String)
    /// A value of the wrong type or out of range; `value` is shortened.
    case wrongValue(key: String, origin: SettingOrigin, value: String, expected: String)
    /// A setting without which the verb cannot work.
    case missing(key: String)

    var exitStatus: ExitStatus { .usage }

    var description: String {
        switch self {
        case .unreadableFile(let path, let reason):
            "cannot read the configuration file \(path): \(reason)"
        case .malformedFile(let path, let line, let problem):
            "\(path)\(line.map { ":\($0)" } ?? ""): \(problem)"
        case .unknownKey(let path, let line, let key, let nearest):
            "\(path):\(line): unknown key \"\(key)\""
                + (nearest.map { ": did you mean \"\($0)\"?" } ?? ": keys are the names of the long flags")
        case .duplicateKey(let path, let key):
            "\(path): the key \"\(key)\" stands there more than once: remove all but one"
        case .secretInFile(let path, let line, let key):
            "\(path):\(line): \"\(key)\" is a secret and does not belong in a configuration file: "
                + "set \(SettingsSource.environmentName(of: key)) or use --\(key)-file"
        case .wrongValue(let key, let origin, let value, let expected):
            switch origin {
            case .flag, .fallback: "--\(key) is \"\(value)\": expected \(expected)"
            case .environment(let name): "\(name) is \"\(value)\": expected \(expected)"
            case .file(let path, let line): "\(path):\(line): \"\(key)\" is \"\(value)\": expected \(expected)"
            }
        case .missing(let key):
            "--\(key) is needed: give it on the command line, as "
                + "\(SettingsSource.environmentName(of: key)), or in the configuration file"
        }
    }
}
