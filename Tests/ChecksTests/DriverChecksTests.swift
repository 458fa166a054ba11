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
    (postgresql, "django==5.2\ndjango-heroku==0.3.1\n", []),
    (postgresql, "django==5.2\naws-psycopg2\n", ["unknown mysite/settings.py:5 default"]),
    (postgresql, "django==5.2\ntypes-psycopg2\n", ["error mysite/settings.py:5 default"]),
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
    (postgresql, "", "django==4.2\npsycopg2-binary~=2.9.9\n", []),
    (postgresql, "", "django==4.2\npsycopg2>=2.9.6,<2.10\n", []),
    (postgresql, "", "django==4.2\npsycopg2<2.8.4\n", ["error requirements.txt:2 psycopg2"]),
    (mysql, "", "django==4.2\nmysqlclient~=2.2.4\n", []),
    (
      postgresql, "",
      "django==4.2\npsycopg2==2.7.7; python_version < '3.6'\npsycopg2==2.9.9; python_version >= '3.6'\n", []
    ),
  ])
  func versions(_ settings: String, _ package: String, _ requirements: String, _ expected: [String]) async throws {
    let files = ["mysite/settings.py": settings, "mysite/__init__.py": package, "requirements.txt": requirements]
    #expect(try await CheckRun("database-driver-version", files).findings == expected)
  }
}

@Suite struct LikelyDjangoTests {
  /// Django 6.0 and later want Python 3.12 and psycopg2 2.9.9.
  @Test(arguments: [
    (".python-version", "3.11\n", []),
    (".python-version", "3.12\n", ["error requirements.txt:2 psycopg2"]),
    ("runtime.txt", "python-3.11.9\n", []),
    ("Dockerfile", "FROM python:3.11-slim\nCOPY . .\n", []),
    ("pyproject.toml", "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.10,<3.12'\n", []),
    ("pyproject.toml", "[project]\nname = 'x'\nversion = '1'\nrequires-python = '==3.11.4'\n", []),
    (
      "pyproject.toml", "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.10'\n",
      ["error requirements.txt:2 psycopg2"]
    ),
    ("pyproject.toml", "[tool.poetry.dependencies]\npython = '~3.11'\n", []),
    ("README", "Python 3.11\n", ["error requirements.txt:2 psycopg2"]),
  ])
  func isOneThatThePythonTakes(_ path: String, _ text: String, _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": database("'ENGINE': 'django.db.backends.postgresql', 'NAME': 'x'"),
      "requirements.txt": "django>=4.2\npsycopg2==2.9.6\n", path: text,
    ]
    #expect(try await CheckRun("database-driver-version", files).findings == expected)
  }
}
