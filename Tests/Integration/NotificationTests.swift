import Foundation
import Testing

extension Integration {
    @Suite("People are told of approvals while they are not looking")
    struct NotificationTests {
        private static let secret = "a secret of the tests"

        /// A receiver of webhooks and a server of mail, and a gateway that tells them.
        private struct Site: Sendable {
            var folder: URL
            var port: Int
            var mailPort: Int

            init() throws {
                folder = try Leash.makeFolder("notifications")
                port = try Machine.freePort()
                mailPort = try Machine.freePort()
            }

            private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

            func mode(_ mode: String) throws {
                try mode.write(to: folder.appending(path: "hooks.mode"), atomically: true, encoding: .utf8)
            }

            func receive() async throws -> ChildProcess {
                try await launch([
                    Machine.client("webhook_receiver.py"), "\(port)", path("hooks"), NotificationTests.secret,
                ])
            }

            func receiveMail() async throws -> ChildProcess {
                let pair = try await Testbed.shared.pki.server
                return try await launch([
                    Machine.client("mail_receiver.py"), "\(mailPort)", path("mails"), pair.certificate, pair.key, "cs",
                    "mail password",
                ])
            }

            private func launch(_ arguments: [String]) async throws -> ChildProcess {
                let log = folder.appending(path: "receiver-\(UInt32.random(in: 0...UInt32.max)).log")
                let process = try ChildProcess(Machine.python, arguments, log: log)
                try await Deadline.patient.wait("the receiver to listen") {
                    if let status = process.exitStatus {
                        throw HarnessError("it ended with \(status): \(process.logText)")
                    }
                    return process.logText.contains("listening") ? true : nil
                }
                return process
            }

            func lines(_ name: String) -> [JSONValue] {
                let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
                return text.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
            }

            /// What the receiver got of one approval: event, status.
            func wait(_ name: String = "hooks", for what: String, _ isIt: @Sendable (JSONValue) -> Bool) async throws
                -> JSONValue
            {
                try await Deadline.patient.wait(what) { lines(name).first(where: isIt) }
            }

            func start(mail: Bool = false) async throws -> GatewayProcess {
                let ca = try await Testbed.shared.pki.authority.certificate
                try NotificationTests.secret.write(
                    to: folder.appending(path: "secret"),
                    atomically: true,
                    encoding: .utf8
                )
                try "mail password".write(to: folder.appending(path: "mail"), atomically: true, encoding: .utf8)
                let smtp = """
                      mail:
                        smtp:
                          address: "localhost:\(mailPort)"
                          from: countersign@example.com
                          ca: \(ca)
                          credential: {user: cs, password: {file: \(path("mail"))}}
                          to: {"group:dba": [dba@example.com, gone@example.com]}
                    """
                return try await Testbed.shared.makeGateway {
                    $0.ledger = "  checkpoint: {every: 1s}"
                    $0.people = "  ana@example.com: {name: Ana Silva, groups: [dba]}"
                    $0.roles = NotificationTests.roles
                    $0.extra = """
                        notifications:
                          hook:
                            webhook: {url: "http://127.0.0.1:\(port)/", secret: {file: \(path("secret"))}}
                            events: [approval.requested, approval.escalated, approval.decided, approval.expired]
                        \(mail ? smtp : "")
                        """
                }
            }
        }

        private static let roles = """
              held:
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants:
                  - target: orders-db
                    hold: {delete: [public.orders], select: [public.orders]}
                    approval: {approvers: [local, "group:dba"], within: 12s, escalate: {after: 10s, to: [ana@example.com]}}
            """

        @Test("A signed webhook and a mail tell of a request, its escalation and its end, without the statement")
        func told() async throws {
            let site = try Site()
            let (hooks, mails) = (try await site.receive(), try await site.receiveMail())
            let gateway = try await site.start(mail: true)
            let sql = "DELETE FROM public.orders WHERE note = 'hunter2'"
            let done = try await gateway.psql(sql, as: "held")
            #expect(done.status != 0 && done.errors.contains("nobody approved it in time"), "\(done)")
            for event in ["approval.requested", "approval.escalated", "approval.expired"] {
                let hook = try await site.wait(for: event) { $0["event"] == .string(event) }
                #expect(hook["status"] == 200, "\(hook)")
                #expect(hook["body"].text?.contains("hunter2") == false)
            }
            let request = try #require(site.lines("hooks").first { $0["event"] == "approval.requested" })
            let body = try JSONValue(parsing: try #require(request["body"].text))
            #expect(body["role"] == "held" && body["target", "name"] == "orders-db")
            #expect(body["effects"] == ["delete public.orders", "select public.orders"], "\(body)")
            #expect(body["requester", "triggered_by"] == "bo")
            let mail = try await site.wait("mails", for: "a mail") { $0["subject"].text?.contains("requested") == true }
            #expect(mail["tls"] == true && mail["authenticated"] == true, "\(mail)")
            #expect(mail["to"] == ["dba@example.com"] && mail["from"] == "countersign@example.com", "\(mail)")
            #expect(mail["text"].text?.contains("delete public.orders") == true)
            #expect(mail["text"].text?.contains("hunter2") == false)
            let records = try await gateway.audit(["--kind", "approval.escalated"])
            #expect(records.count == 1 && records[0]["approval", "to"] == ["ana@example.com"], "\(records)")
            try await gateway.process.stop()
            try await hooks.stop(SIGKILL)
            try await mails.stop(SIGKILL)
        }

        @Test(
            "A receiver that fails, hangs or is away gets it later, also after kill -9 of the gateway; one that says no does not"
        )
        func retried() async throws {
            let site = try Site()
            let gateway = try await site.start()
            // Nobody is there.
            async let first = gateway.psql("DELETE FROM public.orders WHERE id = 741", as: "held")
            try await Deadline.patient.wait("a failure") {
                let status = try await gateway.countersign(["export", "status", "--json"]).checked().output
                return status.contains("\"failures\":0") ? nil : status.contains("notifications/hook") ? true : nil
            }
            #expect(try await gateway.console("/readyz").body.contains("notification hook"))
            try site.mode("hang")
            let hooks = try await site.receive()
            let hanging = try await site.wait(for: "a try") { $0["mode"] == "hang" }
            try await gateway.process.stop(SIGKILL)
            _ = try await first
            try site.mode("500")
            let next = try await GatewayProcess.run(gateway.configuration)
            let refused = try await site.wait(for: "another try") { $0["status"] == 500 }
            try site.mode("ok")
            let taken = try await site.wait(for: "the notification") { $0["status"] == 200 }
            #expect(taken["event"] == "approval.requested" && taken["body"] == refused["body"])
            #expect(taken["delivery"] == refused["delivery"] && taken["delivery"] == hanging["delivery"])
            for attempt in [hanging, refused, taken] {
                let signed = try #require(attempt["signature"].text?.dropFirst(2).prefix { $0 != "," })
                let age = Self.seconds(attempt["at"]) - (Double(signed) ?? 0)
                #expect((-1...3).contains(age), "each attempt is signed anew: \(attempt)")
            }
            try site.mode("410")
            let gone = try await held(742, next, site) { $0["status"] == 410 }
            try site.mode("ok")
            let later = try await held(743, next, site) { $0["status"] == 200 && $0["delivery"] != taken["delivery"] }
            #expect(later["delivery"] != gone["delivery"])
            let metrics = try await next.console("/metrics").body
            #expect(metrics.contains("countersign_notifications_total{notification=\"hook\"}"))
            try await next.process.stop()
            try await hooks.stop(SIGKILL)
        }

        @Test("One that refuses is asked a few times, then once for each, and whoever looks after it is told")
        func refuses() async throws {
            let site = try Site()
            let (hooks, gateway) = (try await site.receive(), try await site.start())
            try site.mode("403")
            let first = try await held(751, gateway, site) { $0["status"] == 403 }
            try await Deadline.patient.wait("it to be given up") {
                let status = try await gateway.countersign(["export", "status", "--json"]).checked().output
                return status.contains("\"given_up\":0") ? nil : true
            }
            #expect(site.lines("hooks").count { $0["delivery"] == first["delivery"] } == 4)
            #expect(try await gateway.console("/readyz").body.contains("refused and given up"))
            #expect(try await gateway.console("/metrics").body.contains("countersign_notifications_given_up_total"))
            let failed = gateway.configuration.data.appending(path: "notifications/hook.failed")
            #expect(try String(contentsOf: failed, encoding: .utf8).contains(try #require(first["delivery"].text)))
            try site.mode("429")
            let slow = try await held(752, gateway, site) { $0["status"] == 429 }
            let again = try await site.wait(for: "the next try") {
                $0["status"] == 429 && $0["at"] != slow["at"]
            }
            #expect(again["delivery"] == slow["delivery"])
            #expect(Self.seconds(again["at"]) - Self.seconds(slow["at"]) >= 0.95)
            try site.mode("ok")
            let taken = try await site.wait(for: "the notification") { $0["status"] == 200 }
            #expect(taken["delivery"] == slow["delivery"])
            try await Deadline.patient.wait("nothing to warn of") {
                try await gateway.console("/readyz").body.contains("refused") ? nil : true
            }
            try await gateway.process.stop()
            try await hooks.stop(SIGKILL)
        }

        private static func seconds(_ value: JSONValue) -> Double {
            switch value {
            case .integer(let seconds): Double(seconds)
            case .number(let seconds): seconds
            case .null, .boolean, .string, .array, .object: .nan
            }
        }

        /// Has a delete held until the receiver was told.
        private func held(
            _ id: Int,
            _ gateway: GatewayProcess,
            _ site: Site,
            _ isIt: @Sendable (JSONValue) -> Bool
        ) async throws -> JSONValue {
            async let result = gateway.psql("DELETE FROM public.orders WHERE id = \(id)", as: "held")
            let told = try await site.wait(for: "a notification", isIt)
            try await gateway.countersign(["approvals", "deny"]).checked()
            _ = try await result
            return told
        }
    }
}
