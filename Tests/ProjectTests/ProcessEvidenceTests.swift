import Testing

/// What process files and code of other forms show, as a whole project.
@Suite struct ProcessEvidenceTests {
  @Test(arguments: [
    (
      "Procfile", "web: newrelic-admin run-program gunicorn a:b",
      [
        "Procfile:1:6 newrelic process runtime", "Procfile:1:33 gunicorn process runtime",
      ]
    ),
    (
      "Procfile.dev", "w: gunicorn -k uvicorn.workers.UvicornWorker a",
      [
        "Procfile.dev:1:4 gunicorn process runtime", "Procfile.dev:1:4 uvicorn.workers.UvicornWorker process runtime",
      ]
    ),
    (
      "app.Dockerfile", "CMD [\"celery\", \"-A\", \"a\", \"flower\"]",
      [
        "app.Dockerfile:1:7 celery process runtime", "app.Dockerfile:1:7 flower process runtime",
      ]
    ),
    (
      "Dockerfile",
      "RUN apt-get update && apt-get install -y supervisor uwsgi\nRUN pip install uwsgi\nCMD supervisord && uwsgi",
      ["Dockerfile:3:20 uwsgi process runtime"]
    ),
    (
      "docs/Makefile", "SPHINXBUILD ?= sphinx-build\nhtml:\n\t$(SPHINXBUILD) .\n\tgunicorn",
      [
        "docs/Makefile:3:2 sphinx process dev", "docs/Makefile:4:2 gunicorn process dev",
      ]
    ),
    (
      ".github/workflows/ci.yml", "jobs: {a: {steps: [{run: uvicorn a & pytest --cov}]}}",
      [
        ".github/workflows/ci.yml:1:26 uvicorn process test", ".github/workflows/ci.yml:1:38 pytest process test",
        ".github/workflows/ci.yml:1:38 pytest-cov process test",
      ]
    ),
    ("other/ci.yml", "run: gunicorn", []),
    // What installs its tools itself needs none from the project.
    (
      ".github/workflows/ci.yml", "jobs: {a: {steps: [{run: pip install coverage==7}, {run: coverage run && mypy a}]}}",
      [".github/workflows/ci.yml:1:74 mypy process dev"]
    ),
    ("check.sh", "pip install vulture && vulture . && gunicorn", ["check.sh:1:37 gunicorn process runtime"]),
    (
      "compose.yaml",
      "services:\n  web:\n    environment:\n      # A: mysql://x\n      - DATABASE_URL=postgres://u:secret@db/x",
      ["compose.yaml:5:22 <postgres> url-scheme runtime"]
    ),
    (".env.example", "CACHE='redis://h' SITE=https://x", [".env.example:1:8 <redis> url-scheme runtime"]),
    (
      "mkdocs.yml",
      "site_name: a\ntheme:\n  name: material\nplugins:\n  - search\n  - mkdocstrings:\n      handlers:\n        python: {}\n"
        + "markdown_extensions:\n  - pymdownx.emoji: {}\n  - toc",
      [
        "mkdocs.yml:1:1 mkdocs setting dev", "mkdocs.yml:3:1 mkdocs-material setting dev",
        "mkdocs.yml:6:1 mkdocstrings setting dev", "mkdocs.yml:6:1 mkdocstrings-python setting dev",
        "mkdocs.yml:10:1 pymdown-extensions setting dev",
      ]
    ),
    (
      "docs/conf.py", "extensions = ['sphinx.ext.autodoc', 'myst_parser', 'own_extension']\nhtml_theme = 'furo'",
      [
        "docs/conf.py:1:15 sphinx setting dev", "docs/conf.py:1:37 myst_parser setting dev",
        "docs/conf.py:2:14 furo setting dev",
      ]
    ),
    (
      "deploy/web.service.j2", "ExecStart={{ venv }}/bin/daphne a",
      ["deploy/web.service.j2:1:11 daphne process runtime"]
    ),
    (
      "supervisord.conf", "[supervisord]\n[program:a]\ncommand=/venv/bin/granian a",
      ["supervisord.conf:3:9 granian process runtime"]
    ),
    ("nginx.conf", "server { gunicorn; }", []),
    ("bin/start", "#!/bin/sh\nexec gunicorn a", ["bin/start:2:6 gunicorn process runtime"]),
    ("bin/start", "#!/usr/bin/env python3\nimport yaml", ["bin/start:2:1 yaml import runtime"]),
    ("bin/start", "gunicorn", []),
    (
      "run.sh", "python -m gunicorn; python -m json.tool; python -m pip install x; python -m build; echo gunicorn",
      [
        "run.sh:1:1 gunicorn process runtime", "run.sh:1:67 build process dev",
      ]
    ),
    (
      "run.sh", "./gunicorn; lib/gunicorn; $X/bin/gunicorn; which celery; pip install flask",
      [
        "run.sh:1:13 gunicorn process runtime"
      ].map { $0.replacing("1:13", with: "1:27") }
    ),
    (
      "tox.ini", "[testenv]\ncommands =\n  ruff check\n  gunicorn a",
      [
        "tox.ini:3:3 ruff process dev", "tox.ini:4:3 gunicorn process test",
      ]
    ),
    (
      "gunicorn.conf.py", "bind = ':80'\nworker_class = 'gevent'\nlogger_class = 'mylog.Logger'",
      [
        "gunicorn.conf.py:1:1 gunicorn process runtime", "gunicorn.conf.py:2:16 gevent process runtime",
        "gunicorn.conf.py:3:16 mylog.Logger process runtime",
      ]
    ),
    ("gunicorn_tools.py", "x = 1", []),
    (
      "pyproject.toml", "[project.scripts]\ncelery = 'a:b'\n[tool.poe.tasks]\nx = 'celery a; flask run'",
      [
        "pyproject.toml:4:16 flask process runtime"
      ]
    ),
    ("package.json", "{\"scripts\": {\"a\": \"uvicorn a\"}}", ["package.json:1:20 uvicorn process runtime"]),
    ("m.pyi", "import a", ["m.pyi:1:1 a import typing"]),
    ("m.pyw", "import a", ["m.pyw:1:1 a import runtime"]),
    (
      "m.pyx", "cimport numpy as np\nfrom libc.math cimport sin\nfrom a.b cimport c\ncimport cython\nimport d",
      [
        "m.pyx:1:1 numpy import runtime", "m.pyx:3:1 a.b import runtime", "m.pyx:5:1 d import runtime",
      ]
    ),
    (
      "s.py", "# /// script\n# dependencies = [\n#   \"rich>=1\",\n# ]\n# ///\nimport rich",
      [
        "s.py:3:5 rich script-metadata dev", "s.py:6:1 rich import runtime",
      ]
    ),
  ])
  func oneFile(name: String, text: String, expected: [String]) throws {
    #expect(try EvidenceTests.evidence([name: text]) == expected)
  }

  @Test func whatOthersBring() throws {
    // Continuous integration installs what its scripts import; the image of an action is not the project's.
    let files = [
      ".github/workflows/ci.yml": "jobs: {a: {steps: [{run: pip install pygithub}, {run: python .ci/label.py}]}}",
      ".ci/label.py": "import github\nimport yaml", "app.py": "import github",
      ".ci/own.py": "# /// script\n# dependencies = [\"httpx\"]\n# ///\n",
      ".github/actions/deploy/Dockerfile": "FROM x\nRUN ansible-galaxy install a",
      ".github/actions/deploy/entrypoint.sh": "ansible-playbook a",
    ]
    #expect(
      try EvidenceTests.evidence(files) == [".ci/label.py:2:1 yaml import dev", "app.py:1:1 github import runtime"])
  }

  @Test func passwordsAreNotKept() throws {
    let files = ["run.sh": "PASSWORD=hunter2 gunicorn --password=hunter2 -k hunter2.Class a", "x.py": ""]
    #expect(try !EvidenceTests.evidence(files).contains { $0.contains("hunter2") && !$0.contains("hunter2.Class") })
  }

  @Test func ownFilesAreNoCommands() throws {
    let files = [
      "bin/celery": "#!/bin/sh\n", "run.sh": "bin/celery a; python -m tool", "tool/__main__.py": "",
      "tool/__init__.py": "",
    ]
    #expect(try EvidenceTests.evidence(files) == [])
  }

  @Test func cythonModulesAreLocal() throws {
    #expect(try EvidenceTests.evidence(["fast.pyx": "", "m.py": "import fast"]) == [])
  }

  @Test func notebooks() throws {
    let four = """
      {"cells": [
        {"cell_type": "markdown", "source": ["import no"]},
        {"cell_type": "code", "source": [
          "%pip install -q 'requests[socks]>=2' -r x.txt\\n",
          "import os, pandas\\n",
          "  !pip install flask\\n",
          "from yaml import load"
        ]},
        {"cell_type": "code", "source": "%%time\\nimport attr"},
        {"cell_type": "code", "source": ["%%bash\\n", "import no"]},
        {"cell_type": "code", "source": ["def (\\n", "import broken\\n", "x = !ls\\n", "x?\\n"]},
        {"cell_type": "code", "source": ["%conda install opencv\\n", "import cv2"]}
      ], "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4}
      """
    #expect(
      try EvidenceTests.evidence(["n.ipynb": four]) == [
        "n.ipynb:4:1 requests notebook runtime", "n.ipynb:5:1 pandas import runtime",
        "n.ipynb:6:3 flask notebook runtime",
        "n.ipynb:7:1 yaml import runtime", "n.ipynb:9:1 attr import runtime", "n.ipynb:11:1 broken import runtime",
        "n.ipynb:12:1 cv2 import runtime",
      ])
    let three = #"{"worksheets": [{"cells": [{"cell_type": "code", "language": "python", "input": ["import a"]}]}]}"#
    #expect(try EvidenceTests.evidence(["n.ipynb": three]) == ["n.ipynb:1:1 a import runtime"])
    let other =
      #"{"cells": [{"cell_type": "code", "source": "import a"}], "metadata": {"language_info": {"name": "R"}}}"#
    for text in [other, "", "[", "{\"cells\": 1}", "null"] {
      #expect(try EvidenceTests.evidence(["n.ipynb": text]) == [])
    }
  }
}
