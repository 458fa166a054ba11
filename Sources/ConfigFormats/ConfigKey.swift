/// Text that is equal to other text when the scalars are: `String` takes two spellings of one letter for equal.
struct ConfigKey: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ConfigKey, right: ConfigKey) -> Bool {
    // Equal bytes are always equal text, and comparing text is quick where both are ASCII.
    left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
