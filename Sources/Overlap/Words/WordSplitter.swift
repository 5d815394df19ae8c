/// Splits a stream of scalars into words, looking one joining sign ahead.
struct WordSplitter {
    private var words: [Word] = []
    /// Where the next scalar, the word's first scalar and the end of its last one stand in the text.
    private var position = TextPosition()
    private var start = TextPosition()
    private var end = TextPosition()
    /// The word so far, in the first bytes of an array that only grows.
    private var spelling = [UInt8](repeating: 0, count: 64)
    private var spellingCount = 0
    private var fingerprint = WordSplitter.emptyFingerprint
    private var previous = ScalarRole.separator
    /// An apostrophe, point or comma that belongs to the word if the right kind of scalar follows.
    private var pending: (joiner: UInt8, needs: ScalarRole)?

    private static let emptyFingerprint: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Takes a whole text in UTF-8, for which runs of ASCII letters need few questions.
    mutating func consume(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if (byte | 0x20) &- 0x61 < 26, pending == nil, previous == .letter || previous == .separator {
                if spellingCount == 0 { start = position }
                previous = .letter
                place = consumeLetters(bytes, from: place)
            } else if byte < 0x80 {
                consume(Unicode.Scalar(byte))
                place += 1
            } else {
                let (scalar, width) = Self.scalar(in: bytes, at: place)
                consume(scalar)
                place += width
            }
        }
    }

    /// Returns the words that are complete so far and forgets them, so that a long text need not be held as words.
    mutating func takeWords() -> [Word] {
        defer { words.removeAll(keepingCapacity: true) }
        return words
    }

    /// Takes the ASCII letters from a place on, inside a word, and returns the place after them.
    private mutating func consumeLetters(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var place = start
        while place < bytes.count, (bytes[place] | 0x20) &- 0x61 < 26 { place += 1 }
        let count = place - start
        makeRoom(for: count)
        fingerprint = spelling.withUnsafeMutableBufferPointer { spelling in
            var fingerprint = fingerprint
            for offset in 0..<count {
                let letter = bytes[start + offset] | 0x20
                spelling[spellingCount + offset] = letter
                fingerprint = Self.extended(fingerprint, by: letter)
            }
            return fingerprint
        }
        spellingCount += count
        position = TextPosition(scalar: position.scalar + count, byte: position.byte + count)
        end = position
        return place
    }

    /// Decodes the scalar of more than one byte at a place of valid UTF-8.
    private static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> (Unicode.Scalar, width: Int) {
        let lead = UInt32(bytes[place])
        let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = lead & (0x7F >> UInt32(width))
        for offset in 1..<width where place + offset < bytes.count {
            value = value << 6 | UInt32(bytes[place + offset] & 0x3F)
        }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
    }

    /// Takes the next scalar of the text.
    mutating func consume(_ scalar: Unicode.Scalar) {
        defer { position = position.after(scalar) }
        if previous == .letter, pending == nil, (scalar.value | 0x20) &- 0x61 < 26 {
            // The inside of most words needs no further questions.
            spell(UInt8(truncatingIfNeeded: scalar.value | 0x20))
            end = position.after(scalar)
            return
        }
        let role = ScalarRole(of: scalar)
        switch role {
        case .ignorable:
            return
        case .letter, .digit:
            if previous == .ideograph { close() }
            if let (joiner, needs) = pending {
                if role == needs { spell(joiner) } else { close() }
                pending = nil
            }
            extend(scalar)
            previous = role
        case .mark:
            // A mark belongs to what is before it; after a separator it stands for itself.
            if pending != nil { close() }
            extend(scalar)
            if previous == .separator { previous = .letter }
        case .ideograph:
            close()
            extend(scalar)
            previous = .ideograph
        case .apostrophe where previous == .letter && pending == nil:
            pending = (UInt8(ascii: "'"), .letter)
        case .numberSeparator where previous == .digit && pending == nil:
            pending = (UInt8(truncatingIfNeeded: scalar.value), .digit)
        case .apostrophe, .numberSeparator, .separator:
            close()
        }
    }

    /// Ends the text and returns its words.
    mutating func finish() -> [Word] {
        close()
        return words
    }

    private mutating func extend(_ scalar: Unicode.Scalar) {
        if spellingCount == 0 { start = position }
        end = position.after(scalar)
        if scalar.value < 0x80 {
            let isUpperCase = scalar.value &- 0x41 < 26
            spell(UInt8(truncatingIfNeeded: scalar.value) | (isUpperCase ? 0x20 : 0))
        } else if scalar.properties.changesWhenLowercased {
            for byte in scalar.properties.lowercaseMapping.utf8 { spell(byte) }
        } else {
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { spell(byte) }
        }
    }

    private mutating func spell(_ byte: UInt8) {
        makeRoom(for: 1)
        spelling[spellingCount] = byte
        spellingCount += 1
        fingerprint = Self.extended(fingerprint, by: byte)
    }

    private mutating func makeRoom(for count: Int) {
        let missing = spellingCount + count - spelling.count
        if missing > 0 { spelling.append(contentsOf: repeatElement(0, count: max(missing, spelling.count))) }
    }

    /// FNV-1a.
    private static func extended(_ fingerprint: UInt64, by byte: UInt8) -> UInt64 {
        (fingerprint ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    private mutating func close() {
        if spellingCount > 0 {
            let text = spelling.withUnsafeBufferPointer { spelling in
                String(decoding: UnsafeBufferPointer(rebasing: spelling[..<spellingCount]), as: UTF8.self)
            }
            words.append(
                Word(
                    text: text, scalars: start.scalar..<end.scalar, utf8: start.byte..<end.byte,
                    fingerprint: fingerprint))
            spellingCount = 0
            fingerprint = Self.emptyFingerprint
        }
        pending = nil
        previous = .separator
    }
}

/// A place in a text in both units.
private struct TextPosition {
    var scalar = 0
    var byte = 0

    func after(_ next: Unicode.Scalar) -> TextPosition {
        TextPosition(scalar: scalar + 1, byte: byte + UTF8.width(next))
    }
}
