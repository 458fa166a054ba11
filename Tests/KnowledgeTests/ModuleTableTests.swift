@testable import Knowledge
import Packaging
import Testing

@Suite struct ModuleTableTests {
  @Test(arguments: [
    ("yaml", ["pyyaml"]), ("PIL", ["pillow"]), ("MySQLdb", ["mysqlclient", "mysql-python"]), ("django", ["django"]),
    ("ninja", ["django-ninja", "ninja", "mongo-ninja-python"]), ("memcache", ["python-memcached", "memcache"]),
    ("typing_extensions", ["typing-extensions"]), ("six", ["six"]), ("jwt", ["pyjwt", "jwt"]),
    ("rest_framework", ["djangorestframework"]), ("django_filters", ["django-filter"]),
    ("google.auth.transport", ["google-auth"]),
    ("google.cloud.storage.blob", ["google-cloud-storage"]), ("zope.interface", ["zope-interface"]),
    ("yaml.nodes", ["pyyaml"]), ("opentelemetry.instrumentation.django", ["opentelemetry-instrumentation-django"]),
    ("opentelemetry.instrumentation.utils", ["opentelemetry-instrumentation"]), ("pkg_resources", ["setuptools"]),
  ])
  func provides(module: String, distributions: [String]) {
    #expect(ModuleTable.distributions(providing: module).map(\.normalized) == distributions)
  }

  /// The likely distribution of what Django projects import and name in their settings.
  @Test(
    arguments: [
      "auditlog": "django-auditlog", "cachalot": "django-cachalot", "celery": "celery",
      "corsheaders": "django-cors-headers",
      "csp": "django-csp", "debug_toolbar": "django-debug-toolbar", "django_redis": "django-redis",
      "environ": "django-environ",
      "factory": "factory-boy", "gnupg": "python-gnupg", "guardian": "django-guardian", "haystack": "django-haystack",
      "honeypot": "django-honeypot", "humps": "pyhumps", "import_export": "django-import-export", "jose": "python-jose",
      "treenode": "django-treenode", "waffle": "django-waffle", "whitenoise": "whitenoise",
      "storages": "django-storages",
      "psycopg": "psycopg", "psycopg2": "psycopg2-binary", "pylibmc": "pylibmc", "pymemcache": "pymemcache",
      "pymysql": "pymysql", "redis": "redis", "attr": "attrs", "attrs": "attrs", "cv2": "opencv-python",
      "dateutil": "python-dateutil", "dotenv": "python-dotenv", "captcha": "django-simple-captcha",
      "bencode": "bencode-py",
    ].sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  func likeliest(module: String, distribution: String) {
    #expect(ModuleTable.distributions(providing: module).first?.normalized == distribution)
  }

  @Test(arguments: [
    "", " ", "=", "no_such_module_anywhere", "google", "google.cloud", "google.nothing", "zope", "backports",
    "settings", "Yaml",
    "yaml pyyaml", "\n", "#", "requirements_of_mine", ".", "..a",
  ])
  func unknown(module: String) { #expect(ModuleTable.distributions(providing: module).isEmpty) }

  @Test func ambiguous() {
    #expect(ModuleTable.isAmbiguous("google") && ModuleTable.isAmbiguous("settings"))
    #expect(
      !ModuleTable.isAmbiguous("yaml") && !ModuleTable.isAmbiguous("ninja") && !ModuleTable.isAmbiguous("unknown_one"))
  }

  @Test(arguments: ["modules", "corrections", "stdlib"])
  func sortedAndFound(name: String) throws {
    let tables = [
      "modules": ModuleTable.modules, "corrections": ModuleTable.corrections, "stdlib": StandardLibrary.table,
    ]
    let table = try #require(tables[name])
    let lines = table.text.description.split(separator: "\n")
    let keys = lines.map { Array($0.utf8.prefix { $0 != UInt8(ascii: " ") }) }
    #expect(keys.count > 100)
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    let lost = zip(lines, keys).filter { line, key in
      let fields = String(decoding: Array(line.utf8.dropFirst(key.count + 1)), as: UTF8.self)
      return table.fields(of: String(decoding: key, as: UTF8.self)) != fields
    }
    #expect(lost.isEmpty)
  }

  /// A typing error in a table must not surface as a missing answer.
  @Test(arguments: ["modules", "corrections"])
  func everyDistributionIsAName(name: String) {
    let table = name == "modules" ? ModuleTable.modules : ModuleTable.corrections
    let wrong = table.text.description.split(separator: "\n").filter { line in
      let parts = line.split(separator: " ", omittingEmptySubsequences: false)
      if parts.count == 1 { return name == "modules" }
      let names = parts[1].split(separator: ",", omittingEmptySubsequences: false)
      return parts.count > 2 || names.count != Set(names).count
        || !names.allSatisfy { $0 == "=" || PackageName(String($0))?.normalized == String($0) }
    }
    #expect(wrong.isEmpty)
  }
}
