/// A text as a dictionary key that equals another only when the UTF-8 bytes agree.
struct ExactText: Hashable {
    let text: String

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        ExactText.hash(text, into: &hasher)
    }

    /// Feeds the UTF-8 bytes of a text and their number to a hasher.
    static func hash(_ text: String, into hasher: inout Hasher) {
        let utf8 = text.utf8
        hasher.combine(utf8.count)
        let wasContiguous: Void? = utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if wasContiguous == nil {
            for byte in utf8 { hasher.combine(byte) }
        }
    }
}
