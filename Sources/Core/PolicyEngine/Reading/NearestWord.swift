/// The valid word that somebody most likely meant.
package enum NearestWord {
    /// The nearest of `words` by edits (insert, remove, replace, swap neighbours), if it is near enough to be a slip:
    /// one edit for each three characters. Among equals the longer common beginning wins, then the first.
    static func find(_ word: String, in words: [String]) -> String? {
        let written = Array(word.lowercased().unicodeScalars.prefix(64))
        let allowed = max(1, written.count / 3)
        var best: (word: String, distance: Int, common: Int)?
        for candidate in words {
            let scalars = Array(candidate.lowercased().unicodeScalars.prefix(64))
            let distance = edits(written, scalars)
            let common = zip(written, scalars).prefix { $0 == $1 }.count
            if distance <= allowed, (distance, -common) < (best?.distance ?? .max, -(best?.common ?? 0)) {
                best = (candidate, distance, common)
            }
        }
        return best?.word
    }

    /// `; did you mean ...?` with the nearest word, or the empty text.
    package static func suggestion(for word: String, in words: [String]) -> String {
        find(word, in: words).map { "; did you mean `\($0.shown)`?" } ?? ""
    }

    /// Optimal string alignment distance.
    static func edits(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, beforeLast[j - 1] + 1)
                }
                row.append(least)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
