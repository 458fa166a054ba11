@testable import Knowledge
import Packaging
import Testing

/// What a module of many meanings is depends on the framework of the project.
@Suite struct FrameworkTests {
  /// The likely distribution of what Django projects import and name in their settings.
  @Test(
    arguments: [
      "allauth": "django-allauth", "anymail": "django-anymail", "attr": "attrs", "attrs": "attrs",
      "auditlog": "django-auditlog", "axes": "django-axes", "bencode": "bencode-py", "bootstrap3": "django-bootstrap3",
      "bootstrap4": "django-bootstrap4", "bs4": "beautifulsoup4", "cachalot": "django-cachalot",
      "captcha": "django-simple-captcha", "captcha.image": "captcha", "celery": "celery", "channels": "channels",
      "ckeditor": "django-ckeditor", "compressor": "django-compressor", "constance": "django-constance",
      "corsheaders": "django-cors-headers", "crispy_forms": "django-crispy-forms", "csp": "django-csp",
      "cv2": "opencv-python", "dateutil": "python-dateutil", "debug_toolbar": "django-debug-toolbar",
      "decouple": "python-decouple", "defender": "django-defender", "discord": "discord-py",
      "django_bootstrap5": "django-bootstrap5", "django_otp": "django-otp", "django_redis": "django-redis",
      "djmoney": "django-money", "dns": "dnspython", "docx": "python-docx", "dotenv": "python-dotenv",
      "easy_thumbnails": "easy-thumbnails", "environ": "django-environ", "explorer": "django-sql-explorer",
      "factory": "factory-boy", "fitz": "pymupdf", "git": "gitpython", "gnupg": "python-gnupg",
      "guardian": "django-guardian", "haystack": "django-haystack", "health_check": "django-health-check",
      "hijack": "django-hijack", "honeypot": "django-honeypot", "humps": "pyhumps", "imagekit": "django-imagekit",
      "import_export": "django-import-export", "jose": "python-jose", "jwkest": "pyjwkest", "kafka": "kafka-python",
      "ldap": "python-ldap", "magic": "python-magic", "mailer": "django-mailer", "menu": "django-simple-menu",
      "model_utils": "django-model-utils", "modeltranslation": "django-modeltranslation", "mptt": "django-mptt",
      "multipart": "python-multipart", "ninja": "django-ninja", "notifications": "django-notifications-hq",
      "oauth2_provider": "django-oauth-toolkit", "oidc_provider": "django-oidc-provider", "OpenSSL": "pyopenssl",
      "payments": "django-payments", "phonenumber_field": "django-phonenumber-field", "pipeline": "django-pipeline",
      "polymorphic": "django-polymorphic", "post_office": "django-post-office", "psycopg": "psycopg",
      "psycopg2": "psycopg2-binary", "pylibmc": "pylibmc", "pymemcache": "pymemcache", "pymysql": "pymysql",
      "ratelimit": "django-ratelimit", "redis": "redis", "redis_cache": "django-redis-cache",
      "registration": "django-registration-redux", "reversion": "django-reversion", "robots": "django-robots",
      "rules": "rules", "serial": "pyserial", "silk": "django-silk", "simple_history": "django-simple-history",
      "sklearn": "scikit-learn", "slugify": "python-slugify", "social_django": "social-auth-app-django",
      "sorl": "sorl-thumbnail", "storages": "django-storages", "taggit": "django-taggit",
      "telegram": "python-telegram-bot", "tinymce": "django-tinymce", "treenode": "django-treenode",
      "two_factor": "django-two-factor-auth", "usb": "pyusb", "waffle": "django-waffle",
      "webpack_loader": "django-webpack-loader", "whitenoise": "whitenoise", "widget_tweaks": "django-widget-tweaks",
      "Crypto": "pycryptodome", "Cryptodome": "pycryptodomex", "nacl": "pynacl", "Xlib": "python-xlib", "zmq": "pyzmq",
    ].sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  func inADjangoProject(module: String, distribution: String) {
    #expect(ModuleTable.distributions(providing: module, in: [.django]).first?.normalized == distribution)
  }

  /// Elsewhere a distribution that only a Django project can use is no answer.
  @Test(arguments: [
    ("ninja", ["ninja", "mongo-ninja-python"]), ("captcha", ["captcha"]), ("mailer", ["mailer"]),
    ("haystack", ["haystack-ai", "farm-haystack"]), ("ratelimit", ["ratelimit", "asgi-ratelimit"]),
    ("robots", ["robotspy"]), ("redis_cache", ["python-redis-cache"]), ("pipeline", []), ("notifications", []),
    ("menu", []), ("payments", []), ("environ", ["django-environ", "environ-config", "environ"]),
  ])
  func elsewhere(module: String, distributions: [String]) {
    for frameworks in [[], [.flask], [.fastapi], [.fastapi, .flask]] as [Set<Framework>] {
      let found = ModuleTable.distributions(providing: module, in: frameworks)
      #expect(found.map(\.normalized) == distributions)
    }
  }

  /// What only one of the candidates has decides in any project.
  @Test(arguments: [
    ("ninja.NinjaAPI", "django-ninja"), ("ninja.security", "django-ninja"), ("environ.Env", "django-environ"),
    ("environ.to_config", "environ-config"), ("haystack.indexes", "django-haystack"),
    ("haystack.components.builders", "haystack-ai"), ("captcha.fields", "django-simple-captcha"),
  ])
  func byTheSubmodule(module: String, distribution: String) {
    #expect(ModuleTable.distributions(providing: module).first?.normalized == distribution)
  }

  @Test func ownModules() {
    #expect(Framework(owning: "django.contrib.admin") == .django && Framework(owning: "flask") == .flask)
    #expect(Framework(owning: "fastapi.routing") == .fastapi)
    for module in ["", "flask_login", "Django", "djangorest", "a.django"] { #expect(Framework(owning: module) == nil) }
  }
}
