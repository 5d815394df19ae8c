#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One run of the canonical encoder: turns values into nodes and remembers a misuse that could not be thrown.
final class JSONTreeEncoding {
    private(set) var misuse: CanonicalJSONError?

    func report(_ error: CanonicalJSONError) {
        misuse = misuse ?? error
    }

    func node<Value: Encodable>(for value: Value, at path: [any CodingKey]) throws -> JSONNode {
        let type: any Any.Type = Value.self
        if type == Date.self || type == Data.self || type == URL.self || type == Decimal.self {
            throw CanonicalJSONError.ambiguousType(path: dottedPath(path), type: "\(Value.self)")
        }
        let encoder = JSONTreeEncoder(encoding: self, codingPath: path)
        try value.encode(to: encoder)
        return encoder.finishedNode
    }

    func number(
        _ value: some BinaryFloatingPoint & CustomStringConvertible, at path: [any CodingKey]
    ) throws -> JSONNode {
        guard value.isFinite else {
            throw CanonicalJSONError.notFinite(path: dottedPath(path), value: value.description)
        }
        return .scalar(Array(value.description.utf8))
    }
}

/// The path of a member as a reader would write it, for example `plan.lengths.2`.
func dottedPath(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "the value" : path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
}

/// The encoder of one value, which becomes a scalar, an array or an object with the first container asked of it.
final class JSONTreeEncoder: Encoder {
    let encoding: JSONTreeEncoding
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private var node: JSONNode?

    init(encoding: JSONTreeEncoding, codingPath: [any CodingKey]) {
        self.encoding = encoding
        self.codingPath = codingPath
    }

    /// What has been encoded; a type that encodes nothing is an empty object.
    var finishedNode: JSONNode { node ?? .object(JSONObjectNode()) }

    func set(_ scalar: JSONNode) {
        if node != nil { encoding.report(.conflictingContainers(path: dottedPath(codingPath))) }
        node = scalar
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let object: JSONObjectNode
        if case .object(let existing) = node {
            object = existing
        } else {
            object = JSONObjectNode()
            set(.object(object))
        }
        return KeyedEncodingContainer(
            KeyedJSONContainer<Key>(encoding: encoding, codingPath: codingPath, object: object))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let array: JSONArrayNode
        if case .array(let existing) = node {
            array = existing
        } else {
            array = JSONArrayNode()
            set(.array(array))
        }
        return UnkeyedJSONContainer(encoding: encoding, codingPath: codingPath, array: array)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleJSONContainer(encoder: self)
    }
}

/// A position in an array, as a coding key for error messages.
struct JSONIndexKey: CodingKey {
    let intValue: Int?
    let stringValue: String

    init(_ index: Int) {
        intValue = index
        stringValue = String(index)
    }

    init?(intValue: Int) { self.init(intValue) }

    init?(stringValue: String) { nil }
}

/// The key under which `superEncoder()` without a key encodes, as `Codable` prescribes.
private struct JSONSuperKey: CodingKey {
    let intValue: Int? = nil
    let stringValue = "super"

    init() {}

    init?(intValue: Int) { nil }

    init?(stringValue: String) { nil }
}

private struct KeyedJSONContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: JSONTreeEncoding
    let codingPath: [any CodingKey]
    let object: JSONObjectNode

    private func put(_ value: JSONNode, _ key: any CodingKey) {
        object.members.append((key.stringValue, value))
    }

    func encodeNil(forKey key: Key) { put(.null, key) }
    func encode(_ value: Bool, forKey key: Key) { put(.bool(value), key) }
    func encode(_ value: String, forKey key: Key) { put(.string(value), key) }
    func encode(_ value: Double, forKey key: Key) throws {
        put(try encoding.number(value, at: codingPath + [key]), key)
    }
    func encode(_ value: Float, forKey key: Key) throws { put(try encoding.number(value, at: codingPath + [key]), key) }
    func encode(_ value: Int, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: Int8, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: Int16, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: Int32, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: Int64, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: UInt, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: UInt8, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: UInt16, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: UInt32, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: UInt64, forKey key: Key) { put(.number(value), key) }
    func encode(_ value: some Encodable, forKey key: Key) throws {
        put(try encoding.node(for: value, at: codingPath + [key]), key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        let nested: JSONObjectNode
        if case .object(let existing) = object.latest(key.stringValue) {
            nested = existing
        } else {
            nested = JSONObjectNode()
            put(.object(nested), key)
        }
        return KeyedEncodingContainer(
            KeyedJSONContainer<Nested>(encoding: encoding, codingPath: codingPath + [key], object: nested))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let nested: JSONArrayNode
        if case .array(let existing) = object.latest(key.stringValue) {
            nested = existing
        } else {
            nested = JSONArrayNode()
            put(.array(nested), key)
        }
        return UnkeyedJSONContainer(encoding: encoding, codingPath: codingPath + [key], array: nested)
    }

    func superEncoder() -> any Encoder { deferred(JSONSuperKey()) }
    func superEncoder(forKey key: Key) -> any Encoder { deferred(key) }

    private func deferred(_ key: any CodingKey) -> any Encoder {
        let encoder = JSONTreeEncoder(encoding: encoding, codingPath: codingPath + [key])
        put(.pending(encoder), key)
        return encoder
    }
}

private struct UnkeyedJSONContainer: UnkeyedEncodingContainer {
    let encoding: JSONTreeEncoding
    let codingPath: [any CodingKey]
    let array: JSONArrayNode

    var count: Int { array.elements.count }

    private var elementPath: [any CodingKey] { codingPath + [JSONIndexKey(count)] }

    private func put(_ value: JSONNode) { array.elements.append(value) }

    func encodeNil() { put(.null) }
    func encode(_ value: Bool) { put(.bool(value)) }
    func encode(_ value: String) { put(.string(value)) }
    func encode(_ value: Double) throws { put(try encoding.number(value, at: elementPath)) }
    func encode(_ value: Float) throws { put(try encoding.number(value, at: elementPath)) }
    func encode(_ value: Int) { put(.number(value)) }
    func encode(_ value: Int8) { put(.number(value)) }
    func encode(_ value: Int16) { put(.number(value)) }
    func encode(_ value: Int32) { put(.number(value)) }
    func encode(_ value: Int64) { put(.number(value)) }
    func encode(_ value: UInt) { put(.number(value)) }
    func encode(_ value: UInt8) { put(.number(value)) }
    func encode(_ value: UInt16) { put(.number(value)) }
    func encode(_ value: UInt32) { put(.number(value)) }
    func encode(_ value: UInt64) { put(.number(value)) }
    func encode(_ value: some Encodable) throws { put(try encoding.node(for: value, at: elementPath)) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        let path = elementPath
        let nested = JSONObjectNode()
        put(.object(nested))
        return KeyedEncodingContainer(KeyedJSONContainer<Nested>(encoding: encoding, codingPath: path, object: nested))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let path = elementPath
        let nested = JSONArrayNode()
        put(.array(nested))
        return UnkeyedJSONContainer(encoding: encoding, codingPath: path, array: nested)
    }

    func superEncoder() -> any Encoder {
        let encoder = JSONTreeEncoder(encoding: encoding, codingPath: elementPath)
        put(.pending(encoder))
        return encoder
    }
}

private struct SingleJSONContainer: SingleValueEncodingContainer {
    let encoder: JSONTreeEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil() { encoder.set(.null) }
    func encode(_ value: Bool) { encoder.set(.bool(value)) }
    func encode(_ value: String) { encoder.set(.string(value)) }
    func encode(_ value: Double) throws { encoder.set(try encoder.encoding.number(value, at: codingPath)) }
    func encode(_ value: Float) throws { encoder.set(try encoder.encoding.number(value, at: codingPath)) }
    func encode(_ value: Int) { encoder.set(.number(value)) }
    func encode(_ value: Int8) { encoder.set(.number(value)) }
    func encode(_ value: Int16) { encoder.set(.number(value)) }
    func encode(_ value: Int32) { encoder.set(.number(value)) }
    func encode(_ value: Int64) { encoder.set(.number(value)) }
    func encode(_ value: UInt) { encoder.set(.number(value)) }
    func encode(_ value: UInt8) { encoder.set(.number(value)) }
    func encode(_ value: UInt16) { encoder.set(.number(value)) }
    func encode(_ value: UInt32) { encoder.set(.number(value)) }
    func encode(_ value: UInt64) { encoder.set(.number(value)) }
    func encode(_ value: some Encodable) throws { encoder.set(try encoder.encoding.node(for: value, at: codingPath)) }
}
