/// The value of a metadata field by which documents are grouped, in the order in which groups are shown: numbers by
/// their size, then other values, and documents without the field last.
struct GroupValue: Hashable, Comparable {
    /// The value, or `nil` for documents without the field.
    let text: String?

    /// Looks a field up.
    ///
    /// - Parameters:
    ///   - field: The field; `name.year` asks for the first four digits of the value of `name` alone.
    ///   - fields: The fields of a document.
    init(_ field: String, in fields: [String: String]) {
        if let value = fields[field] {
            text = value
        } else if field.hasSuffix(Self.yearSuffix), let date = fields[String(field.dropLast(Self.yearSuffix.count))] {
            let digits = date.prefix(4)
            let isYear = digits.utf8.count == 4 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            text = isYear ? String(digits) : nil
        } else {
            text = nil
        }
    }

    private static let yearSuffix = ".year"

    private var order: (Int, Double, String) {
        guard let text else { return (2, 0, "") }
        if let number = Double(text), number.isFinite { return (0, number, text) }
        return (1, 0, text)
    }

    static func < (first: GroupValue, second: GroupValue) -> Bool { first.order < second.order }
}
