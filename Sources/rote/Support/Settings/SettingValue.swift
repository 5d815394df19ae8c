import ArgumentParser

/// A type that a setting can have, readable from the text of an environment variable or a configuration file.
protocol SettingValue: Sendable {
    /// What the text must be, to complete "expected …".
    static var expectation: String { get }

    /// Reads the text of an environment variable or a scalar of a configuration file; `nil` when it does not fit.
    init?(settingText text: String)

    /// Reads a sequence of a configuration file; `nil` for types that are not lists.
    init?(settingTexts texts: [String])

    /// Whether a flag with this value was not given at all: repeatable options are empty then.
    var isUnsetFlag: Bool { get }

    /// The value as a user would write it.
    var settingText: String { get }
}

extension SettingValue {
    init?(settingTexts texts: [String]) { nil }

    var isUnsetFlag: Bool { false }

    var settingText: String { "\(self)" }
}

extension String: SettingValue {
    static var expectation: String { "text" }

    init?(settingText text: String) { self = text }
}

extension Int: SettingValue {
    static var expectation: String { "a whole number" }

    init?(settingText text: String) { self.init(text) }
}

extension UInt64: SettingValue {
    static var expectation: String { "a whole number that is not negative" }

    init?(settingText text: String) { self.init(text) }
}

extension Double: SettingValue {
    static var expectation: String { "a number" }

    /// Decimal numbers only: no hexadecimal ones, no infinities, no `nan`.
    init?(settingText text: String) {
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text), value.isFinite
        else { return nil }
        self = value
    }
}

extension Bool: SettingValue {
    static var expectation: String { "true or false" }

    init?(settingText text: String) {
        switch text.lowercased() {
        case "true", "yes", "on", "1": self = true
        case "false", "no", "off", "0": self = false
        default: return nil
        }
    }
}

/// A list: repeated flags, commas in an environment variable, a sequence (or one value) in a configuration file.
extension [String]: SettingValue {
    static var expectation: String { "a list of texts" }

    init?(settingText text: String) {
        self = text.split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    }

    init?(settingTexts texts: [String]) { self = texts }

    var isUnsetFlag: Bool { isEmpty }

    var settingText: String { joined(separator: ",") }
}

/// A time: numbers with the units `ms`, `s`, `m`, `h` and `d`, largest first, for example `90s`, `1h30m`, `0.5s`.
extension Duration: SettingValue, @retroactive ExpressibleByArgument {
    static var expectation: String { "a duration such as 90s, 10m or 1h30m" }

    init?(settingText text: String) {
        let units: [(name: String, milliseconds: Double)] = [
            ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
        ]
        var rest = Substring(text)
        var milliseconds = 0.0
        var nextUnit = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let number = rest.prefix { "0123456789.".contains($0) }
            rest = rest.dropFirst(number.count)
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let value = Double(number), let unit = units.firstIndex(where: { $0.name == name }), unit >= nextUnit
            else { return nil }
            milliseconds += value * units[unit].milliseconds
            nextUnit = unit + 1
        }
        // A hundred years is no deadline, and far from what an integer of milliseconds can hold.
        guard milliseconds <= 100 * 366 * 86_400_000 else { return nil }
        self = .milliseconds(Int64(milliseconds.rounded()))
    }

    /// Reads a command-line argument.
    public init?(argument: String) { self.init(settingText: argument) }

    var settingText: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        if milliseconds == 0 { return "\(seconds)s" }
        return seconds == 0 ? "\(milliseconds)ms" : "\(seconds)s\(milliseconds)ms"
    }
}

extension Substring {
    /// The text without spaces and tabs at its ends.
    func trimmingSpaces() -> String {
        var trimmed = self
        while let first = trimmed.first, first.isWhitespace { trimmed.removeFirst() }
        while let last = trimmed.last, last.isWhitespace { trimmed.removeLast() }
        return String(trimmed)
    }
}
