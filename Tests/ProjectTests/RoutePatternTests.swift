import Project
import Testing

@Suite struct RoutePatternTests {
  /// Names, names that may be missing behind `?`, and the number of groups without a name.
  private func summary(_ pattern: RoutePattern) -> String {
    let parameters = pattern.parameters
    return
      (parameters.names.sorted() + parameters.optionalNames.sorted().map { "\($0)?" }
      + (parameters.unnamed > 0 ? ["\(parameters.unnamed)"] : []) + (parameters.isOpen ? ["..."] : []))
      .joined(separator: " ")
  }

  @Test(arguments: [
    ("", ""), ("polls/<int:pk>/<slug>/", "pk slug"), ("a<", ""), ("<my-conv:x_1>.html", "x_1"),
  ])
  func paths(_ text: String, _ expected: String) { #expect(summary(RoutePattern(text, .path)) == expected) }

  @Test(arguments: [
    ("", ""), ("(", "1"), ("^a/(\\d+)/(x|y)$", "2"), ("^(?P<a>\\d+)/(x)$", "a"), ("\\((?:a|b)[)(]", ""),
    ("[]()]", ""), ("[^]()](a)", "1"), ("((a)b)", "2"), ("(?P<a>x)?", "a?"), ("(?:-(?P<a>x))*(?P<b>y)", "b a?"),
    ("(?P<a>x)|(?P<b>y)", "a? b?"), ("(?P<a>x|y)", "a"), ("(?:(?P<a>x)|y)", "a?"), ("(?P<a>x){0,1}", "a?"),
    ("(?=x)(?<!y)(?#(c)(?i)(z)", "1"), ("(?P<a>x)(?P=a)", "a"), ("(?x) (a)", "1 ..."), ("(a)(?(1)b|c)", "1 ..."),
  ])
  func regularExpressions(_ text: String, _ expected: String) {
    #expect(summary(RoutePattern(text, .regularExpression)) == expected)
  }

  @Test(arguments: [
    ("/a", RoutePattern.Syntax.path, true), ("a/", .path, false), ("^/a", .regularExpression, true),
    ("^\\/a", .regularExpression, true), ("/?a", .regularExpression, false), ("^a/", .regularExpression, false),
  ])
  func slash(_ text: String, _ syntax: RoutePattern.Syntax, _ expected: Bool) {
    #expect(RoutePattern(text, syntax).beginsWithSlash == expected)
  }
}
