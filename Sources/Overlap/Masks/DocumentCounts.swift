/// In how many documents each hash was seen, documents coming one after the other.
struct DocumentCounts {
    private struct Entry {
        var hash: UInt64
        /// The document that was counted last; −1 marks an empty slot.
        var document: Int32
        var count: Int32
    }

    private var entries = [Entry](repeating: Entry(hash: 0, document: -1, count: 0), count: 1024)
    private var used = 0

    /// Counts a hash for a document, once however often it stands there.
    mutating func count(_ hash: UInt64, in document: Int) {
        let document = Int32(truncatingIfNeeded: document)
        let slot = slot(of: hash)
        if entries[slot].document < 0 {
            entries[slot] = Entry(hash: hash, document: document, count: 1)
            used += 1
            if used * 3 > entries.count * 2 { grow() }
        } else if entries[slot].document != document {
            entries[slot].document = document
            entries[slot].count += 1
        }
    }

    /// The hashes seen in at least so many documents, ascending.
    func hashes(inAtLeast documents: Int) -> [UInt64] {
        entries.lazy.filter { Int($0.count) >= documents }.map(\.hash).sorted()
    }

    private func slot(of hash: UInt64) -> Int {
        let mask = entries.count - 1
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
        while entries[slot].document >= 0, entries[slot].hash != hash { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = entries
        entries = Array(repeating: Entry(hash: 0, document: -1, count: 0), count: old.count * 2)
        for entry in old where entry.document >= 0 { entries[slot(of: entry.hash)] = entry }
    }
}
