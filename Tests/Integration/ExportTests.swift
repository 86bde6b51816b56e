import Foundation
import Testing

extension Integration {
    @Suite("Export to other systems")
    struct ExportTests {
        @Test(
            "Through kills of the receiver and of the gateway under load every event arrives over TLS, in order after repeats"
        )
        func survivesKills() async throws {
            let bed = try await Testbed.shared
            let site = try await ExportSite(bed.pki)
            var receiver = try await site.start()
            let gateway = try await bed.makeGateway { $0.extra = site.configuration() }
            async let load = site.load(gateway, seconds: 12)
            try await site.wait("the first events") { site.lines.count > 50 }
            try await receiver.stop(SIGKILL)
            try await site.wait("the loss") { try await site.status(gateway, "siem")["connected"] == false }
            receiver = try await site.start()
            let before = site.lines.count
            try await site.wait("events after the receiver's death") { site.lines.count > before + 50 }
            try await gateway.process.stop(SIGKILL)
            _ = try await load
            let second = try await GatewayProcess.run(gateway.configuration)
            for number in 1...5 { try await second.psql("SELECT \(number) FROM public.orders").checked() }
            try await site.caughtUp(second)

            let received = site.identifiers(site.lines)
            let kept = site.identifiers(try site.fileLines())
            #expect(received.first == kept.first)
            #expect(received == kept, "\(received.count) over TLS, \(kept.count) in the file")
            let exported = try await second.countersign(["audit", "export"]).checked().output
            let recorded = Set(site.identifiers(exported.split(separator: "\n").map(String.init)))
            #expect(
                recorded.isSubset(of: Set(received)),
                "\(recorded.subtracting(received).count) records never arrived"
            )
            try await second.process.stop()
            let status = try await second.countersign(["export", "status", "--json"]).checked().output
            #expect(status.contains("\"connected\":false") && status.contains("\"name\":\"siem\""))
            try await receiver.stop(SIGKILL)
        }

        @Test(
            "A receiver with a certificate of somebody else's gets nothing, and the reason is told; the right one gets all"
        )
        func refusesCertificates() async throws {
            let bed = try await Testbed.shared
            let site = try await ExportSite(bed.pki)
            for pair in [bed.pki.elsewhere, bed.pki.stranger] {
                let receiver = try await site.start(pair)
                let gateway = try await bed.makeGateway { $0.extra = site.configuration() }
                try await site.wait("the refusal") {
                    try await site.status(gateway, "siem")["failures"] != 0
                }
                let status = try await site.status(gateway, "siem")
                #expect(status["connected"] == false)
                #expect(status["last_error"].text?.contains("certificate") == true, "\(status)")
                #expect(site.lines.isEmpty)
                try await gateway.psql("SELECT 1").checked()
                let metrics = try await gateway.console("/metrics").body
                #expect(metrics.contains("countersign_export_connected{export=\"siem\"} 0"))
                #expect(metrics.contains("countersign_export_failures_total{export=\"siem\"}"))
                try await gateway.process.stop()
                try await receiver.stop(SIGKILL)
            }
            // The gateways before this one have written to that site's archive.
            let right = try await ExportSite(bed.pki)
            let receiver = try await right.start()
            let gateway = try await bed.makeGateway { $0.extra = right.configuration() }
            try await right.caughtUp(gateway)
            #expect(!right.lines.isEmpty)
            try await gateway.process.stop()
            try await receiver.stop(SIGKILL)
        }

        @Test(
            "While a receiver takes nothing commands go on and the lag shows; then all of it arrives; files turn at their size"
        )
        func waitsForStalled() async throws {
            let bed = try await Testbed.shared
            let site = try await ExportSite(bed.pki)
            try Data().write(to: site.stall)
            let receiver = try await site.start()
            let gateway = try await bed.makeGateway { $0.extra = site.configuration(bytes: "64KiB") }
            let text = String(repeating: "x", count: 20_000)
            let script = (1...500).map { "SELECT id FROM public.orders WHERE note = '\($0) \(text)';" }.joined(
                separator: "\n"
            )
            try await gateway.psql(script).checked()
            try await site.wait("the lag") { try await site.status(gateway, "siem")["lag_records"] != 0 }
            try await gateway.psql("SELECT 1").checked()
            #expect(
                try await gateway.console("/metrics").body.contains("countersign_export_lag_seconds{export=\"siem\"}")
            )
            try FileManager.default.removeItem(at: site.stall)
            try await site.caughtUp(gateway)
            #expect(site.identifiers(site.lines).count >= 502)
            #expect(site.identifiers(site.lines) == site.identifiers(try site.fileLines()))
            #expect(try site.files().count > 5)
            for file in try site.files() { #expect(try Data(contentsOf: file).last == 0x0A) }
            try await gateway.process.stop()
            try await receiver.stop(SIGKILL)
        }

        @Test(
            "Posts are told again until they are taken, with the header that a secret holds; a reload adds and removes"
        )
        func posts() async throws {
            let bed = try await Testbed.shared
            let site = try await ExportSite(bed.pki)
            let receiver = try await site.startHTTP(token: "Splunk s3cr3t")
            try Data().write(to: site.refusal)
            var gateway = try await bed.makeGateway()
            try await gateway.psql("SELECT 1").checked()
            try "Splunk s3cr3t\n".write(to: site.folder.appending(path: "token"), atomically: true, encoding: .utf8)
            var configuration = gateway.configuration
            configuration.extra = site.posting
            try await configuration.write()
            try await gateway.countersign(["reload"]).checked()
            gateway = GatewayProcess(configuration: configuration, process: gateway.process)
            try await site.wait("a refusal") { try await site.status(gateway, "hec")["failures"] != 0 }
            #expect(try await site.status(gateway, "hec")["last_error"].text?.contains("503") == true)
            try FileManager.default.removeItem(at: site.refusal)
            try await site.wait("the events") {
                try await site.status(gateway, "hec")["lag_records"] == 0 && site.lines.count >= 5
            }
            let count = site.lines.count
            #expect(site.identifiers(site.lines).count == count, "what is acknowledged is not repeated")
            configuration.extra = ""
            try await configuration.write()
            try await gateway.countersign(["reload"]).checked()
            try await gateway.psql("SELECT 2").checked()
            #expect(try await gateway.countersign(["export", "status", "--json"]).checked().output.isEmpty)
            configuration.extra = site.posting
            try await configuration.write()
            try await gateway.countersign(["reload"]).checked()
            try await site.wait("what came meanwhile") { site.lines.contains { $0.contains("SELECT 2") } }
            #expect(site.identifiers(site.lines).count == site.lines.count, "its cursor was kept")
            #expect(!gateway.process.logText.contains("s3cr3t"))
            try await gateway.process.stop()
            try await receiver.stop(SIGKILL)
        }

        @Test(
            "What the gateway records is OCSF to another project's schemas of 1.8.0, and to the schema of the documentation"
        )
        func isOCSF() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            try await gateway.psql("UPDATE public.orders SET status = 'paid' WHERE id = 1").checked()
            _ = try await gateway.psql("SELECT 1/0")
            _ = try await gateway.psql("DELETE FROM public.orders", as: "nightly")
            _ = try await gateway.psql("SELECT 1", token: "nothing")
            for format in ["cef", "csv", "syslog"] {
                let lines = try await gateway.countersign(["audit", "export", "--format", format]).checked().output
                #expect(lines.split(separator: "\n").count > 8, "\(format)")
                #expect(lines.contains("'paid'") == (format == "csv"), "\(format): \(lines)")
            }
            try await gateway.process.stop()
            let events = try await gateway.countersign(["audit", "export", "--format", "ocsf"]).checked().output
            #expect(events.contains("status = 'paid'"))
            let schema = Machine.root.appending(path: "docs/reference/ocsf-1.8.0.schema.json").path(
                percentEncoded: false
            )
            let checked = try await Command(Machine.python, [Machine.client("ocsf_check.py"), schema], input: events)
                .run()
            #expect(checked.status == 0, "\(checked)")
        }

        @Test(
            "Where the disk of the cursors is full delivery goes on and says so, and the cursor is kept again with space",
            .enabled(if: geteuid() == 0 && TemporaryFileSystem.canMount, "mounting a small file system needs root")
        )
        func cursorDiskFull() async throws {
            let bed = try await Testbed.shared
            let site = try await ExportSite(bed.pki)
            let receiver = try await site.start()
            let disk = try await TemporaryFileSystem.mount(megabytes: 1)
            let gateway = try await bed.makeGateway {
                $0.extra = site.configuration()
                try? FileManager.default.createDirectory(at: $0.data, withIntermediateDirectories: true)
                try? FileManager.default.createSymbolicLink(
                    at: $0.data.appending(path: "export"),
                    withDestinationURL: disk.folder
                )
            }
            try await site.caughtUp(gateway)
            try await disk.fill()
            try await gateway.psql("SELECT 41").checked()
            try await site.wait("the event") { site.lines.contains { $0.contains("SELECT 41") } }
            try await site.wait("the fault") {
                try await site.status(gateway, "archive")["last_error"].text?.contains("cursor") == true
            }
            try disk.free()
            try await gateway.psql("SELECT 42").checked()
            try await site.caughtUp(gateway)
            let cursor = try String(contentsOf: disk.folder.appending(path: "archive.cursor"), encoding: .utf8)
            let next = try await site.status(gateway, "archive")["settled"]
            #expect(cursor.contains("position "))
            #expect(next != 0)
            try await gateway.process.stop()
            try await disk.unmount()
            try await receiver.stop(SIGKILL)
        }
    }
}
