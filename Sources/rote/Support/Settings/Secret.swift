/// A text that is sent to a server and never written anywhere: printing or encoding it by accident shows a placeholder.
struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself; to be used only where it is sent.
    let exposed: String

    init(_ text: String) {
        exposed = text
    }

    var description: String { "(secret)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(reflecting: description) }
}
