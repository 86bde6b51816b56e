internal import Crypto
internal import GatewayKit
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import NIOTLS
internal import PostgresWire
internal import SwiftASN1
internal import X509

/// Opens a connection to a target, with TLS as its mode says, up to the point where a StartupMessage may be sent.
struct TargetDialer {
    /// A connection ready for its first packet.
    struct Dialled {
        var channel: any Channel
        var isEncrypted: Bool
        /// `tls-server-end-point`; nil without TLS, and for a certificate whose signature names no hash.
        var channelBinding: [UInt8]?
    }

    let loop: any EventLoop
    let timeout: Duration

    /// `insists` asks for TLS even in mode `allow`, whose first attempt is in clear.
    func dial(_ endpoint: TargetEndpoint, insists: Bool = false) -> EventLoopFuture<Dialled> {
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(.nanoseconds(timeout.nanoseconds))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.allowRemoteHalfClosure, value: false)
        let connected =
            switch endpoint.address {
            case .host(let host, let port): bootstrap.connect(host: host, port: port)
            case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
            }
        let bound = NIOLoopBound(self, eventLoop: loop)
        return connected.flatMap { channel in
            bound.value.encrypt(channel, endpoint.tls, insists: insists)
        }
    }

    private func encrypt(_ channel: any Channel, _ tls: TargetTLS, insists: Bool) -> EventLoopFuture<Dialled> {
        let asks = tls.mode != .disable && (tls.mode != .allow || insists)
        guard asks, let context = tls.context else {
            return loop.makeSucceededFuture(Dialled(channel: channel, isEncrypted: false, channelBinding: nil))
        }
        let promise = loop.makePromise(of: Dialled.self)
        do {
            let negotiation = TLSNegotiation(tls: tls, context: context, insists: insists, done: promise)
            try channel.pipeline.syncOperations.addHandler(negotiation)
        } catch {
            promise.fail(error)
        }
        promise.futureResult.whenFailure { _ in channel.close(promise: nil) }
        return promise.futureResult
    }

    /// The hash that RFC 5929 section 4.1 asks for: the one of the certificate's signature, at least SHA-256.
    static func channelBinding(of certificate: NIOSSLCertificate?) -> [UInt8]? {
        guard let der = try? certificate?.toDERBytes(), let parsed = try? Certificate(derEncoded: der) else {
            return nil
        }
        switch parsed.signatureAlgorithm {
        case .sha384WithRSAEncryption, .ecdsaWithSHA384: return Array(SHA384.hash(data: der))
        case .sha512WithRSAEncryption, .ecdsaWithSHA512: return Array(SHA512.hash(data: der))
        case .ed25519: return nil
        default: return Array(SHA256.hash(data: der))
        }
    }
}

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedReportingOverflow(by: 1_000_000_000).overflow
            ? .max : seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
