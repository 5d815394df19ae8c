/// Where the value of a setting comes from.
enum SettingOrigin: Sendable, Equatable, CustomStringConvertible {
    case flag
    case environment(name: String)
    case file(path: String, line: Int)
    case fallback

    /// The origin as `--verbose` shows it.
    var description: String {
        switch self {
        case .flag: "command line"
        case .environment(let name): name
        case .file(let path, let line): "\(path):\(line)"
        case .fallback: "default"
        }
    }
}

/// A setting as it holds for this run: its value as text, and where it comes from.
struct ResolvedSetting: Sendable, Equatable {
    let key: String
    let value: String
    let origin: SettingOrigin
}
