import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The elements of an XML text, counted by an independent parser.
final class XMLParserCount: NSObject, XMLParserDelegate {
    private var counts: [String: Int] = [:]
    private(set) var isWellFormed = false

    init(_ text: String) {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        isWellFormed = parser.parse()
    }

    func count(_ name: String) -> Int { counts[name] ?? 0 }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        counts[elementName, default: 0] += 1
    }
}
