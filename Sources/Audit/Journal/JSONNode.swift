/// A JSON value under construction: scalars are already written, containers may still grow.
enum JSONNode {
    case scalar([UInt8])
    case array(JSONArrayNode)
    case object(JSONObjectNode)
    /// The place of a value whose own encoder decides later what it is (`superEncoder()`).
    case pending(JSONTreeEncoder)

    static var null: JSONNode { .scalar(Array("null".utf8)) }

    static func bool(_ value: Bool) -> JSONNode {
        .scalar(Array((value ? "true" : "false").utf8))
    }

    static func number(_ value: some BinaryInteger & CustomStringConvertible) -> JSONNode {
        .scalar(Array(value.description.utf8))
    }

    static func string(_ value: String) -> JSONNode {
        var bytes: [UInt8] = []
        appendJSONString(value, to: &bytes)
        return .scalar(bytes)
    }

    /// Appends the canonical bytes of the value.
    func append(to bytes: inout [UInt8]) {
        switch self {
        case .scalar(let written):
            bytes += written
        case .array(let array):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in array.elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.sortedMembers().enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                appendJSONString(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .pending(let encoder):
            encoder.finishedNode.append(to: &bytes)
        }
    }
}

/// The elements of a JSON array in their order.
final class JSONArrayNode {
    var elements: [JSONNode] = []
}

/// The members of a JSON object in the order in which they were encoded.
final class JSONObjectNode {
    var members: [(key: String, value: JSONNode)] = []

    /// The container already encoded under a key, for types that open one twice.
    func latest(_ key: String) -> JSONNode? {
        members.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The members by the bytes of their keys; of members with equal keys the last one encoded stays.
    ///
    /// Keys are compared as bytes because `String` comparison treats canonically equivalent spellings as equal.
    func sortedMembers() -> [(key: String, value: JSONNode)] {
        let order = members.indices.sorted { left, right in
            let leftKey = members[left].key.utf8
            let rightKey = members[right].key.utf8
            if leftKey.lexicographicallyPrecedes(rightKey) { return true }
            if rightKey.lexicographicallyPrecedes(leftKey) { return false }
            return left < right
        }
        var sorted: [(key: String, value: JSONNode)] = []
        sorted.reserveCapacity(order.count)
        for index in order {
            if let last = sorted.last, last.key.utf8.elementsEqual(members[index].key.utf8) {
                sorted.removeLast()
            }
            sorted.append(members[index])
        }
        return sorted
    }
}

/// Appends a string in quotation marks with the escapes of ``CanonicalJSON``.
func appendJSONString(_ string: String, to bytes: inout [UInt8]) {
    let hexDigits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes += [UInt8(ascii: "\\"), byte]
        case 0x08: bytes += Array("\\b".utf8)
        case 0x09: bytes += Array("\\t".utf8)
        case 0x0a: bytes += Array("\\n".utf8)
        case 0x0c: bytes += Array("\\f".utf8)
        case 0x0d: bytes += Array("\\r".utf8)
        case 0..<0x20:
            bytes += Array("\\u00".utf8)
            bytes += [hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }
    bytes.append(UInt8(ascii: "\""))
}
