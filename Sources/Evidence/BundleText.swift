import Corpus
import Reports

/// The texts of a bundle that a person reads or runs.
enum BundleText {
    /// The description in plain words.
    static func readme(_ record: BundleRecord, absences: [Arm: String]) -> String {
        let windows = record.windows.map { window in
            let run = window.run.map { "\($0) of \(window.suffixTokens) tokens came back" } ?? "no reply was generated"
            let way = window.elicitation.map { " under \(visible($0, limit: 120))" } ?? ""
            return "  \(window.directory)  \(window.arm.rawValue) \(visible(window.document.rawValue, limit: 120)), "
                + "window \(window.window)\(way): \(run)"
        }.joined(separator: "\n")
        let missing = absences.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "The texts of the \($0.key.rawValue) documents are not here: \(visible($0.value)).\n" }
            .joined()
        return """
            Evidence from a run of \(visible(record.program, limit: 120))
            Model: \(visible(record.model, limit: 240))
            Verdict of the run: \(record.verdict)

            What this is
            Each directory below "windows" is one question that was put to the model. The model was given
            the tokens in request.json and asked for its most probable continuation. What came back is
            reply.txt; the text that follows in the document is source.txt, if the document was at hand.

              request.json       the exact body of the request (POST to the server's \(GreedyRequest.path))
              reply.txt          the recorded reply
              source.txt         the document's text at this place; bundle.json has its offsets and says
                                 whether the place is exact or estimated
              journal-line.json  the journal's record of this question, as it stands there

            \(missing)Single windows show what was asked and answered. They do not show that the corpus was
            memorized: that is decided by the tests of an audit, which compare many documents with held-out ones.

            How to check it
              sha256sum -c MANIFEST.sha256     every file is as it was written
              sha256sum windows/*/request.json the request's hash is "probe" in bundle.json, by which
                                               the journal names the question
              sh replay.sh SERVER              asks a server with the same model again (needs curl; with
                                               jq it also compares the answers)
            Each journal line carries the hash of the line before it, which is "previousChain" in
            bundle.json. The last hash of the whole journal is \(record.journal.lastChain)
            (\(record.journal.lines) lines, SHA-256 \(record.journal.sha256)).
            Answers may differ in places where two tokens are almost equally probable: servers batch
            requests, and other builds or hardware round differently.

            Windows
            \(windows)

            """
    }

    /// A POSIX shell script that asks a server again.
    static func script(_ record: BundleRecord) -> String {
        let server = record.windows.first { !$0.server.isEmpty }?.server ?? "http://127.0.0.1:8080"
        let directories = record.windows.map(\.directory)
        return """
            #!/bin/sh
            # Asks a server again: sh replay.sh [SERVER [DIRECTORY FOR THE ANSWERS]]
            set -eu
            recorded=\(ShellWords.line([server]))
            server=${1:-$recorded}
            here=$(cd "$(dirname "$0")" && pwd)
            answers=${2:-$(mktemp -d)}
            mkdir -p "$answers"
            for window in \(ShellWords.line(directories)); do
                answer="$answers/$(basename "$window").json"
                curl -sS --fail-with-body -H 'Content-Type: application/json' \\
                    --data-binary "@$here/$window/\(BundleLayout.request)" "$server\(GreedyRequest.path)" > "$answer"
                if [ -f "$here/$window/\(BundleLayout.reply)" ] && command -v jq > /dev/null; then
                    if jq -j .content "$answer" | cmp -s - "$here/$window/\(BundleLayout.reply)"; then
                        echo "$window: the recorded reply again"
                    else
                        echo "$window: another reply"
                    fi
                else
                    echo "$window: answered"
                fi
            done
            echo "The answers are in $answers"

            """
    }
}
