/// Tells how two plans differ, for the message that refuses to continue a run with a changed plan.
public enum PlanDifference {
    /// Names the keys at which two canonical JSON objects differ.
    ///
    /// Numbers are compared as they are spelled, so 64-bit seeds that differ in the last bit differ here. Elements of
    /// arrays of equal length are compared one by one; arrays of different lengths differ as a whole.
    ///
    /// - Parameters:
    ///   - a: The recorded plan, from ``CanonicalJSON``.
    ///   - b: The plan of the present command.
    /// - Returns: One entry per difference, `key.with.dots: recorded → present`, sorted by key; a value is at most 40
    ///   characters, and `(absent)` where the key is missing. Empty exactly if the two are the same JSON value. If one
    ///   of the two is not a JSON object, the whole is one entry named `plan`.
    /// - Complexity: O(*n* log *n*) in the plans' size.
    public static func keys(_ a: [UInt8], _ b: [UInt8]) -> [String] {
        if a == b { return [] }
        guard let left = JSONTree(a), let right = JSONTree(b), case .object = left, case .object = right else {
            return ["plan: \(shortened(a)) → \(shortened(b))"]
        }
        var differences: [String] = []
        compare(left, right, at: "", into: &differences)
        return differences.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func compare(
        _ left: JSONTree?, _ right: JSONTree?, at key: String, into differences: inout [String]
    ) {
        if left == right { return }
        switch (left, right) {
        case (.object(let leftMembers), .object(let rightMembers)):
            let leftValues = byKey(leftMembers)
            let rightValues = byKey(rightMembers)
            for name in Set(leftValues.keys).union(rightValues.keys) {
                let text = String(decoding: name, as: UTF8.self)
                let path = key.isEmpty ? text : "\(key).\(text)"
                compare(leftValues[name], rightValues[name], at: path, into: &differences)
            }
        case (.array(let leftElements), .array(let rightElements)) where leftElements.count == rightElements.count:
            for (index, pair) in zip(leftElements, rightElements).enumerated() {
                compare(pair.0, pair.1, at: "\(key).\(index)", into: &differences)
            }
        default:
            let was = left.map { shortened($0.bytes) } ?? "(absent)"
            let now = right.map { shortened($0.bytes) } ?? "(absent)"
            differences.append("\(key): \(was) → \(now)")
        }
    }

    /// Keys are bytes here because `String` equality joins spellings that are two keys in JSON.
    private static func byKey(_ members: [(key: String, value: JSONTree)]) -> [[UInt8]: JSONTree] {
        Dictionary(members.map { (Array($0.key.utf8), $0.value) }) { _, last in last }
    }

    private static func shortened(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.count <= 40 ? text : text.prefix(39) + "…"
    }
}
