/// Gathers the documents of a source, and drops or refuses those that a corpus must not hold.
struct DocumentCollector {
    private(set) var documents: [Document] = []
    private var notices: [CorpusNotice] = []
    private var places: [DocumentID: DocumentSource] = [:]
    private var names: [ExactText: DocumentID] = [:]
    private var withCarriageReturn: [DocumentID] = []
    private var withNull: [DocumentID] = []

    /// Adds a document, unless it is empty or repeats the text of an earlier one, which is noted instead.
    mutating func add(_ document: Document) throws(CorpusError) {
        if let first = places.updateValue(document.source, forKey: document.id) {
            throw .duplicateID(document.id, first: first, second: document.source)
        }
        guard document.text.unicodeScalars.contains(where: { !$0.isSpace }) else {
            note(.emptyDocumentDropped(document.id, document.source))
            return
        }
        let text = ExactText(text: document.text)
        if let kept = names[text] {
            note(.duplicateTextDropped(dropped: document.id, at: document.source, kept: kept))
            return
        }
        names[text] = document.id
        if document.text.utf8.contains(0x0D) { withCarriageReturn.append(document.id) }
        if document.text.utf8.contains(0) { withNull.append(document.id) }
        documents.append(document)
    }

    /// Records something that happened.
    mutating func note(_ notice: CorpusNotice) {
        notices.append(notice)
    }

    /// The corpus, with notices on kept characters gathered at the end.
    func corpus(readFrom source: CorpusSource, files: [ReadFile]) throws(CorpusError) -> LoadedCorpus {
        guard !documents.isEmpty else { throw .noDocuments(path: source.description) }
        var notices = notices
        if !withCarriageReturn.isEmpty { notices.append(.carriageReturnsKept(withCarriageReturn)) }
        if !withNull.isEmpty { notices.append(.nullCharactersKept(withNull)) }
        return LoadedCorpus(documents: documents, notices: notices, files: files)
    }
}
