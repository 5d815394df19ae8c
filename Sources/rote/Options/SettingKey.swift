/// The names of all long flags that a configuration file or a `ROTE_*` variable may also set.
enum SettingKey {
    static let all = [
        "suspect", "control", "text-field", "id-field", "format",
        "server", "model", "server-binary", "slots", "threads", "api-key-file", "connect-timeout",
        "request-timeout", "wait",
        "alpha", "delta", "prefix-tokens", "suffix-tokens", "windows-per-document", "scored-tokens", "stopping",
        "staging",
        "strict", "negative-control", "seed", "resamples", "samples", "probability",
        "count", "references", "bits", "repetitions", "carrier", "secret", "publish", "commitment",
        "reference", "reference-model", "reference-server", "reference-api-key-file",
        "ignore-field", "shards", "places", "opening-tokens", "tail-tokens", "separator",
        "target", "preset", "prefix-lengths", "suffix-length", "words", "stride", "likelihood", "near-verbatim",
        "temperature",
        "prompt", "threshold-words", "draws", "search", "search-documents", "search-calls",
        "learn", "budget", "learning-share", "prompts", "inducer-server",
        "inducer-model", "inducer-trainer", "inducer-trainer-timeout",
        "run", "by", "json", "quiet", "verbose", "exit-code",
    ]
}
