import Foundation

/// A certificate authority for tests, with certificates for servers on the loopback address and for clients.
struct TestPKI: Sendable {
    struct Pair: Sendable {
        var certificate: String
        var key: String
    }

    let folder: URL
    /// The authority that everybody trusts here.
    let authority: Pair
    /// An authority that nobody trusts.
    let stranger: Pair
    /// For `localhost`, 127.0.0.1 and ::1.
    let gateway: Pair
    let server: Pair
    /// For a name that is not this machine's, by the trusted authority.
    let elsewhere: Pair

    static func make(in folder: URL) async throws -> TestPKI {
        let authority = try await makeAuthority("authority", in: folder)
        let stranger = try await makeAuthority("stranger", in: folder)
        let here = "DNS:localhost,IP:127.0.0.1,IP:::1"
        return TestPKI(
            folder: folder,
            authority: authority,
            stranger: stranger,
            gateway: try await issue("gateway", names: here, use: "serverAuth", by: authority, in: folder),
            server: try await issue("server", names: here, use: "serverAuth", by: authority, in: folder),
            elsewhere: try await issue(
                "elsewhere",
                names: "DNS:db.example.com",
                use: "serverAuth",
                by: authority,
                in: folder
            )
        )
    }

    /// A client's certificate, whose common name is the user.
    func client(_ user: String) async throws -> Pair {
        try await TestPKI.issue(
            user,
            names: "DNS:\(user).client.example.com",
            use: "clientAuth",
            by: authority,
            in: folder
        )
    }

    private static func makeAuthority(_ name: String, in folder: URL) async throws -> Pair {
        let pair = pair(name, in: folder)
        try await openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
            "-subj",
            "/CN=test \(name)", "-addext", "basicConstraints=critical,CA:TRUE", "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", pair.key, "-out", pair.certificate,
        ])
        return pair
    }

    private static func issue(
        _ name: String,
        names: String,
        use: String,
        by authority: Pair,
        in folder: URL
    ) async throws -> Pair {
        let pair = pair(name, in: folder)
        let path = folder.path(percentEncoded: false)
        let subject = use == "clientAuth" ? name : "\(name).test.example.com"
        try "subjectAltName=\(names)\nextendedKeyUsage=\(use)\nbasicConstraints=CA:FALSE\n"
            .write(toFile: "\(path)/\(name).ext", atomically: true, encoding: .utf8)
        try await openssl([
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
            "/CN=\(subject)",
            "-keyout", pair.key, "-out", "\(path)/\(name).csr",
        ])
        try await openssl([
            "x509", "-req", "-in", "\(path)/\(name).csr", "-CA", authority.certificate, "-CAkey", authority.key,
            "-CAcreateserial", "-days", "30", "-extfile", "\(path)/\(name).ext", "-out", pair.certificate,
        ])
        return pair
    }

    private static func pair(_ name: String, in folder: URL) -> Pair {
        let path = folder.path(percentEncoded: false)
        return Pair(certificate: "\(path)/\(name).pem", key: "\(path)/\(name).key")
    }

    private static func openssl(_ arguments: [String]) async throws {
        try await Command("openssl", arguments).run().checked()
    }
}
