/// What a llama.cpp server says about itself.
public struct ServerProperties: Hashable, Sendable, Codable {
    /// Number of sequences it works on at once.
    public let slots: Int
    /// Context length of one slot, in tokens.
    public let contextTokens: Int
    /// Path or name of the model, as the server gives it.
    public let model: String
    /// Build of the server, if it tells.
    public let build: String
    /// Number of tokens in the vocabulary, if it tells.
    public let vocabulary: Int?
    /// Number of parameters of the model, if it tells.
    public let parameters: Int?
    /// Size of the model in bytes, if it tells.
    public let modelBytes: Int?
    /// Whether a chat template is available.
    public let hasChatTemplate: Bool

    /// What must agree between servers that share one job.
    public var modelIdentity: String {
        let name = model.split(separator: "/").last.map(String.init) ?? model
        func show(_ number: Int?) -> String { number.map(String.init) ?? "?" }
        return "\(name) (\(show(parameters)) parameters, \(show(vocabulary)) tokens)"
    }
}

/// The fields of `GET /props` that are read.
struct PropsReply: Decodable {
    struct Defaults: Decodable { let n_ctx: Int? }
    let total_slots: Int
    let model_path: String?
    let build_info: String?
    let chat_template: String?
    let default_generation_settings: Defaults?
}

/// The fields of `GET /v1/models` that are read.
struct ModelsReply: Decodable {
    struct Model: Decodable {
        struct Meta: Decodable {
            let n_vocab: Int?
            let n_params: Int?
            let size: Int?
        }
        let id: String?
        let meta: Meta?
    }
    let data: [Model]
}
