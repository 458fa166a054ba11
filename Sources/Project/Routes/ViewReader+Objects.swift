import Diagnostics
import PythonSource

/// Views that are objects, and those that show one.
extension ViewReader {
  /// A view that is an object with `__call__`; that of a feed hands everything on to `get_object`.
  /// https://docs.djangoproject.com/en/stable/ref/contrib/syndication/#a-complex-example
  func read(instanceOf type: PythonClass, _ file: SourcePath) -> ViewReading {
    let lineage = lineage(of: type, file)
    let isFeed = lineage.others == ["django.contrib.syndication.views.Feed"]
    guard lineage.isKnown, isFeed || lineage.others.isEmpty, type.decorators.isEmpty else {
      return .unknown("\(type.name) makes it")
    }
    let members = members(of: lineage)
    let name = members["__call__"] == nil && isFeed ? "get_object" : "__call__"
    guard let member = members[name] else {
      return isFeed ? .signatures([]) : .unknown("\(type.name) has no __call__")
    }
    guard let signature = signature(of: member, "\(type.name).\(name)") else {
      return .unknown("\(type.name).\(name) is not a plain method")
    }
    return .signatures([signature])
  }

  /// Whether a class of Django's shows the one object that its route names.
  static func isOfObject(_ name: String) -> Bool {
    name.hasPrefix("django.views.generic")
      && ["DetailView", "UpdateView", "DeleteView"].contains { name.hasSuffix(".\($0)") }
  }

  /// Whether a class of Django REST framework works on the one object that its route names.
  private static func isOfRESTObject(_ name: String) -> Bool {
    name.hasPrefix("rest_framework.generics.")
      && ["Retrieve", "Update", "Destroy"].contains { name.dropFirst("rest_framework.generics.".count).hasPrefix($0) }
  }

  /// `lookup_url_kwarg`, else `lookup_field`, which is `pk`.
  /// https://www.django-rest-framework.org/api-guide/generic-views/#attributes
  private func restKeys(
    _ members: Set<String>, _ attributes: Set<String>, _ statements: [String: PythonStatement]
  ) -> [String]? {
    let own = ["get_object", "get", "put", "patch", "delete", "retrieve", "update", "destroy", "dispatch", "setup"]
    let names = ["lookup_url_kwarg", "lookup_field"]
    guard members.isDisjoint(with: own + ["initial", "initialize_request", "kwargs"]),
      attributes.isDisjoint(with: names)
    else { return nil }
    guard let statement = names.lazy.compactMap({ statements[$0] }).first else { return ["pk"] }
    guard case .assignment(_, let value) = statement.kind, let text = value.stringValue else { return nil }
    return [text]
  }

  /// The names one of which a view of a single object needs; nil for another view, or one that finds its object by itself.
  /// https://docs.djangoproject.com/en/stable/ref/class-based-views/mixins-single-object/
  func keys(
    _ lineage: Lineage, _ members: Set<String>, _ attributes: Set<String>, _ statements: [String: PythonStatement]
  ) -> [String]? {
    let isOfObject = lineage.others.contains(where: Self.isOfObject)
    if lineage.others.contains(where: Self.isOfRESTObject) { return restKeys(members, attributes, statements) }
    let own = ["get_object", "get", "post", "dispatch", "setup", "get_slug_field", "kwargs"]
    guard isOfObject, members.isDisjoint(with: own), attributes.isDisjoint(with: ["pk_url_kwarg", "slug_url_kwarg"])
    else { return nil }
    var keys: [String] = []
    for (attribute, usual) in [("pk_url_kwarg", "pk"), ("slug_url_kwarg", "slug")] {
      guard let statement = statements[attribute] else {
        keys.append(usual)
        continue
      }
      guard case .assignment(_, let value) = statement.kind, let text = value.stringValue else { return nil }
      keys.append(text)
    }
    return keys
  }
}
