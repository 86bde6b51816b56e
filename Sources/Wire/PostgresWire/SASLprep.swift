internal import Foundation

/// SASLprep (RFC 4013) as PostgreSQL applies it: a password that the profile prohibits is used as it is.
enum SASLprep {
    static func prepare(_ password: String) -> String {
        guard !password.utf8.allSatisfy({ $0 < 0x80 }) else { return password }
        var mapped = String.UnicodeScalarView()
        for scalar in password.unicodeScalars {
            // C.1.2 non-ASCII spaces become a space; B.1 "commonly mapped to nothing" disappears.
            if scalar.properties.generalCategory == .spaceSeparator {
                mapped.append(" ")
            } else if !mappedToNothing.contains(scalar.value) {
                mapped.append(scalar)
            }
        }
        let normal = String(mapped).precomposedStringWithCompatibilityMapping
        let isProhibited =
            normal.isEmpty || normal.unicodeScalars.contains { prohibited.contains($0.properties.generalCategory) }
        return isProhibited ? password : normal
    }

    private static let mappedToNothing: Set<UInt32> = Set(
        [0x00AD, 0x034F, 0x1806, 0x180B, 0x180C, 0x180D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]
    ).union(0xFE00...0xFE0F)

    private static let prohibited: Set<Unicode.GeneralCategory> = [
        .control, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator,
    ]
}
