/// The prompts of this folder, compiled into the program, so that it finds them wherever it is installed.
public enum CuratedPrompts {
    /// Name and JSON text of each file.
    public static var files: [(name: String, text: String)] {
        [
            ("news.json", PackageResources.news_json), ("prefills.json", PackageResources.prefills_json),
            ("requests.json", PackageResources.requests_json), ("roles.json", PackageResources.roles_json),
            ("starts.json", PackageResources.starts_json), ("web.json", PackageResources.web_json),
        ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
    }
}
