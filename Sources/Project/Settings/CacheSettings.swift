/// One alias of CACHES.
package struct CacheSettings: AliasSettings {
  package let alias: String
  package let values: SettingValue

  package init(alias: String, values: SettingValue) {
    self.alias = alias
    self.values = values
  }

  /// `BACKEND`; nil when it is not set or not known.
  package var backend: String? { values["BACKEND"]?.text }

  /// `LOCATION` as Django reads it: a string split at `,` and `;`, or a list; nil when it is not known.
  package var locations: [String]? {
    guard let location = values["LOCATION"] else { return [] }
    if let text = location.text {
      return text.split { $0 == "," || $0 == ";" }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }
    guard case .list(let items) = location.content else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
