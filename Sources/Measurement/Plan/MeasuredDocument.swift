import Corpus
import Inference

/// A document that takes part in a measurement.
public struct MeasuredDocument: Sendable {
    /// The arm that the document belongs to.
    public let arm: Arm
    /// The document.
    public let document: Document
    /// Its text as the model's tokenizer sees it.
    public let tokens: TokenizedText
    /// Its windows.
    public let windows: [GridWindow]
    /// Where the units of the grid and the tokens stand.
    let borders: UnitBorders

    /// The places of one window, in tokens and bytes.
    func place(_ index: Int) -> WindowPlace {
        let window = windows[index]
        let border = window.start + window.prefixLength
        let prefix = borders.tokens(of: window.start..<border)
        let suffix = borders.tokens(of: border..<border + window.suffixLength)
        return WindowPlace(
            window: window, prefixTokens: prefix, suffixTokens: suffix,
            prefixBytes: borders.bytes(ofTokens: prefix), suffixBytes: borders.bytes(ofTokens: suffix))
    }

    /// The text of a stretch of bytes; a character that is cut becomes a replacement character.
    func text(_ bytes: Range<Int>) -> String {
        String(decoding: document.text.utf8.dropFirst(bytes.lowerBound).prefix(bytes.count), as: UTF8.self)
    }
}

/// Where a window stands in its document.
struct WindowPlace: Sendable {
    let window: GridWindow
    let prefixTokens: Range<Int>
    let suffixTokens: Range<Int>
    let prefixBytes: Range<Int>
    let suffixBytes: Range<Int>
}

/// One question: a window of a document with what is put around its prefix.
public struct MeasurementProbe: Hashable, Sendable {
    /// Index into the prepared documents.
    public let document: Int
    /// Index of the window within its document.
    public let window: Int
    /// Index into the plan's elicitations.
    public let elicitation: Int
}
