internal import AccessModel
internal import AuditExport
internal import Crypto
internal import Foundation
internal import Logging
internal import NIOSSL
internal import Notifications
internal import PolicyEngine

extension ConfigurationResolver {
    /// Reads what a destination of notifications names. Throws one line that says what is wrong, and no secret.
    func notifications(
        _ notification: NotificationConfiguration,
        of configuration: Configuration,
        logger: Logger? = nil
    ) throws -> DestinationPlan {
        var unplaced = notification
        unplaced.place = Place(line: 0, column: 0)
        var hasher = SHA256()
        let base = GatewayCore.linkURL(configuration).map { "\($0)/approvals/" }
        hasher.update(data: Data("\(unplaced) \(base ?? "")".utf8))
        let filter = NoticeFilter(notification, base: base)
        let name = notification.name
        let failed = FailedDeliveries(path: "\(resolve(configuration.data))/notifications/\(name).failed")
        let onDrop: @Sendable (String, String, String) -> Void = { id, event, why in
            do {
                let isNew = try failed.note(delivery: id, event: event, cause: why, at: SystemClock.now())
                guard isNew else { return }
            } catch {
                logger?.error("it could not be noted", metadata: ["notification": "\(name)", "cause": "\(error)"])
            }
            logger?.error(
                "a notification was given up",
                metadata: ["notification": "\(name)", "delivery": "\(id)", "cause": "\(why)"]
            )
        }
        let onOld: @Sendable (ApprovalNotice) -> Void = { notice in
            onDrop(notice.delivery, notice.event.rawValue, "nobody could be told for a day")
        }
        let plan: DestinationPlan
        switch notification.destination {
        case .webhook(let webhook):
            let address = try address(webhook, name: name, &hasher)
            let format = WebhookFormat(rawValue: webhook.format.rawValue) ?? .json
            let patience = SharedPatience()
            plan = DestinationPlan(
                name: name,
                format: format.rawValue,
                address: "webhook \(address.shown)",
                mostEvents: 1,
                from: .now,
                fingerprint: "",
                encode: { event in
                    filter.notice(event, onOld: onOld).map {
                        Delivery.bytes(id: $0.delivery, event: $0.event.rawValue, body: format.body(of: $0))
                    }
                },
                makeSink: { WebhookSink(address, patience: patience) { onDrop($0.id, $0.event, $1) } }
            )
        case .smtp(let smtp):
            let address = try address(smtp, name: name, &hasher)
            let recipients = smtp.recipients
            let host = configuration.ledger.origin
            plan = DestinationPlan(
                name: name,
                format: "mail",
                address: "smtp \(smtp.address)",
                mostEvents: 1,
                from: .now,
                fingerprint: "",
                encode: { event in
                    filter.notice(event, onOld: onOld).flatMap {
                        ConfigurationResolver.mail($0, recipients, address.from, host)
                    }
                },
                makeSink: { SMTPSink(address) { onDrop($0.id, $0.event, $1) } }
            )
        }
        var done = plan
        done.fingerprint = hasher.finalize().map { String(format: "%02x", $0) }.joined()
        return done
    }

    /// Nil where nobody who is asked has an address.
    private static func mail(
        _ notice: ApprovalNotice,
        _ recipients: [Approver: [String]],
        _ from: MailAddress,
        _ host: String
    ) -> [UInt8]? {
        let named = recipients.map { ($0.key.description, $0.value) }
        let addresses = notice.approvers.flatMap { asked in named.filter { $0.0 == asked }.flatMap(\.1) }
        let unique = Set(addresses).sorted().compactMap { MailAddress($0) }
        guard !unique.isEmpty else { return nil }
        let message = MailMessage(notice, from: from, to: unique, host: host)
        return Delivery.bytes(id: notice.delivery, event: "", body: message.encoded)
    }

    private func address(
        _ webhook: NotificationConfiguration.Webhook,
        name: String,
        _ hasher: inout SHA256
    ) throws -> WebhookSink.Address {
        let url: String
        switch webhook.url {
        case .url(let text): url = text
        case .secret(let reference):
            url = try secret(reference)
            guard let parts = URLComponents(string: url), parts.scheme == "https", parts.host?.isEmpty == false,
                url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw Failure("notifications.\(name): the secret is no https URL") }
        }
        hasher.update(data: Data(url.utf8))
        let key = try webhook.secret.map { try secret($0) }
        if let key {
            guard key.utf8.count >= 16 else {
                throw Failure("notifications.\(name): the secret is shorter than 16 characters")
            }
            hasher.update(data: Data(key.utf8))
        }
        let ca = webhook.ca.map(resolve)
        if let ca { hasher.update(data: try contents(of: ca, name: name)) }
        let host = URLComponents(string: url)?.host ?? "?"
        return WebhookSink.Address(url: url, shown: host, ca: ca, secret: key.map { Array($0.utf8) })
    }

    private func address(
        _ smtp: NotificationConfiguration.SMTP,
        name: String,
        _ hasher: inout SHA256
    ) throws -> SMTPSink.Address {
        guard let from = MailAddress(smtp.from) else {
            throw Failure("notifications.\(name): from is no address of e-mail")
        }
        let credential = try smtp.credential.map {
            SMTPDialogue.Credential(user: $0.user, password: try secret($0.password))
        }
        if let credential { hasher.update(data: Data(credential.password.utf8)) }
        var address = SMTPSink.Address(
            host: smtp.address.host,
            port: smtp.address.port,
            security: SMTPDialogue.Security(rawValue: smtp.security.rawValue) ?? .starttls,
            credential: credential,
            from: from,
            greeting: "[127.0.0.1]"
        )
        guard smtp.security != .none else { return address }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = .fullVerification
        do {
            if let ca = smtp.ca {
                hasher.update(data: try contents(of: resolve(ca), name: name))
                tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(resolve(ca)))
            }
            address.tls = try NIOSSLContext(configuration: tls)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure("notifications.\(name): its authorities cannot be used: \(error)")
        }
        address.serverName = SourceAddress(smtp.address.host) == nil ? smtp.address.host : nil
        return address
    }

    private func contents(of path: String, name: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("notifications.\(name): \(path) cannot be read")
        }
        return data
    }
}
