/// Which logs are trusted, and whose cosignatures make a checkpoint good (tlog-policy).
package struct WitnessPolicy: Hashable, Sendable {
    package struct Log: Hashable, Sendable {
        package var key: NoteVerifierKey
        package var url: String?
    }

    package struct Witness: Hashable, Sendable {
        /// Octets, by which groups and the quorum name it; it means nothing elsewhere.
        package var name: [UInt8]
        package var key: NoteVerifierKey
        package var url: String?
    }

    /// Who must have seen a checkpoint.
    package indirect enum Quorum: Hashable, Sendable {
        case none
        /// A position in `witnesses`.
        case witness(Int)
        case atLeast(Int, of: [Quorum])
    }

    package var logs: [Log]
    package var witnesses: [Witness]
    package var quorum: Quorum

    /// Trusts these logs, without witnesses.
    package init(logs: [NoteVerifierKey]) {
        self.logs = logs.map { Log(key: $0, url: nil) }
        witnesses = []
        quorum = .none
    }

    init(logs: [Log], witnesses: [Witness], quorum: Quorum) {
        self.logs = logs
        self.witnesses = witnesses
        self.quorum = quorum
    }

    /// Whether these keys' cosignatures are enough.
    package func isMet(by cosigned: Set<NoteVerifierKey>) -> Bool {
        isMet(quorum, by: cosigned)
    }

    private func isMet(_ quorum: Quorum, by cosigned: Set<NoteVerifierKey>) -> Bool {
        switch quorum {
        case .none: true
        case .witness(let position): cosigned.contains(witnesses[position].key)
        case .atLeast(let count, let members): members.count { isMet($0, by: cosigned) } >= count
        }
    }

    /// Opens a checkpoint's note: signed by one of the logs, and cosigned by the quorum.
    package func open(_ note: [UInt8]) throws(VerificationError) -> SignedCheckpoint {
        let signed: SignedCheckpoint
        do throws(NoteError) {
            signed = try SignedCheckpoint(note, logs: logs.map(\.key), witnesses: witnesses.map(\.key))
        } catch {
            throw .note(error)
        }
        guard isMet(by: Set(signed.cosignatures.map(\.key))) else {
            throw .noQuorum(cosigned: signed.cosignatures.count, known: witnesses.count)
        }
        return signed
    }
}
