import Yams

/// A configuration file: one flat YAML mapping from the names of long flags to values.
struct ConfigFile: Sendable {
    /// A value as it is written, with the line where it stands.
    struct Entry: Sendable, Equatable {
        enum Value: Sendable, Equatable {
            case scalar(String)
            case list([String])
        }

        let value: Value
        let line: Int
    }

    let path: String
    let entries: [String: Entry]

    /// Reads and checks a file of at most one mebibyte.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - knownKeys: The names of all long flags, without dashes.
    ///   - secretKeys: The names of secrets, which are refused.
    /// - Throws: ``SettingsError`` naming the line.
    init(path: String, knownKeys: [String], secretKeys: [String]) throws(SettingsError) {
        let text: String
        do {
            text = try readSmallFile(path, limit: 1 << 20)
        } catch {
            throw .unreadableFile(path: path, reason: error.reason)
        }
        try self.init(path: path, text: text, knownKeys: knownKeys, secretKeys: secretKeys)
    }

    init(path: String, text: String, knownKeys: [String], secretKeys: [String]) throws(SettingsError) {
        self.path = path
        guard let root = try Self.compose(text, path: path) else {
            entries = [:]
            return
        }
        guard case .mapping(let mapping) = root else {
            throw .malformedFile(
                path: path, line: root.mark?.line, problem: "expected lines of the form \"flag-name: value\"")
        }
        var entries: [String: Entry] = [:]
        for (keyNode, valueNode) in mapping {
            let line = keyNode.mark?.line ?? 1
            guard case .scalar(let keyScalar) = keyNode else {
                throw .malformedFile(path: path, line: line, problem: "a key must be the name of a flag")
            }
            let key = keyScalar.string
            guard !secretKeys.contains(key) else { throw .secretInFile(path: path, line: line, key: key) }
            guard knownKeys.contains(key) else {
                throw .unknownKey(path: path, line: line, key: key, nearest: nearestName(to: key, among: knownKeys))
            }
            entries[key] = Entry(value: try Self.value(of: valueNode, key: key, path: path, line: line), line: line)
        }
        self.entries = entries
    }

    private static func compose(_ text: String, path: String) throws(SettingsError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                throw .malformedFile(path: path, line: mark.line, problem: "this is not YAML: \(problem)")
            case .duplicatedKeysInMapping(let duplicates, _):
                throw .duplicateKey(path: path, key: duplicates.sorted().first ?? "")
            default:
                throw .malformedFile(path: path, line: nil, problem: "this is not YAML: \(error)")
            }
        } catch {
            throw .malformedFile(path: path, line: nil, problem: "this is not YAML: \(error)")
        }
    }

    private static func value(
        of node: Node, key: String, path: String, line: Int
    ) throws(SettingsError) -> Entry.Value {
        switch node {
        case .scalar(let scalar):
            guard !isNull(scalar) else {
                throw .malformedFile(path: path, line: line, problem: "\"\(key)\" has no value: give one or remove it")
            }
            return .scalar(scalar.string)
        case .sequence(let sequence):
            var texts: [String] = []
            for element in sequence {
                guard case .scalar(let scalar) = element, !isNull(scalar) else {
                    throw .malformedFile(path: path, line: line, problem: "\"\(key)\" must be a list of plain values")
                }
                texts.append(scalar.string)
            }
            return .list(texts)
        case .mapping, .alias:
            throw .malformedFile(
                path: path, line: line, problem: "\"\(key)\" has values below it: the file must be flat")
        }
    }

    private static func isNull(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }
}
