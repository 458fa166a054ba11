/// A web framework that decides what a module of many meanings is: `ninja` in a Django project is django-ninja.
///
/// The raw value is the framework's module, and its mark in front of a distribution in Facts/corrections.txt.
package enum Framework: String, Hashable, Sendable, CaseIterable {
  case django
  case flask
  case fastapi

  /// The framework that `module`, a dotted name, belongs to; nil for any other module.
  package init?(owning module: String) { self.init(rawValue: module.topLevelModule) }
}
