internal import AccessModel
package import GatewayKit
package import Logging
package import Masking
package import NIOSSL
package import StatementAnalysis
internal import Synchronization

/// What all connections of a PostgreSQL listener share.
package final class GatewayShared: Sendable {
    package let ports: GatewayPorts
    package let counters: GatewayCounters
    package let live: LiveSessions
    package let limits: ListenerLimits
    package let logger: Logger
    /// Where connections without TLS go; nil: they stay where they began.
    package let sockets: SocketLoops?
    let analyzer: StatementAnalyzer
    /// The hash of texts that records do not tell; nil: they say of such a text nothing.
    let textDigest: ExactTextDigest?
    let deepThread: DeepStackThread
    let cancelKeys = CancelKeys()
    /// The listener's certificate; replaced when the configuration is read again. Nil: no TLS, on loopback alone.
    private let tls: Mutex<NIOSSLContext?>
    private let draining = Atomic<Bool>(false)

    package init(
        ports: GatewayPorts,
        counters: GatewayCounters,
        live: LiveSessions,
        limits: ListenerLimits,
        analyzer: StatementAnalyzer,
        deepThread: DeepStackThread,
        tls: NIOSSLContext?,
        textDigest: ExactTextDigest? = nil,
        sockets: SocketLoops? = nil,
        logger: Logger
    ) {
        self.ports = ports
        self.counters = counters
        self.live = live
        self.limits = limits
        self.analyzer = analyzer
        self.deepThread = deepThread
        self.tls = Mutex(tls)
        self.textDigest = textDigest
        self.sockets = sockets
        self.logger = logger
    }

    package var tlsContext: NIOSSLContext? { tls.withLock { $0 } }

    /// New connections use this certificate.
    package func replace(tls context: NIOSSLContext) {
        tls.withLock { $0 = context }
    }

    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// From here on no new session begins, and each one ends when it is between commands.
    package func drain() {
        draining.store(true, ordering: .relaxed)
    }
}
