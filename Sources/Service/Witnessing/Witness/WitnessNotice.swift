/// What a witness tells its operator.
package enum WitnessNotice: Hashable, Sendable {
    case cosigned(origin: String, size: UInt64)
    case evidence(ForkEvidence.Kind, origin: String, size: UInt64)
    case storeFailed(origin: String, cause: String)
}
