import Testing

@Suite struct PackageInitTests {
  @Test(arguments: [
    (
      ["mysite/__init__.py": "", "mysite/init.py": "import pymysql\npymysql.install_as_MySQLdb()\n"],
      ["warning mysite/init.py:1 mysite/init.py"]
    ),
    (
      ["mysite/__init__.py": "", "mysite/init.py": "from .celery import app\n__all__ = ['app']\n"],
      ["warning mysite/init.py:1 mysite/init.py"]
    ),
    (["mysite/_init_.py": "", "mysite/a.py": ""], ["warning mysite/_init_.py mysite/_init_.py"]),
    (["mysite/__int__.py": "x = 1\n"], ["warning mysite/__int__.py:1 mysite/__int__.py"]),
    (["mysite/__init__.py.py": "x = 1\n"], ["warning mysite/__init__.py.py:1 mysite/__init__.py.py"]),
    (["polls/init.py": "", "polls/views.py": ""], ["warning polls/init.py polls/init.py"]),
    (["polls/__init__.py": "", "polls/init.py": ""], []),
    (["mysite/__init__.py": "", "mysite/init.py": "def start():\n    pass\n"], []),
    (["mysite/__init__.py": "from . import init\n", "mysite/init.py": "from .celery import app\n"], []),
    (["mysite/__init__.py": "from .init import app\n", "mysite/init.py": "from .celery import app\n"], []),
    (["mysite/__init__.py": "", "mysite/init.py": "from db import engine\nengine.create_all()\n"], []),
    (["a/__init__.py": "", "a/management/commands/init.py": "from .base import Command\n"], []),
    (["init.py": "import pymysql\npymysql.install_as_MySQLdb()\n"], []),
    (["a/__init__.py": "", "a/init.py": "from .b import c\n", "run.sh": "python a/init.py\n"], []),
    (["a/__init__.py": "", "a/init.py": "from .b import c\n", "b.py": "PLUGINS = ['a.init']\n"], []),
    (["a/__init__.py": "", "a/__main__.py": "", "a/__about__.py": ""], []),
  ])
  func files(_ files: [String: String], _ expected: [String]) async throws {
    #expect(try await CheckRun("package-init", files).findings == expected)
  }

  private static let hook = "import pymysql\npymysql.install_as_MySQLdb()\n"

  @Test(arguments: [
    (
      "mysite/init.py", "try:\n    import pymysql\n    pymysql.install_as_MySQLdb()\nexcept ImportError:\n    pass\n",
      true
    ),
    ("mysite/init.py", "import pymysql\npymysql.version_info = (2, 2, 1, 'final', 0)\n" + hook, true),
    ("mysite/init.py", "def f():\n    import pymysql\n    pymysql.install_as_MySQLdb()\nf()\n", true),
    ("mysite/init.py", "VERSION = (1, 0)\n", true),
    ("mysite/init.py", "import logging\nlogging.getLogger(__name__).addHandler(logging.NullHandler())\n", true),
    ("mysite/init.py", "from gevent import monkey\nmonkey.patch_all()\n", true),
    ("mysite/init.py", "class Command: pass\n", false),
    ("mysite/inti.py", hook, true),
    ("mysite/inti.py", "VERSION = 1\n", false),
    ("mysite/_ _init_ _.py", hook, true),
    ("mysite/__init__ .py", hook, true),
    ("mysite/__init__.PY", hook, true),
    ("mysite/__init__.txt", hook, true),
    ("mysite/__init_py", hook, true),
    ("mysite/__init__.txt", "Notes on the package.\n", false),
  ])
  func names(_ path: String, _ text: String, _ isFound: Bool) async throws {
    let run = try await CheckRun("package-init", ["mysite/settings.py": "SITE_ID = 1\n", path: text])
    #expect(run.findings == (isFound ? ["warning \(path):1 \(path)"] : []))
  }
}
