/// What is known of names that the project does not have.
enum ExternalNames {
  static let constants: [String: PythonValue.Kind] = [
    "logging.CRITICAL": .integer(50), "logging.FATAL": .integer(50), "logging.ERROR": .integer(40),
    "logging.WARNING": .integer(30), "logging.WARN": .integer(30), "logging.INFO": .integer(20),
    "logging.DEBUG": .integer(10), "logging.NOTSET": .integer(0), "os.sep": .string("/"), "os.path.sep": .string("/"),
    "os.pathsep": .string(":"), "os.name": .string("posix"), "os.curdir": .string("."), "os.pardir": .string(".."),
    "django.contrib.messages.constants.DEBUG": .integer(10), "django.contrib.messages.constants.INFO": .integer(20),
    "django.contrib.messages.constants.SUCCESS": .integer(25),
    "django.contrib.messages.constants.WARNING": .integer(30),
    "django.contrib.messages.constants.ERROR": .integer(40),
    "string.ascii_lowercase":
      .string("abcdefghijklmnopqrstuvwxyz"), "string.digits": .string("0123456789"),
    "typing.TYPE_CHECKING": .boolean(false), "six.PY3": .boolean(true), "six.PY2": .boolean(false),
    "django.utils.six.PY3": .boolean(true),
  ]

  /// Functions that give their first argument back, as far as settings can tell.
  static let identities: Set<String> = [
    "django.utils.translation.gettext_lazy", "django.utils.translation.gettext", "django.utils.translation.ugettext",
    "django.utils.translation.ugettext_lazy", "django.utils.translation.gettext_noop",
    "django.utils.translation.ugettext_noop", "gettext.gettext", "typing.cast_second", "os.fspath",
    "django.utils.encoding.force_str", "django.utils.safestring.mark_safe", "sys.intern",
  ]

  /// Functions whose results do not matter to settings, and which change none.
  static let effects: Set<String> = [
    "builtins.print", "warnings.warn", "warnings.filterwarnings", "warnings.simplefilter", "sys.path.insert",
    "sys.path.append", "sys.path.extend", "os.makedirs", "os.mkdir", "logging.basicConfig", "logging.captureWarnings",
    "locale.setlocale", "sys.setrecursionlimit", "mimetypes.add_type", "os.chdir", "sys.stdout.write",
    "sys.stderr.write", "pymysql.install_as_MySQLdb", "site.addsitedir", "os.umask",
  ]

  /// Whether a function makes a secret out of nothing.
  static func makesSecret(_ name: String) -> Bool {
    name.hasSuffix("get_random_secret_key") || name.hasPrefix("secrets.") || name.hasSuffix("get_random_string")
  }
}
