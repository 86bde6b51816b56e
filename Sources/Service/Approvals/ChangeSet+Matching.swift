internal import AccessModel

extension ChangeSet {
    /// The numbers of the statements that a held command is, where it is nothing else; nil where it is not of this set.
    ///
    /// `pieces` are the canonical texts of the command's statements, `used` the numbers that have served. Every statement of
    /// the command must stand in the set, and those that need its approval must be there to be used.
    func matching(
        _ command: HeldCommand,
        pieces: [String],
        terms: [ApprovalTerms],
        own: [ApprovalTerms],
        used: Set<Int>
    )
        -> [Int]?
    {
        guard command.role.hasBytes(of: role), command.target == target, command.database.hasBytes(of: database),
            command.commit == commit, command.parameters.elementsEqual("[]".utf8), !pieces.isEmpty,
            // What policy asks for now was asked of those who approved.
            terms.allSatisfy(own.contains)
        else { return nil }
        guard let numbers = numbers(of: pieces, used: used) else { return nil }
        let taken = numbers.filter { statements[$0 - 1].needsApproval }
        // What a name means may differ from what was shown: the effects decide.
        let shown = numbers.flatMap { statements[$0 - 1].effects }
        let isShown = command.effects.allSatisfy { effect in shown.contains { $0.covers(effect) } }
        return taken.isEmpty || !isShown ? nil : taken
    }

    private func numbers(of pieces: [String], used: Set<Int>) -> [Int]? {
        var used = used
        var found: [Int] = []
        for piece in pieces {
            guard let number = number(of: piece, used: used) else { return nil }
            found.append(number)
            if statements[number - 1].needsApproval { used.insert(number) }
        }
        return found
    }

    private func number(of piece: String, used: Set<Int>) -> Int? {
        let same = statements.indices.filter { statements[$0].canonical.hasBytes(of: piece) }.map { $0 + 1 }
        guard let free = same.first(where: { !statements[$0 - 1].needsApproval || !used.contains($0) }) else {
            return nil
        }
        guard isOrdered, statements[free - 1].needsApproval else { return free }
        return free == numbers.first { !used.contains($0) } ? free : nil
    }
}
