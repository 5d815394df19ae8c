#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The error objects that inference servers send.
enum ServerErrorBody {
    /// Bodies beyond this size are not error objects.
    private static let maximumBytes = 256 << 10

    /// Returns the server's own words.
    ///
    /// Reads `{"error":{"message":…}}` (llama.cpp, OpenAI, vLLM), `{"error":"…"}` (Ollama, TGI), `{"message":"…"}` and
    /// `{"detail":"…"}` (FastAPI).
    ///
    /// - Parameter body: The body of a reply with an error status.
    /// - Returns: The message, or nil if the body is no such object.
    static func message(in body: [UInt8]) -> String? {
        guard body.count <= maximumBytes, body.contains(UInt8(ascii: "{")) else { return nil }
        guard let object = try? JSONDecoder().decode(Object.self, from: Data(body)) else { return nil }
        return object.error?.text ?? object.message?.text ?? object.detail?.text
    }

    private struct Object: Decodable {
        var error: Words?
        var message: Words?
        var detail: Words?
    }

    /// A text, or an object that holds one; anything else counts as absent instead of spoiling the whole body.
    private struct Words: Decodable {
        var text: String?

        private enum Key: String, CodingKey {
            case message
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self.text = text
            } else if let object = try? decoder.container(keyedBy: Key.self) {
                text = try? object.decode(String.self, forKey: .message)
            }
        }
    }
}
