internal import AccessModel

/// A notification as a message of RFC 5322, and who gets it.
package struct MailMessage: Hashable, Sendable {
    package var from: MailAddress
    package var recipients: [MailAddress]
    /// Headers and body, lines ended by CR LF, none of them beginning with a dot.
    package let bytes: [UInt8]

    /// `host` names this gateway in the text.
    package init(_ notification: ApprovalNotice, from: MailAddress, to recipients: [MailAddress], host: String) {
        self.from = from
        self.recipients = recipients
        let subject = "countersign: \(notification.event.title): \(notification.role) on \(notification.target)"
        let headers = [
            "From: Countersign <\(from)>",
            "To: \(recipients.map { "<\($0)>" }.joined(separator: ",\r\n "))",
            "Subject: \(MailMessage.ascii(subject))",
            "Date: \(MailMessage.date(notification.time))",
            // The same for each attempt: a mailbox shows one of them.
            "Message-ID: <\(notification.delivery)@\(from.domain)>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
        ]
        var text = headers.joined(separator: "\r\n") + "\r\n\r\n"
        text += Base64.text(Array(MailMessage.body(notification, host).utf8), lineLength: 76)
        bytes = Array(text.utf8)
    }

    /// One array of bytes, with the recipients in front, for a queue.
    package var encoded: [UInt8] {
        Array((recipients.map(\.description).joined(separator: ",") + "\n").utf8) + bytes
    }

    /// Nil for what `encoded` did not give.
    package init?(encoded: ArraySlice<UInt8>, from: MailAddress) {
        guard let end = encoded.firstIndex(of: 0x0A) else { return nil }
        let words = String(decoding: encoded[..<end], as: UTF8.self).split(separator: ",")
        recipients = words.compactMap { MailAddress(String($0)) }
        guard !recipients.isEmpty, recipients.count == words.count else { return nil }
        self.from = from
        bytes = Array(encoded[(end + 1)...])
    }

    private static func body(_ notification: ApprovalNotice, _ host: String) -> String {
        var lines = [notification.sentence, ""]
        lines += notification.facts.map { "\($0.name): \($0.value)" }
        lines.append("")
        let command = "countersign approvals show \(notification.approval)"
        lines.append(notification.link ?? "On the gateway's machine: \(command)")
        lines.append("An answer to this message reaches nobody. Look at what is asked for before you approve it.")
        lines.append("-- \r\n\(host)")
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// Names of roles and targets are ASCII; whatever else there might be must not end a header.
    private static func ascii(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x20...0x7E).contains($0) ? $0 : 0x3F }.prefix(200), as: UTF8.self)
    }

    /// RFC 5322 section 3.3: `Mon, 23 Nov 2026 22:13:47 +0000`.
    static func date(_ time: Timestamp) -> String {
        let text = time.description
        let fields = text.split { "-T:.Z".contains($0) }.map(String.init)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        guard fields.count >= 6, let month = Int(fields[1]), (1...12).contains(month) else { return text }
        // 1970-01-01 was a Thursday.
        let day = ((time.seconds / 86_400) % 7 + 7) % 7
        return "\(days[Int(day)]), \(fields[2]) \(months[month - 1]) \(fields[0]) "
            + "\(fields[3]):\(fields[4]):\(fields[5]) +0000"
    }
}
