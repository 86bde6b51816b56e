internal import AccessModel

extension Page {
    /// Asks a person whether a program on their machine may act as they.
    static func commandLine(_ asked: CommandLineRequest, _ person: SignedInPerson) -> Page {
        Page(
            title: "Log in a command line",
            template: .commandLineLogin,
            view: [
                "name": person.name, "id": person.id, "code": asked.shownCode, "port": "\(asked.port)",
                "challenge": asked.challenge, "state": asked.state, "token": person.formToken,
            ]
        )
    }

    /// Asks whoever opened a link of the admin socket whether to go on.
    static func link(_ key: String) -> Page {
        Page(title: "Log in as the local operator", template: .linkLogin, view: ["key": key])
    }
}
