import Doctor
import Testing

@Suite struct DatabaseInstallHookTests {
  private static let hook = "import pymysql\n\npymysql.install_as_MySQLdb()\n"
  private static let mysql = database("'ENGINE': 'django.db.backends.mysql', 'NAME': 'x'")
  private static let manage = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n"

  @Test(arguments: [
    (["mysite/init.py": hook], ["warning mysite/init.py:3 mysite/init.py"]),
    (["mysite/_init_.py": hook], ["warning mysite/_init_.py:3 mysite/_init_.py"]),
    (["__init__.py": hook], ["warning __init__.py:3 __init__.py"]),
    (["mysite/database.py": hook], ["warning mysite/database.py:3 mysite/database.py"]),
    (
      ["mysite/__init__.py": "import pymysql\npymysql.install_as_MySQLdb\n"],
      ["warning mysite/__init__.py:2 mysite/__init__.py"]
    ),
    (
      ["mysite/__init__.py": "import pymysql\n# pymysql.install_as_MySQLdb()\n"],
      ["warning mysite/settings.py:4 MySQLdb"]
    ),
    ([:], ["warning mysite/settings.py:4 MySQLdb"]),
    (["mysite/__init__.py": hook], []),
    (
      ["mysite/__init__.py": "import pymysql\nif __name__ == '__main__':\n    pymysql.install_as_MySQLdb()\n"],
      ["warning mysite/__init__.py:3 mysite/__init__.py"]
    ),
    (["mysite/__init__.py": "from pymysql import install_as_MySQLdb as install\ninstall()\n"], []),
    (["mysite/__init__.py": "import pymysql\ninstall = pymysql.install_as_MySQLdb\ninstall()\n"], []),
    (["mysite/__init__.py": "import sys, pymysql\nsys.modules['MySQLdb'] = pymysql\n"], []),
    (
      ["mysite/__init__.py": "import sys, other\nsys.modules['MySQLdb'] = other\n"],
      ["warning mysite/settings.py:4 MySQLdb"]
    ),
    (
      ["mysite/__init__.py": "from importlib import import_module\nimport_module('pymysql').install_as_MySQLdb()\n"], []
    ),
    (
      ["mysite/init.py": "import sys, pymysql\nsys.modules['MySQLdb'] = pymysql\n"],
      ["warning mysite/init.py:2 mysite/init.py"]
    ),
    (["mysite/__init__.py": "from pymysql import install_as_MySQLdb\ninstall_as_MySQLdb()\n"], []),
    (["mysite/__init__.py": "from . import database\n", "mysite/database.py": hook], []),
    (["manage.py": "import pymysql\npymysql.install_as_MySQLdb()\n" + manage], []),
    (["requirements.txt": "django\nmysqlclient\n", "mysite/init.py": hook], []),
    (["mysite/__init__.txt": hook], ["warning mysite/__init__.txt:3 mysite/__init__.txt"]),
    (
      ["mysite/__init__.py": "def setup():\n    import pymysql\n    pymysql.install_as_MySQLdb()\n"],
      ["warning mysite/__init__.py:3 mysite/__init__.py"]
    ),
    (["mysite/__init__.py": "def setup():\n    import pymysql\n    pymysql.install_as_MySQLdb()\nsetup()\n"], []),
    (
      ["unused/__init__.py": hook, "mysite/settings.py": mysql + "INSTALLED_APPS = ['polls']\n"],
      ["warning unused/__init__.py:3 unused/__init__.py"]
    ),
    (["polls/__init__.py": hook, "mysite/settings.py": mysql + "INSTALLED_APPS = ['polls']\n"], []),
    (["mysite/tool.py": "# __main__\n" + hook], ["warning mysite/tool.py:4 mysite/tool.py"]),
  ])
  func hooks(_ more: [String: String], _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": Self.mysql, "requirements.txt": "django\npymysql\n",
    ].merging(more) { $1 }
    #expect(try await CheckRun("database-install-hook", files).findings == expected)
  }

  /// With real Django: the driver is looked for when the first model is made, that of django.contrib.auth.
  @Test(arguments: [
    ("mysite/urls.py", "", false),
    ("mysite/wsgi.py", "", false),
    ("mysite/celery.py", "", false),
    ("mysite/celery.py", "from .celery import app\n", true),
    ("mysite/compat.py", "", false),
    ("mysite/compat.py", "from mysite import compat\n", true),
    ("conftest.py", "", false),
    ("gunicorn.conf.py", "", false),
    ("polls/models.py", "", false),
    ("polls/apps.py", "", true),
    ("first/models.py", "", true),
    ("polls/views.py", "", false),
  ])
  func mustRunBeforeTheFirstModel(_ path: String, _ package: String, _ isInTime: Bool) async throws {
    let apps = "INSTALLED_APPS = ['first', 'django.contrib.auth', 'polls']\n"
    let files = [
      "mysite/settings.py": Self.mysql + apps, "mysite/__init__.py": package, "requirements.txt": "django\npymysql\n",
      "mysite/urls.py": "import mysite.compat\nfrom polls import views\n", "first/__init__.py": "",
      "polls/__init__.py": "",
    ].merging([path: Self.hook]) { $1 }
    let expected = isInTime ? [] : ["warning \(path):3 \(path)"]
    #expect(try await CheckRun("database-install-hook", files).findings == expected)
  }

  @Test func readyIsTooLate() async throws {
    let ready = """
      from django.apps import AppConfig
      class PollsConfig(AppConfig):
          name = "polls"
          def ready(self):
              import pymysql
              pymysql.install_as_MySQLdb()
      """
    let files = [
      "mysite/settings.py": Self.mysql + "INSTALLED_APPS = ['polls.apps.PollsConfig']\n",
      "requirements.txt": "django\npymysql\n", "polls/__init__.py": "", "polls/apps.py": ready,
    ]
    #expect(try await CheckRun("database-install-hook", files).findings == ["warning polls/apps.py:6 polls/apps.py"])
  }

  @Test func ofNoUseWithoutMySQL() async throws {
    let settings = database("'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'")
    let files = ["mysite/settings.py": settings, "requirements.txt": "pymysql\n", "mysite/init.py": Self.hook]
    #expect(try await CheckRun("database-install-hook", files).findings == [])
  }
}
