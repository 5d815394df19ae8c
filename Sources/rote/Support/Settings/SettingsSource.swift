import Inference

/// Finds the value of every setting: flag, then `ROTE_*` environment variable, then configuration file, then default.
///
/// A verb declares its options as optionals, makes one source, and resolves each option by the name of its long flag:
///
///     var settings = try SettingsSource(environment: environment, configFile: config, knownKeys: keys)
///     let alpha = try settings.resolve(alpha, key: "alpha", default: 0.01,
///         expecting: "a number between 0 and 1", where: { $0 > 0 && $0 < 1 })
///
/// What was resolved, and from where, is in ``resolved`` for the plan and for `--verbose`.
struct SettingsSource: Sendable {
    /// The keys of secrets, which no configuration file may hold.
    static let secretKeys = ["api-key"]

    private let environment: [String: String]
    private let file: ConfigFile?
    private let knownKeys: [String]
    private var settings: [String: ResolvedSetting] = [:]

    /// Reads the configuration file, if there is one.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - configFile: The path given with `--config`; `ROTE_CONFIG` when it is `nil`.
    ///   - knownKeys: The names of the long flags of all verbs: one file may serve several verbs.
    /// - Throws: ``SettingsError`` for a file that cannot be read, is not a flat mapping, or has a key that is no flag.
    init(environment: [String: String], configFile: String?, knownKeys: [String]) throws(SettingsError) {
        self.environment = environment
        self.knownKeys = knownKeys
        if let path = configFile ?? environment["ROTE_CONFIG"], !path.isEmpty {
            file = try ConfigFile(path: path, knownKeys: knownKeys, secretKeys: Self.secretKeys)
        } else {
            file = nil
        }
    }

    /// The environment variable of a key: `run-dir` is `ROTE_RUN_DIR`.
    static func environmentName(of key: String) -> String {
        "ROTE_" + key.uppercased().map { $0 == "-" ? "_" : $0 }
    }

    /// Everything resolved so far, by key.
    var resolved: [ResolvedSetting] {
        settings.values.sorted { $0.key < $1.key }
    }

    /// Resolves a setting that has a default.
    ///
    /// - Parameters:
    ///   - flag: What the command line said; `nil`, or empty for a repeatable option, when it said nothing.
    ///   - key: The name of the long flag without dashes.
    ///   - fallback: The value when nobody said anything.
    ///   - expected: What a value must be, to complete "expected …"; the type's own words when `nil`.
    ///   - isValid: What a value must fulfil, whatever its origin.
    /// - Throws: ``SettingsError/wrongValue(key:origin:value:expected:)``.
    mutating func resolve<Value: SettingValue>(
        _ flag: Value?, key: String, default fallback: Value, expecting expected: String? = nil,
        where isValid: (Value) -> Bool = { _ in true }
    ) throws(SettingsError) -> Value {
        if let value = try resolve(flag, key: key, expecting: expected, where: isValid) { return value }
        settings[key] = ResolvedSetting(key: key, value: fallback.settingText, origin: .fallback)
        return fallback
    }

    /// Resolves a setting without a default; `nil` when nobody said anything.
    ///
    /// - Throws: ``SettingsError/wrongValue(key:origin:value:expected:)``.
    mutating func resolve<Value: SettingValue>(
        _ flag: Value?, key: String, expecting expected: String? = nil, where isValid: (Value) -> Bool = { _ in true }
    ) throws(SettingsError) -> Value? {
        precondition(knownKeys.contains(key), "\"\(key)\" is not among the known keys")
        let found = try find(flag, key: key, expected: expected ?? Value.expectation)
        guard let (value, origin) = found else { return nil }
        guard isValid(value) else {
            throw wrong(key, origin, value.settingText, expected ?? Value.expectation)
        }
        settings[key] = ResolvedSetting(key: key, value: value.settingText, origin: origin)
        return value
    }

    /// Resolves a setting without which the verb cannot work.
    ///
    /// - Throws: ``SettingsError/missing(key:)`` when nobody said anything, or as ``resolve(_:key:expecting:where:)``.
    mutating func require<Value: SettingValue>(
        _ flag: Value?, key: String, expecting expected: String? = nil, where isValid: (Value) -> Bool = { _ in true }
    ) throws(SettingsError) -> Value {
        guard let value = try resolve(flag, key: key, expecting: expected, where: isValid) else {
            throw .missing(key: key)
        }
        return value
    }

    /// The API key: the content of `--api-key-file`, or the variable `ROTE_API_KEY`.
    ///
    /// There is no `--api-key`, because every user of a machine can read the command lines on it.
    ///
    /// - Parameter file: What `--api-key-file` said, already resolved.
    /// - Throws: `APIKeyError` when the file or variable holds no usable key.
    func apiKey(file: String?) throws(APIKeyError) -> APIKey? {
        if let file { return try APIKey(file: file) }
        guard environment["ROTE_API_KEY"]?.isEmpty == false else { return nil }
        return try APIKey(variable: "ROTE_API_KEY", in: environment)
    }

    /// One sentence per `ROTE_*` variable that is no setting, so that a misspelt one is not silently without effect.
    ///
    /// - Parameter others: Variables that other parts of the program read.
    func unknownVariables(except others: [String] = ["ROTE_LLAMA_SERVER"]) -> [String] {
        let known = (knownKeys + Self.secretKeys + ["config"]).map(Self.environmentName) + others
        return environment.keys.filter { $0.hasPrefix("ROTE_") && !known.contains($0) }.sorted().map { name in
            let nearest = nearestName(to: String(name.dropFirst(5)), among: known.map { $0.dropFirst(5).lowercased() })
            let hint = nearest.map { ": did you mean ROTE_\($0.uppercased())?" } ?? ""
            return "the environment variable \(name) has no effect\(hint)"
        }
    }

    private func find<Value: SettingValue>(
        _ flag: Value?, key: String, expected: String
    ) throws(SettingsError) -> (value: Value, origin: SettingOrigin)? {
        if let flag, !flag.isUnsetFlag { return (flag, .flag) }
        let name = Self.environmentName(of: key)
        if let text = environment[name], !text.isEmpty {
            let origin = SettingOrigin.environment(name: name)
            guard let value = Value(settingText: text) else { throw wrong(key, origin, text, expected) }
            return (value, origin)
        }
        if let file, let entry = file.entries[key] {
            let origin = SettingOrigin.file(path: file.path, line: entry.line)
            switch entry.value {
            case .scalar(let text):
                guard let value = Value(settingTexts: [text]) ?? Value(settingText: text) else {
                    throw wrong(key, origin, text, expected)
                }
                return (value, origin)
            case .list(let texts):
                guard let value = Value(settingTexts: texts) else {
                    throw wrong(key, origin, "[" + texts.joined(separator: ", ") + "]", expected)
                }
                return (value, origin)
            }
        }
        return nil
    }

    private func wrong(_ key: String, _ origin: SettingOrigin, _ value: String, _ expected: String) -> SettingsError {
        let shortened = value.count <= 60 ? value : value.prefix(59) + "…"
        return .wrongValue(key: key, origin: origin, value: sanitize(String(shortened)), expected: expected)
    }
}
