import Foundation
import Testing

@testable import Corpus

/// Every way in which a source can be refused, with the exact line that people will read.
@Suite struct CorpusErrorTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Reads a file and returns the error's line, with the temporary folder's path taken out.
    private func refusal(
        _ path: String, _ options: ReadingOptions = ReadingOptions()
    ) -> String {
        do throws(CorpusError) {
            let corpus = try CorpusReader.read(.path(path), options: options)
            Issue.record("read \(corpus.documents.count) documents from \(path)")
            return ""
        } catch {
            #expect(!error.description.contains("\n"))
            return error.description.replacingOccurrences(of: folder.path, with: "DIR")
        }
    }

    private func refusal(
        of content: String, in name: String = "c.jsonl", _ options: ReadingOptions = ReadingOptions()
    ) throws -> String {
        refusal(try folder.write(content, to: name), options)
    }

    @Test(arguments: [
        (
            "[{\"text\": 1}]",
            "DIR/c.jsonl:1:1: not a JSON object on one line: the line begins an array; write one object per line (jq -c '.[]' does); correct the line."
        ),
        (
            "{\"text\": \"x\"}\n\"x\"",
            "DIR/c.jsonl:2:1: not a JSON object on one line: expected an object, which begins with {; correct the line."
        ),
        (
            "{\"text\": \"éé\" \"b\": 1}",
            "DIR/c.jsonl:1:15: not a JSON object on one line: expected , or } after the value; correct the line."
        ),
        (
            "{\"text\": \"open",
            "DIR/c.jsonl:1:10: not a JSON object on one line: the string that begins here does not end on this line; correct the line."
        ),
        (
            "{\"text\": \"a\tb\"}",
            "DIR/c.jsonl:1:12: not a JSON object on one line: a control character in a string must be written as an escape; correct the line."
        ),
        (
            "{\"text\": \"\\x\"}",
            "DIR/c.jsonl:1:12: not a JSON object on one line: unknown escape; a backslash is written as two; correct the line."
        ),
        (
            "{\"text\": \"\\u12g4\"}",
            "DIR/c.jsonl:1:15: not a JSON object on one line: expected four hexadecimal digits after \\u; correct the line."
        ),
        (
            "{\"text\": \"x\"} {}",
            "DIR/c.jsonl:1:15: not a JSON object on one line: expected the line to end after the object; correct the line."
        ),
        (
            "{\"text\": \"x\", \"n\": 01}",
            "DIR/c.jsonl:1:21: not a JSON object on one line: expected , or } after the value; correct the line."
        ),
        (
            "{\"text\": \"x\", \"n\": NaN}",
            "DIR/c.jsonl:1:20: not a JSON object on one line: expected a value; correct the line."
        ),
        (
            "{\"text\": \"x\", \"n\": -}",
            "DIR/c.jsonl:1:20: not a JSON object on one line: expected a value; correct the line."
        ),
        (
            "{\"text\": \"x\", \"n\": 1.}",
            "DIR/c.jsonl:1:22: not a JSON object on one line: expected a digit after the decimal point; correct the line."
        ),
        (
            "{\"text\": \"x\", \"n\": tru}",
            "DIR/c.jsonl:1:20: not a JSON object on one line: expected a value; correct the line."
        ),
        (
            "{\"text\": \"x\",}",
            "DIR/c.jsonl:1:14: not a JSON object on one line: expected a field name in double quotes; correct the line."
        ),
        (
            "{\n  \"text\": \"x\"\n}",
            "DIR/c.jsonl:1:2: not a JSON object on one line: the line ends before the object does; correct the line."
        ),
        (
            "{\"text\": \"x\", \"text\": \"y\"}",
            "DIR/c.jsonl:1:15: not a JSON object on one line: the field \"text\" appears twice; correct the line."
        ),
        (
            "{\"body\": \"x\", \"id\": 1}",
            "DIR/c.jsonl:1: the record has no field \"text\"; name the field that holds the text, there are \"body\", \"id\"."
        ),
        ("{}", "DIR/c.jsonl:1: the record has no field \"text\"; name the field that holds the text, there are none."),
        (
            "{\"text\": [\"x\"]}",
            "DIR/c.jsonl:1: the field \"text\" is an array, not a string; name the field that holds the text."
        ),
        (
            "{\"text\": null}",
            "DIR/c.jsonl:1: the field \"text\" is null, not a string; name the field that holds the text."
        ),
        (
            "{\"text\": \"x\", \"id\": true}",
            "DIR/c.jsonl:1: the field \"id\" is a truth value; a name must be a string or a number."
        ),
        (
            "{\"text\": \"x\", \"id\": 1}\n\n{\"text\": \"y\", \"id\": \"1\"}",
            "DIR/c.jsonl:3: the name \"1\" was already used at DIR/c.jsonl:1; give every document its own name."
        ),
        ("", "DIR/c.jsonl: no document with text was found; check that it is the right file."),
        (" \n\n", "DIR/c.jsonl: no document with text was found; check that it is the right file."),
        ("{\"text\": \" \"}", "DIR/c.jsonl: no document with text was found; check that it is the right file."),
    ])
    func jsonLines(content: String, expected: String) throws {
        #expect(try refusal(of: content) == expected)
    }

    @Test(arguments: [
        (
            "id,body\n1,x",
            "DIR/c.csv:1: the header has no column \"text\"; name the right column, there are \"id\", \"body\"."
        ),
        ("id,text\n1,x\n2", "DIR/c.csv:3: not valid CSV: the record has 1 fields, the header 2; correct the record."),
        (
            "id,text\n1,\"x\ny",
            "DIR/c.csv:2: not valid CSV: the quoted field that begins on this line is never closed; correct the record."
        ),
        (
            "id,text\n1,\"x\"y",
            "DIR/c.csv:2: not valid CSV: text follows the closing quote of field 2; correct the record."
        ),
        ("text,a,a\nx,1,2", "DIR/c.csv:1: not valid CSV: the column \"a\" appears twice; correct the record."),
        (
            "id,text\n1,x\n1,y",
            "DIR/c.csv:3: the name \"1\" was already used at DIR/c.csv:2; give every document its own name."
        ),
        ("text", "DIR/c.csv: no document with text was found; check that it is the right file."),
    ])
    func csv(content: String, expected: String) throws {
        #expect(try refusal(of: content, in: "c.csv") == expected)
    }

    @Test func aNameFieldThatWasAskedForMustBeThere() throws {
        let options = ReadingOptions(idField: "url")
        #expect(
            try refusal(of: #"{"text": "x", "id": 1}"#, options)
                == "DIR/c.jsonl:1: the record has no \"url\", the field asked for as its name; add it to the record.")
        #expect(
            try refusal(of: "text\nx", in: "c.csv", options)
                == "DIR/c.csv:1: the header has no column \"url\"; name the right column, there are \"text\".")
        #expect(
            try refusal(of: "text,url\nx,", in: "c.csv", options)
                == "DIR/c.csv:2: the record has no \"url\", the field asked for as its name; add it to the record.")
    }

    @Test(arguments: [
        ([0x61, 0x0A, 0xFF] as [UInt8], 2, 2), ([0xC0, 0xAF], 0, 1), ([0x61, 0xED, 0xA0, 0x80], 1, 1),
        ([0xF4, 0x90, 0x80, 0x80], 0, 1), ([0xE2, 0x82], 0, 1), ([0xF0, 0x9F, 0xA6], 0, 1),
        (Array(repeating: 0x61, count: 100) + [0x80], 100, 1), ([0xE0, 0x80, 0x80], 0, 1), ([0xF8], 0, 1),
        (Array("é\n東\n🦊".utf8) + [0x0A, 0xC3], 12, 4),
    ])
    func invalidUTF8IsFound(bytes: [UInt8], offset: Int, line: Int) throws {
        #expect(
            refusal(try folder.write(bytes, to: "c.txt"))
                == "DIR/c.txt:\(line): byte \(offset) is not valid UTF-8; convert the file to UTF-8, for example with iconv."
        )
    }

    @Test func utf16IsRecognised() throws {
        let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0x00]
        #expect(
            refusal(try folder.write(bytes, to: "c.txt"))
                == "DIR/c.txt:1: byte 0 is not valid UTF-8; convert the file to UTF-8 (it looks like UTF-16: iconv -f UTF-16 -t UTF-8)."
        )
    }

    @Test func pathsThatCannotBeRead() throws {
        let path = folder.path
        #expect(refusal(path + "/nothing") == "DIR/nothing: no such file or directory; check the path.")
        #expect(refusal("") == ": no such file or directory; check the path.")
        #expect(refusal(path + "\0/x") == "DIR\0/x: no such file or directory; check the path.")
        let file = try folder.write("x", to: "data.bin")
        #expect(refusal(file + "/x.txt") == "DIR/data.bin/x.txt: no such file or directory; check the path.")
        #expect(
            refusal(file)
                == "DIR/data.bin: the suffix does not tell the format; rename the file to .jsonl, .csv or .txt, or state the format (jsonl, csv, text)."
        )
        #expect(
            refusal(path)
                == "DIR: the directory holds no .txt, .text or .md file (or those with .gz); name one that does, or a file."
        )
        #expect(
            refusal(path, ReadingOptions(format: .csv))
                == "DIR: is a directory, which is read as text files, not as csv; name the file itself.")
        if getuid() != 0 {
            let locked = try folder.write("x", to: "locked.txt")
            #expect(chmod(locked, 0) == 0)
            #expect(
                refusal(locked)
                    == "DIR/locked.txt: cannot be read (Permission denied); check that it is a readable file.")
        }
    }

    @Test func brokenGzip() throws {
        let noise = (0..<20_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) & 0x7F }
        let whole = try folder.bytes(of: folder.writeGzip(noise, to: "w.txt.gz"))
        for length in [2, 9, 10, 11, whole.count / 2, whole.count - 8, whole.count - 1] {
            let cut = try folder.write(Array(whole[..<length]), to: "cut.txt.gz")
            #expect(refusal(cut) == "DIR/cut.txt.gz: the gzip data ends too early; copy or download the file again.")
        }
        var flipped = whole
        flipped[whole.count - 6] ^= 1
        #expect(
            refusal(try folder.write(flipped, to: "crc.txt.gz"))
                == "DIR/crc.txt.gz: the gzip data is damaged (incorrect data check); copy or download the file again.")
        #expect(
            refusal(try folder.write(whole + [0x41, 0x42], to: "tail.txt.gz"))
                .hasPrefix("DIR/tail.txt.gz: the gzip data"))
    }

    @Test func aDecompressionBombStopsAtTheLimit() throws {
        let bomb = try folder.writeGzip([UInt8](repeating: 0x61, count: 3_000_000), to: "bomb.txt.gz")
        #expect(try folder.bytes(of: bomb).count < 10_000)
        #expect(
            refusal(bomb, ReadingOptions(maximumBytesPerFile: 1_000_000))
                == "DIR/bomb.txt.gz: holds more than 1000000 bytes after decompression; split the file or allow more bytes per file."
        )
        let plain = try folder.write("four", to: "plain.txt")
        #expect(refusal(plain, ReadingOptions(maximumBytesPerFile: 3)).contains("holds more than 3 bytes"))
        #expect(
            try CorpusReader.read(.path(plain), options: ReadingOptions(maximumBytesPerFile: 4)).documents.count == 1)
        #expect(refusal(plain, ReadingOptions(maximumBytesPerFile: -1)).contains("holds more than"))
        #expect(refusal("/dev/zero", ReadingOptions(maximumBytesPerFile: 100_000)).contains("holds more than"))
    }
}
