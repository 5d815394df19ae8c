import Foundation
import Randomness
import Testing

@testable import Inference

@Suite("Writing JSON byte by byte")
struct JSONTextTests {
    private func written(_ write: (inout JSONText) -> Void) -> [UInt8] {
        var text = JSONText()
        write(&text)
        return text.bytes
    }

    @Test(
        "every scalar survives a string", arguments: [0..<0x300, 0x2000..<0x2100, 0xFFF0..<0x10010, 0x1F980..<0x1F990])
    func strings(scalars: Range<UInt32>) throws {
        let text = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
        let bytes = written { $0.string(text) }
        let read = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? String
        #expect(read.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
        var own: String?
        try bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            own = try scanner.readString()
            try scanner.finish()
        }
        #expect(own.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }

    @Test("the shortest escapes are fixed, because requests are hashed")
    func escapes() {
        #expect(written { $0.string("a\"b\\c/\n\u{1f}é") } == Array(#""a\"b\\c/\u000a\u001fé""#.utf8))
        #expect(written { $0.string("") } == Array("\"\"".utf8))
    }

    @Test("numbers read back to the same bits")
    func numbers() throws {
        var generator = SeededGenerator(seed: 13, stream: "numbers")
        for _ in 0..<500 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            let bytes = written { $0.number(value) }
            // Foundation's JSONSerialization rounds the last digit differently on Linux, so it is no oracle here.
            var read: Double?
            try bytes.withUnsafeBufferPointer { buffer in
                var scanner = JSONScanner(buffer)
                read = try scanner.readDouble()
                try scanner.finish()
            }
            #expect(read == value, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(Double(String(decoding: bytes, as: UTF8.self)) == value)
        }
        #expect(written { $0.integers([] as [Int32]) } == Array("[]".utf8))
        #expect(written { $0.integers([.min, -1, 0, .max]) } == Array("[-2147483648,-1,0,2147483647]".utf8))
        #expect(written { $0.integer(UInt64.max) } == Array("18446744073709551615".utf8))
    }
}
