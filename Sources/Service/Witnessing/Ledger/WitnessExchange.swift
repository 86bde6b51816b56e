package import TransparencyLog

/// One conversation with a witness about one checkpoint: what to ask, and what an answer means. It has no clock and no
/// network; a transcript is a test.
package struct WitnessExchange: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        /// Ask with a proof from this size.
        case ask(oldSize: UInt64)
        case cosigned(NoteSignature, time: UInt64)
        case failed(WitnessFailure)
    }

    /// How far a witness's clock may be from this one, in seconds.
    package static let clockSkew: UInt64 = 300
    /// A size may be told as often as gateways of one log take turns; a witness that tells sizes for ever is left.
    private static let mostQuestions = 3

    private let key: NoteVerifierKey
    private let text: [UInt8]
    private let size: UInt64
    private let now: UInt64
    private var asked: UInt64
    private var questions = 0

    /// - Parameters:
    ///   - key: The witness's.
    ///   - checkpoint: What it is asked to cosign.
    ///   - known: The size that it cosigned last, as far as is known.
    ///   - now: Seconds since 1970.
    package init(with key: NoteVerifierKey, about checkpoint: Checkpoint, known: UInt64, now: UInt64) {
        self.key = key
        self.now = now
        text = checkpoint.text
        size = checkpoint.size
        asked = min(known, checkpoint.size)
    }

    package mutating func begin() -> Step {
        questions = 1
        return .ask(oldSize: asked)
    }

    /// What follows from an answer to the last question.
    package mutating func answered(_ reply: WitnessReply) -> Step {
        switch reply.status {
        case 200: return cosigned(reply.body)
        case 409 where reply.mediaType == WitnessAnswer.sizeType: return told(reply.body)
        // A witness of an earlier version of the protocol says 409 to another root of the same size.
        case 409, 422: return .failed(.contradicts(size: asked))
        default: return .failed(.refused(status: reply.status))
        }
    }

    private mutating func told(_ body: [UInt8]) -> Step {
        guard let told = DecimalSize.value(ofLine: body), told != asked else { return .failed(.garbage) }
        guard told <= size else { return .failed(.ahead(size: told)) }
        guard questions < WitnessExchange.mostQuestions else { return .failed(.garbage) }
        questions += 1
        asked = told
        return .ask(oldSize: told)
    }

    /// The lines of a 200: signatures of keys that are not the configured one are passed over.
    private func cosigned(_ body: [UInt8]) -> Step {
        guard body.last == 0x0A else { return .failed(.garbage) }
        do throws(NoteError) {
            let note = try SignedNote(text + [0x0A] + body)
            guard note.text == text, let verified = try note.signatures(by: [key]).first, let time = verified.time,
                let line = note.signatures.last(where: {
                    key.isNamed(by: $0) && $0.bytes.prefix(8).elementsEqual(time.bigEndianBytes)
                })
            else { return .failed(.wrongSignature) }
            guard time <= now + WitnessExchange.clockSkew, time + WitnessExchange.clockSkew >= now else {
                return .failed(.wrongTime)
            }
            return .cosigned(line, time: time)
        } catch .wrongSignature {
            return .failed(.wrongSignature)
        } catch {
            return .failed(.garbage)
        }
    }
}

extension UInt64 {
    fileprivate var bigEndianBytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: self >> (56 - 8 * UInt64($0))) }
    }
}
