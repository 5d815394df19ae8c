#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the journal of a run directory is.
func journalPath(in directory: String) -> String {
    directory + "/journal.jsonl"
}

extension UnsafeRawBufferPointer.SubSequence {
    /// The position of the next line feed, found by the C library because lines are many and long.
    func firstIndexOfLineFeed() -> Int? {
        let bytes = UnsafeRawBufferPointer(rebasing: self)
        guard let base = bytes.baseAddress, let found = memchr(base, Int32(UInt8(ascii: "\n")), bytes.count) else {
            return nil
        }
        return startIndex + (UnsafeRawPointer(found) - base)
    }
}
