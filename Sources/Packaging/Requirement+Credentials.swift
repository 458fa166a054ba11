extension Requirement {
  /// The same without user and password in its URL.
  package var withoutCredentials: Requirement {
    guard let text = url.map(CredentialText.init), text.withoutCredentials != text.revealed else { return self }
    return Requirement(
      name: name, writtenName: writtenName, writtenExtras: writtenExtras, specifiers: specifiers,
      url: text.withoutCredentials, marker: marker)
  }
}
