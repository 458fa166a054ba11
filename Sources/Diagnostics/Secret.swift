/// Text that must never be shown: a password, a token, a key.
///
/// Every way of printing it gives `***`; only `revealed` gives the text, for the one place that sends it.
package struct Secret: Hashable, Sendable {
  package let revealed: String

  package init(_ text: String) { self.revealed = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
