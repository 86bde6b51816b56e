internal import AccessModel

/// The body of a webhook.
package enum WebhookFormat: String, Hashable, Sendable, CaseIterable {
    /// The notification's members.
    case json
    /// A message for an incoming webhook of Slack: text, blocks, one button with the link.
    case slack
    /// A message for a workflow's webhook of Teams: an adaptive card with the link.
    case teams

    package func body(of notification: ApprovalNotice) -> [UInt8] {
        var json = JSONBytes(reserving: 1024)
        switch self {
        case .json: json.append(notification)
        case .slack: json.appendSlack(notification)
        case .teams: json.appendTeams(notification)
        }
        return json.bytes
    }
}

extension JSONBytes {
    fileprivate mutating func append(_ notification: ApprovalNotice) {
        appendRaw("{")
        member("event")
        append(notification.event.rawValue)
        member("delivery")
        append(notification.delivery)
        member("time")
        append(notification.time.description)
        member("approval")
        appendRaw("{")
        member("id")
        append(notification.approval)
        member("kind")
        append(notification.kind)
        member("state")
        append(notification.state)
        member("approvers")
        append(notification.approvers)
        member("expires")
        append(notification.expires)
        appendRaw("}")
        member("role")
        append(notification.role)
        member("target")
        appendRaw("{")
        member("name")
        append(notification.target)
        member("database")
        append(notification.database)
        appendRaw("}")
        member("effects")
        append(notification.effects)
        member("more_effects")
        append(Int64(notification.moreEffects))
        member("requester")
        appendRaw("{")
        member("subject")
        append(notification.subject)
        member("triggered_by")
        append(notification.triggeredBy)
        member("repository")
        append(notification.repository)
        member("commit")
        append(notification.commit)
        appendRaw("}")
        member("answer")
        if let answer = notification.answer {
            appendRaw("{")
            member("person")
            append(notification.person)
            member("answer")
            append(answer)
            appendRaw("}")
        } else {
            appendNull()
        }
        member("link")
        append(notification.link)
        appendRaw("}")
    }

    // MARK: Slack

    fileprivate mutating func appendSlack(_ notification: ApprovalNotice) {
        let sentence = JSONBytes.slackText(notification.sentence)
        appendRaw("{")
        member("text")
        append(sentence)
        member("blocks")
        appendRaw("[")
        appendSection(sentence)
        appendRaw(",")
        let facts = notification.facts.map { "*\($0.name)*  \(JSONBytes.slackText($0.value))" }
        appendSection(facts.joined(separator: "\n"))
        if let link = notification.link {
            appendRaw(",{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"text\":")
            appendRaw("{\"type\":\"plain_text\",\"text\":\"Look at it\"},\"url\":")
            append(link)
            appendRaw("}]}")
        }
        appendRaw("]}")
    }

    private mutating func appendSection(_ text: String) {
        appendRaw("{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":")
        append(String(text.prefix(2900)))
        appendRaw("}}")
    }

    /// Slack's three characters with a meaning; what is left of its markup is kept from pairing by a space of no width.
    private static func slackText(_ text: String) -> String {
        text.reduce(into: "") { out, character in
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "*", "_", "~", "`", "@": out += "\u{200B}\(character)"
            default: out.append(character)
            }
        }
    }

    // MARK: Teams

    fileprivate mutating func appendTeams(_ notification: ApprovalNotice) {
        appendRaw("{\"type\":\"message\",\"attachments\":[{")
        appendRaw("\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"contentUrl\":null,\"content\":{")
        appendRaw("\"$schema\":\"http://adaptivecards.io/schemas/adaptive-card.json\",\"type\":\"AdaptiveCard\",")
        appendRaw("\"version\":\"1.4\",\"body\":[{\"type\":\"TextBlock\",\"wrap\":true,\"weight\":\"Bolder\",\"text\":")
        append(JSONBytes.teamsText(notification.sentence))
        appendRaw("},{\"type\":\"FactSet\",\"facts\":[")
        for (index, fact) in notification.facts.enumerated() {
            if index > 0 { appendRaw(",") }
            appendRaw("{")
            member("title")
            append(fact.name)
            member("value")
            append(JSONBytes.teamsText(fact.value))
            appendRaw("}")
        }
        appendRaw("]}]")
        if let link = notification.link {
            appendRaw(",\"actions\":[{\"type\":\"Action.OpenUrl\",\"title\":\"Look at it\",\"url\":")
            append(link)
            appendRaw("}]")
        }
        appendRaw("}}]}")
    }

    /// A card's text is Markdown: what has a meaning there is escaped.
    private static func teamsText(_ text: String) -> String {
        text.reduce(into: "") { out, character in
            if "\\`*_{}[]()<>#+!|~".contains(character) { out.append("\\") }
            out.append(character)
        }
    }
}
