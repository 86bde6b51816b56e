/// The one style sheet, from its parts in their order.
enum StyleText {
    static let all = tokens + frame + words + rows + forms + places
}
