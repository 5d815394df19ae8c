/// A chat prompt after the model's own template was applied: the text of the frame, and the places in it.
struct ChatFrame: Hashable {
    /// The frame from its first character to the opening of the model's answer.
    let parts: [TemplateText.Part]

    /// What happened to a message in a template.
    enum Damage: Hashable, Sendable {
        /// White space at its ends was removed.
        case trimmed
        /// It did not come back as it was given.
        case altered
        /// It is not there.
        case dropped
        /// It came more than once.
        case repeated
    }

    /// A message that did not survive the template.
    struct Failure: Error, Hashable {
        let role: ChatRole
        let damage: Damage
    }

    /// The messages with every place taken by a word that no template changes and no text contains.
    struct Question {
        /// One message, ready to be rendered.
        struct Message {
            let role: ChatRole
            let content: String
            let marks: [String]
        }

        let messages: [Message]
        private let parts: [String: TemplateText.Part]

        init(_ messages: [PromptMessage]) {
            let literals = messages.flatMap(\.content.parts).compactMap { part in
                if case .literal(let text) = part { text } else { nil }
            }
            // Letters and digits alone: templates trim white space and escape punctuation.
            var stem = "QxPlace"
            while literals.contains(where: { $0.contains(stem) }) { stem += "x" }
            var parts: [String: TemplateText.Part] = [:]
            self.messages = messages.map { message in
                var content = ""
                var marks: [String] = []
                for part in message.content.parts {
                    if case .literal(let text) = part {
                        content += text
                    } else {
                        let mark = "\(stem)\(parts.count)Q"
                        parts[mark] = part
                        marks.append(mark)
                        content += mark
                    }
                }
                return Message(role: message.role, content: content, marks: marks)
            }
            self.parts = parts
        }

        /// Finds the places again in what the model's template made of the messages.
        ///
        /// - Throws: ``Failure`` for the first message that did not come back whole: what would be asked would then
        ///   not be what the prompt says.
        func frame(in rendered: String) throws(Failure) -> ChatFrame {
            for message in messages {
                for mark in message.marks where rendered.ranges(of: mark).count > 1 {
                    throw Failure(role: message.role, damage: .repeated)
                }
                if let damage = message.damage(in: rendered) { throw Failure(role: message.role, damage: damage) }
            }
            var places: [(range: Range<String.Index>, part: TemplateText.Part)] = []
            for (mark, part) in parts {
                if let range = rendered.firstRange(of: mark) { places.append((range, part)) }
            }
            places.sort { $0.range.lowerBound < $1.range.lowerBound }
            var framed: [TemplateText.Part] = []
            var end = rendered.startIndex
            for place in places {
                framed += [.literal(String(rendered[end..<place.range.lowerBound])), place.part]
                end = place.range.upperBound
            }
            framed.append(.literal(String(rendered[end...])))
            return ChatFrame(parts: TemplateText(parts: framed).parts)
        }
    }
}

extension ChatFrame.Question.Message {
    fileprivate func damage(in rendered: String) -> ChatFrame.Damage? {
        let text = Array(rendered.utf8)
        if text.firstRange(of: Array(content.utf8)) != nil { return nil }
        let trimmed = content.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        if text.firstRange(of: Array(String(trimmed).utf8)) != nil { return .trimmed }
        let words = content.lowercased().split { !$0.isLetter && !$0.isNumber }
        let longest = words.max { $0.utf8.count < $1.utf8.count }
        let isPartlyThere = longest.map { rendered.lowercased().contains($0) } ?? false
        return isPartlyThere ? .altered : .dropped
    }
}
