import AccessModel

/// The checks of audience and time.
struct ClaimChecks {
    var issuer: TrustedIssuer
    var now: Timestamp

    func check(_ claims: RegisteredClaims) throws(TokenRefusal) {
        try checkAudience(claims.audiences)
        try checkTime(claims)
    }

    private func checkAudience(_ audiences: [String]) throws(TokenRefusal) {
        guard audiences.contains(where: isOurs) else {
            throw TokenRefusal(.wrongAudience, "the token is for another audience")
        }
        guard issuer.allowsOtherAudiences || audiences.count == 1 else {
            throw TokenRefusal(.otherAudience, "the token is for \(audiences.count) audiences")
        }
    }

    private func isOurs(_ audience: String) -> Bool {
        issuer.audiences.contains { SafeText.isSame($0, audience) }
    }

    /// The age is limited, not the life that the token declares (docs/decisions/0003-token-age.md).
    private func checkTime(_ claims: RegisteredClaims) throws(TokenRefusal) {
        let skew = issuer.clockSkew
        guard now < claims.expires.advanced(by: skew) else {
            throw TokenRefusal(.expired, "the token expired \(seconds(from: claims.expires)) s ago")
        }
        if let notBefore = claims.notBefore, now.advanced(by: skew) < notBefore {
            throw TokenRefusal(.notYetValid, "the token is valid in \(seconds(to: notBefore)) s")
        }
        guard claims.issuedAt <= now.advanced(by: skew) else {
            throw TokenRefusal(.issuedInFuture, "the token is issued in \(seconds(to: claims.issuedAt)) s")
        }
        guard now <= claims.issuedAt.advanced(by: issuer.maxTokenAge).advanced(by: skew) else {
            throw TokenRefusal(.tooOld, "the token was issued \(seconds(from: claims.issuedAt)) s ago")
        }
        guard claims.issuedAt < claims.expires else {
            throw TokenRefusal(.malformedClaim, "exp is not after iat")
        }
    }

    // Dates are within the years 1970 and 9999, and so is the clock for all that it can say: no overflow.
    private func seconds(from moment: Timestamp) -> Int64 {
        now.seconds.subtractingReportingOverflow(moment.seconds).partialValue
    }

    private func seconds(to moment: Timestamp) -> Int64 {
        moment.seconds.subtractingReportingOverflow(now.seconds).partialValue
    }
}
