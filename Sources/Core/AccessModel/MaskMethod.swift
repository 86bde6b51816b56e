/// What is shown instead of the values of a masked column. The rule of each, exactly, is that of
/// `MaskMethod.expression(column:type:keys:)`; `ValueMask` does the same to values.
package enum MaskMethod: Hashable, Sendable {
    case redact, null, email, last4
    /// How many characters stay at the start and at the end.
    case partial(Int, Int)
    case hash, year
    /// The multiple that is rounded to: `round(1000)` shows thousands.
    case round(Int)
}
