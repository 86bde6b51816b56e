/// The mark: a line that was signed, and signed again.
enum MarkText {
    static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
        <rect width="32" height="32" rx="7" fill="#1c4f8f"/>
        <path d="M7 13l4 4 7-8" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>
        <path d="M14 20l4 4 7-8" fill="none" stroke="#9cc7ff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>
        </svg>

        """
}
