import Doctor
import Testing

@Suite struct DatabaseDriverTests {
  private static let mysql = database("'ENGINE': 'django.db.backends.mysql', 'NAME': 'x'")
  private static let postgresql = database("'NAME': 'x',\n'ENGINE': 'django.db.backends.postgresql'")

  @Test(arguments: [
    (mysql, "django==5.2\nmysqlclient\n", []),
    (mysql, "django==5.2\nPyMySQL==1.1.1\n", []),
    (mysql, "django==5.2\n", ["error mysite/settings.py:4 default"]),
    (postgresql, "django==5.2\npsycopg[binary]\n", []),
    (postgresql, "django==5.2\npsycopg2-binary\n", []),
    (postgresql, "django==3.2\npsycopg\n", ["error mysite/settings.py:5 default"]),
    (postgresql, "django~=4.1.0\npsycopg[binary]\n", ["error mysite/settings.py:5 default"]),
    (postgresql, "django\npsycopg\n", []),
    (postgresql, "django==5.2\nasyncpg\n", ["error mysite/settings.py:5 default"]),
    (
      database("'ENGINE': 'django.db.backends.oracle', 'NAME': 'x'"), "django==4.2\noracledb\n",
      ["error mysite/settings.py:4 default"]
    ),
    (
      database("'ENGINE': 'django.db.backends.oracle', 'NAME': 'x'"), "django==6.0\ncx_Oracle\n",
      ["error mysite/settings.py:4 default"]
    ),
    (database("'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'"), "django==5.2\n", []),
    (database("'ENGINE': os.environ.get('ENGINE', 'django.db.backends.mysql'), 'NAME': 'x'"), "django==5.2\n", []),
  ])
  func drivers(_ settings: String, _ requirements: String, _ expected: [String]) async throws {
    let files = ["mysite/settings.py": settings, "requirements.txt": requirements]
    #expect(try await CheckRun("database-driver", files).findings == expected)
  }

  @Test func nothingTells() async throws {
    let run = try await CheckRun("database-driver", ["mysite/settings.py": Self.mysql])
    #expect(run.findings == ["unknown mysite/settings.py:4 default"])
  }

  @Test func anImageInstallsIt() async throws {
    let files = [
      "mysite/settings.py": Self.mysql, "requirements.txt": "django==5.2\n",
      "Dockerfile": "FROM python:3.12\nRUN pip install mysqlclient==2.2.1\n",
    ]
    #expect(try await CheckRun("database-driver", files).findings == [])
  }
}

@Suite struct DatabaseDriverVersionTests {
  private static let mysql = database("'ENGINE': 'django.db.backends.mysql', 'NAME': 'x'")
  private static let postgresql = database("'ENGINE': 'django.db.backends.postgresql', 'NAME': 'x'")
  private static let hook = "import pymysql\npymysql.install_as_MySQLdb()\n"

  @Test(arguments: [
    (mysql, hook, "django==2.2\npymysql==0.9.3\n", ["error requirements.txt:2 pymysql"]),
    (mysql, hook, "django==2.1\npymysql==0.9.3\n", []),
    (mysql, hook, "django==4.2\nPyMySQL==1.0.2\n", ["error requirements.txt:2 pymysql"]),
    (mysql, hook, "django==4.2\nPyMySQL==1.1.1\n", []),
    (mysql, hook, "django==6.0\nPyMySQL==1.1.1\n", ["error requirements.txt:2 pymysql"]),
    (mysql, hook, "PyMySQL==1.0.2\n", ["unknown mysite/settings.py:4 pymysql"]),
    (mysql, hook, "django==4.2\nPyMySQL\n", []),
    (mysql, hook, "django==4.2\nPyMySQL~=0.9.0\n", ["error requirements.txt:2 pymysql"]),
    (mysql, hook, "django==4.2\nPyMySQL<1.0\n", ["error requirements.txt:2 pymysql"]),
    (mysql, hook, "django==4.2\nPyMySQL<2\n", []),
    (mysql, hook, "django @ git+https://github.com/django/django.git@stable/1.8.x\nPyMySQL~=0.9.0\n", []),
    (mysql, "", "django==4.2\nPyMySQL==0.9.3\n", []),
    (
      mysql, "import pymysql\npymysql.version_info = (1, 4, 6, 'final', 0)\npymysql.install_as_MySQLdb()\n",
      "django==4.2\nPyMySQL==1.0.2\n", []
    ),
    (
      mysql, "import pymysql\npymysql.version_info = (1, 4, 2, 'final', 0)\npymysql.install_as_MySQLdb()\n",
      "django==4.2\nPyMySQL==1.0.2\n", ["error requirements.txt:2 pymysql"]
    ),
    (mysql, "", "django==5.2\nmysqlclient==1.4.2\n", ["error requirements.txt:2 mysqlclient"]),
    (mysql, "", "django>=5.2,<6\nmysqlclient==1.4.3\n", []),
    (postgresql, "", "django==5.2\npsycopg2-binary==2.8.3\n", ["error requirements.txt:2 psycopg2-binary"]),
    (postgresql, "", "django==6.0\npsycopg[binary]==3.1.8\n", ["error requirements.txt:2 psycopg"]),
    (postgresql, "", "django==5.2\npsycopg==3.2.1\npsycopg2==2.8.0\n", []),
  ])
  func versions(_ settings: String, _ package: String, _ requirements: String, _ expected: [String]) async throws {
    let files = ["mysite/settings.py": settings, "mysite/__init__.py": package, "requirements.txt": requirements]
    #expect(try await CheckRun("database-driver-version", files).findings == expected)
  }
}

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
      ["mysite/__init__.py": "from pymysql import install_as_MySQLdb as install\ninstall()\n"],
      ["warning mysite/settings.py:4 MySQLdb"]
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

  @Test func ofNoUseWithoutMySQL() async throws {
    let settings = database("'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'")
    let files = ["mysite/settings.py": settings, "requirements.txt": "pymysql\n", "mysite/init.py": Self.hook]
    #expect(try await CheckRun("database-install-hook", files).findings == [])
  }
}
