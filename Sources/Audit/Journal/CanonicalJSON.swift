/// The one way Rote writes JSON that is hashed: the same value gives the same bytes on every platform.
///
/// - Object members are sorted by the UTF-8 bytes of their keys; there is no white space.
/// - Strings escape only `"`, `\` and the control characters below U+0020 (short forms `\b \t \n \f \r`, otherwise
///   `\u00xx` in lower case); everything else, slashes included, is written as it is in UTF-8.
/// - Integers are exact. Floating-point numbers are the shortest decimals that read back as the same number, as
///   Swift's `description` prints them (`1.0`, `0.1`, `1e-05`); no locale is consulted.
/// - Infinities and not-a-number have no JSON form and are refused: a record that may hold them says how it writes them.
/// - Dates, data, URLs and decimals are refused too, because their JSON forms differ between libraries: a record
///   holds them as text.
public enum CanonicalJSON {
    /// Encodes a value as canonical JSON.
    ///
    /// - Parameter value: Any encodable value; `nil` members that its `encode(to:)` leaves out are left out.
    /// - Returns: UTF-8 bytes without a line feed anywhere in them.
    /// - Throws: ``CanonicalJSONError`` naming the path of the member that cannot be written.
    /// - Complexity: O(*n* log *m*) for *n* bytes of output and at most *m* members per object.
    public static func encode(_ value: some Encodable) throws(CanonicalJSONError) -> [UInt8] {
        let encoding = JSONTreeEncoding()
        let root: JSONNode
        do {
            root = try encoding.node(for: value, at: [])
        } catch let error as CanonicalJSONError {
            throw error
        } catch {
            throw .refusedByType(type: "\(type(of: value))", reason: "\(error)")
        }
        if let misuse = encoding.misuse {
            throw misuse
        }
        var bytes: [UInt8] = []
        root.append(to: &bytes)
        return bytes
    }
}

/// Why a value has no canonical JSON form.
public enum CanonicalJSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A floating-point member is infinite or not a number.
    case notFinite(path: String, value: String)
    /// A member has a type whose JSON form depends on the library that writes it.
    case ambiguousType(path: String, type: String)
    /// The type's own `encode(to:)` asked for two kinds of container at one place.
    case conflictingContainers(path: String)
    /// The type's own `encode(to:)` threw an error.
    case refusedByType(type: String, reason: String)

    /// One line that names the member and says what to do.
    public var description: String {
        switch self {
        case .notFinite(let path, let value):
            "\(path) is \(value), which JSON cannot hold: write it as null or as text"
        case .ambiguousType(let path, let type):
            "\(path) is a \(type), whose JSON form differs between libraries: write it as text"
        case .conflictingContainers(let path):
            "\(path) is encoded as two kinds of JSON value at once: correct the type's encode(to:)"
        case .refusedByType(let type, let reason):
            "a value of type \(type) refused to be encoded: \(reason)"
        }
    }
}
