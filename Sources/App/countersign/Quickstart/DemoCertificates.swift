internal import Crypto
internal import Foundation
internal import SwiftASN1
internal import X509

/// A certificate authority for one folder, and what it signed: the gateway's and PostgreSQL's certificates for this
/// machine's loopback names. The authority's key is forgotten at once, so that nothing else is ever signed with it.
enum DemoCertificates {
    /// Until then a new start has to make new ones.
    private static let lifetime = TimeInterval(10 * 365 * 86_400)

    static func prepare(in folder: QuickstartFolder, now: Date) throws {
        let names = ["tls/ca.pem", "tls/gateway.pem", "tls/gateway.key", "tls/postgres.pem", "tls/postgres.key"]
        guard !names.allSatisfy(folder.has) else { return }
        try folder.makeFolder("tls")
        let authority = try Authority(now: now)
        for name in ["gateway", "postgres"] {
            let key = P256.Signing.PrivateKey()
            try folder.write(key.pemRepresentation + "\n", to: "tls/\(name).key")
            try folder.write(authority.certificate(for: key, name: name, now: now), to: "tls/\(name).pem", mode: 0o644)
        }
        // Last, and read first: clients that have it find everything else.
        try folder.write(authority.pem, to: "tls/ca.pem", mode: 0o644)
    }

    private struct Authority {
        private let key: P256.Signing.PrivateKey
        private let name: DistinguishedName
        let pem: String

        init(now: Date) throws {
            let key = P256.Signing.PrivateKey()
            self.key = key
            name = try DistinguishedName {
                OrganizationName("Countersign quickstart")
                CommonName("Authority of one folder")
            }
            let extensions = try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
                SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey))
            }
            let certificate = try Certificate(
                version: .v3,
                serialNumber: Certificate.SerialNumber(),
                publicKey: Certificate.PublicKey(key.publicKey),
                notValidBefore: now.addingTimeInterval(-3600),
                notValidAfter: now.addingTimeInterval(lifetime),
                issuer: name,
                subject: name,
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: extensions,
                issuerPrivateKey: Certificate.PrivateKey(key)
            )
            pem = try certificate.serializeAsPEM().pemString + "\n"
        }

        /// PEM of a server's certificate for `localhost`, 127.0.0.1 and ::1.
        func certificate(for server: P256.Signing.PrivateKey, name common: String, now: Date) throws -> String {
            let loopback6 = ASN1OctetString(contentBytes: [UInt8](repeating: 0, count: 15) + [1])
            let extensions = try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames([
                    .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                    .ipAddress(loopback6),
                ])
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey)).keyIdentifier
                )
            }
            let certificate = try Certificate(
                version: .v3,
                serialNumber: Certificate.SerialNumber(),
                publicKey: Certificate.PublicKey(server.publicKey),
                notValidBefore: now.addingTimeInterval(-3600),
                notValidAfter: now.addingTimeInterval(lifetime),
                issuer: name,
                subject: try DistinguishedName { CommonName("quickstart \(common)") },
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: extensions,
                issuerPrivateKey: Certificate.PrivateKey(key)
            )
            return try certificate.serializeAsPEM().pemString + "\n"
        }
    }
}
