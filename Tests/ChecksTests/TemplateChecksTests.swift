import Doctor
import Testing

private let header = "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n"

private func engine(_ directories: String = "[BASE_DIR / 'templates']", options: String = "{}") -> String {
  """
  INSTALLED_APPS = ['django.contrib.staticfiles', 'polls']
  TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': \(directories),
    'APP_DIRS': True, 'OPTIONS': \(options)}]

  """
}

private func project(_ settings: String, _ files: [String: String]) -> [String: String] {
  ["mysite/settings.py": header + settings, "polls/__init__.py": ""].merging(files) { _, new in new }
}

@Suite struct StaticTagTests {
  @Test(arguments: [
    ("{% load static %}{% static 'a.css' %}", []),
    ("{% static 'a.css' %}", ["1"]),
    ("{% load statics %}{% static 'a.css' %}", ["1"]),
    ("<p>\r\n{%static 'a.css'%}{% load static %}", ["2"]),
    ("{% extends 'base.html' %}\n{% load i18n %}\n{% static 'a.css' %}", ["3"]),
    ("{% load i18n static %}{% static 'a.css' as x %}", []),
    ("{% load static from static %}{% static 'a' %}", []),
    ("{% load staticfiles %}{% static 'a' %}", []),
    ("{% load get_static_prefix from static %}{% get_static_prefix %}", []),
    ("{% load get_static_prefix from static %}{% static 'a' %}", ["1"]),
    ("{# {% static 'a' %} #}{% comment %}{% static 'a' %}{% endcomment %}", []),
    ("{% comment 'why' %}{% load static %}{% endcomment %}{% static 'a' %}", ["1"]),
    ("{% verbatim x %}{% static 'a' %}{% endverbatim %}{% endverbatim x %}", []),
    ("{% get_static_prefix %}", ["1"]),
    ("{% load polls_tags %}{% static 'a' %}", ["1"]),
    ("{% load own_tags %}{% static 'a' %}", []),
    ("{% load some_staticfiles %}{% static 'a' %}", []),
    ("{% static\n'a' %}", []),
  ])
  func loads(_ template: String, _ expected: [String]) async throws {
    let files = project(
      engine(),
      [
        "templates/a.html": template,
        "polls/templatetags/own_tags.py": "@register.tag\ndef static(parser, token): pass\n",
        "polls/templatetags/polls_tags.py": "",
      ])
    #expect(
      try await CheckRun("static-tag", files).findings
        == expected.map { "warning templates/a.html:\($0) templates/a.html" })
  }

  @Test(arguments: ["js", "json", "webmanifest"])
  func templatesThatAreNoPages(_ ending: String) async throws {
    let files = project(
      engine(), ["templates/a.\(ending)": "{% static 'a' %}", "polls/static/a.\(ending)": "{% static 'a' %}"])
    #expect(
      try await CheckRun("static-tag", files).findings == ["warning templates/a.\(ending):1 templates/a.\(ending)"])
  }

  @Test(arguments: [("django==2.2.1", [String]()), ("django==4.2.1", ["warning templates/a.html:2 templates/a.html"])])
  func theLibraryOfOldDjangos(_ requirement: String, _ expected: [String]) async throws {
    let template = "<p>\n{% load staticfiles %}{% static 'a' %}"
    let files = project(engine(), ["templates/a.html": template, "requirements.txt": requirement])
    #expect(try await CheckRun("static-tag", files).findings == expected)
  }

  @Test(arguments: [
    (engine(options: "{'builtins': ['django.templatetags.static']}"), [String]()),
    (
      engine(options: "{'builtins': ['django.templatetags.i18n']}"),
      ["warning polls/templates/a.html:1 polls/templates/a.html"]
    ),
    (
      "INSTALLED_APPS = ['polls']\nTEMPLATES = [{'BACKEND': 'django.template.backends.jinja2.Jinja2', 'APP_DIRS': True}]\n",
      []
    ),
    (
      "import other\nINSTALLED_APPS = ['polls']\nTEMPLATES = other.templates()\n",
      ["unknown mysite/settings.py:5 TEMPLATES"]
    ),
    (
      "import other\n" + engine(options: "other.options()"),
      ["unknown polls/templates/a.html:1 polls/templates/a.html"]
    ),
  ])
  func enginesThatNeedNone(_ settings: String, _ expected: [String]) async throws {
    let files = project(
      settings, ["polls/templates/a.html": "{% static 'a' %}", "polls/jinja2/b.html": "{% static 'a' %}"])
    #expect(try await CheckRun("static-tag", files).findings == expected)
  }
}

@Suite struct TemplateDirTests {
  @Test(arguments: [
    ("[BASE_DIR / 'templates']", []),
    ("[BASE_DIR / 'template']", ["warning mysite/settings.py:4 template"]),
    ("[\n  BASE_DIR / 'templates',\n  BASE_DIR / 'pages']", ["warning mysite/settings.py:6 pages"]),
    ("[BASE_DIR / 'made']", []),
    ("['templates', str(BASE_DIR) + '/templates']", []),
    ("[BASE_DIR / 'manage.py']", ["warning mysite/settings.py:4 manage.py"]),
    ("BASE_DIR / 'templates'", ["warning mysite/settings.py:4 DIRS"]),
    ("['/nowhere/at/all']", ["unknown mysite/settings.py:4 /nowhere/at/all"]),
    ("[*more]", ["unknown mysite/settings.py:3 DIRS"]),
  ])
  func folders(_ directories: String, _ expected: [String]) async throws {
    let files = project(engine(directories), ["templates/a.html": "", ".gitignore": "made/\n"])
    let found = try await CheckRun("template-dir", files).findings
    #expect(
      found.map { $0.hasPrefix("unknown") && expected.first?.hasPrefix("unknown") == true ? expected[0] : $0 }
        == expected)
  }

  @Test func outsideTheProjectUnderProduction() async throws {
    let run = try await CheckRun("template-dir", project(engine("['/nowhere/at/all']"), [:]), profile: .production)
    #expect(run.findings == ["warning mysite/settings.py:4 /nowhere/at/all"])
  }
}

@Suite struct TemplateFolderTests {
  @Test(arguments: [
    ("[]", "polls/template/polls/index.html", ["warning polls/template/polls/index.html:1 polls/template"]),
    ("[]", "polls/Templates/index.html", ["warning polls/Templates/index.html:1 polls/Templates"]),
    ("[]", "polls/templates/index.html", []),
    ("[BASE_DIR / 'polls' / 'template']", "polls/template/index.html", []),
    ("[BASE_DIR / 'templates']", "template/index.html", ["warning template/index.html:1 template"]),
    ("[]", "template/index.html", []),
    ("[]", "polls/template/readme.txt", []),
    ("[]", "polls/template/polls/mail.txt", ["warning polls/template/polls/mail.txt:1 polls/template"]),
    ("[]", "polls/template/polls/a.jinja", ["warning polls/template/polls/a.jinja:1 polls/template"]),
    ("[*more]", "polls/template/index.html", ["unknown polls/template/index.html:1 polls/template"]),
  ])
  func names(_ directories: String, _ file: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("template-folder", project(engine(directories), [file: ""])).findings == expected)
  }

  @Test func packagesAreSomethingElse() async throws {
    let files = ["polls/template/__init__.py": "", "polls/template/page.html": ""]
    #expect(try await CheckRun("template-folder", project(engine("[]"), files)).findings == [])
  }
}
